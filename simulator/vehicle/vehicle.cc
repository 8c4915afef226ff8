#include "vehicle/vehicle.h"

#include <algorithm>
#include <array>
#include <utility>

namespace smartcar_sim::vehicle {
namespace {

template <class T>
using Named = std::pair<T, std::string_view>;

constexpr std::array<Named<Powertrain>, 4> kPowertrains{
    {{Powertrain::kBev, "BEV"}, {Powertrain::kPhev, "PHEV"}, {Powertrain::kHev, "HEV"}, {Powertrain::kIce, "ICE"}}};
constexpr std::array<Named<Region>, 3> kRegions{
    {{Region::kUs, "US"}, {Region::kCanada, "CA"}, {Region::kEurope, "EUROPE"}}};

template <class T, std::size_t kCount>
std::string_view name_in(const std::array<Named<T>, kCount>& table, T value) {
    return std::ranges::find(table, value, &Named<T>::first)->second;
}

template <class T, std::size_t kCount>
std::optional<T> value_in(const std::array<Named<T>, kCount>& table, std::string_view name) {
    const auto* const found = std::ranges::find(table, name, &Named<T>::second);
    return found == table.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace

std::string_view name_of(Powertrain powertrain) { return name_in(kPowertrains, powertrain); }
std::string_view name_of(Region region) { return name_in(kRegions, region); }

std::optional<Powertrain> parse_powertrain(std::string_view name) { return value_in(kPowertrains, name); }
std::optional<Region> parse_region(std::string_view name) { return value_in(kRegions, name); }

}  // namespace smartcar_sim::vehicle
