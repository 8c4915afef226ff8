#include "receiver/ledger.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "contract/message.h"
#include "contract/signals.h"
#include "document/json.h"

namespace smartcar_sim::receiver {
namespace {

using contract::Dialect;
using document::Value;

constexpr base::Instant kNoon = base::Instant(std::chrono::seconds(1'767'268'800));  // 2026-01-01T12:00:00Z

Value parsed(const std::string& json) {
    const auto value = document::parse(json);
    INFO(json);
    REQUIRE(value.ok());
    return value.value();
}

Value event_2_0(std::string_view id, std::string_view type, int minute, std::string_view vehicle = "v") {
    const contract::Envelope envelope{.webhook_id = "w", .webhook_name = "W"};
    return parsed(contract::event_based(envelope, id, vehicle, type, kNoon + std::chrono::minutes(minute))
                      .render({.delivery_id = "d", .delivered_at = kNoon}));
}

contract::SignalReading reading(std::string_view code, const Value& state, base::Instant at) {
    const contract::Signal* signal = contract::find_signal(code);
    return {.signal = {std::string(signal->code), std::string(signal->name), std::string(signal->group)},
            .body = contract::signal_body(*signal, state),
            .oem_updated_at = at,
            .retrieved_at = at,
            .failure = std::nullopt};
}

struct State {
    std::string id, delivery = "d";
    bool charging = false;
    int charge = 0;
    int minute = 0;
    enum class Trigger { kCharging, kCharge } trigger = Trigger::kCharging;
};

Value event_4_0(const State& state, Dialect dialect = Dialect::kWire) {
    const base::Instant at = kNoon + std::chrono::minutes(state.minute);
    const contract::Envelope envelope{.webhook_id = "w", .webhook_name = "W", .dialect = dialect};
    const std::vector<contract::SignalReading> signals{
        reading("charge-ischarging", Value(state.charging), at),
        reading("tractionbattery-stateofcharge", Value(state.charge), at - std::chrono::minutes(1)),
        reading("vehicleidentification-vin", Value("5YJ3E1EA1KF000316"), base::Instant())};
    const auto& changed = signals[state.trigger == State::Trigger::kCharging ? 0 : 1].signal;
    return parsed(contract::vehicle_state(envelope, state.id,
                                          {.id = "v", .user_id = "u", .make = "TESLA", .model = "M", .year = 2020},
                                          signals, {.first_delivery = false, .changed = {changed}})
                      .render({.delivery_id = state.delivery, .delivered_at = at}));
}

std::string shown(int sessions, std::string_view charging, std::string_view charge, std::string_view as_of) {
    return R"({"vehicleId":"v","sessions":)" + std::to_string(sessions) + R"(,"charging":)" + std::string(charging) +
           R"(,"stateOfCharge":)" + std::string(charge) + R"(,"asOf":)" +
           (as_of == "null" ? "null" : "\"2026-01-01T" + std::string(as_of) + ":00.000Z\"") + "}";
}

}  // namespace

TEST_CASE("of a vehicle that is not known nothing is shown but its id") {
    const Ledger ledger;
    CHECK(ledger.shown("v") == shown(0, "null", "null", "null"));
    CHECK(ledger.shown("a \"b\"\n") ==
          R"({"vehicleId":"a \"b\"\n","sessions":0,"charging":null,"stateOfCharge":null,"asOf":null})");
}

TEST_CASE("events of 2.0 tell whether a vehicle charges and since when") {
    Ledger ledger;
    CHECK(ledger.apply(event_2_0("a", "CHARGING_STARTED", 0), Effects::kOnceInOrder));
    CHECK(ledger.shown("v") == shown(1, "true", "null", "12:00"));
    CHECK(ledger.apply(event_2_0("b", "CHARGING_COMPLETED", 1), Effects::kOnceInOrder));
    CHECK(ledger.shown("v") == shown(1, "false", "null", "12:01"));
    CHECK(ledger.apply(event_2_0("c", "CHARGING_STARTED", 2), Effects::kOnceInOrder));
    CHECK(ledger.apply(event_2_0("d", "CHARGING_STOPPED", 3), Effects::kOnceInOrder));
    CHECK(ledger.shown("v") == shown(2, "false", "null", "12:03"));
    CHECK(ledger.apply(event_2_0("e", "TRUNK_OPENED", 4), Effects::kOnceInOrder));
    CHECK(ledger.shown("v") == shown(2, "false", "null", "12:04"));
    CHECK(ledger.shown("w") != ledger.shown("v"));
}

TEST_CASE("events of 4.0 tell the same in both dialects, and the charge") {
    for (const Dialect dialect : {Dialect::kWire, Dialect::kDoc}) {
        CAPTURE(dialect == Dialect::kDoc);
        Ledger ledger;
        CHECK(ledger.apply(event_4_0({.id = "a", .charging = true, .charge = 40}, dialect), Effects::kOnceInOrder));
        CHECK(ledger.shown("v") == shown(1, "true", "40", "12:00"));
        // Charging goes on: that is no session more.
        CHECK(ledger.apply(
            event_4_0({.id = "b", .charging = true, .charge = 41, .minute = 5, .trigger = State::Trigger::kCharge},
                      dialect),
            Effects::kOnceInOrder));
        CHECK(ledger.shown("v") == shown(1, "true", "41", "12:05"));
        CHECK(ledger.apply(event_4_0({.id = "c", .charge = 42, .minute = 6}, dialect), Effects::kOnceInOrder));
        CHECK(ledger.shown("v") == shown(1, "false", "42", "12:06"));
    }
}

TEST_CASE("duplicates and order take effect as each kind of receiver has it") {
    struct Row {
        Effects effects;
        std::string same, redelivered, older, newer;
    };
    // After a start at 12:02: the same bytes again, the same event in another delivery, a stop of 12:00, a stop of
    // 12:04.
    const Row rows[] = {
        {Effects::kOnceInOrder, shown(1, "true", "40", "12:02"), shown(1, "true", "40", "12:02"),
         shown(1, "true", "40", "12:02"), shown(1, "false", "44", "12:04")},
        {Effects::kEachTime, shown(2, "true", "40", "12:02"), shown(3, "true", "40", "12:02"),
         shown(3, "true", "40", "12:02"), shown(3, "false", "44", "12:04")},
        {Effects::kOncePerDelivery, shown(1, "true", "40", "12:02"), shown(2, "true", "40", "12:02"),
         shown(2, "true", "40", "12:02"), shown(2, "false", "44", "12:04")},
        {Effects::kLastTold, shown(1, "true", "40", "12:02"), shown(1, "true", "40", "12:02"),
         shown(1, "false", "41", "12:00"), shown(1, "false", "44", "12:04")},
        {Effects::kFirstAlone, shown(1, "true", "40", "12:02"), shown(1, "true", "40", "12:02"),
         shown(1, "true", "40", "12:02"), shown(1, "true", "40", "12:02")},
    };
    for (const Row& row : rows) {
        CAPTURE(static_cast<int>(row.effects));
        Ledger ledger;
        CHECK(ledger.apply(event_4_0({.id = "a", .charging = true, .charge = 40, .minute = 2}), row.effects));
        CHECK(ledger.shown("v") == shown(1, "true", "40", "12:02"));
        CHECK_FALSE(ledger.apply(event_4_0({.id = "a", .charging = true, .charge = 40, .minute = 2}), row.effects));
        CHECK(ledger.shown("v") == row.same);
        const bool is_new = ledger.apply(
            event_4_0({.id = "a", .delivery = "d2", .charging = true, .charge = 40, .minute = 2}), row.effects);
        CHECK(is_new == (row.effects == Effects::kOncePerDelivery));
        CHECK(ledger.shown("v") == row.redelivered);
        CHECK(ledger.apply(event_4_0({.id = "b", .delivery = "d3", .charge = 41}), row.effects));
        CHECK(ledger.shown("v") == row.older);
        CHECK(ledger.apply(event_4_0({.id = "c", .delivery = "d4", .charge = 44, .minute = 4}), row.effects));
        CHECK(ledger.shown("v") == row.newer);
    }
}

TEST_CASE("without a delivery id, as in 2.0, whoever goes by it goes by the event's") {
    Ledger ledger;
    CHECK(ledger.apply(event_2_0("a", "CHARGING_STARTED", 0), Effects::kOncePerDelivery));
    CHECK_FALSE(ledger.apply(event_2_0("a", "CHARGING_STARTED", 0), Effects::kOncePerDelivery));
    CHECK(ledger.shown("v") == shown(1, "true", "null", "12:00"));
}

TEST_CASE("what is about no vehicle or tells nothing changes nothing") {
    Ledger ledger;
    for (const std::string json :
         {"null", "[]", "{}", R"({"eventId":"a","eventType":"VEHICLE_STATE","data":{}})",
          R"({"eventName":"verify","payload":{"challenge":"challenge_0"}})", R"({"data":{"vehicle":{"id":7}}})"}) {
        INFO(json);
        CHECK_FALSE(ledger.apply(parsed(json), Effects::kOnceInOrder));
    }
    for (
        const std::string json :
        {R"({"eventId":"a","eventType":"VEHICLE_ERROR","data":{"vehicle":{"id":"v"},"errors":[]}})",
         R"({"eventId":"b","data":{"vehicle":{"id":"v"},"signals":["x",{"code":5},{"code":"charge-ischarging"}]}})",
         R"({"eventId":"c","data":{"vehicle":{"id":"v"},"signals":[{"code":"charge-ischarging","body":{"value":1}}]}})",
         R"({"eventId":"d","eventName":"eventBased","payload":{"vehicleId":"v","eventType":"X","eventTime":"noon"}})"}) {
        INFO(json);
        CHECK(ledger.apply(parsed(json), Effects::kOnceInOrder));
        CHECK(ledger.shown("v") == shown(0, "null", "null", "null"));
    }
}

TEST_CASE("the newest 10,000 event ids are known") {
    Ledger ledger;
    const auto apply = [&](int number) {
        Value event = parsed(R"({"eventId":"x","data":{"vehicle":{"id":"v"}}})");
        *event.find("eventId") = Value(std::to_string(number));
        return ledger.apply(event, Effects::kOnceInOrder);
    };
    for (int i = 0; i < 10'000; ++i) REQUIRE(apply(i));
    CHECK_FALSE(apply(0));
    CHECK_FALSE(apply(9'999));
    CHECK(apply(10'000));
    CHECK(apply(0));
    CHECK_FALSE(apply(2));
    CHECK_FALSE(apply(10'000));
}

// Every vehicle after the first 1,000 stayed unknown.
TEST_CASE("the newest 1,000 vehicles are known") {
    Ledger ledger;
    const auto start = [&](int number) {
        const std::string text = std::to_string(number);
        return ledger.apply(event_2_0("event " + text, "CHARGING_STARTED", 0, "vehicle " + text),
                            Effects::kOnceInOrder);
    };
    const auto knows = [&](int number) {
        return ledger.shown("vehicle " + std::to_string(number)).find(R"("sessions":1)") != std::string::npos;
    };
    for (int i = 0; i < 1'000; ++i) REQUIRE(start(i));
    CHECK(knows(0));
    CHECK(start(1'000));
    CHECK(knows(1'000));
    CHECK_FALSE(knows(0));
    CHECK(knows(1));
    CHECK(knows(999));
}

}  // namespace smartcar_sim::receiver
