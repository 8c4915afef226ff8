// Many cars of few kinds.
#pragma once

#include <cstddef>
#include <vector>

#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

// As many vehicles as `count` says: the given ones in their order, and when they are used up others like them, the
// second of "tesla-model-3-2020" being "tesla-model-3-2020-2", each with an id and a VIN of its own, the same in every
// fleet. All of a kind share their readings until one changes. `vehicles` is not empty.
[[nodiscard]] std::vector<Vehicle> fleet_of(std::vector<Vehicle> vehicles, std::size_t count);

}  // namespace smartcar_sim::vehicle
