// Wrong ways to answer a challenge.
#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "contract/message.h"
#include "document/json.h"
#include "receiver/behaviours.h"
#include "receiver/message.h"
#include "receiver/steps.h"
#include "signature/hmac.h"
#include "signature/rewriting.h"

namespace smartcar_sim::receiver {
namespace {

using contract::Response;
using contract::Version;
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

Response as_created(const Verification& verification) {
    Response response = challenge_answer(hmac_sha256_hex(verification.token, verification.challenge));
    response.status = 201;
    return response;
}

// --- what stands in a message as a challenge -----------------------------------------------------

// Wherever it stands, whatever the message is called.
const document::Value* any_challenge(const Circumstances& now) {
    if (!is_post(now) || now.body == nullptr) return nullptr;
    for (const char* pointer : {"/payload/challenge", "/data/challenge"}) {
        if (const document::Value* found = value_at(*now.body, pointer)) return found;
    }
    return nullptr;
}

MaybeResponse refuse_unless(const Circumstances& now, bool (*fits)(const std::string& challenge)) {
    const auto challenge = challenge_in(now);
    if (!challenge || fits(*challenge)) return std::nullopt;
    return error_answer(400, "the challenge does not look like one");
}

MaybeResponse sixteen_alone(const Circumstances& now) {
    return refuse_unless(now, [](const std::string& challenge) {
        return challenge.size() == 16 && std::ranges::all_of(challenge, base::is_alphanumeric);
    });
}

MaybeResponse short_alone(const Circumstances& now) {
    return refuse_unless(now, [](const std::string& challenge) { return challenge.size() <= 64; });
}

MaybeResponse without_dashes_alone(const Circumstances& now) {
    return refuse_unless(now, [](const std::string& challenge) { return challenge.find('-') == std::string::npos; });
}

MaybeResponse letters_alone(const Circumstances& now) {
    return refuse_unless(now, [](const std::string& challenge) { return challenge.find('_') == std::string::npos; });
}

MaybeResponse not_of(const Circumstances& now, Version unknown) {
    if (version_of(now) != unknown) return std::nullopt;
    return error_answer(400, "unknown message");
}

MaybeResponse once(const Circumstances& now) {
    if (!challenge_in(now) || now.memory.first_time("verified")) return std::nullopt;
    return error_answer(409, "this webhook is verified already");
}

MaybeResponse unsigned_alone(const Circumstances& now) {
    if (!version_of(now) || now.request.headers.count("SC-Signature") == 0) return std::nullopt;
    return error_answer(400, "a challenge carries no signature");
}

MaybeResponse one_at_a_time(const Circumstances& now) {
    if (now.memory.in_flight <= 1) return std::nullopt;
    return error_answer(503, "busy");
}

MaybeResponse by_any_method(const Circumstances& now) {
    const auto challenge = challenge_by_any_method(now);
    if (now.request.method != "PUT" || !challenge) return std::nullopt;
    return challenge_answer(now.hash_of(*challenge));
}

// --- what is hashed for strangers ---------------------------------------------------------------

MaybeResponse any_name(const Circumstances& now) {
    const document::Value* challenge = any_challenge(now);
    if (challenge == nullptr || challenge->string() == nullptr || !is_well_shaped(*challenge->string())) {
        return std::nullopt;
    }
    return challenge_answer(now.hash_of(*challenge->string()));
}

MaybeResponse any_text(const Circumstances& now) {
    const auto challenge = challenge_in(now);
    if (!challenge) return std::nullopt;
    return challenge_answer(now.hash_of(*challenge));
}

MaybeResponse any_short_text(const Circumstances& now) {
    constexpr std::size_t kShort = 128;
    const auto challenge = challenge_in(now);
    if (!challenge || challenge->size() > kShort) return std::nullopt;
    return challenge_answer(now.hash_of(*challenge));
}

MaybeResponse any_name_and_text(const Circumstances& now) {
    const document::Value* challenge = any_challenge(now);
    if (challenge == nullptr || challenge->string() == nullptr) return std::nullopt;
    return challenge_answer(now.hash_of(*challenge->string()));
}

// JSON.stringify(challenge), and the string itself when it is one.
MaybeResponse any_object(const Circumstances& now) {
    const document::Value* challenge = any_challenge(now);
    if (challenge == nullptr || challenge->object() == nullptr || !version_of(now)) return std::nullopt;
    return challenge_answer(now.hash_of(document::source_of(now.request.body, challenge->offset)));
}

// hmac(json.dumps(challenge))
MaybeResponse any_printed_object(const Circumstances& now) {
    const document::Value* challenge = any_challenge(now);
    if (challenge == nullptr || challenge->object() == nullptr || !version_of(now)) return std::nullopt;
    return challenge_answer(now.hash_of(
        signature::written_by(signature::Runtime::kPython, document::source_of(now.request.body, challenge->offset))));
}

MaybeResponse query(const Circumstances& now) {
    const auto challenge = base::field(now.request.query_fields(), "challenge");
    if (!challenge) return std::nullopt;
    return challenge_answer(now.hash_of(*challenge));
}

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
    Behaviour{.id = "created-answer", .says = "answers a challenge with 201", .answer = as_created},
    Behaviour{.id = "verify-once", .says = "answers the first challenge and no other", .first = once},
    Behaviour{.id = "verify-unsigned-only",
              .says = "refuses a challenge that carries an SC-Signature",
              .first = unsigned_alone},
    Behaviour{.id = "one-at-a-time",
              .says = "answers 503 while it is answering another request",
              .first = one_at_a_time,
              .delay = base::Milliseconds(30)},
    Behaviour{.id = "sixteen-characters-only",
              .says = "answers challenges of 16 letters and digits and no others",
              .first = sixteen_alone},
    Behaviour{
        .id = "short-challenges-only", .says = "answers challenges of at most 64 characters", .first = short_alone},
    Behaviour{.id = "challenges-without-dashes-only",
              .says = "refuses a challenge that is a UUID, or has a dash for another reason",
              .first = without_dashes_alone},
    Behaviour{.id = "challenges-without-underscores-only",
              .says = "refuses a challenge with an underscore, as 2.0 challenges have",
              .first = letters_alone},
    Behaviour{.id = "knows-2.0-only",
              .says = "does not know the challenges of 4.0",
              .first = [](const Circumstances& now) { return not_of(now, Version::k4_0); }},
    Behaviour{.id = "knows-4.0-only",
              .says = "does not know the challenges of 2.0",
              .first = [](const Circumstances& now) { return not_of(now, Version::k2_0); }},
    Behaviour{.id = "verify-by-any-method", .says = "answers a challenge by PUT too", .first = by_any_method},
    Behaviour{.id = "hashes-any-name",
              .says = "answers whatever has a challenge in it, whatever its event name is",
              .first = any_name},
    Behaviour{.id = "hashes-any-text",
              .says = "hashes any text as a challenge, a forged event too: it signs for strangers",
              .first = any_text},
    Behaviour{.id = "hashes-short-text",
              .says = "hashes any text of at most 128 characters: it signs short events for strangers",
              .first = any_short_text},
    Behaviour{.id = "hashes-printed-objects",
              .says = "hashes json.dumps of a challenge that is an object: it signs for strangers",
              .first = any_printed_object},
    Behaviour{.id = "hashes-anything",
              .says = "hashes any text under any event name: it signs for strangers",
              .first = any_name_and_text},
    Behaviour{.id = "hashes-objects",
              .says = "hashes a challenge that is an object: it signs for strangers",
              .first = any_object},
    Behaviour{
        .id = "hashes-query", .says = "hashes ?challenge= of any request: it signs for strangers", .first = query},
};

}  // namespace

std::span<const Behaviour> handshake_behaviours() { return kBehaviours; }

}  // namespace smartcar_sim::receiver
