#include "routes/service.h"

#include <utility>
#include <variant>

#include "routes/api_gate.h"
#include "routes/compatibility_api.h"
#include "routes/connect.h"
#include "routes/management_api.h"
#include "routes/oauth.h"
#include "routes/sim_answer.h"
#include "routes/sim_api.h"
#include "routes/smartcar_api.h"
#include "routes/v3_api.h"

namespace smartcar_sim::routes {

namespace {

bool is_sim(std::string_view path) { return path == "/_sim" || path.starts_with("/_sim/"); }

}  // namespace

std::vector<std::span<const Route>> all_routes() {
    return {smartcar_api(), connect(),     oauth(),       sim_webhooks(),  sim_events(),     sim_deliveries(),
            sim_faults(),   sim_connect(), sim_token(),   sim_explain(),   sim_state(),      sim_clock(),
            sim_openapi(),  v3_vehicles(), v3_commands(), v3_management(), management_api(), compatibility_api()};
}

std::string public_pattern(std::string_view pattern) {
    constexpr std::string_view kVersion = "/{version}/";
    if (!pattern.starts_with(kVersion)) return std::string(pattern);
    return std::string("/v2.0/").append(pattern.substr(kVersion.size()));
}

Service::Service(Context& context, AllowedHosts allowed, CallListener on_call)
    : context_(context), allowed_(std::move(allowed)), on_call_(std::move(on_call)) {
    for (const auto routes : all_routes()) router_.add(routes);
}

contract::Response Service::answer(const contract::Request& request) const {
    if (is_sim(request.path())) return answer_sim(request);
    contract::Response response = answer_application(request);
    const store::ApiCall call =
        context_.requests.add(context_.clock.now(), request, response.status, *context_.masking.now());
    if (on_call_) on_call_(call, request, response);
    return response;
}

// A callback may have answered with the user's token, an application may have sent it: masked in whatever is shown.
contract::Response Service::answer_sim(const contract::Request& request) const {
    contract::Response response = find_sim(request);
    response.body = context_.masking.now()->apply(response.body);
    return response;
}

contract::Response Service::find_sim(const contract::Request& request) const {
    if (auto refused = refuse_foreign(request, allowed_)) return *std::move(refused);
    const Lookup lookup = router_.find(request.method, request.path());
    if (const auto* match = std::get_if<Match>(&lookup)) return match->handler(context_, request, match->parameters);
    if (const auto* miss = std::get_if<NoSuchMethod>(&lookup)) {
        contract::Response response =
            sim_error(405, "method_not_allowed", request.method + " is not known here; try " + miss->allow);
        response.headers.add("allow", miss->allow);
        return response;
    }
    return sim_error(404, "not_found", "the /_sim API has no " + std::string(request.path()));
}

contract::Response Service::answer_application(const contract::Request& request) const {
    if (auto stopped = stopped_at_gate(context_, request)) return *std::move(stopped);
    const Lookup lookup = router_.find(request.method, request.path());
    if (const auto* match = std::get_if<Match>(&lookup)) return match->handler(context_, request, match->parameters);
    if (const auto* miss = std::get_if<NoSuchMethod>(&lookup)) return method_not_allowed(context_, request, *miss);
    return is_v3(request.path()) ? no_such_v3_resource(context_, request) : no_such_resource(context_, request);
}

}  // namespace smartcar_sim::routes
