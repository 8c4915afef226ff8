// Charging as a story: the limit it stops at and the 2.0 events its changes tell.
#pragma once

#include <optional>
#include <string_view>

#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

// charge-chargelimits' activeLimit in percent, or 100 when the vehicle reports none.
[[nodiscard]] double charge_limit(const State& state);

// CHARGING_STARTED when charge-ischarging went from false to true; when it went from true to false
// CHARGING_COMPLETED at or above the charge limit after the change, CHARGING_STOPPED below it; else nothing.
// Smartcar does not publish the rule: this is our reading of the events' names (product.md, "State").
[[nodiscard]] std::optional<std::string_view> charging_event(const State& before, const State& after);

}  // namespace smartcar_sim::vehicle
