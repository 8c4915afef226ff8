// Challenges: everything in contract/webhooks.md section 5, and what a strict reader of it would refuse.
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "audit/families.h"
#include "audit/judging.h"
#include "base/text.h"
#include "delivery/verification.h"

namespace smartcar_sim::audit {
namespace {

using contract::Version;
using Look = Author::Look;

constexpr std::size_t kAtOnce = 8;

Outcome answers_look(Examination& examination, Look look) {
    return answers(examination, examination.subject().version, examination.author().challenge(look));
}

Outcome challenge_answered(Examination& examination) {
    return answers(examination, examination.subject().version, examination.author().challenge());
}

// The same one and a further one.
Outcome challenge_repeated(Examination& examination) {
    const Version version = examination.subject().version;
    const std::string challenge = examination.author().challenge();
    Outcome outcome = passed("The right hash came back each time");
    for (const std::string& one : {challenge, challenge, examination.author().challenge()}) {
        Outcome answer = answers(examination, version, one);
        if (answer.verdict == Verdict::kFail) outcome = std::move(answer);
    }
    return outcome;
}

Outcome challenges_at_once(Examination& examination) {
    const Version version = examination.subject().version;
    std::vector<std::string> challenges;
    std::vector<Letter> letters;
    challenges.reserve(kAtOnce);
    letters.reserve(kAtOnce);
    for (std::size_t i = 0; i < kAtOnce; ++i) {
        challenges.push_back(examination.author().challenge());
        letters.push_back(examination.challenging(version, challenges.back(), Signing::kAsSubject));
        letters.back().title = "challenge " + std::to_string(i + 1);
    }
    const std::vector<Sent> sent = examination.together(letters);
    for (std::size_t i = 0; i < kAtOnce; ++i) {
        Outcome outcome = judge_challenge(examination, challenges[i], letters[i], sent[i]);
        if (outcome.verdict == Verdict::kFail) return outcome;
    }
    return passed("Each came back with its own hash");
}

Outcome challenge_signed(Examination& examination) {
    return answers(examination, examination.subject().version, examination.author().challenge(), Signing::kSigned);
}

Outcome challenge_of_other_version(Examination& examination) {
    const Version other = other_of(examination.subject().version);
    Outcome outcome = answers(examination, other, examination.author().challenge(other));
    // The platform's advice is to try the version that was answered just now.
    if (!outcome.mistake) outcome.fix.clear();
    return outcome;
}

// 200 and application/json, to the letter.
Outcome challenge_to_the_letter(Examination& examination) {
    const Version version = examination.subject().version;
    const std::string challenge = examination.author().challenge();
    const Letter letter = examination.challenging(version, challenge, Signing::kAsSubject);
    const Sent sent = examination.send(letter);
    const delivery::Verdict verdict = examination.verdict_on(letter, challenge, sent.answer);
    if (!verdict.verified) return failed(verdict.says);
    return verdict.warnings.empty() ? passed("200 and application/json") : failed(verdict.warnings.front());
}

// The hash anywhere in an answer, in letters of any case.
bool gives_hash(const Examination& examination, const Sent& sent, const std::string& challenge) {
    const contract::Response* response = response_of(sent);
    return response != nullptr &&
           base::lower_case(response->body).find(examination.sign(challenge)) != std::string::npos;
}

Outcome gives_no_hash(Examination& examination, const Letter& letter, const std::string& challenge) {
    const Sent sent = examination.send(letter);
    if (gives_hash(examination, sent, challenge)) return failed("The hash came back: " + came_of(sent.answer));
    if (response_of(sent) == nullptr) return unknown(came_of(sent.answer));
    return passed(came_of(sent.answer));
}

Outcome challenge_by_put(Examination& examination) {
    const Version version = examination.subject().version;
    const std::string challenge = examination.author().challenge();
    Letter letter = examination.challenging(version, challenge, Signing::kAsSubject);
    letter.title = "a challenge by PUT";
    letter.method = "PUT";
    letter.nature = Letter::Nature::kOdd;
    return gives_no_hash(examination, letter, challenge);
}

Outcome challenge_under_unknown_name(Examination& examination) {
    const Version version = examination.subject().version;
    const std::string challenge = examination.author().challenge();
    Letter letter = examination.challenging(version, challenge, Signing::kAsSubject);
    letter.title = "a challenge under another event name";
    letter.nature = Letter::Nature::kOdd;
    const std::string_view name = version == Version::k2_0 ? R"("eventName":"verify")" : R"("eventType":"VERIFY")";
    const std::string_view other = version == Version::k2_0 ? R"("eventName":"ping")" : R"("eventType":"PING")";
    letter.body.replace(letter.body.find(name), name.size(), other);
    return gives_no_hash(examination, letter, challenge);
}

constexpr std::string_view kAnswerHash =
    "200, application/json and {\"challenge\": the HMAC-SHA256 of the challenge under the application management "
    "token, "
    "in 64 lower-case hex digits}.";
constexpr std::string_view kShapeFix =
    "Accept every challenge of 8 to 128 characters of A-Z a-z 0-9 . _ ~ -; refuse longer ones and all others.";

constexpr std::array kChecks{
    Check{.id = "challenge-answered",
          .severity = Severity::kHigh,
          .asks = "is a challenge answered?",
          .sends = "A challenge as the platform sends it.",
          .expects = kAnswerHash,
          .why = "Smartcar sends no events to a callback that has not verified.",
          .fix = "Hash the challenge with the token as the key and send the hex digest in JSON.",
          .run = challenge_answered,
          .part = Check::Part::kPreflight},
    Check{.id = "challenge-repeated",
          .severity = Severity::kHigh,
          .asks = "is a challenge answered again?",
          .sends = "A challenge, the same one again, and a further one.",
          .expects = "The right hash each time.",
          .why = "\"Verify this webhook\" can be pressed at any time, and a changed callback URI is verified anew.",
          .fix = "Keep no state between challenges: compute each hash from its own request.",
          .run = challenge_repeated},
    Check{.id = "challenges-at-once",
          .severity = Severity::kHigh,
          .asks = "are challenges answered that come at the same time?",
          .sends = "Eight challenges at once, each on its own connection.",
          .expects = "Its own hash for each.",
          .why = "Several webhooks may share a callback URI, and each of them is verified on its own.",
          .fix = "Keep no challenge in a variable that requests share, and answer requests side by side.",
          .run = challenges_at_once},
    Check{.id = "challenge-16",
          .severity = Severity::kHigh,
          .asks = "is a challenge of 16 letters and digits answered?",
          .sends = "A challenge of 16 of A-Z a-z 0-9.",
          .expects = kAnswerHash,
          .why = "That is how the one captured 4.0 challenge looks.",
          .fix = kShapeFix,
          .run = [](Examination& examination) { return answers_look(examination, Look::kAlphanumeric); }},
    Check{.id = "challenge-uuid",
          .severity = Severity::kHigh,
          .asks = "is a UUID answered?",
          .sends = "A UUID as the challenge.",
          .expects = kAnswerHash,
          .why = "Smartcar's reference of the VERIFY event shows a UUID.",
          .fix = kShapeFix,
          .run = [](Examination& examination) { return answers_look(examination, Look::kUuid); }},
    Check{.id = "challenge-prefixed",
          .severity = Severity::kHigh,
          .asks = "is \"challenge_\" and 32 hex digits answered?",
          .sends = "\"challenge_\" and 32 hex digits as the challenge.",
          .expects = kAnswerHash,
          .why = "That is how 2.0 challenges look.",
          .fix = kShapeFix,
          .run = [](Examination& examination) { return answers_look(examination, Look::kPrefixed); }},
    Check{.id = "challenge-128",
          .severity = Severity::kMedium,
          .asks = "is a long challenge answered?",
          .sends = "128 of A-Z a-z 0-9 . _ - as the challenge.",
          .expects = kAnswerHash,
          .why = "Nothing is documented on the length of challenges; what is sent today may be longer tomorrow.",
          .fix = kShapeFix,
          .run = [](Examination& examination) { return answers_look(examination, Look::kLong); }},
    Check{.id = "challenge-signed",
          .severity = Severity::kHigh,
          .asks = "is a signed challenge answered?",
          .sends = "A challenge with the right SC-Signature.",
          .expects = kAnswerHash,
          .why = "Smartcar's documentation says that every webhook is signed; receivers have seen unsigned challenges.",
          .fix = "Answer challenges whether they are signed or not.",
          .run = challenge_signed},
    Check{.id = "challenge-other-version",
          .severity = Severity::kLow,
          .asks = "is a challenge of the other version answered?",
          .sends = "A challenge of the other payload version, 2.0 or 4.0.",
          .expects = kAnswerHash,
          .why = "A callback that is to move from 2.0 to 4.0 is verified with 4.0 before anything else arrives.",
          .fix = R"(Read payload.challenge when eventName is "verify", and data.challenge when eventType is "VERIFY".)",
          .run = challenge_of_other_version},
    Check{.id = "challenge-to-the-letter",
          .severity = Severity::kLow,
          .asks = "is a challenge answered to the letter?",
          .sends = "A challenge as the platform sends it.",
          .expects = "Status 200, not another 2xx, and content type application/json.",
          .why = "Smartcar's documentation asks for both; that it insists on them is not proven.",
          .fix = "Answer a challenge with status 200 and content type application/json.",
          .run = challenge_to_the_letter},
    Check{.id = "challenge-by-put",
          .severity = Severity::kLow,
          .asks = "is a challenge by another method left unanswered?",
          .sends = "A challenge by PUT.",
          .expects = "Any answer without the hash.",
          .why = "Smartcar only uses POST; whatever else computes hashes under the token is more than is needed.",
          .fix = "Route POST alone to the handler; answer 405 to the rest.",
          .run = challenge_by_put},
    Check{.id = "challenge-under-unknown-name",
          .severity = Severity::kLow,
          .asks = "is a challenge under an unknown event name left unanswered?",
          .sends = R"(A challenge whose event name is not "verify" or "VERIFY", without a signature.)",
          .expects = "Any answer without the hash.",
          .why = "An unsigned message that is no challenge is nothing that the callback may act upon.",
          .fix = "Look at eventName or eventType first, and hash nothing unless it says that this is a challenge.",
          .run = challenge_under_unknown_name},
};

}  // namespace

std::span<const Check> handshake_checks() { return kChecks; }

}  // namespace smartcar_sim::audit
