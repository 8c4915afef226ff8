// The vehicle and the token that the SDKs' own tests of v3 ask for (contract/api.md section 6.2): served by every
// platform, whatever its fleet.
#pragma once

#include <string_view>

#include "platform/platform.h"

namespace smartcar_sim::routes {

inline constexpr std::string_view kTestVehicleId = "tst2e255-d3c8-4f90-9fec-e6e68b98e9cb";  // which is not a UUID
inline constexpr std::string_view kTestToken = "test-data-token";

// A Tesla Model Y of 2021 with every permission, seen and read at `now`. Its odometer and its make are those of the
// published fixture, the rest is invented.
[[nodiscard]] platform::Sight test_vehicle(base::Instant now);

}  // namespace smartcar_sim::routes
