// What the reports of an audit tell in the same words. Private to report/.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/finding.h"

namespace smartcar_sim::report {

[[nodiscard]] std::string_view word_for(audit::Verdict verdict);  // "passed", "failed", "skipped", "unknown"
[[nodiscard]] std::string grade_text(std::optional<char> grade);  // "grade D", "no grade"
// What the worst failure means for whoever owns the callback: a clause.
[[nodiscard]] std::string_view grade_says(std::optional<char> grade);
[[nodiscard]] std::string_view severity_says(audit::Severity severity);

[[nodiscard]] std::string counts(const audit::Summary& summary);  // "87 passed, 3 failed, 4 skipped, 1 unknown"

// Of the families that were asked about anything, in their order: "17 passed, 1 failed".
struct FamilyCounts {
    audit::Family family = audit::Family::kHandshake;
    std::size_t passed = 0, failed = 0, skipped = 0, unknown = 0;

    [[nodiscard]] std::string text() const;
};
[[nodiscard]] std::vector<FamilyCounts> by_family(std::span<const audit::Finding> findings);

using Findings = std::vector<const audit::Finding*>;
[[nodiscard]] Findings of_family(std::span<const audit::Finding> findings, audit::Family family);
[[nodiscard]] Findings of_verdict(std::span<const audit::Finding> findings, audit::Verdict verdict);
// Those that failed, worst first; of one severity in the order of the audit.
[[nodiscard]] Findings worst_first(std::span<const audit::Finding> findings);

// What a report says of one check below its question, in this order; what there is nothing to say of is left out.
struct Said {
    std::string_view label;  // "sent", "expected", "why", "came", "fix", "note", "mistake"
    std::string text;
};
[[nodiscard]] std::vector<Said> said_of(const audit::Finding& finding);

// "median 3 ms, p95 12 ms, slowest 14 ms (42 answers); p95 is 0.1 % of the 15s that Smartcar waits"; empty without
// answers.
[[nodiscard]] std::string latency_text(const audit::Latency& latency);
// Per mille of the limit, rounded up: 1 stands for "0.1 %".
[[nodiscard]] long long share_of_limit(base::Milliseconds time, base::Milliseconds limit);

// The lists of a comparison that are not empty.
struct Compared {
    std::string_view label;  // "worse"
    std::string_view says;   // "fails now, and did not"
    const std::vector<std::string>* ids = nullptr;
};
[[nodiscard]] std::vector<Compared> lists_of(const audit::Comparison& comparison);

// Whether bytes were sent rather than a request; there may have been none.
[[nodiscard]] bool is_raw(const audit::Sent& sent);
// "401 in 3 ms {"error":…}", "timeout (no answer within 15s) in 15000 ms": one line.
[[nodiscard]] std::string answer_line(const audit::Sent& sent);

}  // namespace smartcar_sim::report
