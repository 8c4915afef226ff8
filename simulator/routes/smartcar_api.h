// The REST API v2.0 that an application calls (contract/api.md section 4).
//
// Every answer carries sc-request-id and its header names in lower case; errors have the contract's
// body. Any v<digits>.<digits> version segment is served as 2.0, another one is 404 VERSION.
#pragma once

#include <span>

#include "contract/http.h"
#include "routes/router.h"

namespace smartcar_sim::routes {

// GET /{version}/vehicles, /{version}/vehicles/{id}, …/battery, …/charge,
// POST and DELETE /{version}/vehicles/{id}/webhooks/{webhookId}.
[[nodiscard]] std::span<const Route> smartcar_api();

// What the API answers to a path or method that no route has: 404 RESOURCE_NOT_FOUND, of VERSION when the
// first segment looks like a version and is malformed, else of PATH; a method that the path lacks is the same
// body with 405 and Allow.
[[nodiscard]] contract::Response no_such_resource(Context& context, const contract::Request& request);
[[nodiscard]] contract::Response method_not_allowed(Context& context, const contract::Request& request,
                                                    const NoSuchMethod& miss);

}  // namespace smartcar_sim::routes
