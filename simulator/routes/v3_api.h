// The REST API v3 (contract/api.md section 6), on one listener what Smartcar serves on three hosts.
//
// A user's access token is answered in the shape of 2025, a token of the application in that of 2026 (v3_answer.h).
// What changes something or lists more than one vehicle takes the application's. Signals and commands need sc-user-id
// with it. A request is checked in the order token, user, ids, permission, body, what the vehicle can do, its state.
#pragma once

#include <span>
#include <string_view>

#include "contract/http.h"
#include "routes/context.h"
#include "routes/router.h"

namespace smartcar_sim::routes {

[[nodiscard]] std::span<const Route> v3_vehicles();    // attributes, signals
[[nodiscard]] std::span<const Route> v3_commands();    // commands, charge schedules, executions
[[nodiscard]] std::span<const Route> v3_management();  // connections, users, webhooks, subscriptions, applications, …

[[nodiscard]] bool is_v3(std::string_view path);
// 404 RESOURCE_NOT_FOUND:PATH in v3's own body.
[[nodiscard]] contract::Response no_such_v3_resource(Context& context, const contract::Request& request);

}  // namespace smartcar_sim::routes
