#include "routes/smartcar_api.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/text.h"
#include "contract/api_error.h"
#include "document/writer.h"
#include "routes/context.h"
#include "vehicle/api_v2.h"

namespace smartcar_sim::routes {
namespace {

using contract::ApiError;
using contract::Request;
using contract::Response;
using platform::Denial;

std::string next_request_id(Context& context) { return context.ids.uuid("api request", "", context.request_ordinal++); }

Response refuse(Context& context, const ApiError& error) {
    return contract::error_response(error, next_request_id(context));
}

Response refuse(Context& context, Denial denial) {
    switch (denial) {
        case Denial::kAuthentication:
            return refuse(context, {.type = "AUTHENTICATION"});
        case Denial::kValidation:
            return refuse(context, {.type = "VALIDATION"});
        case Denial::kPermission:
            break;
    }
    return refuse(context, {.type = "PERMISSION"});
}

Response answer(Context& context, std::string body) {
    Response response = contract::json_response(200, std::move(body));
    response.headers.add("sc-request-id", next_request_id(context));
    return response;
}

// --- what a request brings --------------------------------------------------------------------

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char each) { return each >= '0' && each <= '9'; });
}

// v<digits>.<digits>, served as 2.0 whatever the digits (api.md section 0.2).
bool is_version(std::string_view text) {
    const std::size_t dot = text.find('.');
    return text.starts_with('v') && dot != std::string_view::npos && is_digits(text.substr(1, dot - 1)) &&
           is_digits(text.substr(dot + 1));
}

// Empty without a Bearer token: no token is empty, so nothing opens.
std::string_view bearer_token(const Request& request) {
    constexpr std::string_view kBearer = "bearer ";
    const std::string_view value = request.headers.get("authorization").value_or("");
    const bool bearer = base::equal_but_for_case(value.substr(0, kBearer.size()), kBearer);
    return bearer ? value.substr(kBearer.size()) : std::string_view();
}

ApiError bad_parameter(std::string name, std::string message) {
    return {.type = "VALIDATION",
            .code = "PARAMETER",
            .details = {{.field = {std::move(name)}, .message = std::move(message)}}};
}

std::optional<std::size_t> whole_number(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool all = error == std::errc() && end == text.data() + text.size();
    return all ? std::optional(number) : std::nullopt;
}

// --- handlers ---------------------------------------------------------------------------------

Response list_vehicles(Context& context, const Request& request, const Parameters&) {
    constexpr std::size_t kDefaultLimit = 10;
    constexpr std::size_t kMaxLimit = 50;
    const base::Fields query = request.query_fields();
    const auto limit = whole_number(base::field(query, "limit").value_or(std::to_string(kDefaultLimit)));
    const auto offset = whole_number(base::field(query, "offset").value_or("0"));
    const auto page = context.platform.vehicles(bearer_token(request), limit.value_or(0), offset.value_or(0));
    if (const auto* const denial = std::get_if<Denial>(&page)) return refuse(context, *denial);
    if (!limit || *limit > kMaxLimit) {
        return refuse(context, bad_parameter("limit", "\"limit\" must be a whole number up to 50"));
    }
    if (!offset) return refuse(context, bad_parameter("offset", "\"offset\" must be a whole number"));

    const auto& [count, ids] = std::get<platform::VehiclePage>(page);
    std::string body;
    document::Writer json(body);
    json.begin_object().key("paging").begin_object();
    json.member("count", static_cast<std::int64_t>(count));
    json.member("offset", static_cast<std::int64_t>(*offset));
    json.end_object().key("vehicles").begin_array();
    for (const std::string& id : ids) json.value(id);
    json.end_array().end_object();
    return answer(context, std::move(body));
}

Response show_attributes(Context& context, const Request& request, const Parameters& parameters) {
    const auto read = context.platform.read_vehicle(bearer_token(request), parameters["id"], "read_vehicle_info");
    if (const auto* const denial = std::get_if<Denial>(&read)) return refuse(context, *denial);
    return answer(context, vehicle::attributes_json(*std::get<platform::VehiclePtr>(read)));
}

Response read_endpoint(Context& context, const Request& request, const Parameters& parameters,
                       const vehicle::Endpoint& endpoint) {
    const auto read = context.platform.read_vehicle(bearer_token(request), parameters["id"], endpoint.permission);
    if (const auto* const denial = std::get_if<Denial>(&read)) return refuse(context, *denial);
    const auto units = vehicle::parse_unit_system(request.headers.get("sc-unit-system").value_or("metric"));
    if (!units) return refuse(context, bad_parameter("sc-unit-system", "sc-unit-system must be metric or imperial"));
    const auto view = endpoint.read(*std::get<platform::VehiclePtr>(read), *units);
    if (!view) return refuse(context, {.type = "COMPATIBILITY", .code = "VEHICLE_NOT_CAPABLE"});

    std::string body;
    document::Writer(body).value(view->body);
    Response response = answer(context, std::move(body));
    response.headers.add("sc-data-age", base::format_instant(view->recorded_at));
    response.headers.add("sc-fetched-at", base::format_instant(context.clock.now()));
    if (view->has_units) response.headers.add("sc-unit-system", vehicle::name_of(*units));
    return response;
}

Response show_battery(Context& context, const Request& request, const Parameters& parameters) {
    return read_endpoint(context, request, parameters, *vehicle::find_endpoint("/battery"));
}

Response show_charge(Context& context, const Request& request, const Parameters& parameters) {
    return read_endpoint(context, request, parameters, *vehicle::find_endpoint("/charge"));
}

Response subscribe(Context& context, const Request& request, const Parameters& parameters) {
    const std::string& vehicle_id = parameters["id"];
    const std::string& webhook_id = parameters["webhookId"];
    auto subscribed = context.platform.subscribe(bearer_token(request), vehicle_id, webhook_id);
    if (const auto* const denial = std::get_if<Denial>(&subscribed)) return refuse(context, *denial);
    context.submit(std::get<platform::Fired>(std::move(subscribed)));

    std::string body;
    document::Writer json(body);
    json.begin_object().member("vehicleId", vehicle_id).member("webhookId", webhook_id).end_object();
    return answer(context, std::move(body));
}

Response unsubscribe(Context& context, const Request& request, const Parameters& parameters) {
    const auto removed = context.platform.unsubscribe(bearer_token(request), parameters["id"], parameters["webhookId"]);
    if (const auto* const denial = std::get_if<Denial>(&removed)) return refuse(context, *denial);
    context.simulation.forget_waiting({.webhook_id = parameters["webhookId"], .vehicle_id = parameters["id"]});
    return answer(context, R"({"status":"success"})");
}

// A path with a version that is not one, or a path that is nowhere.
ApiError missing_resource(const Request& request) {
    std::string_view path = request.path();
    path.remove_prefix(std::min<std::size_t>(1, path.size()));
    const std::string_view first = path.substr(0, path.find('/'));
    const bool meant_as_version = first.size() > 1 && first.front() == 'v' && is_digits(first.substr(1, 1));
    return {.type = "RESOURCE_NOT_FOUND", .code = meant_as_version && !is_version(first) ? "VERSION" : "PATH"};
}

// The version is the first thing that is looked at.
template <Handler kHandler>
Response versioned(Context& context, const Request& request, const Parameters& parameters) {
    if (!is_version(parameters["version"])) {
        return refuse(context, {.type = "RESOURCE_NOT_FOUND", .code = "VERSION"});
    }
    return kHandler(context, request, parameters);
}

constexpr std::array<Route, 6> kRoutes{{
    {"GET", "/{version}/vehicles", versioned<list_vehicles>},
    {"GET", "/{version}/vehicles/{id}", versioned<show_attributes>},
    {"GET", "/{version}/vehicles/{id}/battery", versioned<show_battery>},
    {"GET", "/{version}/vehicles/{id}/charge", versioned<show_charge>},
    {"POST", "/{version}/vehicles/{id}/webhooks/{webhookId}", versioned<subscribe>},
    {"DELETE", "/{version}/vehicles/{id}/webhooks/{webhookId}", versioned<unsubscribe>},
}};

}  // namespace

std::span<const Route> smartcar_api() { return kRoutes; }

Response no_such_resource(Context& context, const Request& request) {
    return refuse(context, missing_resource(request));
}

Response method_not_allowed(Context& context, const Request& request, const NoSuchMethod& miss) {
    constexpr int kMethodNotAllowed = 405;
    const std::string request_id = next_request_id(context);
    document::Value body = contract::error_body(missing_resource(request), request_id);
    *body.find("statusCode") = kMethodNotAllowed;
    *body.find("description") =
        contract::quotable(request.method) + " is not served at this path. Try " + miss.allow + ".";
    std::string text;
    document::Writer(text).value(body);
    Response response = contract::json_response(kMethodNotAllowed, std::move(text));
    response.headers.add("sc-request-id", request_id);
    response.headers.add("allow", miss.allow);
    return response;
}

}  // namespace smartcar_sim::routes
