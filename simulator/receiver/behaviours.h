// The ways in which real callbacks were seen to be wrong, as values: each differs from the reference receiver in
// one step (contract/clients.md section 1, contract/webhooks.md section 12).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "contract/http.h"

namespace smartcar_sim::receiver {

// A challenge to be answered.
struct Verification {
    const contract::Request& request;
    std::string_view token;   // the application management token
    std::string challenge;    // well-shaped
    std::string other_field;  // what stands where the other version has its challenge; "undefined" for nothing
};

struct Behaviour {
    std::string_view id;    // "echo-challenge"
    std::string_view says;  // what it does wrong
    // The answer to a challenge; null: 200 and the right hash.
    contract::Response (*answer)(const Verification& verification) = nullptr;
    // Whether an event comes from Smartcar; null: when its one SC-Signature is the hash of the raw body.
    bool (*trusts)(const contract::Request& request, std::string_view token) = nullptr;
    enum class Challenges { kFromAnyone, kSigned } challenges = Challenges::kFromAnyone;
    // How long the caller waits before it sends the answer.
    base::Milliseconds delay{0};
};

[[nodiscard]] std::span<const Behaviour> behaviours();
// Code "unknown_behaviour", with a suggestion.
[[nodiscard]] base::Result<const Behaviour*> find_behaviour(std::string_view id);

// 200 and {"challenge": text}.
[[nodiscard]] contract::Response challenge_answer(std::string_view text);
// The reference way to trust: exactly one SC-Signature, compared in constant time with the hash of the raw body.
[[nodiscard]] bool is_signed(const contract::Request& request, std::string_view token);

}  // namespace smartcar_sim::receiver
