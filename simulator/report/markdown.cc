// A run as GitHub-flavoured Markdown: the step summary of GitHub Actions, a comment, a wiki page.
#include <memory>
#include <utility>

#include "report/kinds.h"
#include "report/markdown_text.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

using scenario::Verdict;

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

std::string row(const scenario::Result& result) {
    const std::string verdict(name_of(result.verdict));
    const std::string why = result.verdict == Verdict::kNotRun ? ": " + prose(result.skipped) : "";
    return "| " + (result.verdict == Verdict::kPassed ? verdict : "**" + verdict + "**") + " | " +
           prose(result.title()) + why + " | " +
           code_in_cell(place_text({.file = result.file, .line = result.line, .column = 0})) + " | " +
           std::to_string(result.steps.size()) + " | " + std::to_string(result.took.count()) + " ms |\n";
}

std::string told(const Finding& finding) {
    std::string text = item("expected", prose(finding.expected)) + item("actual", code(finding.actual)) +
                       item("why", prose(finding.why)) + item("fix", prose(finding.fix)) +
                       item("response", code(finding.response)) + "\n";
    return finding.request.empty() ? text : text + block("sh", finding.request);
}

std::string told(const scenario::StepResult& step) {
    std::string text = code(place_text(step.place)) + ": " + prose(heading(step)) + "\n\n";
    if (!step.says.empty()) text += prose(step.says) + "\n\n";
    if (!step.source.empty()) text += block("json", joined(source_lines(step)));
    for (const Finding& finding : findings(step)) text += told(finding);
    return text;
}

std::string section(const scenario::Result& result) {
    std::string text = "### " + std::string(name_of(result.verdict)) + ": " + prose(result.title()) + "\n\n";
    if (!result.error.empty()) text += prose(result.error) + "\n\n";
    for (const scenario::StepResult& step : result.steps) {
        if (did_not_hold(step.verdict)) text += told(step);
    }
    if (result.application_output.empty()) return text;
    std::vector<std::string> lines;
    for (const std::string& output : result.application_output) {
        for (std::string& line : printable_lines(output)) lines.push_back(std::move(line));
    }
    return text + "The application's last lines:\n\n" + block("text", joined(lines));
}

std::string slowest(const scenario::Summary& summary) {
    if (summary.slowest.empty()) return {};
    std::string text = "### slowest steps\n\n| time | step | where |\n|---:|---|---|\n";
    for (const auto& slow : summary.slowest) {
        text += "| " + std::to_string(slow.took.count()) + " ms | " + prose(slow.title) + " | " +
                code_in_cell(place_text(slow.place)) + " |\n";
    }
    return text + "\n";
}

class Markdown final : public Report {
public:
    void add(const scenario::Result& result) override {
        rows_ += row(result);
        if (did_not_hold(result.verdict)) sections_ += section(result);
    }

    // How to repeat the run comes before what may be cut (capped_summary() in github.h).
    std::string finish(const scenario::Summary& summary) override {
        const std::string seed = std::to_string(summary.seed);
        std::string text = "## smartcar-sim: " + std::string(verdict_on(summary)) + "\n\n" +
                           counted(summary.scenarios, "scenario") + ": " + counts(summary) + "; " +
                           counted(summary.steps, "step") + " in " + std::to_string(summary.took.count()) + " ms\n\n" +
                           "seed " + seed + ": repeat with `--seed " + seed + "` (smartcar-sim " +
                           prose(summary.version) + ")\n\n";
        if (!rows_.empty()) text += "| verdict | scenario | where | steps | time |\n|---|---|---|---:|---:|\n";
        text += std::exchange(rows_, {}) + "\n" + std::exchange(sections_, {}) + slowest(summary);
        text.erase(text.find_last_not_of('\n') + 1);
        return text + "\n";
    }

private:
    std::string rows_, sections_;
};

}  // namespace

std::unique_ptr<Report> make_markdown() { return std::make_unique<Markdown>(); }

}  // namespace smartcar_sim::report
