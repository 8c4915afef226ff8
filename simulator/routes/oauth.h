// The token endpoints (contract/api.md sections 2.6 and 2.7).
#pragma once

#include <span>

#include "routes/router.h"

namespace smartcar_sim::routes {

// POST /oauth/token: form body; client credentials by Basic or in the form.
// POST /oauth2/token: a token for the application; form or JSON body.
[[nodiscard]] std::span<const Route> oauth();

}  // namespace smartcar_sim::routes
