// The vehicle nobody owns that test payloads are about (contract/webhooks.md section 2.6).
#pragma once

#include <string>

#include "base/clock.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

// In mode test: a Tesla Model 3 2020, the make in the spelling of the captured test payload, that has every permission
// and a plausible reading, recorded at `at`, of every signal of the catalogue.
[[nodiscard]] Vehicle sample_vehicle(std::string id, base::Instant at);

}  // namespace smartcar_sim::vehicle
