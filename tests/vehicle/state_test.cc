#include "vehicle/state.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "contract/signals.h"
#include "vehicle/told.h"

namespace smartcar_sim::vehicle {
namespace {

constexpr base::Instant kLater = kRecordedAt + std::chrono::minutes(1);

TEST_CASE("a signal is found by its code, as what it is") {
    const State state = a_state({{"tractionbattery-stateofcharge", 42.5},
                                 {"charge-ischarging", false},
                                 {"transmission-gearstate", "PARK"},
                                 {"closure-sunroof", document::Object{{"isOpen", true}}}});
    CHECK(state.steps("tractionbattery-stateofcharge") == 4250);
    CHECK(state.flag("charge-ischarging") == false);
    CHECK(*state.text("transmission-gearstate") == "PARK");
    CHECK(text_of(*state.structure("closure-sunroof")) == R"({"isOpen":true})");
    CHECK(state.size() == 4);
}

TEST_CASE("a signal that is not there, or is something else, is nothing") {
    const State state = a_state({{"tractionbattery-stateofcharge", 42.5}});
    for (const std::string_view code : {"charge-ischarging", "no-such-signal", ""}) {
        CAPTURE(code);
        CHECK_FALSE(state.has(code));
        CHECK(state.steps(code) == std::nullopt);
        CHECK(state.flag(code) == std::nullopt);
        CHECK(state.text(code) == nullptr);
        CHECK(state.structure(code) == nullptr);
    }
    CHECK(state.flag("tractionbattery-stateofcharge") == std::nullopt);
    CHECK(state.text("tractionbattery-stateofcharge") == nullptr);
    CHECK(state.structure("tractionbattery-stateofcharge") == nullptr);
    CHECK(State().find("charge-voltage") == nullptr);
}

TEST_CASE("entries stand in the order of their codes, however they came") {
    const State state = a_state({{"wheel-style", "Aero"}, {"charge-voltage", 1}, {"motion-currentspeed", 2}});
    std::vector<std::string_view> codes;
    for (const auto& [signal, reading] : state) codes.push_back(signal->code);
    CHECK(codes == std::vector<std::string_view>{"charge-voltage", "motion-currentspeed", "wheel-style"});
}

TEST_CASE("copies share what they hold until one of them changes") {
    const State first = a_state({{"charge-voltage", 1}});
    State second = first;
    CHECK(second.is_same_as(first));
    second.apply({}, kLater);
    CHECK(second.is_same_as(first));
    second.apply(changes_of({{"charge-voltage", 2}}), kLater);
    CHECK_FALSE(second.is_same_as(first));
    CHECK(first.steps("charge-voltage") == 1000);
    CHECK(first.find("charge-voltage")->oem_updated_at == kRecordedAt);
    CHECK(second.steps("charge-voltage") == 2000);
    CHECK_FALSE(first == second);
}

TEST_CASE("what was read at another time is another state") {
    State later = a_state({{"charge-voltage", 1}});
    const State first = later;
    later.touch(kLater);
    CHECK(later.find("charge-voltage")->oem_updated_at == kLater);
    CHECK(first.find("charge-voltage")->oem_updated_at == kRecordedAt);
    CHECK_FALSE(first == later);
}

TEST_CASE("states are equal by what their structures say, not by where they keep it") {
    const document::Value body = document::Object{{"isOpen", true}};
    CHECK(a_state({{"closure-sunroof", body}}) == a_state({{"closure-sunroof", body}}));
    CHECK_FALSE(a_state({{"closure-sunroof", body}}) ==
                a_state({{"closure-sunroof", document::Object{{"isOpen", false}}}}));
}

TEST_CASE("a new signal is a change, and so is another value, in the order they came") {
    State state = a_state({{"charge-voltage", 1}, {"charge-wattage", 5}});
    CHECK(state.apply(changes_of({{"wheel-style", "Aero"}, {"charge-wattage", 5}, {"charge-voltage", 2}}), kLater) ==
          std::vector<std::string>{"wheel-style", "charge-voltage"});
}

TEST_CASE("a body has its number in its place and the unit of live vehicles") {
    const auto body = [](std::string_view code, const document::Value& given) {
        const Change one = change(code, given).value();
        return text_of(body_of(*one.signal, one.datum));
    };
    CHECK(body("tractionbattery-range", 283.2) == R"({"value":283.2,"additionalValues":[],"unit":"km"})");
    CHECK(body("tractionbattery-nominalcapacity", 82) ==
          R"({"capacity":82,"source":"SMARTCAR","availableCapacities":[],"unit":"kWh"})");
    CHECK(body("charge-chargelimits", 80) == R"({"values":[],"activeLimit":80,"unit":"percent"})");
    CHECK(body("charge-chargelimits", document::Object{{"activeLimit", nullptr}}) == R"({"activeLimit":null})");
    CHECK(body("charge-amperage", 13.25) == R"({"value":13.25,"unit":"ampere"})");
    CHECK(body("charge-timetocomplete", 95) == R"({"value":95})");
}

}  // namespace
}  // namespace smartcar_sim::vehicle
