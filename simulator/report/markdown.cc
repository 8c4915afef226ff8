// A run as GitHub-flavoured Markdown: the step summary of GitHub Actions, a comment, a wiki page.
//
// What others wrote stands in code, or in prose with everything escaped that would be markup. Places are code too,
// since GitHub makes a picture of the ":100:" in "x.json:100:9".
#include <algorithm>
#include <memory>
#include <utility>

#include "base/text.h"
#include "report/kinds.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

using scenario::Verdict;

bool is_word(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
}

// Whether the letter at `at` of a line marks something up: the "_" within CHARGING_STARTED does not, and a ":" or "."
// only in what GitHub would make a link of.
bool is_markup(std::string_view line, std::size_t at) {
    constexpr std::string_view kMarkup = "\\`*[]#~|$";
    const char before = at > 0 ? line[at - 1] : ' ';
    const char after = at + 1 < line.size() ? line[at + 1] : ' ';
    switch (line[at]) {
        case '_':
            return !is_word(before) || !is_word(after);
        case ':':
            return after == '/';
        case '.':
            return at >= 3 && base::equal_but_for_case(line.substr(at - 3, 3), "www");
        default:
            return kMarkup.find(line[at]) != std::string_view::npos;
    }
}

// What stands for the letter at `at` of a line. An empty comment keeps "@name" from calling somebody; a character
// reference would not.
std::string escaped(std::string_view line, std::size_t at) {
    switch (line[at]) {
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '&':
            return "&amp;";
        case '@':
            return "@<!-- -->";
        default:
            return (is_markup(line, at) ? "\\" : "") + std::string(1, line[at]);
    }
}

// A sentence on one line.
std::string prose(std::string_view text) {
    const std::string line = one_line(text);
    std::string out;
    for (std::size_t at = 0; at < line.size(); ++at) out += escaped(line, at);
    return out;
}

// More backticks than stand together anywhere in the text, and at least `least`.
std::string fence_for(std::string_view text, std::size_t least) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char letter : text) {
        run = letter == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    std::string fence(std::max(longest + 1, least), '`');
    return fence;
}

// One line in code. A blank on either side is taken away again by whoever shows it.
std::string code(std::string_view text) {
    const std::string line = one_line(text);
    if (line.empty()) return {};
    const std::string fence = fence_for(line, 1);
    const std::string blank = line.front() == '`' || line.back() == '`' || line.front() == ' ' ? " " : "";
    return fence + blank + line + blank + fence;
}

// Within a table a bar is escaped even in code.
std::string code_in_cell(std::string_view text) {
    std::string out;
    for (const char letter : code(text)) {
        if (letter == '|') out += '\\';
        out += letter;
    }
    return out;
}

std::string block(std::string_view language, std::string_view content) {
    const std::string fence = fence_for(content, 3);
    std::string text = fence;
    text.append(language).append("\n").append(content);
    if (!content.ends_with('\n')) text += '\n';
    return text + fence + "\n\n";
}

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

std::string item(std::string_view label, const std::string& content) {
    return content.empty() ? "" : "- **" + std::string(label) + "** " + content + "\n";
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
