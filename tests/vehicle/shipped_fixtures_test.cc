// The fixtures we ship, as files.
#include <map>
#include <set>

#include "source_folder.h"
#include "vehicle/a_vehicle.h"
#include "vehicle/api_v2.h"

namespace smartcar_sim::vehicle {
namespace {

const std::vector<std::string> kNames{"chevrolet-volt-2018", "ford-f-150-2021",    "kia-ev6-2022",
                                      "simulated-bev-2023",  "tesla-model-3-2020", "volkswagen-id-4-2021"};

Vehicle shipped(const std::string& name) {
    const auto file = document::read_file(source_folder() + "/fixtures/vehicles/" + name + ".json");
    REQUIRE(file.ok());
    const auto vehicle = load(file.value());
    if (!vehicle.ok()) FAIL(document::explain_error(vehicle.error(), file.value().text));
    return vehicle.value();
}

TEST_CASE("every shipped fixture loads, under its own id and VIN") {
    std::set<std::string> ids, vins;
    for (const std::string& name : kNames) {
        const Vehicle vehicle = shipped(name);
        CHECK(vehicle.fixture == name);
        ids.insert(vehicle.id);
        vins.insert(vehicle.vin);
    }
    CHECK(ids.size() == kNames.size());
    CHECK(vins.size() == kNames.size());
}

TEST_CASE("the electric fixtures serve battery and charge, the one with an engine alone neither") {
    for (const std::string& name : kNames) {
        CAPTURE(name);
        const Vehicle vehicle = shipped(name);
        const bool electric = vehicle.powertrain != Powertrain::kIce;
        CHECK(battery(vehicle, UnitSystem::kMetric).has_value() == electric);
        CHECK(charge(vehicle, UnitSystem::kMetric).has_value() == electric);
    }
}

TEST_CASE("the fleet covers both modes, both regions and three powertrains") {
    CHECK(shipped("simulated-bev-2023").mode == contract::Mode::kSimulated);
    CHECK(shipped("tesla-model-3-2020").mode == contract::Mode::kLive);
    CHECK(shipped("tesla-model-3-2020").region == Region::kUs);
    CHECK(shipped("kia-ev6-2022").region == Region::kEurope);
    CHECK(shipped("chevrolet-volt-2018").powertrain == Powertrain::kPhev);
    CHECK(shipped("ford-f-150-2021").powertrain == Powertrain::kIce);
}

TEST_CASE("a fixture's VIN is a signal when it may be read") {
    const Vehicle tesla = shipped("tesla-model-3-2020");
    CHECK(tesla.state.find("vehicleidentification-vin")->body.find("value")->string() != nullptr);
    CHECK_FALSE(shipped("simulated-bev-2023").state.find("vehicleidentification-vin") == nullptr);
}

}  // namespace
}  // namespace smartcar_sim::vehicle
