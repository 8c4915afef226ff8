// The management API of v2.0: connections listed and deleted with the application management token, as Basic
// default:TOKEN (contract/api.md section 4.24).
#pragma once

#include <span>

#include "routes/router.h"

namespace smartcar_sim::routes {

[[nodiscard]] std::span<const Route> management_api();

}  // namespace smartcar_sim::routes
