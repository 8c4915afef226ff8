#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <variant>

#include "base/mask.h"
#include "base/text.h"
#include "contract/api_error.h"
#include "contract/shown_headers.h"
#include "delivery/journal.h"
#include "document/writer.h"
#include "routes/admission.h"
#include "routes/context.h"
#include "routes/sim_answer.h"
#include "routes/sim_api.h"
#include "routes/sim_body.h"
#include "store/request_log.h"

namespace smartcar_sim::routes {

namespace {

constexpr std::size_t kMostDeliveries = 1'000;  // of one page

// Bytes that are not UTF-8 cannot stand in JSON: they go as base64 under another name, where no secret could be found
// any more.
void write_body(document::Writer& json, const std::string& body, const base::Mask& mask) {
    if (base::is_utf8(body)) {
        json.member("body", body);
    } else {
        json.member("bodyBase64", base::to_base64(mask.apply(body)));
    }
}

void write_headers(document::Writer& json, const contract::Headers& headers) {
    json.key("headers").begin_array();
    for (const auto& [name, value] : headers) {
        json.begin_array().value(name);
        json.value(base::is_utf8(value) ? value : base::percent_encode(value));
        json.end_array();
    }
    json.end_array();
}

void write_answer(document::Writer& json, const delivery::Answer& answer, const base::Mask& mask) {
    if (const auto* failure = std::get_if<delivery::Failure>(&answer)) {
        json.member("error", name_of(failure->kind)).member("detail", contract::quotable(failure->detail));
        return;
    }
    const auto& response = std::get<contract::Response>(answer);
    json.member("status", response.status).key("response").begin_object();
    write_headers(json, contract::shown_headers(response.headers));
    write_body(json, response.body, mask);
    json.end_object();
}

void write_attempt(document::Writer& json, const delivery::Attempt& attempt, const base::Mask& mask) {
    json.begin_object().member("deliveryId", attempt.delivery_id);
    json.member("at", base::format_instant(attempt.at));
    json.member("milliseconds", static_cast<std::int64_t>(attempt.took.count()));
    json.key("request").begin_object().member("method", attempt.request.method).member("url", attempt.url.text());
    write_headers(json, contract::shown_delivery_headers(attempt.request.headers));
    write_body(json, attempt.request.body, mask);
    json.end_object();
    write_answer(json, attempt.answer, mask);
    json.end_object();
}

void write_delivery(document::Writer& json, const delivery::Delivery& delivery, const base::Mask& mask) {
    json.begin_object().member("eventId", delivery.event_id).member("webhookId", delivery.webhook_id);
    json.member("event", delivery.event_name).key("vehicleId");
    if (delivery.vehicle_id.empty()) {
        json.null();
    } else {
        json.value(delivery.vehicle_id);
    }
    json.member("outcome", name_of(delivery.outcome)).key("attempts").begin_array();
    for (const delivery::Attempt& attempt : delivery.attempts) write_attempt(json, attempt, mask);
    json.end_array().end_object();
}

base::Result<delivery::Query> query_of(const base::Fields& fields) {
    const auto after = number_of(fields, "after");
    if (!after) return after.error();
    const auto limit = number_of(fields, "limit");
    if (!limit) return limit.error();
    delivery::Query query;
    query.event_id = base::field(fields, "eventId");
    query.webhook_id = base::field(fields, "webhookId");
    query.after = after.value().value_or(0);
    query.limit = std::min<std::size_t>(limit.value().value_or(query.limit), kMostDeliveries);
    return query;
}

contract::Response list(Context& context, const contract::Request& request, const Parameters&) {
    constexpr std::array<std::string_view, 5> kFields{"eventId", "webhookId", "after", "limit", "wait"};
    const auto said = read(request, {.fields = kFields});
    if (!said) return sim_error(said.error());
    const auto query = query_of(said.value().query);
    if (!query) return sim_error(query.error());
    const auto wait = wait_of(said.value().query);
    if (!wait) return sim_error(wait.error());
    if (wait.value() > base::Milliseconds(0)) context.simulation.wait_final(query.value(), wait.value());

    const delivery::Page page = context.journal.find(query.value());
    std::string body;
    document::Writer json(body);
    json.begin_object().key("deliveries").begin_array();
    for (const delivery::Delivery& delivery : page.deliveries) write_delivery(json, delivery, *context.masking.now());
    json.end_array().member("next", static_cast<std::int64_t>(page.next));
    json.member("evicted", static_cast<std::int64_t>(page.evicted)).end_object();
    return contract::json_response(200, std::move(body));
}

contract::Response resend(Context& context, const contract::Request&, const Parameters& parameters) {
    const auto queued = context.simulation.resend(parameters["deliveryId"]);
    if (!queued) return sim_error(queued.error());
    std::string body;
    document::Writer json(body);
    json.begin_object().member("eventId", queued.value().event_id).end_object();
    return contract::json_response(202, std::move(body));
}

contract::Response requests(Context& context, const contract::Request& request, const Parameters&) {
    constexpr std::array<std::string_view, 1> kFields{"after"};
    const auto said = read(request, {.fields = kFields});
    if (!said) return sim_error(said.error());
    const auto after = number_of(said.value().query, "after");
    if (!after) return sim_error(after.error());
    std::string body;
    document::Writer json(body);
    json.begin_object().key("requests").begin_array();
    for (const store::ApiCall& call : context.requests.calls(after.value().value_or(0))) {
        json.begin_object().member("number", static_cast<std::int64_t>(call.number));
        json.member("at", base::format_instant(call.at)).member("method", call.method);
        json.member("target", contract::quotable(call.target));
        json.member("authorization", contract::quotable(call.authorization)).member("status", call.status);
        json.member("bodyBytes", static_cast<std::int64_t>(call.body_bytes));
        write_body(json, call.body, *context.masking.now());
        json.end_object();
    }
    json.end_array().end_object();
    return contract::json_response(200, std::move(body));
}

contract::Response clear_requests(Context& context, const contract::Request&, const Parameters&) {
    context.requests.clear();
    return contract::Response{204, {}, ""};
}

constexpr std::array kRoutes{
    Route{"GET", "/_sim/deliveries", list},
    Route{"POST", "/_sim/deliveries/{deliveryId}/resend", admitted<bare<resend>>},
    Route{"GET", "/_sim/requests", requests},
    Route{"DELETE", "/_sim/requests", bare<clear_requests>},
};

}  // namespace

std::span<const Route> sim_deliveries() { return kRoutes; }

}  // namespace smartcar_sim::routes
