// What an audit found: values, from which its reports are made.
//
// A check is one question about a callback (check.h); a finding is its answer, with all that was sent and all that
// came.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/url.h"
#include "contract/http.h"
#include "delivery/transport.h"

namespace smartcar_sim::audit {

enum class Family { kHandshake, kForgery, kOracle, kRawBytes, kReplay, kShape, kTransport, kTime };

// What a failure means for the callback's owner.
enum class Severity {
    kLow,       // leniency, taste, time
    kMedium,    // correct bytes that Smartcar does not send today are refused, or a reprint is taken for the original
    kHigh,      // real Smartcar traffic is refused, lost or timed out
    kCritical,  // a forger without the token gets in
};

enum class Verdict {
    kPass,
    kFail,
    kSkip,     // not asked: the preflight failed, the callback does not speak that version, the time was up
    kUnknown,  // asked, and the answers do not tell: what the callback did with it cannot be seen without a probe
};

[[nodiscard]] std::span<const Family> families();
[[nodiscard]] std::string_view name_of(Family family);      // "handshake", "raw-bytes"
[[nodiscard]] std::string_view title_of(Family family);     // "Raw bytes"
[[nodiscard]] std::string_view name_of(Severity severity);  // "low"
[[nodiscard]] std::string_view name_of(Verdict verdict);    // "pass"
[[nodiscard]] std::optional<Family> parse_family(std::string_view name);
[[nodiscard]] std::optional<Severity> parse_severity(std::string_view name);
[[nodiscard]] std::optional<Verdict> parse_verdict(std::string_view name);

// One request and what came back.
struct Sent {
    std::string title;          // "the forged event": one clause
    contract::Request request;  // with Host and Content-Length only where they were chosen for the check
    std::string raw;            // of a transport check: the bytes that were sent, and `request` is empty
    delivery::Answer answer;
    base::Milliseconds took{0};  // wall time
};

// Two texts that should have been one.
struct Difference {
    std::string expected_title, expected;  // "what was signed"
    std::string actual_title, actual;      // "what Node's JSON.stringify makes of it"
};

struct Finding {
    std::string_view id;  // "signature-missing"
    Family family = Family::kHandshake;
    Severity severity = Severity::kLow;
    std::string_view asks;     // "is an event without SC-Signature refused?"
    std::string_view sends;    // what was sent: one sentence
    std::string_view expects;  // what had to come: one sentence
    std::string_view why;      // the rule behind it and where it comes from
    Verdict verdict = Verdict::kSkip;
    std::string came = {};  // what came, or why it was skipped or is not known: one sentence
    std::string fix = {};   // what to do about it; only of one that failed
    std::string note = {};  // what else there is to tell; may be empty
    std::optional<std::string> mistake = std::nullopt;  // id in signature::mistakes()
    std::vector<Sent> exchanges = {};                   // in the order they were begun
    std::optional<Difference> difference = std::nullopt;
    base::Milliseconds took{0};  // wall time of the whole check
};

// How long the answers to honest challenges and events took, wall time.
struct Latency {
    std::size_t answers = 0;
    base::Milliseconds median{0};
    base::Milliseconds p95{0};
    base::Milliseconds slowest{0};
    base::Milliseconds limit{0};  // what Smartcar allows
};

// This audit held against an earlier one: ids of checks.
struct Comparison {
    std::vector<std::string> worse;   // fail now, and did not
    std::vector<std::string> better;  // failed, and pass now
    std::vector<std::string> still;   // failed then and now
    std::vector<std::string> gone;    // failed then, and nobody can tell now: skipped, unknown or not asked
};

struct Summary {
    base::Url callback;
    std::string webhook_version;  // "2.0", "4.0": of the messages that were sent unless a check says otherwise
    std::optional<char> grade;    // 'A' to 'F' without E; nothing when no check passed or failed, or some were
                                  // not asked and none failed
    std::size_t passed = 0, failed = 0, skipped = 0, unknown = 0;
    std::size_t unasked = 0;                    // of those skipped: there was no time, or the audit was called off
    std::vector<std::string> conclusions = {};  // what several findings say together: one sentence each
    Latency latency = {};
    std::optional<Comparison> comparison = std::nullopt;
    std::string probe = {};  // how effects were seen: "the command of --probe"; empty when they were not
    std::uint64_t seed = 0;
    std::string version = {};  // of the program
    int exit = 0;
    base::Milliseconds took{0};
};

// The worst failure decides: none is A, low B, medium C, high D, critical F. Nothing when no check passed or failed.
[[nodiscard]] std::optional<char> grade_of(std::span<const Finding> findings);
// Puts in the four counts and the grade; the rest of `summary` stays.
void count(std::span<const Finding> findings, Summary& summary);

}  // namespace smartcar_sim::audit
