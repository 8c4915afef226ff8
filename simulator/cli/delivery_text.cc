#include "cli/delivery_text.h"

#include <string_view>
#include <variant>

#include "base/text.h"
#include "cli/server_client.h"
#include "delivery/excerpt.h"
#include "document/writer.h"

namespace smartcar_sim::cli {

namespace {

std::string header_of(const document::Value& message, std::string_view wanted) {
    for (const document::Value& field : elements_of(message, "headers")) {
        const document::Array* pair = field.array();
        if (pair == nullptr || pair->size() != 2 || (*pair)[0].string() == nullptr) continue;
        if (base::equal_but_for_case(*(*pair)[0].string(), wanted) && (*pair)[1].string() != nullptr) {
            return *(*pair)[1].string();
        }
    }
    return "";
}

std::string body_of(const document::Value& message) {
    if (message.find("bodyBase64") == nullptr) return text_of(message, "body");
    return base::from_base64(text_of(message, "bodyBase64")).value_or("");
}

std::optional<std::int64_t> integer_of(const document::Value& object, std::string_view name) {
    const document::Value* value = object.find(name);
    if (value == nullptr || value->integer() == nullptr) return std::nullopt;
    return *value->integer();
}

AttemptText attempt_text(const delivery::Attempt& attempt) {
    AttemptText text;
    text.delivery_id = attempt.delivery_id;
    text.url = attempt.url.text();
    text.body = attempt.request.body;
    text.signature = attempt.request.headers.get("SC-Signature").value_or("");
    text.milliseconds = attempt.took.count();
    if (const auto* failure = std::get_if<delivery::Failure>(&attempt.answer)) {
        text.error = name_of(failure->kind);
        text.detail = failure->detail;
    } else {
        const auto& response = std::get<contract::Response>(attempt.answer);
        text.status = response.status;
        text.answer = response.body;
        text.location = response.headers.get("location").value_or("");
    }
    return text;
}

AttemptText attempt_text(const document::Value& attempt) {
    AttemptText text;
    text.delivery_id = text_of(attempt, "deliveryId");
    text.error = text_of(attempt, "error");
    text.detail = text_of(attempt, "detail");
    text.status = integer_of(attempt, "status");
    text.milliseconds = integer_of(attempt, "milliseconds").value_or(0);
    if (const document::Value* request = attempt.find("request")) {
        text.url = text_of(*request, "url");
        text.body = body_of(*request);
        text.signature = header_of(*request, "SC-Signature");
    }
    if (const document::Value* response = attempt.find("response")) {
        text.answer = body_of(*response);
        text.location = header_of(*response, "location");
    }
    return text;
}

bool is_success(const AttemptText& attempt) {
    return attempt.status && *attempt.status >= 200 && *attempt.status < 300;
}

std::string verdict_on(const DeliveryText& delivery, bool last) {
    if (!last) return "tried again";
    return delivery.outcome == "pending" ? "failed, to be tried again" : delivery.outcome;
}

std::string describe_attempt(const DeliveryText& delivery, std::size_t index, const Terminal& terminal) {
    const AttemptText& attempt = delivery.attempts[index];
    const bool last = index + 1 == delivery.attempts.size();
    std::string line = delivery.event + " -> " + attempt.url + "  ";
    if (delivery.attempts.size() > 1) line += "attempt " + std::to_string(index + 1) + "  ";
    line += attempt.status ? std::to_string(*attempt.status) + " in " + std::to_string(attempt.milliseconds) + " ms"
                           : attempt.error + " (" + attempt.detail + ")";
    const bool good = is_success(attempt);
    line += "  " + terminal.paint(good ? Colour::kGood : Colour::kBad, verdict_on(delivery, last));
    return good || attempt.answer.empty() ? line : line + "\n  answered " + delivery::excerpt(attempt.answer);
}

// What cannot stand in JSON goes as base64 under another name, where no secret could be masked any more.
void write_bytes(document::Writer& json, const std::string& name, const std::string& bytes, const Terminal& terminal) {
    if (base::is_utf8(bytes)) {
        json.member(name, bytes);
    } else {
        json.member(name + "Base64", base::to_base64(terminal.concealed(bytes)));
    }
}

std::string fix_line(const DeliveryText& delivery, const Terminal& terminal) {
    if (delivery.fix.empty()) return "";
    return "  " + terminal.paint(Colour::kStrong, "fix") + ": " + delivery.fix + "\n";
}

}  // namespace

DeliveryText delivery_text(const delivery::Delivery& delivery, Asked asked) {
    DeliveryText text{.event_id = delivery.event_id,
                      .event = delivery.event_name,
                      .outcome = std::string(name_of(delivery.outcome)),
                      .attempts = {}};
    if (asked == Asked::kOneAttempt && delivery.outcome == delivery::Outcome::kDropped) text.outcome = "failed";
    for (const delivery::Attempt& attempt : delivery.attempts) text.attempts.push_back(attempt_text(attempt));
    return text;
}

DeliveryText delivery_text(const document::Value& delivery) {
    DeliveryText text{.event_id = text_of(delivery, "eventId"),
                      .event = text_of(delivery, "event"),
                      .outcome = text_of(delivery, "outcome"),
                      .attempts = {}};
    for (const document::Value& attempt : elements_of(delivery, "attempts")) {
        text.attempts.push_back(attempt_text(attempt));
    }
    if (text.outcome == "pending" && !text.attempts.empty()) text.outcome = "failed";
    return text;
}

std::string fix_for(const DeliveryText& delivery) {
    if (delivery.attempts.empty()) return "";
    const AttemptText& newest = delivery.attempts.back();
    if (const auto kind = delivery::parse_failure_kind(newest.error)) return std::string(delivery::fix_for(*kind));
    return delivery::fix_for(static_cast<int>(newest.status.value_or(0)), newest.location);
}

std::string describe(const DeliveryText& delivery, const Terminal& terminal) {
    std::string text;
    for (std::size_t i = 0; i < delivery.attempts.size(); ++i) text += describe_attempt(delivery, i, terminal) + "\n";
    return text + fix_line(delivery, terminal);
}

std::string describe_newest(const DeliveryText& delivery, const Terminal& terminal) {
    if (delivery.attempts.empty()) return "";
    return describe_attempt(delivery, delivery.attempts.size() - 1, terminal) + "\n" + fix_line(delivery, terminal);
}

std::string delivery_object(const DeliveryText& delivery, const Terminal& terminal) {
    const AttemptText newest = delivery.attempts.empty() ? AttemptText{} : delivery.attempts.back();
    std::string line;
    document::Writer json(line);
    json.begin_object().member("type", "delivery").member("eventId", delivery.event_id);
    json.member("deliveryId", newest.delivery_id).member("attempts", static_cast<int>(delivery.attempts.size()));
    json.member("outcome", delivery.outcome).key("status");
    if (newest.status) {
        json.value(*newest.status);
    } else {
        json.null();
    }
    json.text_or_null("error", newest.error).text_or_null("detail", newest.detail);
    write_bytes(json, "body", newest.body, terminal);
    json.member("signature", newest.signature);
    if (newest.status) {
        write_bytes(json, "answer", newest.answer, terminal);
    } else {
        json.key("answer").null();
    }
    json.text_or_null("fix", delivery.fix).end_object();
    return line;
}

}  // namespace smartcar_sim::cli
