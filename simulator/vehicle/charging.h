// Charging as a story: how a charging vehicle's readings move, the limit they stop at, its status, and the 2.0 events
// its changes tell.
//
// The one thing that moves by itself. The charge grows linearly with power from the instant it was last stated
// (the anchor: when tractionbattery-stateofcharge was recorded) until the limit, in exact integers and closed form, so
// a reading depends on the state and the instant alone and not on how often anybody looked:
//   gained basis points = floor(watts * milliseconds * 10,000 / (watt-hours * 3,600,000))
// A vehicle without a nominal capacity, or whose charge-wattage is 0, gains nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "vehicle/state.h"

namespace smartcar_sim::vehicle {

// What a vehicle charges with that does not report charge-wattage, or that begins to charge without saying it: a wall
// box of 32 amperes at 240 volts, at three quarters.
inline constexpr std::int64_t kUsualPower = 7'200;      // watts
inline constexpr std::int64_t kUsualVoltage = 240'000;  // millivolts

// charge-chargelimits' activeLimit in basis points, or 100 percent when the vehicle reports none.
[[nodiscard]] std::int64_t charge_limit(const State& state);

// A limit in basis points: the active one, and the one that holds everywhere if the vehicle lists any.
[[nodiscard]] Change charge_limit_change(const State& state, std::int64_t limit);

// "CHARGING", "FULLY_CHARGED" (plugged in at or above the charge limit) or "NOT_CHARGING".
[[nodiscard]] std::string_view charging_status(const State& state);

// CHARGING_STARTED when charge-ischarging went from false to true; when it went from true to false
// CHARGING_COMPLETED at or above the charge limit after the change, CHARGING_STOPPED below it; else nothing.
// Smartcar does not publish the rule: this is our reading of the events' names (product.md, "State").
[[nodiscard]] std::optional<std::string_view> charging_event(const State& before, const State& after);

// What the changes entail, where the vehicle reports it and the changes do not state it themselves: charging begins
// with the usual power and a connected cable, ends without power and when the cable is pulled; current, rate and time
// follow the power, and charge-detailedchargingstatus what charging does. Whatever bears on a charge that goes on
// states it anew, so that it is anchored when the changes are made. `before` is what the vehicle says then.
[[nodiscard]] Changes with_consequences(const State& before, Changes changes);

// What the state says at `now`.
[[nodiscard]] State at(const State& state, base::Instant now);

// The next instant after `now` at which the charge reaches a whole percent or its limit; nothing when it does not move.
[[nodiscard]] std::optional<base::Instant> next_charging_step(const State& state, base::Instant now);
// Charging, and at its limit at `now`.
[[nodiscard]] bool is_charged(const State& state, base::Instant now);
// The signals that move while it charges, as far as the vehicle reports them.
[[nodiscard]] std::vector<std::string> moving_signals(const State& state);
// Whether the changes bear on how it charges, so that the readings must be those of the present before they are made.
[[nodiscard]] bool bears_on_charging(const Changes& changes);

}  // namespace smartcar_sim::vehicle
