#include "routes/management_api.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/ids.h"
#include "base/text.h"
#include "routes/api_answer.h"
#include "routes/basic_credentials.h"

namespace smartcar_sim::routes {
namespace {

using contract::ApiError;
using contract::Request;
using contract::Response;
using document::Array;
using document::Object;
using document::Value;
using platform::ConnectionFilter;
using platform::ConnectionPosition;

// Any user name will do for "default": the token decides.
template <Handler kHandler>
Response by_management(Context& context, const Request& request, const Parameters& parameters) {
    const auto credentials = basic_credentials(request);
    if (!credentials || !context.platform.accepts_management_token(credentials->client_secret)) {
        return refuse(context, {.type = "AUTHENTICATION"});
    }
    return kHandler(context, request, parameters);
}

// --- cursors --------------------------------------------------------------------------------------------
// A place in the list of all connections, and not a number of them to leave out: what connects or disconnects between
// two pages moves nothing from one to the other.

std::string cursor_of(const ConnectionPosition& position) {
    return base::to_base64(std::to_string(position.created_at.time_since_epoch().count()) + ":" +
                           std::to_string(position.vehicle));
}

std::optional<ConnectionPosition> parse_cursor(std::string_view cursor) {
    const auto text = base::from_base64(cursor);
    const std::size_t colon = text ? text->find(':') : std::string::npos;
    if (colon == std::string::npos) return std::nullopt;
    const std::string_view view(*text);
    const auto milliseconds = base::parse_number<std::int64_t>(view.substr(0, colon));
    const auto vehicle = base::parse_number<std::uint32_t>(view.substr(colon + 1));
    if (!milliseconds || !vehicle) return std::nullopt;
    return ConnectionPosition{.created_at = base::Instant(base::Milliseconds(*milliseconds)), .vehicle = *vehicle};
}

// --- what is asked --------------------------------------------------------------------------------------

std::variant<ConnectionFilter, ApiError> filter_of(const base::Fields& query) {
    ConnectionFilter filter;
    for (const auto& [name, id] :
         {std::pair("user_id", &filter.user_id), std::pair("vehicle_id", &filter.vehicle_id)}) {
        *id = base::field(query, name).value_or("");
        if (!id->empty() && !base::is_uuid(*id)) return bad_parameter(name, base::quoted(name) + " must be a UUID");
    }
    const auto mode = base::field(query, "mode");
    if (!mode || mode->empty()) return filter;
    filter.mode = contract::parse_mode(*mode);
    if (!filter.mode) return bad_parameter("mode", R"("mode" must be live, simulated or test)");
    return filter;
}

std::variant<platform::ConnectionWindow, ApiError> window_of(const Request& request) {
    constexpr std::size_t kDefaultLimit = 10;
    constexpr std::size_t kMaxLimit = 100;
    const auto page = page_of(request, kDefaultLimit, kMaxLimit);
    if (const auto* const error = std::get_if<ApiError>(&page)) return *error;
    platform::ConnectionWindow window{.limit = std::get<Page>(page).limit};
    if (window.limit == 0) return bad_parameter("limit", R"("limit" must be a whole number from 1 to 100)");
    const auto cursor = base::field(request.query_fields(), "cursor");
    if (!cursor || cursor->empty()) return window;
    window.after = parse_cursor(*cursor);
    if (!window.after) return bad_parameter("cursor", R"("cursor" must be that of an earlier answer)");
    return window;
}

// --- the two requests -----------------------------------------------------------------------------------

Value connection_of(const platform::Connection& connection) {
    return Object{{"userId", connection.user_id},
                  {"vehicleId", connection.vehicle->id},
                  {"connectedAt", base::format_instant(connection.created_at)},
                  {"mode", std::string(contract::name_of(connection.vehicle->mode))}};
}

Response list_connections(Context& context, const Request& request, const Parameters&) {
    const auto filter = filter_of(request.query_fields());
    if (const auto* const error = std::get_if<ApiError>(&filter)) return refuse(context, *error);
    const auto window = window_of(request);
    if (const auto* const error = std::get_if<ApiError>(&window)) return refuse(context, *error);
    const auto page =
        context.platform.connections(std::get<ConnectionFilter>(filter), std::get<platform::ConnectionWindow>(window));
    Array listed;
    listed.reserve(page.connections.size());
    for (const platform::Connection& connection : page.connections) listed.push_back(connection_of(connection));
    return answer(context, Object{{"connections", std::move(listed)},
                                  {"paging", Object{{"cursor", page.last ? Value(cursor_of(*page.last)) : Value()}}}});
}

// Without a filter it would be all of them: that is refused.
Response delete_connections(Context& context, const Request& request, const Parameters&) {
    const auto filter = filter_of(request.query_fields());
    if (const auto* const error = std::get_if<ApiError>(&filter)) return refuse(context, *error);
    const auto& asked = std::get<ConnectionFilter>(filter);
    if (asked.user_id.empty() && asked.vehicle_id.empty()) {
        return refuse(context, bad_parameter("user_id", R"("user_id" or "vehicle_id" is required)"));
    }
    Array deleted;
    for (const platform::Connection& connection : context.platform.end_connections(asked)) {
        context.simulation.forget_waiting({.vehicle_id = connection.vehicle->id});
        deleted.emplace_back(Object{{"userId", connection.user_id}, {"vehicleId", connection.vehicle->id}});
    }
    return answer(context, Object{{"connections", std::move(deleted)}});
}

constexpr std::array<Route, 2> kRoutes{{
    {"GET", "/{version}/management/connections", versioned<by_management<list_connections>>},
    {"DELETE", "/{version}/management/connections", versioned<by_management<delete_connections>>},
}};

}  // namespace

std::span<const Route> management_api() { return kRoutes; }

}  // namespace smartcar_sim::routes
