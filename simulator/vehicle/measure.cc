#include "vehicle/measure.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace smartcar_sim::vehicle {
namespace {

constexpr double kMostSteps = 1e10;
constexpr double kExactIntegers = 9'007'199'254'740'992;  // 2^53

constexpr std::array kMeasures{
    Measure{"percent", 100, "basis points"},
    Measure{"km", 1000, "metres"},
    Measure{"kWh", 1000, "watt-hours"},
    Measure{"kPa", 1000, "pascals"},
    Measure{"watts", 1, "watts"},
    Measure{"ampere", 1000, "milliamperes"},
    Measure{"volts", 1000, "millivolts"},
    Measure{"celsius", 100, "hundredths of a degree"},
    Measure{"km/h", 1000, "metres an hour"},
    Measure{"kph", 1000, "metres an hour"},
    Measure{"liters", 1000, "millilitres"},
    Measure{"count", 1, "whole numbers"},
    Measure{"", 1, "whole numbers"},
};

}  // namespace

const Measure& measure_of(std::string_view unit) {
    const auto* const found = std::ranges::find(kMeasures, unit, &Measure::unit);
    assert(found != kMeasures.end());
    return *found;
}

std::optional<std::int64_t> steps_of(double number, const Measure& measure) {
    constexpr double kNoise = 1e-6;  // of a step: 0.1 + 0.2 kilometres are 300 metres
    const double steps = number * static_cast<double>(measure.per_unit);
    if (!(std::abs(steps) <= kMostSteps)) return std::nullopt;
    const double whole = std::round(steps);
    if (std::abs(steps - whole) > kNoise) return std::nullopt;
    return static_cast<std::int64_t>(whole);
}

document::Value decimal(std::int64_t steps, std::int64_t per_unit) {
    if (steps % per_unit == 0) return steps / per_unit;
    return static_cast<double>(steps) / static_cast<double>(per_unit);
}

document::Value rounded(double number, int places) {
    const double scale = std::pow(10, places);
    const double result = std::round(number * scale) / scale;
    if (result == std::trunc(result) && std::abs(result) <= kExactIntegers) return static_cast<std::int64_t>(result);
    return result;
}

}  // namespace smartcar_sim::vehicle
