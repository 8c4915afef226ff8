#include "vehicle/fleet.h"

#include <string>
#include <utility>

#include "base/ids.h"
#include "vehicle/vin.h"

namespace smartcar_sim::vehicle {

std::vector<Vehicle> fleet_of(std::vector<Vehicle> vehicles, std::size_t count) {
    const base::Ids ids(0);
    const std::size_t kinds = vehicles.size();
    vehicles.reserve(count);
    for (std::size_t i = kinds; i < count; ++i) {
        const std::size_t ordinal = i / kinds + 1;
        Vehicle twin = vehicles[i % kinds];
        twin.id = ids.uuid("fleet vehicle", twin.id, ordinal);
        twin.vin = vin_of_twin(std::move(twin.vin), ordinal);
        twin.fixture += '-' + std::to_string(ordinal);
        vehicles.push_back(std::move(twin));
    }
    if (count < kinds) vehicles.erase(vehicles.begin() + static_cast<std::ptrdiff_t>(count), vehicles.end());
    return vehicles;
}

}  // namespace smartcar_sim::vehicle
