#include "report/audit_text.h"

#include <algorithm>
#include <variant>

#include "base/printable.h"
#include "base/text.h"
#include "report/audit_words.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

using audit::Verdict;

constexpr std::size_t kWidestVerdict = 7;  // "skipped"
constexpr std::size_t kWidestLabel = 8;    // "expected"
constexpr std::string_view kBelow = "    ";

Tone tone_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::kPass:
            return Tone::kGood;
        case Verdict::kFail:
            return Tone::kBad;
        case Verdict::kSkip:
        case Verdict::kUnknown:
            break;
    }
    return Tone::kWarning;
}

// Blanks that fill a column, and two between it and the next.
std::string after(std::string_view text, std::size_t width) {
    std::string blanks(width - std::min(width, text.size()) + 2, ' ');
    return blanks;
}

std::string headline(const audit::Finding& finding, const Paint& paint) {
    const std::string_view verdict = word_for(finding.verdict);
    const std::string severity =
        finding.verdict == Verdict::kFail ? std::string(name_of(finding.severity)) + "  " : std::string();
    return paint(tone_of(finding.verdict), verdict) + after(verdict, kWidestVerdict) + severity +
           paint(Tone::kStrong, finding.id) + "  " + one_line(finding.asks) + "\n";
}

// What came is bad only of a check that failed.
std::string labelled(const Said& said, Verdict verdict, const Paint& paint) {
    const bool is_bad = said.label == "came" && verdict == Verdict::kFail;
    const Tone tone = is_bad ? Tone::kBad : said.label == "fix" ? Tone::kStrong : Tone::kDim;
    return std::string(kBelow) + paint(tone, said.label) + after(said.label, kWidestLabel) + one_line(said.text) + "\n";
}

std::string request_lines(const audit::Sent& sent) {
    const std::string start = std::string(kBelow) + "> ";
    if (is_raw(sent)) return start + base::shortened(sent.raw) + "\n";
    std::string text = start + one_line(sent.request.method) + " " + one_line(sent.request.target) + "\n";
    if (const auto signature = sent.request.headers.get("SC-Signature")) {
        text += start + "SC-Signature: " + one_line(*signature) + "\n";
    }
    return sent.request.body.empty() ? text : text + start + base::shortened(sent.request.body) + "\n";
}

std::string exchange(const audit::Sent& sent, const Paint& paint) {
    return std::string(kBelow) + paint(Tone::kDim, one_line(sent.title)) + "\n" + request_lines(sent) +
           std::string(kBelow) + "< " + answer_line(sent) + "\n";
}

std::string family_lines(std::span<const audit::Finding> findings, const Paint& paint) {
    const std::vector<FamilyCounts> families = by_family(findings);
    std::size_t width = 0;
    for (const FamilyCounts& one : families) width = std::max(width, title_of(one.family).size());
    std::string text;
    for (const FamilyCounts& one : families) {
        const std::string_view title = title_of(one.family);
        const std::string line = std::string(title) + after(title, width) + one.text();
        text += (one.failed > 0 ? paint(Tone::kBad, line) : line) + "\n";
    }
    return text.empty() ? text : text + "\n";
}

std::string comparison_lines(const audit::Comparison& comparison, const Paint& paint) {
    const std::vector<Compared> lists = lists_of(comparison);
    if (lists.empty()) return "as in the baseline: nothing failed then or fails now\n\n";
    std::string text;
    for (const Compared& list : lists) {
        const Tone tone = list.label == "worse" ? Tone::kBad : list.label == "better" ? Tone::kGood : Tone::kWarning;
        text += paint(tone, list.label) + after(list.label, 6) + one_line(base::joined(*list.ids, ", ")) + " (" +
                std::string(list.says) + ")\n";
    }
    return text + "\n";
}

}  // namespace

std::string finding_text(const audit::Finding& finding, Detail detail, const Paint& paint) {
    if (detail == Detail::kWhatFailed && finding.verdict != Verdict::kFail) return {};
    std::string text = headline(finding, paint);
    for (const Said& said : said_of(finding)) text += labelled(said, finding.verdict, paint);
    if (detail == Detail::kWhatFailed) return text;
    for (const audit::Sent& sent : finding.exchanges) text += exchange(sent, paint);
    return text;
}

std::string summary_text(std::span<const audit::Finding> findings, const audit::Summary& summary, const Paint& paint) {
    std::string text = family_lines(findings, paint);
    for (const std::string& conclusion : summary.conclusions) text += one_line(conclusion) + "\n";
    if (!summary.conclusions.empty()) text += "\n";
    if (summary.latency.answers > 0) text += "latency  " + latency_text(summary.latency) + "\n";
    if (!summary.probe.empty()) text += "probe    " + one_line(summary.probe) + "\n";
    if (summary.latency.answers > 0 || !summary.probe.empty()) text += "\n";
    if (summary.comparison) text += comparison_lines(*summary.comparison, paint);
    const Tone tone = !summary.grade ? Tone::kWarning : *summary.grade == 'A' ? Tone::kGood : Tone::kBad;
    return text + paint(tone, grade_text(summary.grade)) + ": " + std::string(grade_says(summary.grade)) + "\n" +
           counts(summary) + " in " + std::to_string(summary.took.count()) + " ms\n" + seed_line(summary.seed) + "\n";
}

}  // namespace smartcar_sim::report
