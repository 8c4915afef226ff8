// The exact grid that a vehicle's numbers stand on: each is a whole number of the steps of its measure.
//
// State is kept in basis points, metres, watt-hours, pascals and the like, so that whatever API shows it, in whatever
// unit, shows one and the same value. On the wire a number of the 4.0 signals is steps / per_unit.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "document/value.h"

namespace smartcar_sim::vehicle {

struct Measure {
    std::string_view unit;      // as contract::Signal has it: "percent", "km"; empty for plain counts
    std::int64_t per_unit = 1;  // steps in one unit of the wire: 100 basis points in one percent
    std::string_view step;      // what a step is called, in a sentence: "basis points"
};

inline constexpr std::int64_t kWhole = 10'000;  // 100 percent in basis points

// The measure of a unit of contract::signals(); any other text is a bug.
[[nodiscard]] const Measure& measure_of(std::string_view unit);
inline constexpr Measure kDegrees{"degrees", 100, "hundredths of a degree"};
inline constexpr Measure kCoordinate{"degrees", 1'000'000, "millionths of a degree"};

// The steps of a number of the wire; nothing when it is finer than a step (binary noise aside) or beyond 10^10 steps,
// which keeps every product that charging.h forms below 2^63.
[[nodiscard]] std::optional<std::int64_t> steps_of(double number, const Measure& measure);

// steps / per_unit as a JSON number: 4250 and 100 make 42.5.
[[nodiscard]] document::Value decimal(std::int64_t steps, std::int64_t per_unit);

// numerator / denominator to that many decimal places, as a JSON number: what other units are shown with.
[[nodiscard]] document::Value rounded(double number, int places);

}  // namespace smartcar_sim::vehicle
