// Fleets made of few kinds.
#include <set>
#include <string>
#include <vector>

#include "vehicle/a_vehicle.h"
#include "vehicle/fleet.h"
#include "vehicle/vin.h"

namespace smartcar_sim::vehicle {
namespace {

std::vector<Vehicle> two_kinds() {
    Vehicle tesla = a_vehicle({{"tractionbattery-stateofcharge", 62}});
    tesla.fixture = "tesla";
    tesla.vin = "5YJ3E1EA7LF600042";
    Vehicle ford = a_vehicle({});
    ford.fixture = "ford";
    ford.id = "d0c0ffee-1003-4000-8000-000000000003";
    ford.vin = "1FTFW1E59MFA00021";
    return {tesla, ford};
}

TEST_CASE("a fleet counts on through its kinds, each car another one") {
    const std::vector<Vehicle> fleet = fleet_of(two_kinds(), 5);
    REQUIRE(fleet.size() == 5);
    CHECK(fleet[2].fixture == "tesla-2");
    CHECK(fleet[3].fixture == "ford-2");
    CHECK(fleet[4].fixture == "tesla-3");
    std::set<std::string> ids;
    std::set<std::string> vins;
    for (const Vehicle& vehicle : fleet) {
        CHECK(has_valid_check_digit(vehicle.vin));
        CHECK(is_vin(vehicle.vin));
        ids.insert(vehicle.id);
        vins.insert(vehicle.vin);
    }
    CHECK(ids.size() == 5);
    CHECK(vins.size() == 5);
    CHECK(fleet[4].vin == vin_of_twin(fleet[0].vin, 3));
}

// The twin whose ordinal was the serial number of the first of its kind had the same VIN.
TEST_CASE("no twin has the VIN of a car whose serial number is the twin's ordinal") {
    std::vector<Vehicle> kinds = two_kinds();
    kinds[0].vin = "7FCTGAAA0NN000042";
    std::set<std::string> vins;
    for (const Vehicle& vehicle : fleet_of(kinds, 120)) {
        CHECK(has_valid_check_digit(vehicle.vin));
        vins.insert(vehicle.vin);
    }
    CHECK(vins.size() == 120);
}

TEST_CASE("cars of a kind share their readings, and the same fleet has the same ids again") {
    const std::vector<Vehicle> fleet = fleet_of(two_kinds(), 4);
    CHECK(fleet[2].state.is_same_as(fleet[0].state));
    CHECK(fleet_of(two_kinds(), 4)[3].id == fleet[3].id);
}

TEST_CASE("a fleet smaller than its kinds is the first of them") {
    const std::vector<Vehicle> fleet = fleet_of(two_kinds(), 1);
    REQUIRE(fleet.size() == 1);
    CHECK(fleet[0].fixture == "tesla");
}

}  // namespace
}  // namespace smartcar_sim::vehicle
