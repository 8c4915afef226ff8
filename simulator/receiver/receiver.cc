#include "receiver/receiver.h"

#include <utility>

#include "document/json.h"
#include "document/writer.h"
#include "signature/explain.h"
#include "signature/hmac.h"

namespace smartcar_sim::receiver {
namespace {

using contract::Request;
using contract::Response;
using contract::Version;

constexpr std::size_t kLongestWord = 80;

// What stands in a message may be meant for the terminal it is printed on.
std::string printable(std::string_view word) {
    std::string text;
    for (const char c : word.substr(0, kLongestWord)) text += c >= 0x20 && c < 0x7F ? c : '?';
    return word.size() > kLongestWord ? text + "..." : text;
}

Response error_answer(int status, std::string_view why) {
    std::string body;
    document::Writer(body).begin_object().member("error", why).end_object();
    return contract::json_response(status, std::move(body));
}

Handled refuse(int status, const std::string& why) {
    return {.response = error_answer(status, why),
            .received = {.kind = Received::Kind::kRefused, .why = why, .summary = "refused: " + why}};
}

Handled refuse_method(std::string_view method) {
    Handled handled = refuse(405, "webhooks come by POST, not by " + printable(method));
    handled.response.headers.add("Allow", "POST");
    return handled;
}

std::string summary_of(const Particulars& message) {
    std::string summary = message.event_name.empty() ? "a message without a name" : printable(message.event_name);
    if (!message.event_type.empty()) summary += ' ' + printable(message.event_type);
    if (!message.vehicle_id.empty()) summary += " of vehicle " + printable(message.vehicle_id);
    if (!message.event_id.empty()) summary += " (event " + printable(message.event_id) + ")";
    return summary;
}

Handled accept(const document::Value& body) {
    std::string answer;
    document::Writer(answer).begin_object().member("received", true).end_object();
    Particulars message = particulars_of(body);
    std::string summary = summary_of(message);
    return {.response = contract::json_response(200, std::move(answer)),
            .received = {.kind = Received::Kind::kEvent, .message = std::move(message), .summary = std::move(summary)}};
}

Response right_answer(const Verification& verification) {
    return challenge_answer(signature::hmac_sha256_hex(verification.token, verification.challenge));
}

}  // namespace

Receiver::Receiver(base::Secret token, const Behaviour* wrong)
    : token_(std::move(token)), behaviour_(wrong != nullptr ? *wrong : Behaviour{}) {}

Handled Receiver::handle(const Request& request) const {
    Handled handled = judge(request);
    handled.delay = behaviour_.delay;
    return handled;
}

// A challenge is looked for before the signature, because it carries none; that is all that is done with a body
// nobody signed.
Handled Receiver::judge(const Request& request) const {
    if (request.method != "POST") return refuse_method(request.method);
    if (request.body.size() > kMaxBody) {
        return refuse(413, "the body is larger than " + std::to_string(kMaxBody) + " bytes");
    }
    const auto body = document::parse(request.body);
    const auto version = body.ok() ? challenge_version(body.value()) : std::nullopt;
    if (version) return answer_challenge(request, body.value(), *version);
    if (!trusts(request)) return refuse_signature(request);
    if (!body.ok()) return refuse(400, "the body is not JSON: " + printable(body.error().message));
    return accept(body.value());
}

Handled Receiver::answer_challenge(const Request& request, const document::Value& body, Version version) const {
    if (behaviour_.challenges == Behaviour::Challenges::kSigned && !trusts(request)) return refuse_signature(request);
    const auto challenge = challenge_field(body, version);
    if (!challenge) return refuse(400, "the challenge is missing");
    if (!is_well_shaped(*challenge)) return refuse(400, "the challenge is not 8 to 512 of A-Z a-z 0-9 . _ ~ + / = -");

    const Version other = version == Version::k2_0 ? Version::k4_0 : Version::k2_0;
    const Verification verification{.request = request,
                                    .token = token_.reveal(),
                                    .challenge = *challenge,
                                    .other_field = challenge_field(body, other).value_or("undefined")};
    const auto answer = behaviour_.answer != nullptr ? behaviour_.answer : right_answer;
    return {.response = answer(verification),
            .received = {.kind = Received::Kind::kVerification,
                         .message = particulars_of(body),
                         .summary = std::string(name_of(version)) + " challenge " + printable(*challenge)}};
}

// Why the signature is wrong is for the receiver's owner. The answer goes to whoever sent the request.
Handled Receiver::refuse_signature(const Request& request) const {
    const std::size_t signatures = request.headers.count("SC-Signature");
    if (signatures == 0) return refuse(401, "SC-Signature is missing");
    if (signatures > 1) return refuse(401, "SC-Signature is there " + std::to_string(signatures) + " times");

    Handled handled = refuse(401, "SC-Signature is not the signature of this body");
    const auto explanation = signature::explain({.subject = signature::Subject::kBody,
                                                 .message = request.body,
                                                 .key = token_.reveal(),
                                                 .received = std::string(*request.headers.get("SC-Signature"))});
    handled.received.mistake = explanation.mistake;
    if (explanation.mistake) handled.received.summary += " (" + *explanation.mistake + ")";
    return handled;
}

bool Receiver::trusts(const Request& request) const {
    const auto trusts = behaviour_.trusts != nullptr ? behaviour_.trusts : is_signed;
    return trusts(request, token_.reveal());
}

}  // namespace smartcar_sim::receiver
