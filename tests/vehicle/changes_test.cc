#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "contract/signals.h"
#include "document/writer.h"
#include "vehicle/a_vehicle.h"

namespace smartcar_sim::vehicle {
namespace {

base::Result<Changes> parse_text(const std::string& text) {
    const auto root = document::parse(text, "state.json");
    REQUIRE(root.ok());
    return parse_changes(root.value(), {.name = "state.json", .text = text});
}

std::string body_text(const Change& change) { return document::write(body_of(*change.signal, change.datum)).value(); }

TEST_CASE("a scalar becomes the signal's value with its unit, an object is the body") {
    const auto changes = parse_text(R"({"tractionbattery-stateofcharge": 42, "charge-ischarging": true,
        "closure-fronttrunk": {"isOpen": true, "isLocked": null}})");
    REQUIRE(changes.ok());
    REQUIRE(changes.value().size() == 3);
    CHECK(changes.value()[0] == change_to("tractionbattery-stateofcharge", std::int64_t{4200}));
    CHECK(body_text(changes.value()[0]) == R"({"value":42,"unit":"percent"})");
    CHECK(changes.value()[1] == change_to("charge-ischarging", true));
    CHECK(body_text(changes.value()[1]) == R"({"value":true})");
    CHECK(changes.value()[2].signal == contract::find_signal("closure-fronttrunk"));
    CHECK(body_text(changes.value()[2]) == R"({"isOpen":true,"isLocked":null})");
}

TEST_CASE("a scalar given as its body is the scalar") {
    CHECK(change("odometer-traveleddistance", document::Object{{"value", 1.5}, {"unit", "km"}}).value() ==
          change_to("odometer-traveleddistance", std::int64_t{1500}));
    CHECK(change("charge-voltage", document::Object{{"value", 230}}).value() ==
          change_to("charge-voltage", std::int64_t{230'000}));
}

TEST_CASE("what is wrong with a state is said where it stands") {
    struct Row {
        std::string text, code, message;
        int line, column;
    };
    const std::vector<Row> rows = {
        {R"([])", "bad_signal_value", "state must be an object of signal codes, not an array", 1, 1},
        {R"({"charge-ischaring": true})", "unknown_signal",
         R"(unknown signal "charge-ischaring"; did you mean "charge-ischarging"?)", 1, 2},
        {R"({
  "charge-ischarging": "yes"})",
         "bad_signal_value", "charge-ischarging must be a boolean, not a string", 2, 24},
        {R"({"charge-voltage": null})", "bad_signal_value", "charge-voltage must be a number, not null", 1, 20},
        {R"({"tractionbattery-stateofcharge": 142})", "bad_signal_value",
         "tractionbattery-stateofcharge is in percent, from 0 to 100", 1, 35},
        {R"({"tractionbattery-stateofcharge": {"unit": "percent"}})", "bad_signal_value",
         "tractionbattery-stateofcharge is given as an object without \"value\"", 1, 35},
        {R"({"odometer-traveleddistance": {"value": 5, "unit": "mi"}})", "bad_signal_value",
         "odometer-traveleddistance is in km", 1, 31},
        {R"({"odometer-traveleddistance": {"value": 5, "of": 2}})", "bad_signal_value",
         R"(odometer-traveleddistance has no member "of")", 1, 31},
        {R"({"odometer-traveleddistance": -5})", "bad_signal_value", "odometer-traveleddistance cannot be less than 0",
         1, 31},
        {R"({"tractionbattery-range": 283.244544})", "bad_signal_value",
         "tractionbattery-range is kept in metres, and 283.244544 is finer than that or too large", 1, 27},
        {R"({"location-preciselocation": {"latitude": "north"}})", "bad_signal_value",
         R"(location-preciselocation must have a number as "latitude", not a string)", 1, 30},
        {R"({"wheel-tires": {"values": [{"tirePressure": 258.0001}]}})", "bad_signal_value",
         "wheel-tires is kept in pascals, and 258.0001 is finer than that or too large", 1, 17},
        // Another unit was passed on in 4.0 and ignored in v2.0, so that the two said different things.
        {R"({"tractionbattery-range": {"value": 180, "unit": "mi"}})", "bad_signal_value",
         "tractionbattery-range is in km", 1, 27},
        {R"({"wheel-tires": {"values": [], "unit": "bar"}})", "bad_signal_value", "wheel-tires is in kPa", 1, 17},
        {R"({"tractionbattery-range": {"value": 180, "unit": 1}})", "bad_signal_value",
         "tractionbattery-range is in km", 1, 27},
        // A number in quotes was a number in 4.0 and null in v2.0.
        {R"({"tractionbattery-range": {"value": "180"}})", "bad_signal_value",
         R"(tractionbattery-range must have a number as "value", not a string)", 1, 27},
        {R"({"charge-chargelimits": {"values": [], "activeLimit": true}})", "bad_signal_value",
         R"(charge-chargelimits must have a number as "activeLimit", not a boolean)", 1, 25},
        // A record's distance that is finer than a metre was shown in km whatever the unit system.
        {R"({"service-records": {"values": [{"odometer": 50000.12345}]}})", "bad_signal_value",
         "service-records is kept in metres, and 50000.12345 is finer than that or too large", 1, 21},
        {R"({"charge-chargerecords": {"values": [{"startStateOfCharge": 120}]}})", "bad_signal_value",
         "charge-chargerecords is in percent, from 0 to 100", 1, 26},
        {R"({"charge-chargerecords": {"values": [{"endStateOfCharge": "full"}]}})", "bad_signal_value",
         R"(charge-chargerecords must have a number as "endStateOfCharge", not a string)", 1, 26},
        {R"({"charge-chargelimits": {"values": [{"type": "GLOBAL", "limit": 80.001}]}})", "bad_signal_value",
         "charge-chargelimits is kept in basis points, and 80.001 is finer than that or too large", 1, 25},
        {R"({"vehicleidentification-vin": "5YJ3E1EA7LF600042"})", "bad_signal_value",
         "vehicleidentification-vin is the vehicle's VIN, which does not change", 1, 31},
        {R"({"closure-doors": 4})", "bad_signal_value", "closure-doors must be an object, not a number", 1, 19},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto changes = parse_text(row.text);
        REQUIRE_FALSE(changes.ok());
        CHECK(changes.error().code == row.code);
        CHECK(changes.error().message == row.message);
        CHECK(changes.error().place == base::Place{"state.json", row.line, row.column});
    }
}

TEST_CASE("the signals that go by one number can be given as one") {
    for (const std::string_view code :
         {"tractionbattery-range", "tractionbattery-nominalcapacity", "charge-chargelimits"}) {
        CAPTURE(code);
        CHECK(change(code, 80).ok());
    }
    CHECK_FALSE(change("charge-chargelimits", 180).ok());
}

// The number that a body was stated with stayed in it, so that stating what is said already counted as a change.
TEST_CASE("what says the same is the same, however it came to be said") {
    struct Row {
        std::string_view code;
        document::Value first, second;
        std::int64_t steps;  // of the second
    };
    const std::vector<Row> rows = {
        {"charge-chargelimits", 80, 70, 7'000},
        {"tractionbattery-range", 290, 280.5, 280'500},
        {"tractionbattery-nominalcapacity", 82, 77, 77'000},
    };
    for (const Row& row : rows) {
        CAPTURE(row.code);
        State state = a_state({{row.code, row.first}});
        Change moved{.signal = contract::find_signal(row.code), .datum = state.find(row.code)->datum};
        moved.datum.value = row.steps;
        CHECK(state.apply({moved}, kRecordedAt).size() == 1);
        CHECK(state.apply(changes_of({{row.code, row.second}}), kRecordedAt).empty());
        CHECK(body_text(moved) == body_text(change(row.code, row.second).value()));
    }
}

TEST_CASE("a value that no JSON text could carry is refused before it reaches a message") {
    const auto refused = change("charge-voltage", std::nan(""));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message == "charge-voltage holds something that JSON cannot carry unchanged");
}

}  // namespace
}  // namespace smartcar_sim::vehicle
