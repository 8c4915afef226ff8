// Charging as a story: the limit it stops at, its status, and the 2.0 events its changes tell.
#pragma once

#include <optional>
#include <string_view>

#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

// charge-chargelimits' activeLimit in percent, or 100 when the vehicle reports none.
[[nodiscard]] double charge_limit(const State& state);

// "CHARGING", "FULLY_CHARGED" (plugged in at or above the charge limit) or "NOT_CHARGING".
[[nodiscard]] std::string_view charging_status(const State& state);

// CHARGING_STARTED when charge-ischarging went from false to true; when it went from true to false
// CHARGING_COMPLETED at or above the charge limit after the change, CHARGING_STOPPED below it; else nothing.
// Smartcar does not publish the rule: this is our reading of the events' names (product.md, "State").
[[nodiscard]] std::optional<std::string_view> charging_event(const State& before, const State& after);

// What the changes entail: charge-detailedchargingstatus follows the rest, where the vehicle reports it and
// the changes do not state it themselves.
[[nodiscard]] Changes with_consequences(const State& before, Changes changes);

}  // namespace smartcar_sim::vehicle
