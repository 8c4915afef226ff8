// The verify challenge and the verdict on its answer (product.md, "Verified means").
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "contract/message.h"
#include "delivery/transport.h"
#include "signature/explain.h"

namespace smartcar_sim::delivery {

struct Verdict {
    bool verified = false;
    // unreachable, policy, tls, redirect, timeout, status, not-json, no-challenge, wrong-hash; empty when verified.
    std::string reason;
    std::optional<std::string> mistake;  // id in signature::mistakes()
    std::vector<std::string> also_possible;
    std::string says;                   // one or two sentences for a person: what is wrong
    std::string fix;                    // what to change; may name the other --webhook-version
    std::vector<std::string> warnings;  // a 2xx other than 200, a content type that is not JSON
    std::optional<int> status;
    std::optional<Failure::Kind> failure;  // when no complete response came: tells a lost connection from none
    std::string expected;                  // the hash; the user must be able to compare
    std::string received;                  // what stood in "challenge", or empty
};

enum class Strictness { kLenient, kStrict };  // strict: warnings are failures, reason "status" or "not-json"

struct Challenge {
    contract::Version version = contract::Version::k2_0;
    std::string challenge;                         // the value sent
    std::string body;                              // the whole request body sent
    std::vector<signature::Candidate> other_keys;  // client secret, ids: what may have been used by mistake
    bool is_default_key = false;                   // nobody chose the key that the simulator uses
};

// The likeliest mistake of all is on our side: the callback has its real token, and nobody told the simulator.
inline constexpr std::string_view kKeyOfTheSimulator =
    "The simulator used its development token, because none was given: give it your callback's with --token-file FILE "
    "or APPLICATION_MANAGEMENT_TOKEN.";

// Pure: the same answer always gives the same verdict.
[[nodiscard]] Verdict judge(const Challenge& challenge, std::string_view application_management_token,
                            const Answer& answer, Strictness strictness);

// One line on each reason, for `list reasons`.
struct Reason {
    std::string_view id;
    std::string_view says;
};
[[nodiscard]] std::span<const Reason> reasons();

}  // namespace smartcar_sim::delivery
