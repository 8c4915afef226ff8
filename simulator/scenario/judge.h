// What has to come of a step, and whether it did. Pure. Private to scenario/.
//
// When nothing is said: a challenge is answered rightly, an honest event is answered 2xx at its first attempt, one
// whose answers get lost is delivered in the end, and a forged one is rejected.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "delivery/journal.h"
#include "delivery/verification.h"
#include "platform/effect.h"
#include "scenario/names.h"
#include "scenario/result.h"
#include "scenario/scenario.h"
#include "signature/explain.h"

namespace smartcar_sim::scenario {

// Whether the callback has proved to have the key that its events are signed with now.
enum class Key { kProved, kRotated };

// What a step is judged by.
struct Demand {
    const Expectation& expect;
    const fault::Plan& fault;
    contract::Version version = contract::Version::k2_0;
    Key key = Key::kProved;
};

// What events are signed with, and what a callback may have taken for it.
struct Keys {
    base::Secret token;
    std::vector<signature::Candidate> others;
};

// "delivered at the first attempt", "status 401 or 403, within 2s".
[[nodiscard]] std::string expected_of(const Demand& demand);
// Whether the clock has to run until the deliveries are final before they can be judged.
[[nodiscard]] bool awaits_outcome(const Demand& demand);

// Of one delivery with at least one attempt. `first` is the exchange of its first attempt among the step's.
// `lookup` fills in the names of expected values.
[[nodiscard]] std::vector<Complaint> judge_delivery(const delivery::Delivery& delivery, const Demand& demand,
                                                    std::size_t first, const Keys& keys, const Lookup& lookup);

// Of the events that a step set off, by their names.
[[nodiscard]] std::vector<Complaint> judge_events(const std::vector<std::string>& events, const Demand& demand);

// The steps that send events, or may: what they expect is said of these, not of an answer of another kind.
inline constexpr std::array<std::string_view, 5> kSendingSteps{"send", "set", "test", "subscribe", "enable"};
[[nodiscard]] bool sends_events(const Step& step);

// What `StepResult::expected` says: the demand, or of a step that sets nothing off what it is to do.
[[nodiscard]] std::string expected_sentence(const Step& step, const Demand& demand);

enum class Reach { kSomebody, kNobody };

// Of an event that nobody took, if that is not what was asked for: "send" and "test" have to reach a webhook, and so
// does a "set" of which something is expected or whose events were kept from a webhook.
[[nodiscard]] std::optional<Complaint> complaint_about_reach(
    const Step& step, const Demand& demand, const std::vector<platform::Skipped>& skipped, Reach reach,
    const std::function<std::string(const std::string&)>& alias_of);

[[nodiscard]] std::vector<Complaint> judge_verification(const delivery::Verdict& verdict, const Expectation& expect,
                                                        const Exchange& exchange, std::size_t index,
                                                        const Lookup& lookup);

// Status, time, headers and body of one answer; `fallback` is the status wanted when the expectation says none.
[[nodiscard]] std::vector<Complaint> judge_answer(const Exchange& exchange, std::size_t index,
                                                  const Expectation& expect, const std::vector<StatusRange>& fallback,
                                                  const Lookup& lookup);

// Of a value found, or of none; `what` it is: "body /id", "output".
[[nodiscard]] std::optional<Complaint> judge_value(const std::string& what, const Matcher& wanted,
                                                   const document::Value* found, const Lookup& lookup);

[[nodiscard]] std::string describe(const std::vector<StatusRange>& status);  // "2xx", "401 or 403"
[[nodiscard]] Exchange exchange_of(const delivery::Attempt& attempt, const std::string& title);

}  // namespace smartcar_sim::scenario
