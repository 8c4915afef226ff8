#include "routes/smartcar_api.h"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/text.h"
#include "contract/api_error.h"
#include "document/json.h"
#include "document/writer.h"
#include "routes/api_answer.h"
#include "routes/api_gate.h"
#include "routes/context.h"
#include "routes/v3_answer.h"
#include "routes/v3_api.h"
#include "vehicle/api_v2.h"
#include "vehicle/commands_v2.h"

namespace smartcar_sim::routes {
namespace {

using contract::ApiError;
using contract::Request;
using contract::Response;
using document::Object;
using document::Value;
using platform::Denial;

// --- whose vehicles -----------------------------------------------------------------------------

Response list_vehicles(Context& context, const Request& request, const Parameters&) {
    constexpr std::size_t kDefaultLimit = 10;
    constexpr std::size_t kMaxLimit = 50;
    const auto asked = page_of(request, kDefaultLimit, kMaxLimit);
    const Page* const page = std::get_if<Page>(&asked);
    const auto listed = context.platform.vehicles(bearer_token(request), page == nullptr ? 0 : page->limit,
                                                  page == nullptr ? 0 : page->offset);
    if (const auto* const denial = std::get_if<Denial>(&listed)) return refuse(context, *denial);
    if (page == nullptr) return refuse(context, std::get<ApiError>(asked));

    const auto& [count, ids] = std::get<platform::VehiclePage>(listed);
    std::string body;
    document::Writer json(body);
    json.begin_object().key("paging").begin_object();
    json.member("count", static_cast<std::int64_t>(count));
    json.member("offset", static_cast<std::int64_t>(page->offset));
    json.end_object().key("vehicles").begin_array();
    for (const std::string& id : ids) json.value(id);
    json.end_array().end_object();
    return answer(context, std::move(body));
}

Response show_user(Context& context, const Request& request, const Parameters&) {
    const auto user = context.platform.user(bearer_token(request));
    if (const auto* const denial = std::get_if<Denial>(&user)) return refuse(context, *denial);
    return answer(context, Object{{"id", std::get<std::string>(user)}});
}

// --- readings -----------------------------------------------------------------------------------

// The unit system asked for, or nothing when the header names none.
std::optional<vehicle::UnitSystem> units_of(const Request& request) {
    return vehicle::parse_unit_system(request.headers.get("sc-unit-system").value_or("metric"));
}

Response refuse_units(Context& context) {
    return refuse(context, bad_parameter("sc-unit-system", "sc-unit-system must be metric or imperial"));
}

Value permissions_body(const platform::Sight& sight, const Page& page) {
    const std::vector<std::string> names = sight.granted.names();
    document::Array listed;
    for (std::size_t i = page.offset; i < names.size() && listed.size() < page.limit; ++i)
        listed.emplace_back(names[i]);
    return Object{{"paging", Object{{"count", static_cast<std::int64_t>(names.size())},
                                    {"offset", static_cast<std::int64_t>(page.offset)}}},
                  {"permissions", std::move(listed)}};
}

constexpr std::size_t kPermissionsLimit = 25;

Response show_permissions(Context& context, const Request& request, const Parameters& parameters) {
    constexpr std::size_t kMaxLimit = 50;
    const auto read = context.platform.read_vehicle(bearer_token(request), parameters["id"], "");
    if (const auto* const denial = std::get_if<Denial>(&read)) return refuse(context, *denial);
    const auto page = page_of(request, kPermissionsLimit, kMaxLimit);
    if (const auto* const error = std::get_if<ApiError>(&page)) return refuse(context, *error);
    return answer(context, permissions_body(std::get<platform::Sight>(read), std::get<Page>(page)));
}

// The page where the owner chooses among capacities, when there is a choice (api.md section 2.5).
void add_capacity_url(Context& context, const Request& request, const std::string& vehicle_id, Value& body) {
    const Value* const choices = body.find("availableCapacities");
    if (choices == nullptr || choices->array()->size() < 2) return;
    *body.find("url") = origin_of(request) + context.platform.battery_capacity_target(vehicle_id);
}

// With the address where the owner logs in again, for the error that asks for it.
ApiError reauthenticable(Context& context, const Request& request, const std::string& vehicle_id, ApiError error) {
    if (error.code == "AUTHENTICATION_FAILED") {
        error.resolution_url = origin_of(request) + context.platform.reauthentication_target(vehicle_id);
    }
    return error;
}

// What GET of an endpoint says of a vehicle that the caller may read.
vehicle::Answer read(Context& context, const Request& request, const platform::Sight& sight,
                     const vehicle::Endpoint& endpoint, const vehicle::Question& question) {
    auto said = vehicle::read(endpoint, *sight.vehicle, question);
    if (sight.forced_error && !endpoint.is_static()) {
        said = reauthenticable(context, request, sight.vehicle->id, *sight.forced_error);
    }
    auto* const view = std::get_if<vehicle::View>(&said);
    if (view != nullptr && endpoint.path == "/battery/nominal_capacity") {
        add_capacity_url(context, request, sight.vehicle->id, view->body);
    }
    return said;
}

Response show_reading(Context& context, const Request& request, const Parameters& parameters) {
    const vehicle::Endpoint& endpoint = *vehicle::endpoint_at(parameters.row());
    const auto allowed = context.platform.read_vehicle(bearer_token(request), parameters["id"], endpoint.permission);
    if (const auto* const denial = std::get_if<Denial>(&allowed)) return refuse(context, *denial);
    const auto units = units_of(request);
    if (!units) return refuse_units(context);
    const auto& sight = std::get<platform::Sight>(allowed);
    const auto said = read(context, request, sight, endpoint,
                           {.units = *units, .now = sight.seen_at, .query = request.query_fields()});
    if (const auto* const error = std::get_if<ApiError>(&said)) return refuse(context, *error);

    const auto& view = std::get<vehicle::View>(said);
    Response response = answer(context, view.body);
    if (!view.recorded_at) return response;
    response.headers.add("sc-data-age", base::format_instant(*view.recorded_at));
    response.headers.add("sc-fetched-at", base::format_instant(sight.seen_at));
    if (view.has_units) response.headers.add("sc-unit-system", vehicle::name_of(*units));
    return response;
}

// --- batch ----------------------------------------------------------------------------------------

constexpr std::string_view kPermissionsPath = "/permissions";

ApiError bad_requests(std::string message) {
    return {.type = "VALIDATION", .details = {{.field = {"requests"}, .message = std::move(message)}}};
}

// The paths, or the error of the whole call: one that is nowhere spoils it (api.md section 4.20).
std::variant<std::vector<std::string>, ApiError> batch_paths(const Request& request) {
    const auto body = document::parse(request.body);
    if (!body.ok()) return bad_requests("the body is not JSON: " + body.error().message);
    const Value* const requests = body.value().find("requests");
    if (requests == nullptr) return bad_requests(R"("requests" is required)");
    if (requests->array() == nullptr) return bad_requests(R"("requests" must be an array)");
    std::vector<std::string> paths;
    paths.reserve(requests->array()->size());
    for (const Value& each : *requests->array()) {
        const Value* const path = each.find("path");
        if (path == nullptr || path->string() == nullptr) return bad_requests(R"(each request needs a "path")");
        if (*path->string() != kPermissionsPath && vehicle::find_endpoint(*path->string()) == nullptr) {
            return bad_requests("there is no endpoint " + base::quoted(*path->string()) + " to be read");
        }
        paths.push_back(*path->string());
    }
    return paths;
}

// Without headers the Node SDK cannot tell a refusal from a bug (clients.md item 20).
Value refused_item(const std::string& path, const ApiError& error, std::string_view request_id) {
    return Object{{"path", path},
                  {"code", contract::error_kind(error.type, error.code).status},
                  {"body", contract::error_body(error, request_id)},
                  {"headers", Object{}}};
}

Value answered_item(const std::string& path, const vehicle::View& view, base::Instant fetched_at,
                    vehicle::UnitSystem units) {
    Object headers;
    if (view.recorded_at) {
        headers = {{"sc-data-age", base::format_instant(*view.recorded_at)},
                   {"sc-fetched-at", base::format_instant(fetched_at)}};
    }
    if (view.has_units) headers.emplace_back("sc-unit-system", std::string(vehicle::name_of(units)));
    return Object{{"path", path}, {"code", 200}, {"body", view.body}, {"headers", std::move(headers)}};
}

// What a fault made of it, headers and all.
Value stopped_item(const std::string& path, const Response& stopped) {
    const auto body = document::parse(stopped.body);
    Object headers;
    for (const auto& [name, value] : stopped.headers) {
        if (name == "retry-after") headers.emplace_back(std::string(name), std::string(value));
    }
    return Object{{"path", path},
                  {"code", stopped.status},
                  {"body", body.ok() ? body.value() : Value(stopped.body)},
                  {"headers", std::move(headers)}};
}

Value batch_item(Context& context, const Request& request, const platform::Sight& sight, const std::string& path,
                 vehicle::UnitSystem units, std::string_view request_id) {
    if (const auto stopped = item_stopped_at_gate(context, request, path)) return stopped_item(path, *stopped);
    if (path == kPermissionsPath) {
        return answered_item(path, {.body = permissions_body(sight, {.limit = kPermissionsLimit})}, {}, units);
    }
    const vehicle::Endpoint& endpoint = *vehicle::find_endpoint(path);
    if (!endpoint.permission.empty() && !sight.granted.contains(endpoint.permission)) {
        return refused_item(path, {.type = "PERMISSION"}, request_id);
    }
    const auto said = read(context, request, sight, endpoint, {.units = units, .now = sight.seen_at});
    if (const auto* const error = std::get_if<ApiError>(&said)) return refused_item(path, *error, request_id);
    return answered_item(path, std::get<vehicle::View>(said), sight.seen_at, units);
}

Response batch(Context& context, const Request& request, const Parameters& parameters) {
    const auto allowed = context.platform.read_vehicle(bearer_token(request), parameters["id"], "");
    if (const auto* const denial = std::get_if<Denial>(&allowed)) return refuse(context, *denial);
    const auto paths = batch_paths(request);
    if (const auto* const error = std::get_if<ApiError>(&paths)) return refuse(context, *error);
    const auto units = units_of(request);
    if (!units) return refuse_units(context);
    if (auto limited = charge_batch(context, request, std::get<std::vector<std::string>>(paths).size())) {
        return *std::move(limited);
    }

    const std::string request_id = next_request_id(context);
    document::Array items;
    for (const std::string& path : std::get<std::vector<std::string>>(paths)) {
        items.push_back(batch_item(context, request, std::get<platform::Sight>(allowed), path, *units, request_id));
    }
    std::string body;
    document::Writer(body).value(Object{{"responses", std::move(items)}});
    Response response = contract::json_response(200, std::move(body));
    response.headers.add("sc-request-id", request_id);
    return response;
}

// --- commands ---------------------------------------------------------------------------------------

Response command(Context& context, const Request& request, const Parameters& parameters) {
    const vehicle::Orders& orders = vehicle::orders()[parameters.row()];
    const auto allowed = context.platform.read_vehicle(bearer_token(request), parameters["id"], orders.permission);
    if (const auto* const denial = std::get_if<Denial>(&allowed)) return refuse(context, *denial);
    const auto units = units_of(request);
    if (!units) return refuse_units(context);
    const auto parsed = document::parse(request.body.empty() ? "{}" : request.body);
    if (!parsed.ok()) {
        return refuse(context, {.type = "VALIDATION",
                                .details = {{.field = {"body"}, .message = "is not JSON: " + parsed.error().message}}});
    }
    const Value& body = parsed.value();
    auto commanded = context.platform.command(parameters["id"], [&](const vehicle::Vehicle& vehicle) {
        auto order = orders.read(body, vehicle, *units);
        const bool foreign = !orders.make.empty() && orders.make != vehicle.make;
        if (foreign && std::holds_alternative<vehicle::Command>(order)) {
            order = ApiError{.type = "COMPATIBILITY", .code = "VEHICLE_NOT_CAPABLE"};
        }
        return order;
    });
    if (const auto* const error = std::get_if<ApiError>(&commanded)) {
        return refuse(context, reauthenticable(context, request, parameters["id"], *error));
    }
    auto& [after, fired] = std::get<platform::Commanded>(commanded);
    context.submit(std::move(fired));
    return answer(context, orders.answer(body, *after));
}

// --- connections and subscriptions --------------------------------------------------------------------

Response disconnect(Context& context, const Request& request, const Parameters& parameters) {
    const auto done = context.platform.disconnect(bearer_token(request), parameters["id"]);
    if (const auto* const denial = std::get_if<Denial>(&done)) return refuse(context, *denial);
    context.simulation.forget_waiting({.vehicle_id = parameters["id"]});
    return answer(context, Object{{"status", "success"}});
}

// Of the two ids in the path it is the webhook's that is wrong when the vehicle's is right.
Response refuse_subscription(Context& context, Denial denial, const Parameters& parameters) {
    if (denial != Denial::kValidation || !base::is_uuid(parameters["id"])) return refuse(context, denial);
    return refuse(context, {.type = "VALIDATION",
                            .details = {{.field = {"webhookId"}, .message = "is not the id of a webhook"}}});
}

Response subscribe(Context& context, const Request& request, const Parameters& parameters) {
    const std::string& vehicle_id = parameters["id"];
    const std::string& webhook_id = parameters["webhookId"];
    auto subscribed = context.platform.subscribe(bearer_token(request), vehicle_id, webhook_id);
    if (const auto* const denial = std::get_if<Denial>(&subscribed)) {
        return refuse_subscription(context, *denial, parameters);
    }
    context.submit(std::get<platform::Fired>(std::move(subscribed)));
    return answer(context, Object{{"vehicleId", vehicle_id}, {"webhookId", webhook_id}});
}

Response unsubscribe(Context& context, const Request& request, const Parameters& parameters) {
    const auto removed = context.platform.unsubscribe(bearer_token(request), parameters["id"], parameters["webhookId"]);
    if (const auto* const denial = std::get_if<Denial>(&removed)) {
        return refuse_subscription(context, *denial, parameters);
    }
    context.simulation.forget_waiting({.webhook_id = parameters["webhookId"], .vehicle_id = parameters["id"]});
    return answer(context, Object{{"status", "success"}});
}

// --- what is nowhere ----------------------------------------------------------------------------------

constexpr std::string_view kVehicle = "/{version}/vehicles/{id}";

// "/TESLA/charge" of "/v2.0/vehicles/{id}/TESLA/charge/"; empty of another path.
std::string_view below_vehicle(std::string_view path) {
    if (path.ends_with('/')) path.remove_suffix(1);
    for (int segment = 0; segment < 3; ++segment) {
        const std::size_t slash = path.find('/', 1);
        if (!path.starts_with('/') || slash == std::string_view::npos) return {};
        if (segment == 1 && path.substr(0, slash) != "/vehicles") return {};
        path.remove_prefix(slash);
    }
    return path;
}

// Whether the path names a make's own endpoint or command, but for the case of its letters.
bool names_make_in_capitals(std::string_view path) {
    const std::string lower = base::lower_case(below_vehicle(path));
    const vehicle::Endpoint* const endpoint = vehicle::find_endpoint(lower);
    if (endpoint != nullptr) return !endpoint->make.empty();
    return std::ranges::any_of(
        vehicle::orders(), [&](const vehicle::Orders& orders) { return !orders.make.empty() && orders.path == lower; });
}

// The {id} of "/v2.0/vehicles/{id}/TESLA/charge".
std::string vehicle_id_in(std::string_view path) {
    constexpr std::string_view kVehicles = "/vehicles/";
    path.remove_prefix(std::min(path.size(), path.find(kVehicles) + kVehicles.size()));
    return base::percent_decode(path.substr(0, path.find('/')), base::Plus::kLiteral);
}

std::string_view first_segment(std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    return path.substr(0, path.find('/'));
}

// A path with a version that is not one, or a path that is nowhere.
ApiError missing_resource(const Request& request) {
    const std::string_view segment = first_segment(request.path());
    const bool meant_as_version = segment.size() > 1 && segment[0] == 'v' && segment[1] >= '0' && segment[1] <= '9';
    return {.type = "RESOURCE_NOT_FOUND", .code = meant_as_version && !is_version(segment) ? "VERSION" : "PATH"};
}

// --- the table ------------------------------------------------------------------------------------------

constexpr std::array<Route, 7> kRoutes{{
    {"GET", "/{version}/user", versioned<show_user>},
    {"GET", "/{version}/vehicles", versioned<list_vehicles>},
    {"GET", "/{version}/vehicles/{id}/permissions", versioned<show_permissions>},
    {"POST", "/{version}/vehicles/{id}/batch", versioned<batch>},
    {"DELETE", "/{version}/vehicles/{id}/application", versioned<disconnect>},
    {"POST", "/{version}/vehicles/{id}/webhooks/{webhookId}", versioned<subscribe>},
    {"DELETE", "/{version}/vehicles/{id}/webhooks/{webhookId}", versioned<unsubscribe>},
}};

// The routes above, one for each read endpoint and one for each command.
class Table {
public:
    Table() : routes_(kRoutes.begin(), kRoutes.end()) {
        for (std::size_t row = 0; const vehicle::Endpoint* endpoint = vehicle::endpoint_at(row); ++row) {
            const std::string_view below = endpoint->path == "/" ? "" : endpoint->path;
            routes_.push_back({"GET", pattern(below), versioned<show_reading>, row});
        }
        for (std::size_t row = 0; row < vehicle::orders().size(); ++row) {
            const vehicle::Orders& orders = vehicle::orders()[row];
            routes_.push_back({orders.method, pattern(orders.path), versioned<command>, row});
        }
    }
    [[nodiscard]] std::span<const Route> routes() const { return routes_; }

private:
    std::string_view pattern(std::string_view below) {
        return patterns_.emplace_back(std::string(kVehicle).append(below));
    }

    std::deque<std::string> patterns_;  // which the routes view
    std::vector<Route> routes_;
};

}  // namespace

std::span<const Route> smartcar_api() {
    static const Table kTable;
    return kTable.routes();
}

Response no_such_resource(Context& context, const Request& request) {
    const std::string_view path = request.path();
    if (!is_version(first_segment(path)) || !names_make_in_capitals(path)) {
        return refuse(context, missing_resource(request));
    }
    // A make in capitals is a permission that nobody has (api.md section 4.25).
    const auto allowed = context.platform.read_vehicle(bearer_token(request), vehicle_id_in(path), "");
    const auto* const denial = std::get_if<Denial>(&allowed);
    return refuse(context, denial == nullptr ? Denial::kPermission : *denial);
}

Response method_not_allowed(Context& context, const Request& request, const NoSuchMethod& miss) {
    if (is_v3(request.path())) {  // which has no 405
        Response response = refuse(context, shape_of(context, request), nowhere("try " + miss.allow));
        response.headers.add("allow", miss.allow);
        return response;
    }
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
