// An audit as GitHub-flavoured Markdown. The answer to "may this be merged?" comes first, since GitHub cuts a long text
// (capped_summary() in github.h).
#include <algorithm>

#include "base/printable.h"
#include "report/audit_kinds.h"
#include "report/audit_words.h"
#include "report/markdown_text.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

using audit::Verdict;

std::string lead(const audit::Summary& summary) {
    const std::string seed = std::to_string(summary.seed);
    std::string text =
        "## smartcar-sim audit: " + grade_text(summary.grade) + "\n\n**" + std::string(grade_says(summary.grade)) +
        "**; " + counts(summary) + " in " + std::to_string(summary.took.count()) + " ms\n\n" +
        item("callback", code(summary.callback.text())) + item("webhook version", prose(summary.webhook_version)) +
        item("latency", prose(latency_text(summary.latency))) + item("probe", prose(summary.probe)) +
        item("repeat", "`--seed " + seed + "` (smartcar-sim " + prose(summary.version) + ")") + "\n";
    for (const std::string& conclusion : summary.conclusions) text += "> " + prose(conclusion) + "\n\n";
    return text;
}

std::string comparison(const audit::Comparison& compared) {
    std::string text = "### against the baseline\n\n";
    const std::vector<Compared> lists = lists_of(compared);
    if (lists.empty()) return text + "Nothing failed then or fails now.\n\n";
    for (const Compared& list : lists) {
        std::string ids;
        for (const std::string& id : *list.ids) ids += (ids.empty() ? "" : ", ") + code(id);
        text += item(list.label, ids + " (" + std::string(list.says) + ")");
    }
    return text + "\n";
}

std::string families(std::span<const audit::Finding> findings) {
    const std::vector<FamilyCounts> all = by_family(findings);
    if (all.empty()) return {};
    std::string text = "| family | passed | failed | skipped | unknown |\n|---|---:|---:|---:|---:|\n";
    const auto cell = [](std::size_t count) { return " | " + (count == 0 ? "" : std::to_string(count)); };
    for (const FamilyCounts& one : all) {
        const std::string failed = one.failed == 0 ? " | " : " | **" + std::to_string(one.failed) + "**";
        text += "| " + std::string(title_of(one.family)) + cell(one.passed) + failed + cell(one.skipped) +
                cell(one.unknown) + " |\n";
    }
    return text + "\n";
}

std::string in_cell(std::string_view text) {
    const std::string content = prose(text);  // a bar is escaped in it
    return content.empty() ? " " : content;
}

std::string failure_row(const audit::Finding& finding) {
    return "| " + std::string(name_of(finding.severity)) + " | " + code_in_cell(finding.id) + " | " +
           in_cell(finding.asks) + " | " + in_cell(finding.came) + " |\n";
}

// As it goes over the wire but for what a person cannot read; a body is cut.
std::string transcript(const audit::Sent& sent) {
    std::string text;
    if (is_raw(sent)) {
        text = "> " + base::shortened(sent.raw) + "\n";
    } else {
        text = "> " + one_line(sent.request.method) + " " + one_line(sent.request.target) + "\n";
        for (const auto& [name, value] : sent.request.headers)
            text += "> " + one_line(name) + ": " + one_line(value) + "\n";
        if (!sent.request.body.empty()) text += "> " + base::shortened(sent.request.body) + "\n";
    }
    return text + "< " + answer_line(sent) + "\n";
}

std::string section(const audit::Finding& finding) {
    std::string text = "#### " + std::string(name_of(finding.severity)) + ": " + prose(finding.asks) + "\n\n" +
                       code(finding.id) + "\n\n";
    for (const Said& said : said_of(finding)) text += item(said.label, prose(said.text));
    text += "\n";
    constexpr std::size_t kMost = 5;
    for (std::size_t i = 0; i < std::min(finding.exchanges.size(), kMost); ++i) {
        const audit::Sent& sent = finding.exchanges[i];
        text += prose(sent.title) + ":\n\n" + block("text", transcript(sent));
    }
    if (finding.exchanges.size() > kMost) text += counted(finding.exchanges.size() - kMost, "more exchange") + "\n\n";
    return text;
}

std::string failures(std::span<const audit::Finding> findings) {
    const Findings failed = worst_first(findings);
    if (failed.empty()) return {};
    std::string text = "### what failed\n\n| severity | check | question | what came |\n|---|---|---|---|\n";
    for (const audit::Finding* finding : failed) text += failure_row(*finding);
    text += "\n";
    for (const audit::Finding* finding : failed) text += section(*finding);
    return text;
}

std::string folded(std::span<const audit::Finding> findings, Verdict verdict) {
    const Findings of = of_verdict(findings, verdict);
    if (of.empty()) return {};
    std::string text =
        "<details><summary>" + std::to_string(of.size()) + " " + std::string(word_for(verdict)) + "</summary>\n\n";
    for (const audit::Finding* finding : of) {
        const std::string why = finding->came.empty() ? "" : ": " + prose(finding->came);
        text += "- " + code(finding->id) + " " + prose(finding->asks) + (verdict == Verdict::kPass ? "" : why) + "\n";
    }
    return text + "\n</details>\n\n";
}

}  // namespace

std::string audit_markdown(std::span<const audit::Finding> findings, const audit::Summary& summary) {
    std::string text = lead(summary) + families(findings);
    if (summary.comparison) text += comparison(*summary.comparison);
    text += failures(findings) + folded(findings, Verdict::kUnknown) + folded(findings, Verdict::kSkip) +
            folded(findings, Verdict::kPass);
    text.erase(text.find_last_not_of('\n') + 1);
    return text + "\n";
}

}  // namespace smartcar_sim::report
