// The /_sim API: everything the dashboard, tests and the command line do to a running platform.
//
// product.md, "The /_sim API". Errors are {"error":{"code","message"}} (sim_answer.h); unknown members
// of a body are errors. Host and Origin are checked before any of these runs (guard.h).
#pragma once

#include <span>

#include "routes/router.h"

namespace smartcar_sim::routes {

[[nodiscard]] std::span<const Route> sim_webhooks();    // /_sim/webhooks…
[[nodiscard]] std::span<const Route> sim_events();      // /_sim/events, /_sim/vehicles
[[nodiscard]] std::span<const Route> sim_deliveries();  // /_sim/deliveries, /_sim/requests
[[nodiscard]] std::span<const Route> sim_explain();     // /_sim/explain
[[nodiscard]] std::span<const Route> sim_faults();      // /_sim/faults
[[nodiscard]] std::span<const Route> sim_connect();     // /_sim/connect
[[nodiscard]] std::span<const Route> sim_token();       // /_sim/application-management-token
[[nodiscard]] std::span<const Route> sim_state();       // /_sim/state
[[nodiscard]] std::span<const Route> sim_clock();       // /_sim/clock/advance, /_sim/reset, /_sim/health
[[nodiscard]] std::span<const Route> sim_openapi();     // /_sim/openapi.json

}  // namespace smartcar_sim::routes
