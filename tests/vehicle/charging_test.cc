#include "vehicle/charging.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vehicle/measure.h"
#include "vehicle/told.h"

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
    CHECK(charge_limit(before) == kWhole);
    CHECK(charging_event(before, at(99)) == "CHARGING_STOPPED");
    CHECK(charging_event(before, at(100)) == "CHARGING_COMPLETED");
}

TEST_CASE("a charge limit without an active one does not limit") {
    const State state =
        a_state({{"charge-chargelimits", document::Object{{"values", document::Array{}}, {"activeLimit", nullptr}}}});
    CHECK(charge_limit(state) == kWhole);
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

    CHECK(with_consequences(before, start) == changes_of({{"charge-ischarging", true},
                                                          {"tractionbattery-stateofcharge", 42},
                                                          {"charge-detailedchargingstatus", "CHARGING"}}));

    SECTION("unless the change states it") {
        const Changes stated = changes_of({{"charge-ischarging", true}, {"charge-detailedchargingstatus", "FAULT"}});
        State after = before;
        after.apply(with_consequences(before, stated), kRecordedAt);
        CHECK(*after.text("charge-detailedchargingstatus") == "FAULT");
    }
    SECTION("unless the vehicle does not report it") {
        State after = charging(false, 42, 80);
        after.apply(with_consequences(after, start), kRecordedAt);
        CHECK_FALSE(after.has("charge-detailedchargingstatus"));
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

// --- how it moves ---------------------------------------------------------------------------------------

constexpr std::string_view kCharge = "tractionbattery-stateofcharge";
constexpr std::string_view kRange = "tractionbattery-range";

// 10 kW into 50 kWh: 1 percent in 3 minutes, a basis point in 1.8 seconds.
State at_ten_kilowatts(Given more = {}) {
    State state = a_state({{"charge-ischarging", true},
                           {"charge-ischargingcableconnected", true},
                           {"charge-wattage", 10'000},
                           {"tractionbattery-nominalcapacity", 50},
                           {"tractionbattery-stateofcharge", 40},
                           {"charge-chargelimits", 80}});
    state.apply(changes_of(more), kRecordedAt);
    return state;
}

// As the platform applies a change: on the present where it bears on charging, else on what was anchored.
State changed(const State& state, const Changes& changes, base::Instant now) {
    const State present = at(state, now);
    const Changes all = with_consequences(present, changes);
    State after = bears_on_charging(all) ? present : state;
    after.apply(all, now);
    return after;
}

constexpr base::Instant after_minutes(int minutes) { return kRecordedAt + std::chrono::minutes(minutes); }

TEST_CASE("the charge grows with the power, in a straight line, and stands at the limit") {
    struct Row {
        base::Milliseconds later;
        std::int64_t charge;  // basis points
    };
    const std::vector<Row> rows = {
        {base::Milliseconds(-1), 4000},        {base::Milliseconds(0), 4000},
        {base::Milliseconds(1'799), 4000},     {base::Milliseconds(1'800), 4001},
        {std::chrono::minutes(3), 4100},       {std::chrono::minutes(60), 6000},
        {base::Milliseconds(7'199'999), 7999}, {std::chrono::minutes(120), 8000},
        {std::chrono::minutes(121), 8000},     {std::chrono::hours(24 * 365 * 100), 8000},
    };
    for (const Row& row : rows) {
        CAPTURE(row.later.count());
        CHECK(at(at_ten_kilowatts(), kRecordedAt + row.later).steps(kCharge) == row.charge);
    }
}

TEST_CASE("nothing else is asked of a vehicle that charges than that it says so and how big its battery is") {
    // 7.2 kW, as it does not say its power: 14.4 percent of 50 kWh in an hour, up to 100 percent.
    const State state = a_state(
        {{"charge-ischarging", true}, {"tractionbattery-nominalcapacity", 50}, {"tractionbattery-stateofcharge", 40}});
    CHECK(at(state, after_minutes(60)).steps(kCharge) == 5440);
    CHECK(at(state, after_minutes(600)).steps(kCharge) == 10'000);
}

TEST_CASE("what makes a vehicle stand still leaves its readings as they were recorded") {
    const std::vector<std::pair<std::string, State>> rows = {
        {"not charging", at_ten_kilowatts({{"charge-ischarging", false}})},
        {"no power", at_ten_kilowatts({{"charge-wattage", 0}})},
        {"giving power back", at_ten_kilowatts({{"charge-wattage", -3000}})},
        {"no capacity", a_state({{"charge-ischarging", true}, {"tractionbattery-stateofcharge", 40}})},
        {"a capacity of null",
         at_ten_kilowatts({{"tractionbattery-nominalcapacity", document::Object{{"capacity", nullptr}}}})},
        {"no charge", a_state({{"charge-ischarging", true}, {"tractionbattery-nominalcapacity", 50}})},
    };
    for (const auto& [what, state] : rows) {
        CAPTURE(what);
        CHECK(at(state, after_minutes(60)).is_same_as(state));
        CHECK_FALSE(next_charging_step(state, kRecordedAt));
        CHECK_FALSE(is_charged(state, after_minutes(6000)));
    }
}

TEST_CASE("a vehicle that is charged beyond its limit keeps its charge") {
    const State state = at_ten_kilowatts({{kCharge, 90}});
    CHECK(at(state, after_minutes(60)).steps(kCharge) == 9000);
    CHECK(is_charged(state, kRecordedAt));
}

TEST_CASE("range, energy added and time to complete follow the charge") {
    const document::Object range{
        {"value", 200},
        {"type", "DEFAULT"},
        {"additionalValues", document::Array{document::Object{{"type", "ESTIMATED"}, {"value", 180.4}}}},
        {"unit", "km"}};
    const State state = at_ten_kilowatts({{kRange, range}, {"charge-energyadded", 1.5}, {"charge-timetocomplete", 0}});
    struct Row {
        base::Milliseconds later;
        std::int64_t metres;
        double estimated;      // km
        std::int64_t energy;   // Wh
        std::int64_t minutes;  // rounded up
    };
    const std::vector<Row> rows = {
        {std::chrono::minutes(3), 205'000, 184.91, 2'000, 117},
        {std::chrono::seconds(190), 205'250, 185.136, 2'025, 117},
        {std::chrono::minutes(60), 300'000, 270.6, 11'500, 60},
        {std::chrono::minutes(120), 400'000, 360.8, 21'500, 0},
        {std::chrono::minutes(180), 400'000, 360.8, 21'500, 0},
    };
    for (const Row& row : rows) {
        CAPTURE(row.later.count());
        const State present = at(state, kRecordedAt + row.later);
        CHECK(present.steps(kRange) == row.metres);
        CHECK(*present.structure(kRange)->find("additionalValues")->array()->front().find("value") ==
              document::Value(row.estimated));
        CHECK(present.steps("charge-energyadded") == row.energy);
        CHECK(present.steps("charge-timetocomplete") == row.minutes);
    }
    CHECK(moving_signals(state) == std::vector<std::string>{std::string(kCharge), std::string(kRange),
                                                            "charge-energyadded", "charge-timetocomplete"});
}

TEST_CASE("the signals that move are those that are reported, and were recorded when they are looked at") {
    const State state = at_ten_kilowatts();
    CHECK(moving_signals(state) == std::vector<std::string>{std::string(kCharge)});
    const State present = at(state, after_minutes(3));
    CHECK(present.size() == state.size());
    CHECK(present.find(kCharge)->oem_updated_at == after_minutes(3));
    CHECK(present.find("charge-wattage")->oem_updated_at == kRecordedAt);
}

// Batteries, powers and instants that have no common measure.
TEST_CASE("what a charging vehicle says depends on the instant alone, not on how often it is looked at") {
    std::mt19937 random(7);  // the same every time
    const auto up_to = [&](int most) { return std::uniform_int_distribution<int>(1, most)(random); };
    for (int round = 0; round < 50; ++round) {
        const State state = at_ten_kilowatts({{"charge-wattage", up_to(350'000)},
                                              {"tractionbattery-nominalcapacity", up_to(150)},
                                              {kCharge, up_to(80)},
                                              {kRange, up_to(600)},
                                              {"odometer-traveleddistance", 5}});
        const base::Instant end = kRecordedAt + std::chrono::seconds(up_to(7200));
        State watched = state;
        for (base::Instant now = kRecordedAt; now < end; now += base::Milliseconds(up_to(600'000))) {
            CHECK(at(watched, now).steps(kCharge) == at(state, now).steps(kCharge));
            watched = changed(watched, changes_of({{"motion-currentspeed", up_to(100)}}), now);
        }
        CHECK(at(watched, end).steps(kCharge) == at(state, end).steps(kCharge));
        CHECK(at(watched, end).steps(kRange) == at(state, end).steps(kRange));
    }
}

TEST_CASE("a vehicle that is settled often loses less than a basis point each time") {
    State settled = at_ten_kilowatts();
    for (int minute = 1; minute <= 60; ++minute) settled = at(settled, after_minutes(minute));
    CHECK(settled.steps(kCharge) <= 6000);
    CHECK(settled.steps(kCharge) > 6000 - 60);
}

TEST_CASE("the steps of charging are every whole percent and the limit") {
    const State state = at_ten_kilowatts({{kCharge, 76.5}, {"charge-chargelimits", 79.25}});
    std::vector<std::pair<base::Milliseconds, std::int64_t>> steps;
    base::Instant now = kRecordedAt;
    while (!is_charged(state, now)) {
        const auto next = next_charging_step(state, now);
        REQUIRE(next);
        REQUIRE(*next > now);
        now = *next;
        steps.emplace_back(now - kRecordedAt, *at(state, now).steps(kCharge));
    }
    CHECK(steps == std::vector<std::pair<base::Milliseconds, std::int64_t>>{{std::chrono::seconds(90), 7700},
                                                                            {std::chrono::seconds(270), 7800},
                                                                            {std::chrono::seconds(450), 7900},
                                                                            {std::chrono::seconds(495), 7925}});
}

TEST_CASE("a step is reached at its instant and not a millisecond before, whatever the numbers") {
    std::mt19937 random(11);
    const auto up_to = [&](int most) { return std::uniform_int_distribution<int>(1, most)(random); };
    for (int round = 0; round < 200; ++round) {
        const State state = at_ten_kilowatts({{"charge-wattage", up_to(10'000)},
                                              {"tractionbattery-nominalcapacity", up_to(150)},
                                              {kCharge, static_cast<double>(up_to(7999)) / 100}});
        const auto next = next_charging_step(state, kRecordedAt);
        REQUIRE(next);
        const std::int64_t reached = *at(state, *next).steps(kCharge);
        CAPTURE(reached);
        CHECK(reached % 100 == 0);
        CHECK(*at(state, *next - base::Milliseconds(1)).steps(kCharge) == reached - 1);
    }
}

// --- what changes make of it ------------------------------------------------------------------------------

TEST_CASE("power, limit and charge that change are counted from then on") {
    struct Row {
        std::string_view code;
        int value;
        std::int64_t half_an_hour_later;  // basis points; 50 percent when it changes
    };
    const std::vector<Row> rows = {
        {"charge-wattage", 20'000, 7000},
        {"charge-wattage", 5'000, 5500},
        {"charge-wattage", 0, 5000},
        {"charge-chargelimits", 55, 5500},
        {"charge-chargelimits", 45, 5000},
        {kCharge, 20, 3000},
        {kCharge, 75, 8000},
        {"tractionbattery-nominalcapacity", 100, 5500},
        {"charge-ischargingcableconnected", false, 5000},
        {"charge-ischarging", false, 5000},
        {"odometer-traveleddistance", 5, 6000},
    };
    for (const Row& row : rows) {
        CAPTURE(row.code, row.value);
        const bool is_flag = row.code.starts_with("charge-is");
        const document::Value value = is_flag ? document::Value(false) : document::Value(row.value);
        const State state = changed(at_ten_kilowatts(), changes_of({{row.code, value}}), after_minutes(30));
        CHECK(at(state, after_minutes(60)).steps(kCharge) == row.half_an_hour_later);
    }
}

TEST_CASE("a change that has nothing to do with charging leaves the charge anchored") {
    const State state = changed(at_ten_kilowatts(), changes_of({{"odometer-traveleddistance", 5}}),
                                kRecordedAt + base::Milliseconds(1'799));
    CHECK(state.find(kCharge)->oem_updated_at == kRecordedAt);
    CHECK(at(state, kRecordedAt + base::Milliseconds(1'800)).steps(kCharge) == 4001);
}

// The charge counted from when it was last recorded, so that an hour of standing was an hour of charging.
TEST_CASE("charging that begins counts from its beginning") {
    const State standing = at_ten_kilowatts({{"charge-ischarging", false}});
    const State state = changed(standing, changes_of({{"charge-ischarging", true}}), after_minutes(600));
    CHECK(at(state, after_minutes(600)).steps(kCharge) == 4000);
    CHECK(at(state, after_minutes(603)).steps(kCharge) == 4100);
}

// As above: power that came back counted for the time without it.
TEST_CASE("power that comes back counts from then on") {
    State state = changed(at_ten_kilowatts(), changes_of({{"charge-wattage", 0}}), after_minutes(3));
    state = changed(state, changes_of({{"charge-wattage", 10'000}}), after_minutes(600));
    CHECK(at(state, after_minutes(600)).steps(kCharge) == 4100);
    CHECK(at(state, after_minutes(603)).steps(kCharge) == 4200);
}

// All that with_consequences() minds.
State reporting_everything(Given more) {
    State state = a_state({{"charge-ischarging", false},
                           {"charge-ischargingcableconnected", false},
                           {"charge-wattage", 0},
                           {"charge-voltage", 0},
                           {"charge-amperage", 0},
                           {"charge-chargerate", 0},
                           {"charge-energyadded", 12},
                           {"charge-timetocomplete", 0},
                           {"charge-detailedchargingstatus", "NOT_CHARGING"},
                           {"tractionbattery-nominalcapacity", 60},
                           {kCharge, 50},
                           {kRange, 150}});
    state.apply(changes_of(more), kRecordedAt);
    return state;
}

TEST_CASE("what follows from a change to charging") {
    const State standing = reporting_everything({});
    State charging = changed(standing, changes_of({{"charge-ischarging", true}}), kRecordedAt);
    charging.apply(changes_of({{"charge-energyadded", 5}}), kRecordedAt);
    struct Row {
        std::string name;
        State before;
        Changes stated;
        Told entailed;
    };
    const std::vector<Row> rows = {
        // 7,200 W at 240 V are 30 A; 12 percent of 300 km in an hour are 36 km; 30 kWh are missing: 250 minutes.
        {"it begins",
         standing,
         changes_of({{"charge-ischarging", true}}),
         {{"charge-ischargingcableconnected", "true"},
          {"charge-wattage", "7200"},
          {"charge-voltage", "240"},
          {"charge-amperage", "30"},
          {"charge-chargerate", "36"},
          {"charge-energyadded", "0"},
          {"charge-timetocomplete", "250"},
          {"charge-detailedchargingstatus", R"("CHARGING")"},
          {std::string(kCharge), "50"}}},
        {"it begins with a power that is said",
         standing,
         changes_of({{"charge-ischarging", true}, {"charge-wattage", 120'000}, {"charge-voltage", 400}}),
         {{"charge-ischargingcableconnected", "true"},
          {"charge-amperage", "300"},
          {"charge-chargerate", "600"},
          {"charge-energyadded", "0"},
          {"charge-timetocomplete", "15"},
          {"charge-detailedchargingstatus", R"("CHARGING")"},
          {std::string(kCharge), "50"}}},
        {"its power changes",
         charging,
         changes_of({{"charge-wattage", 3'600}}),
         {{"charge-amperage", "15"},
          {"charge-chargerate", "18"},
          {"charge-timetocomplete", "500"},
          {std::string(kCharge), "50"}}},
        // The current and the pace of a power that was gone stayed.
        {"its power fails",
         charging,
         changes_of({{"charge-wattage", 0}}),
         {{"charge-amperage", "0"},
          {"charge-chargerate", "0"},
          {"charge-timetocomplete", "0"},
          {std::string(kCharge), "50"}}},
        {"it ends",
         charging,
         changes_of({{"charge-ischarging", false}}),
         {{"charge-wattage", "0"},
          {"charge-amperage", "0"},
          {"charge-chargerate", "0"},
          {"charge-timetocomplete", "0"},
          {"charge-detailedchargingstatus", R"("NOT_CHARGING")"}}},
        {"it ends at the limit",
         charging,
         changes_of({{"charge-ischarging", false}, {kCharge, 100}}),
         {{"charge-wattage", "0"},
          {"charge-amperage", "0"},
          {"charge-chargerate", "0"},
          {"charge-timetocomplete", "0"},
          {"charge-detailedchargingstatus", R"("FULLY_CHARGED")"}}},
        {"the cable is pulled",
         charging,
         changes_of({{"charge-ischargingcableconnected", false}}),
         {{"charge-ischarging", "false"},
          {"charge-wattage", "0"},
          {"charge-amperage", "0"},
          {"charge-chargerate", "0"},
          {"charge-timetocomplete", "0"},
          {"charge-detailedchargingstatus", R"("NOT_CHARGING")"}}},
        {"nothing about charging", charging, changes_of({{"odometer-traveleddistance", 5}}), {}},
        {"a full car is plugged in",
         reporting_everything({{kCharge, 100}}),
         changes_of({{"charge-ischargingcableconnected", true}}),
         {{"charge-detailedchargingstatus", R"("FULLY_CHARGED")"}}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.name);
        const auto stated = static_cast<std::ptrdiff_t>(row.stated.size());
        Changes all = with_consequences(row.before, row.stated);
        REQUIRE(all.size() >= row.stated.size());
        CHECK(Changes(all.begin(), all.begin() + stated) == row.stated);
        all.erase(all.begin(), all.begin() + stated);
        CHECK(told(all) == row.entailed);
    }
}

// The current was left at nothing, because it was computed with the pace of a charge that nobody can know.
TEST_CASE("the current follows from the power alone, without a capacity") {
    const State before =
        a_state({{"charge-ischarging", false}, {"charge-wattage", 0}, {"charge-voltage", 0}, {"charge-amperage", 0}});
    const State after = changed(before, changes_of({{"charge-ischarging", true}}), after_minutes(1));
    CHECK(after.steps("charge-amperage") == 30'000);
}

}  // namespace
}  // namespace smartcar_sim::vehicle
