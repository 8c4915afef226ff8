#include <cmath>

#include "vehicle/a_vehicle.h"

namespace smartcar_sim::vehicle {
namespace {

base::Result<Changes> parse_text(const std::string& text) {
    const auto root = document::parse(text, "state.json");
    REQUIRE(root.ok());
    return parse_changes(root.value(), {.name = "state.json", .text = text});
}

TEST_CASE("a scalar becomes the signal's value with its unit, an object is the body") {
    const auto changes = parse_text(R"({"tractionbattery-stateofcharge": 42, "charge-ischarging": true,
        "closure-fronttrunk": {"isOpen": true, "isLocked": null}})");
    REQUIRE(changes.ok());
    CHECK(changes.value() ==
          Changes{{"tractionbattery-stateofcharge", document::Object{{"value", 42}, {"unit", "percent"}}},
                  {"charge-ischarging", document::Object{{"value", true}}},
                  {"closure-fronttrunk", document::Object{{"isOpen", true}, {"isLocked", nullptr}}}});
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

TEST_CASE("a value that no JSON text could carry is refused before it reaches a message") {
    const auto refused = change("charge-voltage", std::nan(""));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message == "charge-voltage holds something that JSON cannot carry unchanged");
}

}  // namespace
}  // namespace smartcar_sim::vehicle
