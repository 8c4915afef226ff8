// Connect: the pages between an application and its user's vehicles (contract/api.md sections 2.1 to 2.5).
//
// No session is kept. A visit's first query travels through its forms as one field, "request", with what the user chose
// so far beside it, and every step looks at all of it anew. docs/connect.md tells the steps.
#pragma once

#include <span>

#include "routes/router.h"

namespace smartcar_sim::routes {

// GET and POST of /oauth/authorize, /oauth/reauthenticate and /battery-capacity. A GET changes nothing, unless
// Configuration::connect says to approve at once. A POST from a page of another origin is refused with 403.
[[nodiscard]] std::span<const Route> connect();

}  // namespace smartcar_sim::routes
