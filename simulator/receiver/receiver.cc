#include "receiver/receiver.h"

#include <utility>

#include "base/text.h"
#include "contract/api_error.h"
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
constexpr std::string_view kApplied = "/applied/";

// What stands in a message may be meant for the terminal it is printed on.
std::string printable(std::string_view word) {
    std::string text;
    for (const char c : word.substr(0, kLongestWord)) text += c >= 0x20 && c < 0x7F ? c : '?';
    return word.size() > kLongestWord ? text + "..." : text;
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

// Made by a behaviour, in place of what the reference would say.
Handled wrongly(contract::Response response, const Circumstances& now) {
    Handled handled;
    handled.response = std::move(response);
    if (handled.response.status >= 300) {
        handled.received.why = "wrongly, as --behave says";
        handled.received.summary = "refused wrongly, as --behave says";
        return handled;
    }
    const bool challenge = now.body != nullptr && challenge_version(*now.body);
    handled.received.kind = challenge ? Received::Kind::kVerification : Received::Kind::kEvent;
    if (now.body != nullptr) handled.received.message = particulars_of(*now.body);
    handled.received.summary = "accepted wrongly, as --behave says: " + summary_of(handled.received.message);
    return handled;
}

Response right_answer(const Verification& verification) {
    return challenge_answer(signature::hmac_sha256_hex(verification.token, verification.challenge));
}

}  // namespace

Receiver::Receiver(base::Secret token, const Behaviour* wrong, Explains explains)
    : token_(std::move(token)), behaviour_(wrong != nullptr ? *wrong : Behaviour{}), explains_(explains) {}

Handled Receiver::handle(const Request& request) const {
    if (request.method == "GET" && request.path().starts_with(kApplied)) return show(request);
    ++state_->memory.in_flight;
    // It may be kept longer than the receiver.
    std::shared_ptr<const void> in_flight(state_.get(), [state = state_](const void*) { --state->memory.in_flight; });
    // One that is too large is refused whatever it says: reading it would be work for whoever sends it.
    std::optional<document::Value> body;
    if (request.body.size() <= kMaxBody) {
        if (auto parsed = document::parse(request.body)) body = std::move(parsed).value();
    }
    Handled handled = judge(
        {.request = request, .body = body ? &*body : nullptr, .token = token_.reveal(), .memory = state_->memory});
    handled.delay = behaviour_.delay;
    handled.in_flight = std::move(in_flight);
    return handled;
}

// Anybody may look: it is a tool for one machine, and its vehicles are made up.
Handled Receiver::show(const Request& request) const {
    const std::string vehicle = base::percent_decode(request.path().substr(kApplied.size()), base::Plus::kLiteral);
    return {.response = contract::json_response(200, state_->ledger.shown(contract::quotable(vehicle))),
            .received = {.kind = Received::Kind::kLook,
                         .summary = "shown: what events about vehicle " + printable(vehicle) + " came to"}};
}

// A challenge is looked for before the signature, because it carries none; that is all that is done with a body
// nobody signed.
Handled Receiver::judge(const Circumstances& now) const {
    const Request& request = now.request;
    if (behaviour_.handles == Behaviour::Handles::kAnything && now.body != nullptr) {
        state_->ledger.apply(*now.body, behaviour_.effects);
    }
    if (behaviour_.first != nullptr) {
        if (auto response = behaviour_.first(now)) return wrongly(*std::move(response), now);
    }
    if (request.method != "POST") return refuse_method(request.method);
    if (request.body.size() > kMaxBody) {
        return refuse(413, "the body is larger than " + std::to_string(kMaxBody) + " bytes");
    }
    const auto version = now.body != nullptr ? challenge_version(*now.body) : std::nullopt;
    if (version) return answer_challenge(now, *version);
    if (!trusts(now)) return refuse_signature(request);
    if (now.body == nullptr) {
        return refuse(400, "the body is not JSON: " + printable(document::parse(request.body).error().message));
    }
    if (behaviour_.event != nullptr) {
        if (auto response = behaviour_.event(now)) return wrongly(*std::move(response), now);
    }
    state_->ledger.apply(*now.body, behaviour_.effects);
    return accept(*now.body);
}

Handled Receiver::answer_challenge(const Circumstances& now, Version version) const {
    if (behaviour_.challenges == Behaviour::Challenges::kSigned && !trusts(now)) return refuse_signature(now.request);
    if (behaviour_.handles == Behaviour::Handles::kDisguised) state_->ledger.apply(*now.body, behaviour_.effects);
    const auto challenge = challenge_field(*now.body, version);
    if (!challenge) return refuse(400, "the challenge is missing");
    if (!is_well_shaped(*challenge)) return refuse(400, "the challenge is not 8 to 512 of A-Z a-z 0-9 . _ ~ + / = -");

    const Version other = version == Version::k2_0 ? Version::k4_0 : Version::k2_0;
    const Verification verification{.request = now.request,
                                    .token = token_.reveal(),
                                    .challenge = *challenge,
                                    .other_field = challenge_field(*now.body, other).value_or("undefined")};
    const auto answer = behaviour_.answer != nullptr ? behaviour_.answer : right_answer;
    return {.response = answer(verification),
            .received = {.kind = Received::Kind::kVerification,
                         .message = particulars_of(*now.body),
                         .summary = std::string(name_of(version)) + " challenge " + printable(*challenge)}};
}

// Why the signature is wrong is for the receiver's owner. The answer goes to whoever sent the request.
Handled Receiver::refuse_signature(const Request& request) const {
    const std::size_t signatures = request.headers.count("SC-Signature");
    if (signatures == 0) return refuse(401, "SC-Signature is missing");
    if (signatures > 1) return refuse(401, "SC-Signature is there " + std::to_string(signatures) + " times");

    Handled handled = refuse(401, "SC-Signature is not the signature of this body");
    if (explains_ == Explains::kNothing) return handled;
    const auto explanation = signature::explain({.subject = signature::Subject::kBody,
                                                 .message = request.body,
                                                 .key = token_.reveal(),
                                                 .received = std::string(*request.headers.get("SC-Signature"))});
    handled.received.mistake = explanation.mistake;
    if (explanation.mistake) handled.received.summary += " (" + *explanation.mistake + ")";
    return handled;
}

// The reference way: exactly one SC-Signature, compared in constant time with the hash of the raw body.
bool Receiver::trusts(const Circumstances& now) const {
    return behaviour_.trusts != nullptr ? behaviour_.trusts(now) : now.is_signed(now.request.body);
}

}  // namespace smartcar_sim::receiver
