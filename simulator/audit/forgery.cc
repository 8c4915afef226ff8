// Events whose signature is missing or wrong: none of them may get in (contract/webhooks.md section 6.1).
#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "audit/difference.h"
#include "audit/families.h"
#include "audit/judging.h"
#include "base/text.h"
#include "signature/digest.h"
#include "signature/hmac.h"
#include "signature/rewriting.h"

namespace smartcar_sim::audit {
namespace {

using Texts = std::vector<std::string>;

// A forger knows everything but the token.
constexpr std::string_view kForgersKey = "a key that a forger made up";

Outcome refuses_signatures(Examination& examination, Texts signatures, std::string title) {
    const Event event = examination.author().forged();
    return refuses(examination, examination.forged(std::move(title), event, std::move(signatures)), event);
}

// Signatures that an event is sent with, one or several at once. `title` follows "The one with".
struct Attempt {
    std::string title;
    std::function<Texts(const Event& event)> signatures;
};

// One after the other, a new event each; the first that gets in decides.
Outcome refuses_each(Examination& examination, const std::string& begin, const std::vector<Attempt>& attempts) {
    Outcome last = passed("");
    Outcome undecided = passed("");
    for (const Attempt& attempt : attempts) {
        const Event event = examination.author().forged();
        const Letter letter = examination.forged(begin + attempt.title, event, attempt.signatures(event));
        last = refuses(examination, letter, event);
        if (last.verdict == Verdict::kFail) {
            last.came =
                "The one with " + attempt.title + ": " + base::lower_case(last.came.substr(0, 1)) + last.came.substr(1);
            return last;
        }
        if (last.verdict == Verdict::kUnknown) undecided = last;
    }
    return undecided.verdict == Verdict::kUnknown ? undecided : last;
}

// One that is no hash of anything.
Attempt as_it_is(std::string title, std::string signature) {
    return {std::move(title), [signature = std::move(signature)](const Event&) { return Texts{signature}; }};
}

Attempt under_key(std::string title, std::string key) {
    return {std::move(title),
            [key = std::move(key)](const Event& event) { return Texts{signature::hmac_sha256_hex(key, event.body)}; }};
}

Outcome missing(Examination& examination) {
    return refuses_signatures(examination, {}, "an event without SC-Signature");
}

Outcome empty(Examination& examination) {
    return refuses_signatures(examination, {""}, "an event with an empty SC-Signature");
}

Outcome wrong_key(Examination& examination) {
    return refuses_each(examination, "an event signed with ", {under_key("a made-up key", std::string(kForgersKey))});
}

// What code hashes with when the variable with the token is not set.
Outcome empty_key(Examination& examination) {
    std::vector<Attempt> attempts{under_key("an empty key", "")};
    for (const std::string key : {"undefined", "null", "None"}) {
        attempts.push_back(under_key("the key " + base::quoted(key), key));
    }
    return refuses_each(examination, "an event signed with ", attempts);
}

Outcome flipped_bit(Examination& examination) {
    const auto with_another = [&](const Event& event, std::size_t digit) {
        std::string signature = examination.sign(event.body);
        signature[digit] = signature[digit] == '0' ? '1' : '0';
        return Texts{std::move(signature)};
    };
    constexpr std::size_t kLast = 63;
    return refuses_each(examination, "the right signature, ",
                        {{"its first digit changed", [&](const Event& event) { return with_another(event, 0); }},
                         {"its last digit changed", [&](const Event& event) { return with_another(event, kLast); }}});
}

// A pair seen on its way is good for its own body alone.
Outcome of_another_body(Examination& examination) {
    const Event seen = examination.author().next();
    examination.send(examination.honest("an event that a forger sees", seen));
    const Event event = examination.author().forged();
    return refuses(examination,
                   examination.forged("an event with the signature of that one", event, {examination.sign(seen.body)}),
                   event);
}

// The first of these texts that the body has becomes its opposite; a body without any gets a member more.
void tell_the_opposite(std::string& body) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kOpposites{
        {{"\"CHARGING_STARTED\"", "\"CHARGING_STOPPED\""},
         {"\"CHARGING_STOPPED\"", "\"CHARGING_STARTED\""},
         {"\"value\":true", "\"value\":false"},
         {"\"value\":false", "\"value\":true"}}};
    for (const auto& [told, opposite] : kOpposites) {
        const std::size_t at = body.find(told);
        if (at == std::string::npos) continue;
        body.replace(at, told.size(), opposite);
        return;
    }
    body = with_note(std::move(body), R"("forged")");
}

// The bytes that were signed tell what holds already; those that are sent tell the opposite.
Outcome tampered_body(Examination& examination) {
    const Event event = examination.author().telling(examination.author().charging());
    Letter letter = examination.forged("an event changed after it was signed", event, {examination.sign(event.body)});
    tell_the_opposite(letter.body);
    Event tampered = event;
    tampered.charging = !event.charging;
    return refuses(examination, letter, tampered);
}

Outcome truncated(Examination& examination) {
    const auto beginning = [&](std::string title, std::size_t length) {
        return Attempt{std::move(title), [&examination, length](const Event& event) {
                           return Texts{examination.sign(event.body).substr(0, length)};
                       }};
    };
    return refuses_each(examination, "the right signature, ",
                        {beginning("its first digit alone", 1), beginning("its first 8 digits", 8),
                         beginning("its first 32 digits", 32)});
}

Outcome twice(Examination& examination) {
    const Event event = examination.author().forged();
    const std::string wrong = signature::hmac_sha256_hex(kForgersKey, event.body);
    return refuses(examination, examination.forged("an event with two wrong signatures", event, {wrong, wrong}), event);
}

Outcome right_and_wrong(Examination& examination) {
    const auto wrong = [](const Event& event) { return signature::hmac_sha256_hex(kForgersKey, event.body); };
    const auto right = [&](const Event& event) { return examination.sign(event.body); };
    return refuses_each(
        examination, "a right and a wrong signature, ",
        {{"the wrong one first", [&](const Event& event) { return Texts{wrong(event), right(event)}; }},
         {"the right one first", [&](const Event& event) { return Texts{right(event), wrong(event)}; }}});
}

// The signature stands where nobody but a lenient reader looks.
Outcome elsewhere(Examination& examination, std::string title,
                  void (*put)(Letter& letter, const std::string& signature)) {
    const Event event = examination.author().forged();
    Letter letter = examination.forged(std::move(title), event, {});
    put(letter, examination.sign(event.body));
    return refuses(examination, letter, event);
}

Outcome in_query(Examination& examination) {
    return elsewhere(examination, "an event with its signature in the query",
                     [](Letter& letter, const std::string& right) {
                         letter.query = "SC-Signature=" + right + "&sc-signature=" + right + "&signature=" + right;
                     });
}

Outcome under_other_name(Examination& examination) {
    return elsewhere(examination, "an event with its signature under another name",
                     [](Letter& letter, const std::string& right) {
                         letter.headers = {
                             {"X-Smartcar-Signature", right}, {"Smartcar-Signature", right}, {"X-SC-Signature", right}};
                     });
}

Outcome of_reprinted(Examination& examination) {
    const Event event = examination.author().forged();
    Letter letter = examination.forged("an event reprinted after it was signed", event, {examination.sign(event.body)});
    letter.body = signature::written_by(signature::Runtime::kPythonUtf8, event.body);
    Outcome outcome = refuses(examination, letter, event);
    if (outcome.verdict == Verdict::kFail) {
        outcome.difference = Difference{.expected_title = "what was signed",
                                        .expected = event.body,
                                        .actual_title = "what was sent",
                                        .actual = letter.body};
    }
    return outcome;
}

Outcome unkeyed(Examination& examination) {
    const auto hash_of = [](const Event& event) {
        return base::to_hex(signature::hash(signature::Algorithm::kSha256, event.body));
    };
    return refuses_each(examination, "an event with ",
                        {{"the SHA-256 of the body", [&](const Event& event) { return Texts{hash_of(event)}; }},
                         {"\"sha256=\" and the SHA-256 of the body",
                          [&](const Event& event) { return Texts{"sha256=" + hash_of(event)}; }}});
}

// Code that lets the message choose how it is checked.
Outcome without_algorithm(Examination& examination) {
    const Texts tricks{"none", "alg=none", "none=", "sha0=", "true", "undefined", "null"};
    std::vector<Attempt> attempts;
    attempts.reserve(tricks.size());
    for (const std::string& trick : tricks) {
        attempts.push_back(as_it_is(base::quoted(trick) + " as its signature", trick));
    }
    return refuses_each(examination, "an event with ", attempts);
}

Outcome other_algorithm(Examination& examination) {
    const auto by = [&](std::string title, signature::Algorithm algorithm) {
        return Attempt{std::move(title), [&examination, algorithm](const Event& event) {
                           const std::string& key = examination.subject().token.reveal();
                           return Texts{base::to_hex(signature::hmac(algorithm, key, event.body))};
                       }};
    };
    return refuses_each(
        examination, "an event signed by ",
        {by("HMAC-SHA1", signature::Algorithm::kSha1), by("HMAC-SHA512", signature::Algorithm::kSha512)});
}

Outcome spelled(Examination& examination, const std::string& title, std::string (*spell)(const std::string& right)) {
    const Event event = examination.author().forged();
    return refuses(examination,
                   examination.forged("an event whose signature is right, but " + title, event,
                                      {spell(examination.sign(event.body))}),
                   event);
}

Outcome upper_case(Examination& examination) {
    return spelled(examination, "in upper case", [](const std::string& right) { return base::upper_case(right); });
}

Outcome prefixed(Examination& examination) {
    return spelled(examination, "with \"sha256=\" before it",
                   [](const std::string& right) { return "sha256=" + right; });
}

Outcome continued(Examination& examination) {
    return spelled(examination, "followed by more digits", [](const std::string& right) { return right + "00"; });
}

// The hash that a challenge was answered with is public: whoever sent the challenge has it.
Outcome of_challenge(Examination& examination) {
    const std::string challenge = examination.author().challenge();
    examination.send(examination.challenging(examination.subject().version, challenge, Signing::kAsSubject));
    const Event event = examination.author().forged();
    return refuses(
        examination,
        examination.forged("an event with a challenge's hash as its signature", event, {examination.sign(challenge)}),
        event);
}

// An event that claims to be a challenge too: what is let through unsigned because of the one must not be handled as
// the other.
Outcome disguised(Examination& examination) {
    const Event event = examination.author().forged();
    const std::string challenge = examination.author().challenge();
    const bool old = event.version == contract::Version::k2_0;
    const std::array edits{contract::Edit{.pointer = old ? "/eventName" : "/eventType",
                                          .value = document::Value(old ? "verify" : "VERIFY")},
                           contract::Edit{.pointer = old ? "/payload/challenge" : "/data/challenge",
                                          .value = document::Value(challenge),
                                          .missing = document::Missing::kAdd}};
    const auto body = contract::apply(edits, event.body);
    if (!body) return unknown("The template has no place for a challenge");
    Letter letter = examination.forged("an unsigned event that says it is a challenge", event, {});
    letter.body = body.value();
    const auto before = examination.settled(event.id);
    const Sent sent = examination.send(letter);
    const contract::Response* response = response_of(sent);
    const bool answered = response != nullptr && response->body.find(examination.sign(challenge)) != std::string::npos;
    if (!answered) return judged_by_effect(examination, before, sent, event);
    const auto change = examination.change_since(before, event.id, Examination::Expected::kNoChange);
    if (change != Examination::Change::kSome) return passed(came_of(sent.answer));
    examination.author().handled(event);
    return failed("It was answered as a challenge, and " + examination.probe()->name() +
                  " shows that it was handled as an event too: " + difference(*before, examination.shown_last()));
}

constexpr std::string_view kRefused = "Any answer but 2xx, best 401, and nothing done.";
constexpr std::string_view kWhyForged =
    "SC-Signature is the only thing that tells Smartcar's events from anybody's: whoever can reach the URL can send "
    "one.";
constexpr std::string_view kWhyLenient =
    "No forger gets in by this alone, but Smartcar sends nothing like it: a check that is wider than the rule hides "
    "mistakes.";
constexpr std::string_view kFixCheck =
    "Compute HMAC-SHA256 of the raw body under the token, compare it in constant time with the one SC-Signature, and "
    "answer "
    "401 before anything else is done when they differ.";
constexpr std::string_view kFixExact = "Compare the header with the 64 lower-case hex digits as they are.";

constexpr std::array kChecks{
    Check{.id = "signature-missing",
          .severity = Severity::kCritical,
          .asks = "is an event without SC-Signature refused?",
          .sends = "An event without SC-Signature.",
          .expects = kRefused,
          .why = kWhyForged,
          .fix = "Refuse an event without SC-Signature: \"check it if it is there\" lets everybody in.",
          .run = missing},
    Check{.id = "signature-empty",
          .severity = Severity::kCritical,
          .asks = "is an empty SC-Signature refused?",
          .sends = "An event with an empty SC-Signature.",
          .expects = kRefused,
          .why = kWhyForged,
          .fix = "Take an empty header for a missing one, and refuse both.",
          .run = empty},
    Check{.id = "signature-wrong-key",
          .severity = Severity::kCritical,
          .asks = "is an event signed with another key refused?",
          .sends = "An event signed with a made-up key.",
          .expects = kRefused,
          .why = kWhyForged,
          .fix = kFixCheck,
          .run = wrong_key},
    Check{.id = "signature-empty-key",
          .severity = Severity::kCritical,
          .asks = "is an event signed with no key refused?",
          .sends = "Events signed with an empty key and with the keys undefined, null and None.",
          .expects = kRefused,
          .why = "A callback whose token is not configured hashes with one of these, and anybody can do the same.",
          .fix = "Refuse to start without a token.",
          .run = empty_key},
    Check{.id = "signature-flipped-bit",
          .severity = Severity::kCritical,
          .asks = "is a signature that is off by one digit refused?",
          .sends = "Events whose right signature had its first or its last digit changed.",
          .expects = kRefused,
          .why = kWhyForged,
          .fix = kFixCheck,
          .run = flipped_bit},
    Check{.id = "signature-of-another-body",
          .severity = Severity::kCritical,
          .asks = "is the signature of another event refused?",
          .sends = "An event, and then another one with the signature of the first.",
          .expects = kRefused,
          .why = "Whoever sees one event has its signature; it must be good for no other.",
          .fix = kFixCheck,
          .run = of_another_body},
    Check{.id = "signature-of-tampered-body",
          .severity = Severity::kCritical,
          .asks = "is a body that was changed after signing refused?",
          .sends = "An event that tells the opposite of what was signed.",
          .expects = kRefused,
          .why = kWhyForged,
          .fix = kFixCheck,
          .run = tampered_body},
    Check{.id = "signature-of-challenge",
          .severity = Severity::kCritical,
          .asks = "is the hash of a challenge refused as a signature?",
          .sends = "A challenge, and then an event with its hash as the signature.",
          .expects = kRefused,
          .why = "Whoever sends a challenge gets its hash.",
          .fix = kFixCheck,
          .run = of_challenge},
    Check{.id = "signature-truncated",
          .severity = Severity::kCritical,
          .asks = "is the beginning of a signature refused?",
          .sends = "Events with the first digit, the first 8 and the first 32 digits of the right signature.",
          .expects = kRefused,
          .why = "One digit is guessed in sixteen tries.",
          .fix = "Compare the whole of both, and refuse different lengths.",
          .run = truncated},
    Check{
        .id = "signature-twice",
        .severity = Severity::kCritical,
        .asks = "are two wrong signatures refused?",
        .sends = "An event with two SC-Signature fields, both wrong.",
        .expects = kRefused,
        .why =
            "Frameworks hand out repeated fields as a list or joined, which code that expects a text may not compare.",
        .fix = "Refuse an event that does not have exactly one SC-Signature.",
        .run = twice},
    Check{.id = "signature-unkeyed",
          .severity = Severity::kCritical,
          .asks = "is a hash without a key refused?",
          .sends = "Events with the plain SHA-256 of the body, with and without \"sha256=\".",
          .expects = kRefused,
          .why = "Everybody can compute it.",
          .fix = "Compute an HMAC with the token as its key.",
          .run = unkeyed},
    Check{.id = "signature-algorithm-trick",
          .severity = Severity::kCritical,
          .asks = "are words instead of a signature refused?",
          .sends = "Events with none, alg=none, none=, sha0=, true, undefined and null as the signature.",
          .expects = kRefused,
          .why = "A message must not choose how it is checked.",
          .fix = kFixCheck,
          .run = without_algorithm},
    Check{.id = "event-disguised",
          .severity = Severity::kCritical,
          .asks = "is an unsigned event that says it is a challenge not handled?",
          .sends = R"(An unsigned event named "verify" or "VERIFY", with a challenge in it.)",
          .expects = "A challenge's answer or a refusal, and nothing done.",
          .why = "Challenges come unsigned: what is let through for them must not reach the code for events.",
          .fix = "Answer a challenge and return: nothing else of the message is to be looked at.",
          .run = disguised},
    Check{
        .id = "signature-of-reprinted",
        .severity = Severity::kMedium,
        .asks = "is a reprinted body refused?",
        .sends = "An event with blanks put between its JSON's tokens after it was signed.",
        .expects = kRefused,
        .why =
            "The signature is of bytes. A callback that hashes its own print of the parsed body does not see what was "
            "sent, and refuses rightly signed events that it prints in another way.",
        .fix = "Hash the bytes of the body as they arrived, before anything parses them.",
        .run = of_reprinted},
    Check{.id = "signature-right-and-wrong",
          .severity = Severity::kLow,
          .asks = "are a right and a wrong signature together refused?",
          .sends = "Events with two SC-Signature fields, one right and one wrong, in both orders.",
          .expects = kRefused,
          .why = kWhyLenient,
          .fix = "Refuse an event that does not have exactly one SC-Signature.",
          .run = right_and_wrong},
    Check{.id = "signature-in-query",
          .severity = Severity::kLow,
          .asks = "is a signature in the query not looked at?",
          .sends = "An event whose right signature stands in the query.",
          .expects = kRefused,
          .why = kWhyLenient,
          .fix = "Read the signature from the header SC-Signature alone.",
          .run = in_query},
    Check{.id = "signature-under-other-name",
          .severity = Severity::kLow,
          .asks = "is a signature under another name not looked at?",
          .sends = "An event whose right signature stands in X-Smartcar-Signature and the like.",
          .expects = kRefused,
          .why = kWhyLenient,
          .fix = "Read the signature from the header SC-Signature alone.",
          .run = under_other_name},
    Check{.id = "signature-other-algorithm",
          .severity = Severity::kLow,
          .asks = "is a signature by another algorithm refused?",
          .sends = "Events signed by HMAC-SHA1 and HMAC-SHA512 under the right key.",
          .expects = kRefused,
          .why = kWhyLenient,
          .fix = "Compute HMAC-SHA256 and nothing else.",
          .run = other_algorithm},
    Check{.id = "signature-upper-case",
          .severity = Severity::kLow,
          .asks = "is a signature in upper case refused?",
          .sends = "An event whose signature is in upper-case hex.",
          .expects = kRefused,
          .why = kWhyLenient,
          .fix = kFixExact,
          .run = upper_case},
    Check{.id = "signature-prefixed",
          .severity = Severity::kLow,
          .asks = "is a signature after \"sha256=\" refused?",
          .sends = "An event with \"sha256=\" before its right signature.",
          .expects = kRefused,
          .why = kWhyLenient,
          .fix = kFixExact,
          .run = prefixed},
    Check{.id = "signature-continued",
          .severity = Severity::kLow,
          .asks = "is a signature with more digits behind it refused?",
          .sends = "An event with two more digits behind its right signature.",
          .expects = kRefused,
          .why = kWhyLenient,
          .fix = kFixExact,
          .run = continued},
};

}  // namespace

std::span<const Check> forgery_checks() { return kChecks; }

}  // namespace smartcar_sim::audit
