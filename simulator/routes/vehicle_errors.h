// What VEHICLE_ERROR says, as the /_sim API is told it.
#pragma once

#include <vector>

#include "base/result.h"
#include "contract/message.h"
#include "document/value.h"

namespace smartcar_sim::routes {

// "errors":[{"type":"VEHICLE_STATE","code":"ASLEEP","state":"RESOLVED","signals":["charge-ischarging"]}] of `body`.
// Only the type is required: without a code it is null, without a state ERROR, without signals all of the webhook's
// data; no signals at all ("signals":[]) is a failure of the whole vehicle. Codes "bad_member", "unknown_member",
// "missing_member", "unknown_signal"; the message starts with the JSON pointer. Whether there is such an error is
// Platform::fire's to say.
[[nodiscard]] base::Result<std::vector<contract::VehicleFault>> vehicle_errors_of(const document::Value& body);

}  // namespace smartcar_sim::routes
