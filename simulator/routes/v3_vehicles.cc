// Vehicles and their signals (contract/api.md sections 6.1 to 6.3).
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "contract/signals.h"
#include "document/writer.h"
#include "routes/api_answer.h"
#include "routes/v3_answer.h"
#include "routes/v3_api.h"
#include "routes/v3_shapes.h"
#include "routes/v3_signal_writer.h"
#include "routes/v3_test_vehicle.h"
#include "vehicle/signals.h"

namespace smartcar_sim::routes {
namespace {

using contract::Request;
using contract::Response;
using contract::V3Error;
using document::Value;

// --- who may see it -------------------------------------------------------------------------------------

enum class Names { kUser, kNobody };  // whether the application has to say whose vehicle it is
using Seen = std::variant<platform::Sight, V3Error>;

Seen seen_or_denied(const platform::Allowed<platform::Sight>& allowed) {
    if (const auto* const denial = std::get_if<platform::Denial>(&allowed)) return v3_denied(*denial);
    return std::get<platform::Sight>(allowed);
}

Seen seen_by_application(Context& context, const Request& request, const std::string& id, Names names) {
    if (!context.platform.is_application_token(bearer_token(request))) return V3Error{.type = "AUTHENTICATION"};
    const std::string_view user = request.headers.get("sc-user-id").value_or("");
    if (user.empty() && names == Names::kUser) return missing("userId");
    return seen_or_denied(context.platform.show_vehicle(id, user));
}

Seen seen_by_user(Context& context, const Request& request, const std::string& id) {
    const std::string_view token = bearer_token(request);
    if (token != kTestToken) return seen_or_denied(context.platform.read_vehicle(token, id, ""));
    if (id == kTestVehicleId) return test_vehicle(context.clock.now());
    return V3Error{.type = "PERMISSION"};
}

Seen see(Context& context, const Request& request, Shape shape, const std::string& id, Names names) {
    return shape == Shape::k2026 ? seen_by_application(context, request, id, names)
                                 : seen_by_user(context, request, id);
}

// --- the vehicle ----------------------------------------------------------------------------------------

Response show_vehicle(Context& context, const Request& request, const Parameters& parameters) {
    const Shape shape = shape_of(context, request);
    const auto seen = see(context, request, shape, parameters["id"], Names::kNobody);
    if (const auto* const error = std::get_if<V3Error>(&seen)) return refuse(context, shape, *error);
    const auto& sight = std::get<platform::Sight>(seen);
    if (!sight.granted.contains("read_vehicle_info")) return refuse(context, shape, {.type = "PERMISSION"});
    Value resource = vehicle_resource(shape, request, *sight.vehicle, Place::kAlone);
    if (shape == Shape::k2025) return answer(context, resource);
    Value links = *resource.find("links");
    Value body = wrapped(std::move(resource));
    body.object()->emplace_back("links", std::move(links));
    return answer(context, body);
}

// --- its signals ----------------------------------------------------------------------------------------

using Stored = std::span<const vehicle::StoredSignal>;

std::string signals_path(const vehicle::Vehicle& vehicle) { return "/vehicles/" + vehicle.id + "/signals"; }

Stored part_of(Stored signals, const V3Page& page) {
    const std::size_t first = std::min(page.offset(), signals.size());
    return signals.subspan(first, std::min(page.size, signals.size() - first));
}

SignalWriter writer_for(Shape shape, const Request& request, const platform::Sight& sight) {
    return {shape, link_to(shape, request, "/vehicles/" + sight.vehicle->id), sight.seen_at};
}

std::string array_of(Stored signals, const SignalWriter& writer) {
    constexpr std::size_t kUsualSize = 600;  // of one
    std::string json;
    json.reserve(signals.size() * kUsualSize);
    json += '[';
    for (const vehicle::StoredSignal& signal : signals) {
        if (json.size() > 1) json += ',';
        writer.append(json, signal);
    }
    return json += ']';
}

void write_paging(document::Writer& json, Shape shape, const V3Page& page, std::size_t count) {
    const bool old = shape == Shape::k2025;
    json.key("meta").begin_object();
    json.member(old ? "page" : "pageNumber", static_cast<std::int64_t>(page.number));
    json.member("pageSize", static_cast<std::int64_t>(page.size));
    json.member("totalCount", static_cast<std::int64_t>(count)).end_object();
}

// Nobody who asks without a page misses a signal: the SDKs have no way to ask for the next.
std::variant<V3Page, V3Error> signals_page(const Request& request, std::size_t count) {
    constexpr std::size_t kDefaultSize = 10;
    constexpr std::size_t kMost = 100;
    return v3_page(request.query_fields(), std::max(kDefaultSize, count), kMost);
}

std::string signals_body(Shape shape, const Request& request, const platform::Sight& sight, Stored signals,
                         const V3Page& page) {
    const std::string data = array_of(part_of(signals, page), writer_for(shape, request, sight));
    constexpr std::size_t kRest = 2000;
    std::string body;
    body.reserve(data.size() + kRest);
    document::Writer json(body);
    json.begin_object().key("data").raw(data);
    write_paging(json, shape, page, signals.size());
    json.key("links").value(list_links(shape, request, signals_path(*sight.vehicle), page, signals.size()));
    json.key("included").begin_object();
    json.key("vehicle").value(vehicle_resource(shape, request, *sight.vehicle, Place::kIncluded));
    json.end_object().end_object();
    return body;
}

Response list_signals(Context& context, const Request& request, const Parameters& parameters) {
    const Shape shape = shape_of(context, request);
    const auto seen = see(context, request, shape, parameters["id"], Names::kUser);
    if (const auto* const error = std::get_if<V3Error>(&seen)) return refuse(context, shape, *error);
    const auto& sight = std::get<platform::Sight>(seen);
    if (sight.forced_error) return refuse(context, shape, contract::v3_error(*sight.forced_error));
    const vehicle::StoredSignals stored(*sight.vehicle, sight.granted);
    const auto page = signals_page(request, stored.all().size());
    if (const auto* const error = std::get_if<V3Error>(&page)) return refuse(context, shape, *error);
    return answer(context, signals_body(shape, request, sight, stored.all(), std::get<V3Page>(page)));
}

Response answer_signal(Context& context, const Request& request, const platform::Sight& sight,
                       const vehicle::StoredSignal& signal) {
    const Shape shape = shape_of(context, request);
    std::string resource;
    writer_for(shape, request, sight).append(resource, signal);
    if (shape == Shape::k2025) return answer(context, std::move(resource));
    std::string body;
    document::Writer json(body);
    json.begin_object().key("data").raw(resource).key("links").begin_object();
    const std::string path = signals_path(*sight.vehicle) + "/" + std::string(signal.signal->code);
    json.member("self", link_to(shape, request, path)).end_object().end_object();
    return answer(context, std::move(body));
}

Response show_signal(Context& context, const Request& request, const Parameters& parameters) {
    const Shape shape = shape_of(context, request);
    const auto seen = see(context, request, shape, parameters["id"], Names::kUser);
    if (const auto* const error = std::get_if<V3Error>(&seen)) return refuse(context, shape, *error);
    const auto& sight = std::get<platform::Sight>(seen);
    const contract::Signal* const signal = contract::find_signal(parameters["code"]);
    const V3Error not_found{.type = "RESOURCE_NOT_FOUND", .code = "SIGNAL_NOT_FOUND"};
    if (signal == nullptr) return refuse(context, shape, not_found);
    if (!signal->permission.empty() && !sight.granted.contains(signal->permission)) {
        return refuse(context, shape, {.type = "PERMISSION"});
    }
    if (sight.forced_error && !signal->is_static) {
        return refuse(context, shape, contract::v3_error(*sight.forced_error));
    }
    const vehicle::StoredSignals stored(*sight.vehicle, sight.granted);
    const vehicle::StoredSignal* const found = stored.find(*signal);
    return found == nullptr ? refuse(context, shape, not_found) : answer_signal(context, request, sight, *found);
}

constexpr std::array<Route, 3> kRoutes{{
    {"GET", "/v3/vehicles/{id}", show_vehicle},
    {"GET", "/v3/vehicles/{id}/signals", list_signals},
    {"GET", "/v3/vehicles/{id}/signals/{code}", show_signal},
}};

}  // namespace

std::span<const Route> v3_vehicles() { return kRoutes; }

bool is_v3(std::string_view path) { return path == "/v3" || path.starts_with("/v3/"); }

Response no_such_v3_resource(Context& context, const Request& request) {
    return refuse(context, shape_of(context, request), nowhere("nothing is served at this path"));
}

}  // namespace smartcar_sim::routes
