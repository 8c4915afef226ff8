// What becomes of a vehicle, by a command, by somebody's hand or by time, private to platform/.
#pragma once

#include "platform/effect.h"
#include "platform/records.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::platform {

// The vehicle says that from now on, with all it entails; the webhooks that are to hear of it. `moved` are signals that
// say something else by now without being among the changes.
[[nodiscard]] Fired change(Turn& turn, VehicleRecord& record, const vehicle::Changes& changes,
                           std::vector<std::string> moved = {});

// Sets the timer of the next step of its charge, if it charges.
void time_charging(Turn& turn, const VehicleRecord& record);
// Sets the timer of the next reading of a subscribed vehicle by a webhook of type schedule or dynamic.
void time_reading(Turn& turn, const Webhook& webhook, VehicleIndex vehicle);

}  // namespace smartcar_sim::platform
