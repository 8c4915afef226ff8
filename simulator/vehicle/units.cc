#include "vehicle/units.h"

#include <cmath>

#include "vehicle/measure.h"

namespace smartcar_sim::vehicle {
namespace {

constexpr int kPlaces = 6;
constexpr std::int64_t kThousand = 1000;  // metres in a kilometre, pascals in a kilopascal, millilitres in a litre
constexpr double kMetresPerMile = 1609.344;
constexpr double kMillilitresPerGallon = 3785.411784;
constexpr double kPascalsPerPsi = 6894.757293168361;
constexpr std::int64_t kHundredths = 100;

document::Value shown(std::int64_t steps, UnitSystem units, double per_imperial) {
    if (units == UnitSystem::kMetric) return decimal(steps, kThousand);
    return rounded(static_cast<double>(steps) / per_imperial, kPlaces);
}

}  // namespace

std::string_view name_of(UnitSystem units) { return units == UnitSystem::kMetric ? "metric" : "imperial"; }

std::optional<UnitSystem> parse_unit_system(std::string_view text) {
    if (text == "metric") return UnitSystem::kMetric;
    if (text == "imperial") return UnitSystem::kImperial;
    return std::nullopt;
}

document::Value distance(std::int64_t metres, UnitSystem units) { return shown(metres, units, kMetresPerMile); }
document::Value speed(std::int64_t metres_an_hour, UnitSystem units) {
    return shown(metres_an_hour, units, kMetresPerMile);
}
document::Value volume(std::int64_t millilitres, UnitSystem units) {
    return shown(millilitres, units, kMillilitresPerGallon);
}
document::Value pressure(std::int64_t pascals, UnitSystem units) { return shown(pascals, units, kPascalsPerPsi); }

document::Value temperature(std::int64_t hundredths, UnitSystem units) {
    if (units == UnitSystem::kMetric) return decimal(hundredths, kHundredths);
    // degrees * 9 / 5 + 32, in thousandths so that it stays exact.
    return decimal(hundredths * 18 + 32'000, 1000);
}

document::Value fraction(std::int64_t basis_points) { return decimal(basis_points, kWhole); }

std::optional<std::int64_t> parse_temperature(double degrees, UnitSystem units) {
    const double celsius = units == UnitSystem::kMetric ? degrees : (degrees - 32) * 5 / 9;
    if (!(std::abs(celsius) <= 1000)) return std::nullopt;
    return std::llround(celsius * static_cast<double>(kHundredths));
}

}  // namespace smartcar_sim::vehicle
