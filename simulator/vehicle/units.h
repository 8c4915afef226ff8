// The unit system a reading is shown in (contract/api.md section 3.3): from the exact steps of the state, each
// conversion in one place with its rounding.
//
// Metric numbers are the state's own and exact. Imperial ones have six decimals: enough to come back to the same metre,
// pascal or millilitre, few enough to hide the binary fraction.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "document/value.h"

namespace smartcar_sim::vehicle {

enum class UnitSystem { kMetric, kImperial };
[[nodiscard]] std::string_view name_of(UnitSystem units);  // "metric", "imperial"
// "metric", "imperial"; nothing for any other text.
[[nodiscard]] std::optional<UnitSystem> parse_unit_system(std::string_view text);

[[nodiscard]] document::Value distance(std::int64_t metres, UnitSystem units);         // km, miles
[[nodiscard]] document::Value speed(std::int64_t metres_an_hour, UnitSystem units);    // km/h, mph
[[nodiscard]] document::Value volume(std::int64_t millilitres, UnitSystem units);      // litres, US gallons
[[nodiscard]] document::Value pressure(std::int64_t pascals, UnitSystem units);        // kPa, psi
[[nodiscard]] document::Value temperature(std::int64_t hundredths, UnitSystem units);  // degrees Celsius, Fahrenheit
[[nodiscard]] document::Value fraction(std::int64_t basis_points);                     // 0 to 1, whatever the units

// A temperature as somebody gives it, to the nearest hundredth of a degree Celsius (70 degrees Fahrenheit are 21.111…);
// nothing beyond 1,000 degrees either way.
[[nodiscard]] std::optional<std::int64_t> parse_temperature(double degrees, UnitSystem units);

}  // namespace smartcar_sim::vehicle
