// A run as a page: what did not hold stands open with all its bytes, what held is folded.
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "base/text.h"
#include "report/html_bytes.h"
#include "report/html_page.h"
#include "report/html_sequence.h"
#include "report/kinds.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

using scenario::Verdict;

constexpr std::size_t kShownBytes = 4'096;  // of a head or a body
constexpr std::size_t kShownWhenFull = 200;
constexpr std::size_t kShownExchanges = 6;  // of a step
constexpr std::size_t kOpenSteps = 3;       // of a scenario that did not pass
constexpr std::size_t kShownSource = 40;    // lines

std::string_view look_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::kPassed:
            return "pass";
        case Verdict::kFailed:
        case Verdict::kError:
            return "fail";
        case Verdict::kNotRun:
            break;
    }
    return "skip";
}

std::string verdict_html(Verdict verdict) {
    return html_verdict(look_of(verdict), verdict == Verdict::kNotRun ? "not run" : name_of(verdict));
}

std::string code_html(std::string_view text) { return "<code>" + html_text(text) + "</code>"; }

std::string file_place(const scenario::Result& result) {
    return place_text({.file = result.file, .line = result.line, .column = 0});
}

// Platform time goes by between exchanges: retries wait, and so do steps.
std::optional<std::string> later(const scenario::Exchange& before, const scenario::Exchange& next) {
    const auto passed = next.at - before.at;
    if (passed < base::Milliseconds(1'000)) return std::nullopt;
    return base::format_duration(passed) + " later";
}

std::string picture(const scenario::Result& result) {
    Sequence sequence("Smartcar (simulator)", "callback");
    const scenario::Exchange* before = nullptr;
    for (const scenario::StepResult& step : result.steps) {
        if (!step.exchanges.empty()) sequence.band(heading(step));
        for (const scenario::Exchange& one : step.exchanges) {
            const auto passed = before != nullptr ? later(*before, one) : std::nullopt;
            if (passed) sequence.band(*passed);
            sequence.exchange(one.title, one.answer, one.took, one.lost ? Sequence::Way::kLost : Sequence::Way::kWhole);
            before = &one;
        }
    }
    return sequence.take();
}

std::string source(const scenario::StepResult& step) {
    if (step.source.empty()) return {};
    const std::vector<std::string> lines = source_lines(step);
    const std::size_t shown = std::min(lines.size(), kShownSource);
    std::string html;
    for (std::size_t i = 0; i < shown; ++i) html += html_lines(lines[i]) + "\n";
    if (shown < lines.size()) html += "… " + counted(lines.size() - shown, "more line") + "\n";
    return "<pre>" + html + "</pre>\n";
}

// A command that was cut would be of no use.
std::string command(const Finding& finding, std::size_t most) {
    if (finding.request.empty()) return {};
    if (finding.request.size() > most) {
        return html_element("p", "soft small",
                            "The request as a command is too long to be shown; --report json=FILE has it.");
    }
    return html_folded(Fold::kClosed, "The request again, as a command",
                       "<pre>" + html_text(finding.request) + "</pre>\n");
}

std::string complaint(const Finding& finding, std::size_t most) {
    return "<dl>\n" + html_term("expected", finding.expected) + html_term("actual", finding.actual) +
           html_term("why", finding.why) + html_term("fix", finding.fix) + "</dl>\n" + command(finding, most);
}

// The exchange that the first complaint is about, or else the last.
std::size_t decisive(const scenario::StepResult& step) {
    for (const scenario::Complaint& one : step.complaints) {
        if (one.exchange && *one.exchange < step.exchanges.size()) return *one.exchange;
    }
    return step.exchanges.size() - 1;
}

std::string exchanges(const scenario::StepResult& step, std::size_t most, Fold decided) {
    if (step.exchanges.empty()) return {};
    const std::size_t opened = decisive(step);
    // Of very many, those around the one it is about.
    const std::size_t first = opened < kShownExchanges ? 0 : opened + 1 - kShownExchanges;
    const std::size_t end = std::min(first + kShownExchanges, step.exchanges.size());
    std::string html;
    for (std::size_t i = first; i < end; ++i) {
        const scenario::Exchange& one = step.exchanges[i];
        const ShownExchange shown{.request = &one.request, .raw = {}, .answer = &one.answer, .took = one.took};
        const std::string head = "Bytes of " + html_text(one.title) + ", " + base::format_instant(one.at) + ": " +
                                 html_text(answer_in_short(one.answer, one.took));
        html += html_folded(i == opened ? decided : Fold::kClosed, head, exchange_html(shown, most));
    }
    const std::size_t left = step.exchanges.size() - (end - first);
    if (left == 0) return html;
    return html + html_element("p", "soft small", "The bytes of " + counted(left, "more exchange") + " are not shown.");
}

// What did not hold, below its heading.
std::string told(const scenario::StepResult& step, std::size_t most, Fold bytes) {
    std::string html = "<p>" + code_html(place_text(step.place)) + "</p>\n";
    if (!step.says.empty()) html += html_element("p", "soft", step.says);
    html += source(step);
    for (const Finding& finding : findings(step)) html += complaint(finding, most);
    return html + exchanges(step, most, bytes);
}

// What failed first is mostly why the rest did: it is open, and after a few steps the rest is folded.
std::string what_did_not_hold(const scenario::Result& result, std::size_t most) {
    std::string html;
    std::size_t told_of = 0;
    for (const scenario::StepResult& step : result.steps) {
        if (!did_not_hold(step.verdict)) continue;
        const std::string head = "<h4>" + verdict_html(step.verdict) + " " + html_text(heading(step)) + "</h4>";
        const std::string content = told(step, most, told_of == 0 ? Fold::kOpen : Fold::kClosed);
        if (told_of < kOpenSteps) {
            html.append(head).append("\n").append(content);
        } else {
            html += html_folded(Fold::kClosed, head, content);
        }
        ++told_of;
    }
    return html;
}

std::string step_rows(const scenario::Result& result) {
    if (result.steps.empty()) return {};
    std::string html = R"(<table class="wide">)"
                       "\n";
    for (const scenario::StepResult& step : result.steps) {
        std::string said = html_text(heading(step));
        if (!step.says.empty()) said += R"(<br><span class="soft">)" + html_text(step.says) + "</span>";
        for (const std::string& note : step.notes) said += R"(<br><span class="soft">)" + html_text(note) + "</span>";
        html += "<tr><td>" + verdict_html(step.verdict) + "</td><td>" + said + "</td><td>" +
                html_text(step.expected.empty() ? "" : "expected " + step.expected) + R"(</td><td class="number">)" +
                (step.verdict == Verdict::kNotRun ? "" : std::to_string(step.took.count()) + " ms") + "</td></tr>\n";
    }
    return html + "</table>\n";
}

std::string application_output(const scenario::Result& result) {
    if (result.application_output.empty()) return {};
    std::string html;
    for (const std::string& output : result.application_output) {
        for (const std::string& line : printable_lines(output)) html += html_lines(line) + "\n";
    }
    return html_element("h4", "", "The application's last lines") + "<pre>" + html + "</pre>\n";
}

// Put into <details>, which `anchor` leads to.
std::string folded_scenario(const scenario::Result& result, std::string_view anchor, const std::string& content) {
    const bool held = !did_not_hold(result.verdict);
    const std::string about = result.verdict == Verdict::kNotRun ? result.skipped : extent(result);
    return "<details" + html_attribute("class", held ? "card" : "card failure") + html_attribute("id", anchor) +
           (held ? "" : " open") + "><summary><h3>" + verdict_html(result.verdict) + " " + html_text(result.title()) +
           R"(</h3><br><span class="soft small">)" + code_html(file_place(result)) + ", " + html_text(about) +
           "</span></summary>\n" + content + "</details>\n";
}

std::string slowest(const scenario::Summary& summary) {
    if (summary.slowest.empty()) return {};
    std::string html = "<section>\n" + html_element("h2", "", "Slowest steps") +
                       R"(<div class="card"><table class="wide">)"
                       "\n";
    for (const auto& slow : summary.slowest) {
        html += R"(<tr><td class="number">)" + std::to_string(slow.took.count()) + " ms</td><td>" +
                html_text(slow.title) + "</td><td>" + code_html(place_text(slow.place)) + "</td></tr>\n";
    }
    return html + "</table></div></section>\n";
}

std::string header(const scenario::Summary& summary) {
    const std::string verdict(verdict_on(summary));
    const std::string look = verdict == "passed" ? "pass" : "fail";
    return R"(<header class="card top"><div class="tile )" + look + R"(" aria-hidden="true">)" +
           std::string(html_mark(look)) + "</div><div>\n" + html_element("h1", "", "Scenarios: " + verdict) + "<p>" +
           html_text(counted(summary.scenarios, "scenario") + ": " + counts(summary)) + R"(<br><span class="soft">)" +
           html_text(counted(summary.steps, "step") + " in " + std::to_string(summary.took.count()) + " ms; " +
                     seed_line(summary.seed)) +
           "</span></p></div></header>\n";
}

class Html final : public Report {
public:
    void add(const scenario::Result& result) override {
        const bool held = !did_not_hold(result.verdict);
        const std::string anchor = "scenario-" + std::to_string(++scenarios_);
        rows_ += "<tr><td>" + verdict_html(result.verdict) + "</td><td><a" + html_attribute("href", "#" + anchor) +
                 ">" + html_text(result.title()) + "</a></td><td>" + code_html(file_place(result)) + "</td></tr>\n";
        (held ? held_ : failed_) += folded_scenario(result, anchor, content_of(result));
    }

    std::string finish(const scenario::Summary& summary) override {
        std::string body = header(summary) + "<main>\n";
        if (!rows_.empty()) {
            body += R"(<section class="card">)" + html_element("h2", "hidden", "All scenarios") +
                    R"(<table class="wide">)"
                    "\n" +
                    std::exchange(rows_, {}) + "</table></section>\n";
        }
        body += section("What did not pass", std::exchange(failed_, {}));
        body += section("The rest", std::exchange(held_, {})) + slowest(summary) + "</main>\n";
        return html_page("Scenarios: " + std::string(verdict_on(summary)), body, summary.version);
    }

private:
    // Once the page is full there are fewer bytes and no pictures.
    [[nodiscard]] std::string content_of(const scenario::Result& result) const {
        const bool is_full = held_.size() + failed_.size() >= kRoomyPage;
        std::string html;
        if (!result.error.empty()) html += html_element("p", "fail", result.error);
        html += what_did_not_hold(result, is_full ? kShownWhenFull : kShownBytes);
        const std::string drawn = is_full ? "" : picture(result);
        if (!drawn.empty()) html += html_element("h4", "", "What was exchanged") + drawn;
        if (!result.steps.empty()) html += html_element("h4", "", "Every step") + step_rows(result);
        return html + application_output(result);
    }

    [[nodiscard]] static std::string section(std::string_view title, const std::string& content) {
        return content.empty() ? "" : "<section>\n" + html_element("h2", "", title) + content + "</section>\n";
    }

    std::size_t scenarios_ = 0;
    std::string rows_, failed_, held_;
};

}  // namespace

std::unique_ptr<Report> make_html() { return std::make_unique<Html>(); }

}  // namespace smartcar_sim::report
