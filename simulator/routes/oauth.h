// Connect's authorize page and the token endpoint (contract/api.md sections 2.1 to 2.6).
#pragma once

#include <span>

#include "routes/router.h"

namespace smartcar_sim::routes {

// GET /oauth/authorize: 302 to the redirect URI, or an HTML error page.
// POST /oauth/token: form body; client credentials by Basic or in the form.
[[nodiscard]] std::span<const Route> oauth();

}  // namespace smartcar_sim::routes
