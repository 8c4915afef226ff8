#include "vehicle/fleet.h"

#include <string>
#include <unordered_set>
#include <utility>

#include "base/ids.h"
#include "vehicle/vin.h"

namespace smartcar_sim::vehicle {

namespace {

// Its serial number is the ordinal, unless that VIN is another car's already.
std::string vin_of_another(const std::string& vin, std::size_t ordinal, std::unordered_set<std::string>& taken) {
    constexpr std::size_t kFarOn = 100'000;  // behind every ordinal of a fleet, so that no other twin is in the way
    std::string another = vin_of_twin(vin, ordinal);
    for (std::size_t serial = ordinal; !taken.insert(another).second;) another = vin_of_twin(vin, serial += kFarOn);
    return another;
}

}  // namespace

std::vector<Vehicle> fleet_of(std::vector<Vehicle> vehicles, std::size_t count) {
    const base::Ids ids(0);
    const std::size_t kinds = vehicles.size();
    vehicles.reserve(count);
    std::unordered_set<std::string> vins;
    for (const Vehicle& vehicle : vehicles) vins.insert(vehicle.vin);
    for (std::size_t i = kinds; i < count; ++i) {
        const std::size_t ordinal = i / kinds + 1;
        Vehicle twin = vehicles[i % kinds];
        twin.id = ids.uuid("fleet vehicle", twin.id, ordinal);
        twin.vin = vin_of_another(twin.vin, ordinal, vins);
        twin.fixture += '-' + std::to_string(ordinal);
        vehicles.push_back(std::move(twin));
    }
    if (count < kinds) vehicles.erase(vehicles.begin() + static_cast<std::ptrdiff_t>(count), vehicles.end());
    return vehicles;
}

}  // namespace smartcar_sim::vehicle
