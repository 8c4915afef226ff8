// The REST API v2.0 that an application calls with an access token (contract/api.md sections 4.1 to 4.22 and 4.25).
//
// Every answer carries sc-request-id and its header names in lower case; errors have the contract's body. Any
// v<digits>.<digits> version segment is served as 2.0, another one is 404 VERSION. A request is checked in the order
// of section 4: path and version, token, ids, permission, body, what the vehicle can do, what state it is in.
#pragma once

#include <span>

#include "contract/http.h"
#include "routes/context.h"
#include "routes/router.h"

namespace smartcar_sim::routes {

// User, vehicles, permissions, batch, disconnection, webhook subscriptions, and a route for each of
// vehicle::endpoint_at() and vehicle::orders().
[[nodiscard]] std::span<const Route> smartcar_api();

// What the API answers to a path or method that no route has: 404 RESOURCE_NOT_FOUND, of VERSION when the
// first segment looks like a version and is malformed, else of PATH; a method that the path lacks is the same
// body with 405 and Allow.
[[nodiscard]] contract::Response no_such_resource(Context& context, const contract::Request& request);
[[nodiscard]] contract::Response method_not_allowed(Context& context, const contract::Request& request,
                                                    const NoSuchMethod& miss);

}  // namespace smartcar_sim::routes
