// Compatibility of v2.0: by VIN, and as a matrix of makes and models, with the client's id and secret as Basic
// credentials (contract/api.md section 4.23). Both are answered from the fleet (vehicle/compatibility.h).
#pragma once

#include <span>

#include "routes/router.h"

namespace smartcar_sim::routes {

[[nodiscard]] std::span<const Route> compatibility_api();

}  // namespace smartcar_sim::routes
