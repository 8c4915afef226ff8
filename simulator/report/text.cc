#include "report/text.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "base/printable.h"
#include "base/text.h"
#include "contract/http.h"
#include "delivery/transport.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

using scenario::Verdict;

constexpr std::size_t kShownSource = 12;  // lines
constexpr std::size_t kLabel = 10;        // columns: the longest label, "expected" or "response", and two blanks

Tone tone_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::kPassed:
            return Tone::kGood;
        case Verdict::kFailed:
        case Verdict::kError:
            return Tone::kBad;
        case Verdict::kNotRun:
            break;
    }
    return Tone::kWarning;
}

// Puts a scenario into lines.
class Lines {
public:
    explicit Lines(const Paint& paint) : paint_(paint) {}

    void headline(const scenario::Result& result);
    void steps(const scenario::Result& result, Detail detail);
    // What was to be said below the headline whatever the steps say.
    void sentence(const scenario::Result& result);
    void application_output(const scenario::Result& result);

    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    void told_step(const scenario::StepResult& step, Detail detail);
    void other_step(const scenario::StepResult& step);
    void exchanges(const scenario::StepResult& step);
    void exchange(const scenario::Exchange& one);
    void source(const scenario::StepResult& step);
    void complaint(const Finding& finding, const Finding* before);
    void labelled(std::string_view label, const std::string& content);

    void line(std::string_view indent, std::string_view content) { text_.append(indent).append(content) += '\n'; }
    [[nodiscard]] std::string verdict(Verdict verdict) const { return paint_(tone_of(verdict), name_of(verdict)); }

    const Paint& paint_;
    std::string text_;
};

constexpr std::string_view kStep = "  ";
constexpr std::string_view kBelow = "    ";
constexpr std::string_view kQuoted = "      ";

void Lines::headline(const scenario::Result& result) {
    line("", verdict(result.verdict) + "  " + one_line(result.file) + "  " +
                 paint_(Tone::kStrong, one_line(result.title())) + "  " +
                 (result.verdict == Verdict::kNotRun ? one_line(result.skipped) : paint_(Tone::kDim, extent(result))));
}

void Lines::sentence(const scenario::Result& result) {
    if (!result.error.empty()) line(kStep, one_line(result.error));
}

void Lines::steps(const scenario::Result& result, Detail detail) {
    for (const scenario::StepResult& step : result.steps) {
        if (did_not_hold(step.verdict)) {
            told_step(step, detail);
        } else if (detail == Detail::kEverySteps) {
            other_step(step);
        }
    }
}

void Lines::told_step(const scenario::StepResult& step, Detail detail) {
    const std::string end = detail == Detail::kEverySteps ? "  " + verdict(step.verdict) : "";
    line(kStep, paint_(Tone::kStrong, place_text(step.place)) + ": " + heading(step) + end);
    if (!step.says.empty()) line(kBelow, paint_(Tone::kDim, one_line(step.says)));
    if (detail == Detail::kEverySteps) exchanges(step);
    source(step);
    const std::vector<Finding> found = findings(step);
    for (std::size_t i = 0; i < found.size(); ++i) complaint(found[i], i == 0 ? nullptr : &found[i - 1]);
}

void Lines::other_step(const scenario::StepResult& step) {
    line(kStep, heading(step) + "  " + verdict(step.verdict));
    if (!step.says.empty()) line(kBelow, paint_(Tone::kDim, one_line(step.says)));
    exchanges(step);
}

void Lines::exchanges(const scenario::StepResult& step) {
    for (const scenario::Exchange& one : step.exchanges) {
        // Of several, which is which; one alone has the step's title.
        if (step.exchanges.size() > 1) {
            line(kBelow, paint_(Tone::kDim, one_line(one.title) + ", " + base::format_instant(one.at)));
        }
        exchange(one);
    }
    for (const std::string& note : step.notes) line(kBelow, one_line(note));
}

void Lines::exchange(const scenario::Exchange& one) {
    line(kBelow, "> " + one_line(one.request.method) + " " + one_line(one.url.text()));
    if (const auto signature = one.request.headers.get("SC-Signature")) {
        line(kBelow, "> SC-Signature: " + one_line(*signature));
    }
    if (!one.request.body.empty()) line(kBelow, "> " + base::shortened(one.request.body));
    if (const auto* failure = std::get_if<delivery::Failure>(&one.answer)) {
        line(kBelow, "< " + std::string(name_of(failure->kind)) + ": " + one_line(failure->detail));
        return;
    }
    const auto& response = std::get<contract::Response>(one.answer);
    const std::string body = base::shortened(response.body);
    line(kBelow, "< " + std::to_string(response.status) + (body.empty() ? "" : " " + body));
}

void Lines::source(const scenario::StepResult& step) {
    const std::vector<std::string> lines = source_lines(step);
    const std::size_t shown = std::min(lines.size(), kShownSource);
    for (std::size_t i = 0; i < shown; ++i) line(kQuoted, paint_(Tone::kDim, lines[i]));
    if (shown < lines.size()) {
        line(kQuoted, paint_(Tone::kDim, "… (" + counted(lines.size() - shown, "more line") + ")"));
    }
}

// A request that the complaint before was about too is not told twice.
void Lines::complaint(const Finding& finding, const Finding* before) {
    labelled("expected", one_line(finding.expected));
    labelled("actual", one_line(finding.actual));
    labelled("why", one_line(finding.why));
    labelled("fix", one_line(finding.fix));
    if (before != nullptr && before->request == finding.request && before->response == finding.response) return;
    labelled("request", finding.request);
    labelled("response", finding.response);
}

void Lines::labelled(std::string_view label, const std::string& content) {
    if (content.empty()) return;
    const Tone tone = label == "actual" ? Tone::kBad : label == "fix" ? Tone::kStrong : Tone::kDim;
    line(kBelow, paint_(tone, label) + std::string(kLabel - label.size(), ' ') + content);
}

// Behind a bar: a line of theirs that began with "::" would be a command to the runner of GitHub Actions, which does
// not mind blanks before it.
void Lines::application_output(const scenario::Result& result) {
    if (result.application_output.empty()) return;
    line(kStep, "the application's last lines");
    for (const std::string& output : result.application_output) {
        for (const std::string& one : printable_lines(output)) line(kBelow, paint_(Tone::kDim, "| " + one));
    }
}

void tell_slowest(std::string& text, const scenario::Summary& summary, const Paint& paint) {
    if (summary.slowest.empty()) return;
    text += paint(Tone::kStrong, "slowest steps") + "\n";
    std::size_t width = 0;
    for (const auto& slow : summary.slowest) width = std::max(width, std::to_string(slow.took.count()).size());
    for (const auto& slow : summary.slowest) {
        const std::string took = std::to_string(slow.took.count());
        text += "  " + std::string(width - took.size(), ' ') + took + " ms  " + place_text(slow.place) + "  " +
                one_line(slow.title) + "\n";
    }
    text += "\n";
}

}  // namespace

std::string unpainted(Tone /*tone*/, std::string_view text) { return std::string(text); }

std::string scenario_text(const scenario::Result& result, Detail detail, const Paint& paint) {
    Lines lines(paint);
    lines.headline(result);
    lines.sentence(result);
    lines.steps(result, detail);
    lines.application_output(result);
    return lines.take();
}

std::string failure_text(const scenario::Result& result) {
    const Paint plain = unpainted;
    Lines lines(plain);
    lines.sentence(result);
    lines.steps(result, Detail::kWhatFailed);
    lines.application_output(result);
    return lines.take();
}

std::string brief_text(const scenario::Result& result, const Paint& paint) {
    std::string text;
    for (const scenario::StepResult& step : result.steps) {
        if (!did_not_hold(step.verdict)) continue;
        const Finding first = findings(step).front();
        text += std::string(kStep) + paint(Tone::kStrong, place_text(step.place)) + ": " + heading(step) + "\n" +
                std::string(kBelow) + "expected " + one_line(first.expected) + ", got " + one_line(first.actual) + "\n";
    }
    if (text.empty()) text = std::string(kStep) + one_line(result.file) + ": " + one_line(result.error) + "\n";
    return text;
}

std::string transcript(const scenario::Result& result) { return scenario_text(result, Detail::kEverySteps, unpainted); }

std::string summary_text(const scenario::Summary& summary, std::span<const std::string> failed_again,
                         const Paint& paint) {
    std::string text = "\n";
    if (!failed_again.empty()) {
        text += paint(Tone::kStrong, "what did not pass, again") + "\n";
        for (const std::string& failed : failed_again) text += failed;
        text += "\n";
    }
    tell_slowest(text, summary, paint);
    const std::string_view verdict = verdict_on(summary);
    text += paint(verdict == "passed" ? Tone::kGood : Tone::kBad, verdict) + ": " +
            counted(summary.scenarios, "scenario") + ", " + counts(summary) + "; " + counted(summary.steps, "step") +
            " in " + std::to_string(summary.took.count()) + " ms\n";
    return text + seed_line(summary.seed) + "\n";
}

}  // namespace smartcar_sim::report
