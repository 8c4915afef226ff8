#include "report/audit_words.h"

#include <algorithm>
#include <array>
#include <variant>

#include "base/printable.h"
#include "base/text.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

using audit::Severity;
using audit::Verdict;

constexpr std::array<std::string_view, 4> kVerdictWords{"passed", "failed", "skipped", "unknown"};
constexpr std::array<std::string_view, 4> kSeverities{
    "leniency, taste or time",
    "bytes that Smartcar does not send today are refused, or a reprint is taken for the original",
    "real Smartcar traffic is refused, lost or timed out", "a forger without the token gets in"};

std::size_t& count_of(FamilyCounts& counts, Verdict verdict) {
    switch (verdict) {
        case Verdict::kPass:
            return counts.passed;
        case Verdict::kFail:
            return counts.failed;
        case Verdict::kSkip:
            return counts.skipped;
        case Verdict::kUnknown:
            break;
    }
    return counts.unknown;
}

std::string percent(long long per_mille) {
    return std::to_string(per_mille / 10) + "." + std::to_string(per_mille % 10) + " %";
}

std::string milliseconds(base::Milliseconds time) { return std::to_string(time.count()) + " ms"; }

}  // namespace

std::string_view word_for(Verdict verdict) { return kVerdictWords.at(static_cast<std::size_t>(verdict)); }

std::string grade_text(std::optional<char> grade) {
    return grade ? "grade " + std::string(1, *grade) : std::string("no grade");
}

std::string_view grade_says(std::optional<char> grade) {
    switch (grade.value_or(' ')) {
        case 'A':
            return "nothing that was asked failed";
        case 'B':
            return severity_says(Severity::kLow);
        case 'C':
            return severity_says(Severity::kMedium);
        case 'D':
            return severity_says(Severity::kHigh);
        case 'F':
            return severity_says(Severity::kCritical);
        default:
            return "too little was asked to tell";
    }
}

std::string_view severity_says(Severity severity) { return kSeverities.at(static_cast<std::size_t>(severity)); }

std::string counts(const audit::Summary& summary) {
    std::string text = std::to_string(summary.passed) + " passed, " + std::to_string(summary.failed) + " failed";
    if (summary.skipped > 0) text += ", " + std::to_string(summary.skipped) + " skipped";
    if (summary.unknown > 0) text += ", " + std::to_string(summary.unknown) + " unknown";
    return text;
}

std::string FamilyCounts::text() const {
    std::vector<std::string> parts;
    const auto add = [&](std::size_t count, Verdict verdict) {
        if (count > 0) parts.push_back(std::to_string(count) + " " + std::string(word_for(verdict)));
    };
    add(passed, Verdict::kPass);
    add(failed, Verdict::kFail);
    add(skipped, Verdict::kSkip);
    add(unknown, Verdict::kUnknown);
    return base::joined(parts, ", ");
}

std::vector<FamilyCounts> by_family(std::span<const audit::Finding> findings) {
    std::vector<FamilyCounts> all;
    for (const audit::Family family : audit::families()) {
        const Findings of = of_family(findings, family);
        if (of.empty()) continue;
        FamilyCounts& counts = all.emplace_back();
        counts.family = family;
        for (const audit::Finding* finding : of) ++count_of(counts, finding->verdict);
    }
    return all;
}

Findings of_family(std::span<const audit::Finding> findings, audit::Family family) {
    Findings of;
    for (const audit::Finding& finding : findings) {
        if (finding.family == family) of.push_back(&finding);
    }
    return of;
}

Findings of_verdict(std::span<const audit::Finding> findings, Verdict verdict) {
    Findings of;
    for (const audit::Finding& finding : findings) {
        if (finding.verdict == verdict) of.push_back(&finding);
    }
    return of;
}

Findings worst_first(std::span<const audit::Finding> findings) {
    Findings failed = of_verdict(findings, Verdict::kFail);
    std::ranges::stable_sort(failed, std::ranges::greater(), &audit::Finding::severity);
    return failed;
}

std::vector<Said> said_of(const audit::Finding& finding) {
    std::vector<Said> said;
    const auto add = [&](std::string_view label, std::string_view text) {
        if (!text.empty()) said.push_back({label, std::string(text)});
    };
    const bool was_asked = finding.verdict != Verdict::kSkip;
    add(was_asked ? "sent" : "sends", finding.sends);
    add(was_asked ? "expected" : "expects", finding.expects);
    add("why", finding.why);
    add(was_asked ? "came" : "skipped", finding.came);
    add("fix", finding.fix);
    add("note", finding.note);
    add("mistake", finding.mistake.value_or(""));
    return said;
}

std::string latency_text(const audit::Latency& latency) {
    if (latency.answers == 0) return {};
    std::string text = "median " + milliseconds(latency.median) + ", p95 " + milliseconds(latency.p95) + ", slowest " +
                       milliseconds(latency.slowest) + " (" + counted(latency.answers, "answer") + ")";
    if (latency.limit.count() <= 0) return text;
    return text + "; p95 is " + percent(share_of_limit(latency.p95, latency.limit)) + " of the " +
           base::format_duration(latency.limit) + " that Smartcar waits";
}

long long share_of_limit(base::Milliseconds time, base::Milliseconds limit) {
    if (limit.count() <= 0) return 0;
    return (static_cast<long long>(time.count()) * 1000 + limit.count() - 1) / limit.count();
}

std::vector<Compared> lists_of(const audit::Comparison& comparison) {
    std::vector<Compared> lists = {{"worse", "fails now, and did not", &comparison.worse},
                                   {"better", "failed, and passes now", &comparison.better},
                                   {"still", "failed then and now", &comparison.still},
                                   {"gone", "failed then, and cannot be told now", &comparison.gone}};
    std::erase_if(lists, [](const Compared& list) { return list.ids->empty(); });
    return lists;
}

bool is_raw(const audit::Sent& sent) { return sent.request.method.empty(); }

std::string answer_line(const audit::Sent& sent) {
    std::string text = answer_in_short(sent.answer, sent.took);
    if (const auto* failure = std::get_if<delivery::Failure>(&sent.answer)) {
        if (!failure->detail.empty()) text += ": " + one_line(failure->detail);
        return text;
    }
    const auto& response = std::get<contract::Response>(sent.answer);
    return response.body.empty() ? text : text + " " + base::shortened(response.body);
}

}  // namespace smartcar_sim::report
