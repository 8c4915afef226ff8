#include "routes/api_gate.h"

#include <string>

#include "contract/api_error.h"
#include "fault/api_fault.h"
#include "routes/api_answer.h"
#include "routes/v3_answer.h"
#include "routes/v3_api.h"

namespace smartcar_sim::routes {
namespace {

using contract::ApiError;
using contract::Request;
using contract::Response;

// --- in whose words -----------------------------------------------------------------------------------------

// "/" too: the token endpoint of a client whose auth origin is a whole URL (routes/oauth.h).
bool is_oauth(std::string_view path) {
    return path.starts_with("/oauth/") || path.starts_with("/oauth2/") || path == "/";
}

// RFC 6749 section 5.2 has no word for most of what can go wrong: only credentials have one, the rest is the request's
// fault or the server's.
std::string_view oauth_word(int status) {
    constexpr int kUnauthorized = 401;
    constexpr int kFirstOfServer = 500;
    if (status == kUnauthorized) return "invalid_client";
    return status < kFirstOfServer ? "invalid_request" : "server_error";
}

Response oauth_response(const ApiError& error, std::string_view request_id) {
    const contract::ErrorKind& kind = contract::error_kind(error.type, error.code);
    Response response = contract::oauth_error(kind.status, oauth_word(kind.status), kind.description, request_id);
    const Response of_api = contract::error_response(error, request_id);
    if (const auto wait = of_api.headers.get("retry-after")) response.headers.add("retry-after", *wait);
    return response;
}

// The error in the words of the API that was asked.
Response refusal(Context& context, const Request& request, const ApiError& error) {
    if (is_oauth(request.path())) return oauth_response(error, next_request_id(context));
    if (is_v3(request.path())) return refuse(context, shape_of(context, request), contract::v3_error(error));
    return refuse(context, error);
}

// --- faults -------------------------------------------------------------------------------------------------

Response bare_response(Context& context, const fault::BareAnswer& answer) {
    Response response{.status = answer.status, .headers = {}, .body = answer.body};
    if (!answer.content_type.empty()) response.headers.add("content-type", answer.content_type);
    response.headers.add("sc-request-id", next_request_id(context));
    if (answer.retry_after) response.headers.add("retry-after", std::to_string(answer.retry_after->count()));
    return response;
}

std::optional<Response> meet_faults(Context& context, const Request& request, const fault::ApiRequest& asked) {
    const auto fault = context.simulation.api_faults().meet(asked);
    if (!fault) return std::nullopt;
    if (fault->latency > base::Milliseconds(0) && context.linger) context.linger(fault->latency);
    if (fault->error) return refusal(context, request, *fault->error);
    if (fault->answer) return bare_response(context, *fault->answer);
    return std::nullopt;
}

// --- rate limits --------------------------------------------------------------------------------------------

// The vehicle that a request is about, if it is one of the fleet: a path may name any number of others.
std::string vehicle_of(const Context& context, const Request& request) {
    std::string id = fault::vehicle_in(request.path());
    const auto entry = context.platform.fleet_entry(id);
    return entry && entry.value().vehicle->id == id ? id : std::string();
}

std::optional<Response> limit(Context& context, const Request& request, std::int64_t requests) {
    simulation::RateLimits& limits = context.simulation.rate_limits();
    if (!limits.of_application() && !limits.of_vehicles()) return std::nullopt;
    if (!fault::has_version(request.path())) return std::nullopt;
    const auto refused = limits.admit(limits.of_vehicles() ? vehicle_of(context, request) : std::string(), requests);
    if (!refused) return std::nullopt;
    const bool of_vehicle = refused->who == simulation::TooFast::Who::kVehicle;
    return refusal(
        context, request,
        {.type = "RATE_LIMIT", .code = of_vehicle ? "VEHICLE" : "SMARTCAR_API", .retry_after = refused->retry_after});
}

}  // namespace

std::optional<Response> stopped_at_gate(Context& context, const Request& request) {
    if (auto limited = limit(context, request, 1)) return limited;
    const std::string_view path = request.path();
    // Two more names of the token endpoint (routes/oauth.h).
    const bool token = request.method == "POST" && (path == "/" || path == "/oauth/token/oauth/token");
    return meet_faults(context, request, {.method = request.method, .path = token ? "/oauth/token" : path});
}

std::optional<Response> item_stopped_at_gate(Context& context, const Request& batch, std::string_view item_path) {
    const std::string path = fault::path_of_item(batch.path(), item_path);
    return meet_faults(context, batch, {.method = "GET", .path = path});
}

std::optional<Response> charge_batch(Context& context, const Request& batch, std::size_t items) {
    if (items < 2) return std::nullopt;
    return limit(context, batch, static_cast<std::int64_t>(items) - 1);
}

}  // namespace smartcar_sim::routes
