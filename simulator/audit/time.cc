// How much of the 15 seconds (contract/webhooks.md sections 5.2 and 7) honest messages took, of all that were answered.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "audit/families.h"
#include "audit/judging.h"
#include "audit/latency.h"
#include "base/text.h"

namespace smartcar_sim::audit {
namespace {

// A third of the time allowed: what one slow database query more would turn into a lost event.
constexpr int kSlowestShare = 3;
constexpr int kUsualShare = 15;

Outcome within_share(Examination& examination, base::Milliseconds took, int share) {
    if (examination.honest_times().empty()) return unknown("No honest message was answered");
    const base::Milliseconds limit = kAllowed / share;
    const std::string came = base::format_duration(took) + " of the " + base::format_duration(kAllowed) + " allowed";
    return took <= limit ? passed(came) : failed(came);
}

Outcome slowest(Examination& examination) {
    return within_share(examination, latency_of(examination.honest_times()).slowest, kSlowestShare);
}

Outcome usual(Examination& examination) {
    return within_share(examination, latency_of(examination.honest_times()).p95, kUsualShare);
}

constexpr std::string_view kFix =
    "Answer first and work afterwards: put the verified event in a queue and send 2xx at once.";

constexpr std::array kChecks{
    Check{.id = "slowest-answer",
          .severity = Severity::kLow,
          .asks = "is every answer well within the time allowed?",
          .sends = "Nothing more: this is about all honest challenges and events above.",
          .expects = "The slowest answer within 5 s, a third of the 15 s allowed.",
          .why = "An answer after 15 s counts as none: the event is sent again, and handled twice.",
          .fix = kFix,
          .run = slowest},
    Check{.id = "usual-answer",
          .severity = Severity::kLow,
          .asks = "is nearly every answer quick?",
          .sends = "Nothing more: this is about all honest challenges and events above.",
          .expects = "19 of 20 answers within 1 s.",
          .why = "Smartcar sends events of one vehicle side by side; work done before the answer piles up.",
          .fix = kFix,
          .run = usual},
};

}  // namespace

std::span<const Check> time_checks() { return kChecks; }

}  // namespace smartcar_sim::audit
