#include "routes/v3_test_vehicle.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "vehicle/state.h"

namespace smartcar_sim::routes {
namespace {

using vehicle::change_to;

// Numbers in the steps of their measures: metres, basis points, watts.
vehicle::Changes readings() {
    return {change_to("charge-detailedchargingstatus", std::string("NOT_CHARGING")),
            change_to("charge-ischarging", false),
            change_to("charge-ischargingcableconnected", false),
            change_to("charge-wattage", std::int64_t{0}),
            change_to("closure-islocked", true),
            change_to("connectivitystatus-isonline", true),
            change_to("odometer-traveleddistance", std::int64_t{115'071'500}),
            change_to("tractionbattery-stateofcharge", std::int64_t{7'300})};
}

vehicle::Vehicle make() {
    vehicle::Vehicle vehicle;
    vehicle.id = kTestVehicleId;
    vehicle.vin = "5YJYGDEE1MF000042";
    vehicle.make = "TESLA";
    vehicle.model = "Model Y";
    vehicle.year = 2021;
    vehicle.permissions = vehicle::PermissionSet::all();
    vehicle.state.apply(readings(), {});
    return vehicle;
}

}  // namespace

platform::Sight test_vehicle(base::Instant now) {
    auto vehicle = std::make_shared<vehicle::Vehicle>(make());
    vehicle->state.touch(now);
    return {.vehicle = std::move(vehicle), .granted = vehicle::PermissionSet::all(), .seen_at = now};
}

}  // namespace smartcar_sim::routes
