// The signing oracle (contract/webhooks.md section 5.3): challenges and events are hashed with the same key by the same
// function, so whoever hashes any challenge signs events for strangers.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "audit/families.h"
#include "audit/judging.h"
#include "base/text.h"
#include "document/writer.h"
#include "signature/rewriting.h"

namespace smartcar_sim::audit {
namespace {

using contract::Version;

std::string as_json(std::string_view text) {
    std::string json;
    document::Writer(json).value(text);
    return json;
}

// {"eventName":"verify","payload":{"challenge":CHALLENGE}}; `name` in place of the event's name.
std::string verify_body(Version version, std::string_view name, std::string_view challenge_json) {
    const bool old = version == Version::k2_0;
    return std::string("{\"") + (old ? "eventName" : "eventType") + "\":" + as_json(name) + ",\"" +
           (old ? "payload" : "data") + R"(":{"challenge":)" + std::string(challenge_json) + "}}";
}

std::string_view name_of_challenge(Version version) { return version == Version::k2_0 ? "verify" : "VERIFY"; }

// Asks for the signature of a forged event and, when it is given, delivers the event with it: as it is, or as one
// runtime or another prints it, for which the callback may have hashed its own print of an object.
Outcome asks_for_signature(Examination& examination, const Letter& question, const Event& forged) {
    const Sent asked = examination.send(question);
    const contract::Response* response = response_of(asked);
    if (response == nullptr) {
        const bool hung_up = std::get<delivery::Failure>(asked.answer).kind == delivery::Failure::Kind::kReset;
        return hung_up ? passed("No signature came: " + came_of(asked.answer)) : unknown(came_of(asked.answer));
    }
    const std::string answer = base::lower_case(response->body);
    std::vector<std::string> texts{forged.body};
    for (const signature::Runtime runtime : signature::runtimes()) {
        texts.push_back(signature::written_by(runtime, forged.body));
    }
    const auto is_signed = [&](const std::string& text) {
        return answer.find(examination.sign(text)) != std::string::npos;
    };
    const auto signed_text = std::ranges::find_if(texts, is_signed);
    if (signed_text == texts.end()) return passed("No signature came: " + came_of(asked.answer));
    Event event = forged;
    event.body = *signed_text;
    const Sent delivered = examination.send(
        examination.forged("the forged event, with the signature obtained", event, {examination.sign(event.body)}));
    if (is_success(delivered)) examination.author().handled(forged);
    return failed(is_success(delivered)
                      ? "The callback signed a forged event and then accepted it: " + came_of(delivered.answer)
                      : "The callback signed a forged event, which it then did not accept: " +
                            came_of(delivered.answer));
}

Letter question(std::string body, Version version) {
    return {.title = "a forged event in place of a challenge", .body = std::move(body), .version = version};
}

Outcome oracle_of(Examination& examination, Version version, std::string_view name) {
    const Event forged = examination.author().forged();
    return asks_for_signature(examination, question(verify_body(version, name, as_json(forged.body)), version), forged);
}

Outcome oracle(Examination& examination) {
    const Version version = examination.subject().version;
    return oracle_of(examination, version, name_of_challenge(version));
}

// As short as an event can be: a limit of a challenge's length alone lets it by.
Outcome oracle_for_short_events(Examination& examination) {
    const Version version = examination.subject().version;
    const std::string vehicle = as_json(examination.subject().vehicle.id);
    Event forged = examination.author().forged();
    forged.body =
        version == Version::k2_0
            ? R"({"eventName":"eventBased","payload":{"eventType":"CHARGING_STARTED","vehicleId":)" + vehicle + "}}"
            : R"({"eventType":"VEHICLE_ERROR","data":{"vehicle":{"id":)" + vehicle + R"(},"errors":[]}})";
    return asks_for_signature(
        examination, question(verify_body(version, name_of_challenge(version), as_json(forged.body)), version), forged);
}

Outcome oracle_of_other_version(Examination& examination) {
    const Version other = other_of(examination.subject().version);
    return oracle_of(examination, other, name_of_challenge(other));
}

Outcome oracle_under_any_name(Examination& examination) {
    return oracle_of(examination, examination.subject().version, "anything");
}

// Code that does JSON.stringify(challenge) on what is no string signs it all the same.
Outcome oracle_for_objects(Examination& examination) {
    const Version version = examination.subject().version;
    const Event forged = examination.author().forged();
    return asks_for_signature(examination,
                              question(verify_body(version, name_of_challenge(version), forged.body), version), forged);
}

Outcome oracle_in_query(Examination& examination) {
    const Event forged = examination.author().forged();
    Letter letter = question("", examination.subject().version);
    letter.title = "a forged event as ?challenge=";
    letter.method = "GET";
    letter.query = "challenge=" + base::percent_encode(forged.body);
    return asks_for_signature(examination, letter, forged);
}

constexpr std::string_view kExpects = "Anything but the hash of it.";
constexpr std::string_view kWhy =
    "Challenges and events are hashed under the same token: whoever gets the hash of any text he likes can sign "
    "events.";
constexpr std::string_view kFix =
    "Hash a challenge only when it is a string of 8 to 128 characters of A-Z a-z 0-9 . _ ~ -, which no JSON event can "
    "be, and answer 400 to all others.";

constexpr std::array kChecks{
    Check{.id = "oracle-event",
          .severity = Severity::kCritical,
          .asks = "is a forged event left unsigned that comes as a challenge?",
          .sends = "A challenge whose text is a forged event; then, if its hash came back, that event signed with it.",
          .expects = kExpects,
          .why = kWhy,
          .fix = kFix,
          .run = oracle},
    Check{.id = "oracle-short",
          .severity = Severity::kCritical,
          .asks = "is it left unsigned when it is short?",
          .sends = "The same with the shortest event there is, of some 110 characters.",
          .expects = kExpects,
          .why = kWhy,
          .fix = kFix,
          .run = oracle_for_short_events},
    Check{.id = "oracle-other-version",
          .severity = Severity::kCritical,
          .asks = "is it left unsigned in a challenge of the other version?",
          .sends = "The same in the other version's challenge.",
          .expects = kExpects,
          .why = kWhy,
          .fix = kFix,
          .run = oracle_of_other_version},
    Check{.id = "oracle-any-name",
          .severity = Severity::kCritical,
          .asks = "is it left unsigned under an unknown event name?",
          .sends = "The same under the event name \"anything\".",
          .expects = kExpects,
          .why = kWhy,
          .fix = kFix,
          .run = oracle_under_any_name},
    Check{.id = "oracle-object",
          .severity = Severity::kCritical,
          .asks = "is it left unsigned as an object?",
          .sends = "A challenge that is not a string but the forged event itself.",
          .expects = kExpects,
          .why = kWhy,
          .fix = kFix,
          .run = oracle_for_objects},
    Check{.id = "oracle-query",
          .severity = Severity::kCritical,
          .asks = "is it left unsigned in the query of a GET?",
          .sends = "GET with the forged event as the parameter \"challenge\".",
          .expects = kExpects,
          .why = kWhy,
          .fix = "Take challenges from the JSON body of a POST alone.",
          .run = oracle_in_query},
};

}  // namespace

std::span<const Check> oracle_checks() { return kChecks; }

}  // namespace smartcar_sim::audit
