// How connections end, private to platform/.
#pragma once

#include "platform/records.h"

namespace smartcar_sim::platform {

// No token opens the vehicle any more and no webhook is subscribed to it.
void end_connection(Records& records, VehicleRecord& record);

}  // namespace smartcar_sim::platform
