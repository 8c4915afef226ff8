// How answers are judged, for all families alike. Private to audit/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/check.h"
#include "audit/examination.h"

namespace smartcar_sim::audit {

[[nodiscard]] bool is_success(const Sent& sent);  // 2xx
// A complete answer came, whatever it says.
[[nodiscard]] const contract::Response* response_of(const Sent& sent);
// "401 Unauthorized and \"…\"", "no answer: 127.0.0.1:3000: …": a clause.
[[nodiscard]] std::string came_of(const delivery::Answer& answer);

[[nodiscard]] Outcome passed(std::string came);
[[nodiscard]] Outcome failed(std::string came);
[[nodiscard]] Outcome unknown(std::string came);

// Real or at least correct traffic: each of them has to be answered with 2xx.
[[nodiscard]] Outcome accepted(const std::vector<Sent>& sent);
[[nodiscard]] Outcome accepts(Examination& examination, const std::vector<Letter>& letters);

// Something that must not get in: any answer but 2xx passes. A 2xx fails, unless the probe shows that nothing was done;
// what was refused and done all the same fails too.
[[nodiscard]] Outcome refuses(Examination& examination, const Letter& letter, const Event& event);
// The same of one that is sent already; `before` is what the probe showed until then.
[[nodiscard]] Outcome judged_by_effect(Examination& examination, const std::optional<std::string>& before,
                                       const Sent& sent, const Event& event);

// Odd input that need not be taken: any complete answer but 5xx will do, or the connection ended in order.
[[nodiscard]] Outcome survives(Examination& examination, const Letter& letter);

[[nodiscard]] contract::Version other_of(contract::Version version);

// One challenge, judged like the platform's own.
using Signing = Examination::Signing;
[[nodiscard]] Outcome answers(Examination& examination, contract::Version version, const std::string& challenge,
                              Signing signing = Signing::kAsSubject);
// The verdict on what such a letter brought.
[[nodiscard]] Outcome judge_challenge(const Examination& examination, const std::string& challenge,
                                      const Letter& letter, const Sent& sent);

}  // namespace smartcar_sim::audit
