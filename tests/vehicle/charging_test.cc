#include "vehicle/charging.h"

#include "vehicle/a_vehicle.h"

namespace smartcar_sim::vehicle {
namespace {

State charging(bool is_charging, double percent, double limit) {
    return a_state({{"charge-ischarging", is_charging},
                    {"charge-ischargingcableconnected", true},
                    {"tractionbattery-stateofcharge", percent},
                    {"charge-chargelimits", limit}});
}

TEST_CASE("charging that begins, ends at the limit or ends before it is one event each") {
    struct Row {
        State before, after;
        std::optional<std::string_view> event;
    };
    const std::vector<Row> rows = {
        {charging(false, 42, 80), charging(true, 42, 80), "CHARGING_STARTED"},
        {charging(true, 79, 80), charging(false, 80, 80), "CHARGING_COMPLETED"},
        {charging(true, 79, 80), charging(false, 81, 80), "CHARGING_COMPLETED"},
        {charging(true, 42, 80), charging(false, 79.5, 80), "CHARGING_STOPPED"},
        {charging(true, 42, 80), charging(true, 80, 80), std::nullopt},
        {charging(false, 42, 80), charging(false, 80, 80), std::nullopt},
        {State(), charging(true, 42, 80), "CHARGING_STARTED"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.event.value_or("nothing"));
        CHECK(charging_event(row.before, row.after) == row.event);
    }
}

TEST_CASE("a vehicle that reports no charge limit charges to 100 percent") {
    const auto at = [](double percent) {
        return a_state({{"charge-ischarging", false}, {"tractionbattery-stateofcharge", percent}});
    };
    const State before = a_state({{"charge-ischarging", true}});
    CHECK(charge_limit(before) == 100);
    CHECK(charging_event(before, at(99)) == "CHARGING_STOPPED");
    CHECK(charging_event(before, at(100)) == "CHARGING_COMPLETED");
}

TEST_CASE("a charge limit without an active one does not limit") {
    const State state =
        a_state({{"charge-chargelimits", document::Object{{"values", document::Array{}}, {"activeLimit", nullptr}}}});
    CHECK(charge_limit(state) == 100);
}

TEST_CASE("the charging status tells charging from full from neither") {
    CHECK(charging_status(charging(true, 80, 80)) == "CHARGING");
    CHECK(charging_status(charging(false, 80, 80)) == "FULLY_CHARGED");
    CHECK(charging_status(charging(false, 79, 80)) == "NOT_CHARGING");
    CHECK(charging_status(a_state(
              {{"charge-ischargingcableconnected", false}, {"tractionbattery-stateofcharge", 100}})) == "NOT_CHARGING");
}

TEST_CASE("the detailed status follows what charging does") {
    State before = charging(false, 42, 80);
    before.apply(changes_of({{"charge-detailedchargingstatus", "NOT_CHARGING"}}), kRecordedAt);
    const Changes start = changes_of({{"charge-ischarging", true}});

    CHECK(with_consequences(before, start) ==
          changes_of({{"charge-ischarging", true}, {"charge-detailedchargingstatus", "CHARGING"}}));

    SECTION("unless the change states it") {
        const Changes stated = changes_of({{"charge-ischarging", true}, {"charge-detailedchargingstatus", "FAULT"}});
        CHECK(with_consequences(before, stated) == stated);
    }
    SECTION("unless the vehicle does not report it") {
        CHECK(with_consequences(charging(false, 42, 80), start) == start);
    }
    SECTION("and stays when nothing about it changes") {
        const Changes unrelated = changes_of({{"odometer-traveleddistance", 5}});
        CHECK(with_consequences(before, unrelated) == unrelated);
    }
}

TEST_CASE("applying changes names the signals whose body is another now") {
    State state = charging(false, 42.0, 80);
    const base::Instant later = kRecordedAt + std::chrono::minutes(1);
    CHECK(state.apply(changes_of({{"charge-ischarging", true}, {"tractionbattery-stateofcharge", 42}}), later) ==
          std::vector<std::string>{"charge-ischarging"});
    CHECK(state.flag("charge-ischarging") == true);
    // Reported again, with the same value: newer all the same.
    CHECK(state.find("tractionbattery-stateofcharge")->oem_updated_at == later);
    CHECK(state.find("charge-ischargingcableconnected")->oem_updated_at == kRecordedAt);
}

}  // namespace
}  // namespace smartcar_sim::vehicle
