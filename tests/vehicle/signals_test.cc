#include "vehicle/signals.h"

#include "vehicle/a_vehicle.h"

namespace smartcar_sim::vehicle {
namespace {

constexpr base::Instant kNow = kRecordedAt + std::chrono::hours(1);

TEST_CASE("a signal that is there and granted carries its body and both times") {
    const std::vector<std::string> codes{"tractionbattery-stateofcharge"};
    const std::vector<std::string> granted{"read_battery"};
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
    const std::vector<std::string> granted{"read_battery"};
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
    const std::vector<std::string> codes{"vehicleidentification-vin"};
    const std::vector<std::string> granted{"read_vin"};
    const auto readings = read_signals(a_vehicle({{codes.front(), "5YJSA1CN5DFP00101"}}), codes, granted, kNow);
    CHECK(readings[0].oem_updated_at == base::Instant{});
    CHECK(readings[0].retrieved_at == base::Instant{});
}

}  // namespace
}  // namespace smartcar_sim::vehicle
