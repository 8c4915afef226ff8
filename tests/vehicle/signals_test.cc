#include "vehicle/signals.h"

#include <chrono>
#include <string>
#include <vector>

#include "vehicle/a_vehicle.h"

namespace smartcar_sim::vehicle {
namespace {

constexpr base::Instant kNow = kRecordedAt + std::chrono::hours(1);

TEST_CASE("a signal that is there and granted carries its body and both times") {
    const std::vector<std::string> codes{"tractionbattery-stateofcharge"};
    const PermissionSet granted{"read_battery"};
    const auto readings = read_signals(a_vehicle({{codes.front(), 78}}), codes, granted, kNow);
    REQUIRE(readings.size() == 1);
    CHECK(readings[0].signal.code == "tractionbattery-stateofcharge");
    CHECK(readings[0].signal.name == "StateOfCharge");
    CHECK(readings[0].signal.group == "TractionBattery");
    CHECK(readings[0].body == document::Value(document::Object{{"value", 78}, {"unit", "percent"}}));
    CHECK(readings[0].oem_updated_at == kRecordedAt);
    CHECK(readings[0].retrieved_at == kNow);
    CHECK_FALSE(readings[0].failure);
}

TEST_CASE("what keeps a signal back is named, in the order asked for") {
    const Vehicle car = a_vehicle({{"tractionbattery-stateofcharge", 78}, {"closure-islocked", true}});
    const std::vector<std::string> codes{"closure-islocked", "charge-ischarging", "tractionbattery-stateofcharge"};
    const PermissionSet granted{"read_battery"};
    const auto readings = read_signals(car, codes, granted, kNow);
    REQUIRE(readings.size() == 3);
    REQUIRE(readings[0].failure);
    CHECK(readings[0].failure->type == "PERMISSION");
    CHECK_FALSE(readings[0].failure->code);
    REQUIRE(readings[1].failure);
    CHECK(readings[1].failure->type == "COMPATIBILITY");
    CHECK(readings[1].failure->code == "VEHICLE_NOT_CAPABLE");
    CHECK_FALSE(readings[2].failure);
}

TEST_CASE("a signal that no permission guards is granted to everybody") {
    const std::vector<std::string> codes{"charge-voltage"};
    CHECK_FALSE(read_signals(a_vehicle({{"charge-voltage", 223}}), codes, {}, kNow)[0].failure);
}

TEST_CASE("a static attribute has no times") {
    Vehicle car = a_vehicle({});
    car.vin = "5YJSA1CN5DFP00101";
    const std::vector<std::string> codes{"vehicleidentification-vin"};
    const auto readings = read_signals(car, codes, PermissionSet{"read_vin"}, kNow);
    CHECK(readings[0].body == document::Value(document::Object{{"value", "5YJSA1CN5DFP00101"}}));
    CHECK(readings[0].oem_updated_at == base::Instant{});
    CHECK(readings[0].retrieved_at == base::Instant{});
}

TEST_CASE("an attribute of the state has no times either, whenever it was stated") {
    const std::vector<std::string> codes{"wheel-style", "charge-voltage"};
    const auto readings =
        read_signals(a_vehicle({{"wheel-style", "Aero"}, {"charge-voltage", 223}}), codes, PermissionSet::all(), kNow);
    CHECK(readings[0].oem_updated_at == base::Instant{});
    CHECK(readings[0].retrieved_at == base::Instant{});
    CHECK(readings[1].oem_updated_at == kRecordedAt);
    CHECK(readings[1].retrieved_at == kNow);
}

TEST_CASE("the VIN is the vehicle's own, and a signal only where it can be read") {
    Vehicle car = a_vehicle({{"charge-voltage", 223}});
    const std::vector<std::string> codes{"vehicleidentification-vin"};
    CHECK(reported_signals(car) == std::vector<std::string>{"charge-voltage", codes.front()});
    car.permissions.remove("read_vin");
    CHECK(reported_signals(car) == std::vector<std::string>{"charge-voltage"});
    const auto readings = read_signals(car, codes, PermissionSet::all(), kNow);
    REQUIRE(readings[0].failure);
    CHECK(readings[0].failure->code == "VEHICLE_NOT_CAPABLE");
}

TEST_CASE("what the platform does not offer for the make is told apart from what the vehicle lacks") {
    Vehicle car = a_vehicle({{"tractionbattery-stateofcharge", 78}});
    car.unsupported = {"read_battery"};
    const std::vector<std::string> codes{"tractionbattery-stateofcharge"};
    const auto readings = read_signals(car, codes, PermissionSet::all(), kNow);
    REQUIRE(readings[0].failure);
    CHECK(readings[0].failure->type == "COMPATIBILITY");
    CHECK(readings[0].failure->code == "SMARTCAR_NOT_CAPABLE");
}

}  // namespace
}  // namespace smartcar_sim::vehicle
