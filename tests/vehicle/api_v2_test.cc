#include "vehicle/api_v2.h"

#include "document/writer.h"
#include "vehicle/a_vehicle.h"

namespace smartcar_sim::vehicle {
namespace {

std::string json_of(const std::optional<View>& view) {
    REQUIRE(view);
    const auto text = document::write(view->body);
    REQUIRE(text.ok());
    return text.value();
}

TEST_CASE("attributes are id, make, model and year") {
    CHECK(attributes_json(a_vehicle({})) ==
          R"({"id":"36ab27d0-fd9d-4455-823a-ce30af709ffc","make":"TESLA","model":"Model S","year":2014})");
}

TEST_CASE("battery shows percent as a fraction and the range in the unit system asked for") {
    const Vehicle car = a_vehicle({{"tractionbattery-stateofcharge", 78}, {"tractionbattery-range", 283.244544}});
    CHECK(json_of(battery(car, UnitSystem::kMetric)) == R"({"percentRemaining":0.78,"range":283.244544})");
    CHECK(json_of(battery(car, UnitSystem::kImperial)) == R"({"percentRemaining":0.78,"range":176})");
    CHECK(battery(car, UnitSystem::kMetric)->has_units);
    CHECK(battery(car, UnitSystem::kMetric)->recorded_at == kRecordedAt);
}

TEST_CASE("no binary fraction shows in a percentage") {
    for (int percent = 0; percent <= 100; ++percent) {
        const std::string text = json_of(battery(a_vehicle({{"tractionbattery-stateofcharge", percent}}), {}));
        CAPTURE(text);
        CHECK(text.size() <= std::string(R"({"percentRemaining":0.99,"range":null})").size());
    }
}

TEST_CASE("the range is null when the vehicle does not report it") {
    CHECK(json_of(battery(a_vehicle({{"tractionbattery-stateofcharge", 100}}), UnitSystem::kMetric)) ==
          R"({"percentRemaining":1,"range":null})");
}

TEST_CASE("charge derives its state and carries no unit system") {
    struct Row {
        bool plugged, charging;
        double percent;
        std::string body;
    };
    const std::vector<Row> rows = {
        {true, true, 50, R"({"isPluggedIn":true,"state":"CHARGING"})"},
        {true, false, 80, R"({"isPluggedIn":true,"state":"FULLY_CHARGED"})"},
        {true, false, 79, R"({"isPluggedIn":true,"state":"NOT_CHARGING"})"},
        {false, false, 80, R"({"isPluggedIn":false,"state":"NOT_CHARGING"})"},
    };
    for (const Row& row : rows) {
        const auto view = charge(a_vehicle({{"charge-ischargingcableconnected", row.plugged},
                                            {"charge-ischarging", row.charging},
                                            {"charge-chargelimits", 80},
                                            {"tractionbattery-stateofcharge", row.percent}}),
                                 UnitSystem::kMetric);
        CHECK(json_of(view) == row.body);
        CHECK_FALSE(view->has_units);
    }
}

TEST_CASE("a vehicle without the signal, or without the permission, is not capable") {
    Vehicle car = a_vehicle({{"tractionbattery-stateofcharge", 50}, {"charge-ischargingcableconnected", true}});
    CHECK(battery(car, UnitSystem::kMetric));
    CHECK(charge(car, UnitSystem::kMetric));
    car.permissions = {"read_vehicle_info"};
    CHECK_FALSE(battery(car, UnitSystem::kMetric));
    CHECK_FALSE(charge(car, UnitSystem::kMetric));
    CHECK_FALSE(battery(a_vehicle({}), UnitSystem::kMetric));
    CHECK_FALSE(charge(a_vehicle({}), UnitSystem::kMetric));
}

TEST_CASE("unit systems are spelled in lower case") {
    CHECK(parse_unit_system("imperial") == UnitSystem::kImperial);
    CHECK(parse_unit_system("Metric") == std::nullopt);
    CHECK(name_of(UnitSystem::kMetric) == "metric");
}

TEST_CASE("endpoints are found by their path") {
    CHECK(find_endpoint("/battery")->permission == "read_battery");
    CHECK(find_endpoint("/charge")->permission == "read_charge");
    CHECK(find_endpoint("/nowhere") == nullptr);
}

}  // namespace
}  // namespace smartcar_sim::vehicle
