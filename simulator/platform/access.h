// What an access token opens, private to platform/.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "platform/records.h"

namespace smartcar_sim::platform {

// Nothing for a token that is unknown or has expired.
[[nodiscard]] const Grant* find_grant(const Records& records, std::string_view access_token, base::Instant now);
// The record of a connected vehicle that the grant covers; else why not.
[[nodiscard]] Allowed<const VehicleRecord*> open(const Records& records, const Grant& grant,
                                                 std::string_view vehicle_id);

// A connected vehicle as a reader sees it at `now`.
[[nodiscard]] Sight sight_of(const VehicleRecord& record, base::Instant now);

}  // namespace smartcar_sim::platform
