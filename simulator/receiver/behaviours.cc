#include "receiver/behaviours.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "signature/hmac.h"
#include "signature/rewriting.h"

namespace smartcar_sim::receiver {
namespace {

using contract::Request;
using contract::Response;
using signature::hmac_sha256_hex;

Response echo(const Verification& verification) { return challenge_answer(verification.challenge); }

Response in_upper_case(const Verification& verification) {
    return challenge_answer(base::upper_case(hmac_sha256_hex(verification.token, verification.challenge)));
}

Response with_arguments_swapped(const Verification& verification) {
    return challenge_answer(hmac_sha256_hex(verification.challenge, verification.token));
}

Response of_the_whole_body(const Verification& verification) {
    return challenge_answer(hmac_sha256_hex(verification.token, verification.request.body));
}

Response of_the_other_field(const Verification& verification) {
    return challenge_answer(hmac_sha256_hex(verification.token, verification.other_field));
}

Response as_plain_text(const Verification& verification) {
    return {.status = 200,
            .headers = {{"content-type", "text/plain"}},
            .body = hmac_sha256_hex(verification.token, verification.challenge)};
}

bool if_written_by_python(const Request& request, std::string_view token) {
    Request rewritten = request;
    rewritten.body = signature::written_by(signature::Runtime::kPython, request.body);
    return is_signed(rewritten, token);
}

bool always(const Request&, std::string_view) { return true; }

// Smartcar gives up after 15 seconds.
constexpr base::Milliseconds kTooLong = std::chrono::seconds(20);

constexpr std::array kBehaviours{
    Behaviour{.id = "echo-challenge", .says = "answers a challenge with the challenge itself", .answer = echo},
    Behaviour{.id = "upper-case-hash", .says = "answers a challenge in upper-case hex", .answer = in_upper_case},
    Behaviour{.id = "swapped-arguments",
              .says = "takes the challenge for the key and the token for the message",
              .answer = with_arguments_swapped},
    Behaviour{
        .id = "whole-body-hash", .says = "hashes the whole body of a challenge's request", .answer = of_the_whole_body},
    Behaviour{.id = "wrong-field",
              .says = "looks for the challenge where the other version has it, and hashes what it finds: \"undefined\"",
              .answer = of_the_other_field},
    Behaviour{.id = "text-answer",
              .says = "answers a challenge with the right hash as plain text, not in JSON",
              .answer = as_plain_text},
    Behaviour{.id = "verify-needs-signature",
              .says = "refuses a challenge without SC-Signature, which is how Smartcar sends them",
              .challenges = Behaviour::Challenges::kSigned},
    Behaviour{.id = "reserialised-body",
              .says = "parses an event and checks the signature of what json.dumps makes of it, so it refuses all",
              .trusts = if_written_by_python},
    Behaviour{.id = "no-signature-check", .says = "accepts every event, forged or not", .trusts = always},
    Behaviour{.id = "slow", .says = "does its work before it answers: after 20 seconds", .delay = kTooLong},
};

}  // namespace

std::span<const Behaviour> behaviours() { return kBehaviours; }

base::Result<const Behaviour*> find_behaviour(std::string_view id) {
    const auto found = std::ranges::find(kBehaviours, id, &Behaviour::id);
    if (found != kBehaviours.end()) return &*found;
    std::array<std::string_view, kBehaviours.size()> ids;
    std::ranges::transform(kBehaviours, ids.begin(), &Behaviour::id);
    return base::Error{.code = "unknown_behaviour",
                       .message = "unknown behaviour \"" + std::string(id) + "\"" + document::did_you_mean(id, ids) +
                                  (document::nearest(id, ids) ? "" : "; `smartcar-sim list behaviours` shows them")};
}

Response challenge_answer(std::string_view text) {
    std::string body;
    document::Writer(body).begin_object().member("challenge", text).end_object();
    return contract::json_response(200, std::move(body));
}

bool is_signed(const Request& request, std::string_view token) {
    if (request.headers.count("SC-Signature") != 1) return false;
    return signature::equal(*request.headers.get("SC-Signature"), hmac_sha256_hex(token, request.body));
}

}  // namespace smartcar_sim::receiver
