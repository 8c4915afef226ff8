#include <array>
#include <string_view>

#include "routes/admission.h"
#include "routes/context.h"
#include "routes/sim_answer.h"
#include "routes/sim_api.h"
#include "routes/sim_body.h"

namespace smartcar_sim::routes {

namespace {

contract::Response get_state(Context& context, const contract::Request&, const Parameters&) {
    return contract::json_response(200, context.platform.snapshot());
}

contract::Response put_state(Context& context, const contract::Request& request, const Parameters&) {
    constexpr std::array<std::string_view, 9> kMembers{"formatVersion",     "now",        "externalId",
                                                       "vehicles",          "webhooks",   "grants",
                                                       "applicationTokens", "executions", "counters"};
    const auto said = read(request, {.members = kMembers});
    if (!said) return sim_error(said.error());
    const auto snapshot = context.platform.read_snapshot(said.value().body, request.body);
    if (!snapshot) return sim_error(snapshot.error());
    const auto done = context.simulation.restore(snapshot.value());
    return done ? contract::Response{204, {}, ""} : sim_error(done.error());
}

constexpr std::array kRoutes{
    Route{"GET", "/_sim/state", bare<get_state>},
    Route{"PUT", "/_sim/state", put_state},
};

}  // namespace

std::span<const Route> sim_state() { return kRoutes; }

}  // namespace smartcar_sim::routes
