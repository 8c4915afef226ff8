#include "delivery/verification.h"

#include <array>
#include <utility>

#include "base/text.h"
#include "delivery/excerpt.h"
#include "delivery/explanation.h"
#include "document/json.h"
#include "document/value.h"
#include "signature/hmac.h"

namespace smartcar_sim::delivery {
namespace {

constexpr std::string_view kAnswerShape =
    R"(Answer 200 with the JSON {"challenge": "<64 hex digits>"} and content type application/json.)";

constexpr std::array kReasons = {
    Reason{"unreachable", "no connection to the callback, or one that was lost before the answer was complete"},
    Reason{"policy", "the callback is outside loopback and private ranges, and --remote was not given"},
    Reason{"tls", "the TLS handshake failed, or the certificate is not trusted"},
    Reason{"redirect", "the callback answered 3xx, which is not followed"},
    Reason{"timeout", "the whole exchange took longer than the timeout"},
    Reason{"status", "the callback answered something other than a 2xx"},
    Reason{"not-json", "the answer's body is not JSON"},
    Reason{"no-challenge", "the answer is JSON without a string in \"challenge\""},
    Reason{"wrong-hash",
           "\"challenge\" holds something other than the expected hash; the mistake says how it was made"},
};

// What a verdict says besides the numbers.
struct Finding {
    std::string_view reason;
    std::string says;
    std::string fix;
};

std::string with_detail(const std::string& sentence, const std::string& detail) {
    return detail.empty() ? sentence + "." : sentence + ": " + detail + ".";
}

// The name of the failure, but for those that have no reason of their own.
std::string_view reason_for(Failure::Kind kind) {
    if (kind == Failure::Kind::kReset || kind == Failure::Kind::kCalledOff) return "unreachable";
    return kind == Failure::Kind::kMalformed ? "not-json" : name_of(kind);
}

std::string_view sentence_on(Failure::Kind kind) {
    switch (kind) {
        case Failure::Kind::kUnreachable:
            return "No connection to the callback";
        case Failure::Kind::kReset:
            return "The callback took the connection and closed it before its answer was complete";
        case Failure::Kind::kRefusedByPolicy:
            return "Nothing was sent to the callback";
        case Failure::Kind::kTls:
            return "The TLS handshake with the callback failed";
        case Failure::Kind::kTimeout:
            return "The callback did not answer in time";
        case Failure::Kind::kMalformed:
            return "What the callback sent could not be read as an HTTP response";
        case Failure::Kind::kCalledOff:
            return "The exchange was called off, because the simulator was being stopped";
    }
    return {};
}

Finding of_failure(const Failure& failure) {
    const bool our_doing = failure.kind == Failure::Kind::kCalledOff;
    return {reason_for(failure.kind),
            with_detail(std::string(sentence_on(failure.kind)), our_doing ? "" : failure.detail),
            std::string(fix_for(failure.kind))};
}

std::string beginning_of(const std::string& body) {
    return body.empty() ? "its body is empty" : "its body begins " + excerpt(body);
}

// One sentence for a callback that was written for the other generation of messages.
std::string other_version(contract::Version sent) {
    const bool old = sent == contract::Version::k2_0;
    const std::string_view other = contract::name_of(old ? contract::Version::k4_0 : contract::Version::k2_0);
    return "If the callback expects " + std::string(other) + " messages, with the challenge in \"" +
           (old ? "data" : "payload") + ".challenge\", try --webhook-version " + std::string(other) + ".";
}

Finding of_redirect(const contract::Response& response) {
    const auto location = response.headers.get("location");
    if (!location) {
        return {"redirect", "The callback answered " + contract::status_line(response.status) + "; only a 2xx counts.",
                std::string(kAnswerShape)};
    }
    return {"redirect",
            "The callback answered " + contract::status_line(response.status) + " and pointed to " +
                excerpt(*location) + "; redirects are not followed.",
            "Use that address as the callback URI or, if it is a login page, let the callback's path through without a "
            "login."};
}

std::string status_fix(int status) {
    switch (status) {
        case 400:
        case 415:
        case 422:
            return "Accept a POST with a JSON body that has no SC-Signature.";
        case 401:
        case 403:
        case 419:
            return "Answer a challenge before any check of signature, login or CSRF token: it carries no SC-Signature "
                   "unless --sign-verify is given.";
        case 404:
            return "Check the path of the callback URI.";
        case 405:
            return "Let the callback's path take POST.";
        default:
            return status >= 500 ? "Look in the callback's own output for the error behind it."
                                 : std::string(kAnswerShape);
    }
}

bool holds(const std::string& body, const std::string& expected) { return body.find(expected) != std::string::npos; }

Finding of_status(const contract::Response& response, const std::string& expected, contract::Version sent) {
    const std::string_view although = holds(response.body, expected) ? ", although the right hash is in its body" : "";
    return {"status",
            "The callback answered " + contract::status_line(response.status) + std::string(although) +
                "; only a 2xx counts, and " + beginning_of(response.body) + ".",
            status_fix(response.status) + " " + other_version(sent)};
}

// What is wrong with a long word quotes the word.
std::string shortened(const std::string& sentence) {
    std::size_t length = 200;
    if (sentence.size() <= length) return sentence;
    const auto within_character = [&] { return (static_cast<unsigned char>(sentence[length]) & 0xC0U) == 0x80U; };
    while (length > 0 && within_character()) --length;
    return sentence.substr(0, length) + "…";
}

Finding of_text(const contract::Response& response, const std::string& expected, const base::Error& error) {
    const std::string answered = "The callback answered " + contract::status_line(response.status);
    if (response.body.empty()) return {"not-json", answered + " with an empty body.", std::string(kAnswerShape)};
    if (response.body.starts_with(expected) && response.body.size() <= expected.size() + 2) {  // and a line break
        return {"not-json", answered + " with the right hash, but not in JSON; " + beginning_of(response.body) + ".",
                "Wrap it. " + std::string(kAnswerShape)};
    }
    if (const auto coding = response.headers.get("content-encoding"); coding && *coding != "identity") {
        return {"not-json",
                answered + ", but its body is encoded as " + excerpt(*coding) + ", which was not asked for.",
                "Answer a challenge without compression. " + std::string(kAnswerShape)};
    }
    if (response.body.size() >= kMostAnswer) {
        return {"not-json", answered + " with more than 1 MiB, of which no more was read.", std::string(kAnswerShape)};
    }
    const std::string_view right = holds(response.body, expected) ? " with the right hash" : "";
    return {"not-json",
            answered + std::string(right) + ", but its body is not JSON: " + shortened(error.message) + "; " +
                beginning_of(response.body) + ".",
            std::string(kAnswerShape)};
}

// The hash was sent, in the right JSON under the wrong name: which one?
std::optional<std::string> member_holding(const document::Value& answer, const std::string& expected) {
    if (answer.object() == nullptr) return std::nullopt;
    for (const auto& [name, value] : *answer.object()) {
        if (value.string() != nullptr && *value.string() == expected) return name;
    }
    return std::nullopt;
}

// {"statusCode": 200, "body": "{\"challenge\": …}"}: older documentation describes the HTTP response like that.
bool describes_a_response(const document::Value& answer) {
    const bool status = answer.find("statusCode") != nullptr || answer.find("status") != nullptr;
    return status && answer.find("body") != nullptr;
}

Finding of_json_without(const document::Value& answer, const contract::Response& response, const std::string& expected,
                        contract::Version sent) {
    const std::string answered = "The callback answered " + contract::status_line(response.status);
    if (const auto name = member_holding(answer, expected)) {
        return {"no-challenge", answered + " with the right hash in " + excerpt(*name) + " and not in \"challenge\".",
                "Rename that member to \"challenge\". " + other_version(sent)};
    }
    if (describes_a_response(answer)) {
        return {"no-challenge", answered + " with JSON that describes an HTTP response instead of being its body.",
                "Send what stands in \"body\" as the body itself. " + other_version(sent)};
    }
    const document::Value* challenge = answer.find("challenge");
    const std::string what = challenge != nullptr
                                 ? "\"challenge\" is " + std::string(challenge->kind()) + ", not a string"
                             : answer.object() != nullptr ? "there is no \"challenge\" in it"
                                                          : "it is " + std::string(answer.kind()) + ", not an object";
    return {"no-challenge", answered + " with JSON, but " + what + "; " + beginning_of(response.body) + ".",
            std::string(kAnswerShape) + " " + other_version(sent)};
}

bool names_json(std::string_view content_type) {
    std::string type = base::lower_case(content_type.substr(0, content_type.find(';')));
    std::erase_if(type, [](char letter) { return letter == ' ' || letter == '\t'; });
    return type == "application/json" || (type.starts_with("application/") && type.ends_with("+json"));
}

// What Smartcar's documentation asks for and real receivers were seen to leave out.
std::vector<Finding> departures(const contract::Response& response) {
    std::vector<Finding> found;
    if (response.status != 200) {
        found.push_back({"status",
                         "The callback answered " + contract::status_line(response.status) +
                             ", and the documentation asks for 200.",
                         "Answer a challenge with status 200."});
    }
    const auto type = response.headers.get("content-type");
    if (!type || !names_json(*type)) {
        found.push_back({"not-json",
                         "The answer's content type is " + (type ? excerpt(*type) : std::string("missing")) +
                             ", and the documentation asks for application/json.",
                         "Answer a challenge with content type application/json."});
    }
    return found;
}

void put(Verdict& verdict, Finding finding) {
    verdict.reason = finding.reason;
    verdict.says = std::move(finding.says);
    verdict.fix = std::move(finding.fix);
}

void judge_hash(Verdict& verdict, const Challenge& challenge, std::string_view token,
                const contract::Response& response) {
    const signature::Explanation why = signature::explain({.subject = signature::Subject::kChallenge,
                                                           .message = challenge.challenge,
                                                           .key = std::string(token),
                                                           .received = verdict.received,
                                                           .request_body = challenge.body,
                                                           .other_keys = challenge.other_keys,
                                                           .language = language_of(response)});
    put(verdict, {"wrong-hash", "\"challenge\" holds the wrong value. " + why.says, why.fix});
    if (signature::key_in_doubt(why) && challenge.is_default_key) {
        verdict.fix = std::string(kKeyOfTheSimulator) + " " + verdict.fix;
    }
    verdict.mistake = why.mistake;
    verdict.also_possible = why.also_possible;
}

void judge_success(Verdict& verdict, const Challenge& challenge, std::string_view token,
                   const contract::Response& response, Strictness strictness) {
    const auto answer = document::parse(response.body, "answer");
    if (!answer.ok()) return put(verdict, of_text(response, verdict.expected, answer.error()));

    const document::Value* received = answer.value().find("challenge");
    if (received == nullptr || received->string() == nullptr) {
        return put(verdict, of_json_without(answer.value(), response, verdict.expected, challenge.version));
    }
    verdict.received = *received->string();

    std::vector<Finding> warnings = departures(response);
    for (const Finding& warning : warnings) verdict.warnings.push_back(warning.says);
    if (!signature::equal(verdict.expected, verdict.received)) return judge_hash(verdict, challenge, token, response);
    if (strictness == Strictness::kStrict && !warnings.empty()) return put(verdict, std::move(warnings.front()));
    verdict.verified = true;
}

}  // namespace

Verdict judge(const Challenge& challenge, std::string_view application_management_token, const Answer& answer,
              Strictness strictness) {
    Verdict verdict;
    verdict.expected = signature::hmac_sha256_hex(application_management_token, challenge.challenge);
    if (const auto* failure = std::get_if<Failure>(&answer)) {
        verdict.failure = failure->kind;
        put(verdict, of_failure(*failure));
        return verdict;
    }
    const auto& response = std::get<contract::Response>(answer);
    verdict.status = response.status;
    if (response.status >= 300 && response.status < 400) {
        put(verdict, of_redirect(response));
    } else if (response.status < 200 || response.status >= 400) {
        put(verdict, of_status(response, verdict.expected, challenge.version));
    } else {
        judge_success(verdict, challenge, application_management_token, response, strictness);
    }
    return verdict;
}

std::span<const Reason> reasons() { return kReasons; }

}  // namespace smartcar_sim::delivery
