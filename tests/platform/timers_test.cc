// What happens because time passes: charging, and readings on schedule.
#include <chrono>
#include <string>
#include <vector>

#include "platform/a_platform.h"

namespace smartcar_sim::platform {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

// 42 percent of 72 kWh, to be charged to 80: 0.72 kWh a percent, which at 7.2 kW takes six minutes.
void charge(World& world) {
    world.set(kTesla, {{"tractionbattery-nominalcapacity", 72}, {"charge-wattage", 7200}, {"charge-ischarging", true}});
}

Fired pass(World& world, base::Milliseconds time) {
    world.clock.pass(time);
    return world.platform.run_timers();
}

std::int64_t charge_of(const World& world) {
    return *world.platform.fleet_entry(kTesla).value().vehicle->state.steps("tractionbattery-stateofcharge");
}

TEST_CASE("a charging vehicle says what it has gained whenever it is read") {
    World world;
    charge(world);
    world.clock.pass(minutes(3));
    CHECK(charge_of(world) == 4250);
    world.clock.pass(minutes(33));
    CHECK(charge_of(world) == 4800);
    world.clock.pass(hours(24));
    CHECK(charge_of(world) == 8000);
}

TEST_CASE("nothing is due while nothing moves") {
    World world;
    CHECK_FALSE(world.platform.next_timer());
    charge(world);
    CHECK(world.platform.next_timer() == world.clock.now() + minutes(6));
    world.set(kTesla, {{"charge-ischarging", false}});
    CHECK_FALSE(world.platform.next_timer());
}

TEST_CASE("whoever listens is told of a timer that comes sooner, and of no other") {
    World world;
    int told = 0;
    world.platform.on_timer([&] { ++told; });
    charge(world);
    CHECK(told == 1);
    world.set(kTesla, {{"odometer-traveleddistance", 1}});
    CHECK(told == 1);
    world.set(kTesla, {{"charge-wattage", 72'000}});
    CHECK(told == 2);
}

TEST_CASE("a charge that reaches a whole percent is an update of the signals that move") {
    World world;
    world.connect();
    const Webhook webhook = world.add_verified(
        R"({"type":"signals","triggers":["tractionbattery-stateofcharge"],"data":["tractionbattery-stateofcharge"]})");
    world.subscribe(webhook, kTesla);
    charge(world);
    CHECK(pass(world, minutes(5)).effects.empty());
    const Fired fired = pass(world, minutes(1));
    REQUIRE(event_names(fired) == Texts{"VEHICLE_STATE"});
    const document::Value body = world.body(fired.effects.front());
    CHECK(text_at(body, "/triggers/0/signal/code") == "tractionbattery-stateofcharge");
    CHECK(*document::find(body, "/data/signals/0/body/value").value()->integer() == 43);
}

TEST_CASE("a charge that reaches its limit ends, at that very instant, with CHARGING_COMPLETED") {
    World world;
    world.connect();
    const Webhook webhook = world.add_verified();
    world.subscribe(webhook, kTesla);
    charge(world);
    const base::Instant limit = world.clock.now() + hours(3) + minutes(48);
    const Fired fired = pass(world, hours(5));
    CHECK(event_names(fired) == Texts{"CHARGING_COMPLETED"});
    const document::Value body = world.body(fired.effects.front());
    CHECK(text_at(body, "/payload/eventTime") == base::format_instant(limit));
    CHECK(charge_of(world) == 8000);
    const VehiclePtr vehicle = world.platform.fleet_entry(kTesla).value().vehicle;
    CHECK(vehicle->state.flag("charge-ischarging") == false);
    CHECK(vehicle->state.find("charge-ischarging")->oem_updated_at == limit);
    CHECK_FALSE(world.platform.next_timer());
}

// Once the end of charging was told without the charge that it ended at.
TEST_CASE("the step to the limit is an update of the signals that move, like the others") {
    World world;
    world.connect();
    const Webhook webhook = world.add_verified(
        R"({"type":"signals","triggers":["tractionbattery-stateofcharge"],"data":["tractionbattery-stateofcharge"]})");
    world.subscribe(webhook, kTesla);
    charge(world);
    const Fired fired = pass(world, hours(5));
    REQUIRE(event_names(fired).size() == 38);
    const document::Value body = world.body(fired.effects.back());
    CHECK(*document::find(body, "/data/signals/0/body/value").value()->integer() == 80);
}

// Once the application's subscription set a timer of which nobody was told.
TEST_CASE("a subscription of the application's starts its readings too") {
    World world;
    int told = 0;
    world.platform.on_timer([&] { ++told; });
    const std::string token = world.connect().access_token;
    const Webhook webhook = world.add_verified(R"({"type":"schedule"})");
    REQUIRE(std::holds_alternative<Fired>(world.platform.subscribe(token, kTesla, webhook.id)));
    CHECK(told == 1);
}

TEST_CASE("a signal that a vehicle begins to report fails no longer") {
    World world;
    world.connect();
    const Webhook webhook =
        world.add_verified(R"({"type":"signals","triggers":["charge-ischarging"],"data":["closure-islocked"]})");
    CHECK(event_names(world.subscribe(webhook, kTesla)) == Texts{"VEHICLE_STATE", "VEHICLE_ERROR"});
    const Fired fired = world.set(kTesla, {{"closure-islocked", true}});
    REQUIRE(event_names(fired) == Texts{"VEHICLE_ERROR"});
    CHECK(text_at(world.body(fired.effects.front()), "/data/errors/0/state") == "RESOLVED");
}

TEST_CASE("a webhook of type schedule reads its vehicles at its interval") {
    World world;
    world.connect();
    const Webhook webhook = world.add_verified(R"({"type":"schedule","interval":"2h","paths":["/battery"]})");
    world.subscribe(webhook, kTesla);
    CHECK(world.platform.next_timer() == world.clock.now() + hours(2));
    CHECK(pass(world, hours(2) - milliseconds(1)).effects.empty());
    CHECK(event_names(pass(world, milliseconds(1))) == Texts{"schedule"});
    CHECK(event_names(pass(world, hours(4))) == Texts{"schedule", "schedule"});

    SECTION("until the vehicle leaves it") {
        REQUIRE(world.platform.unsubscribe_vehicle(webhook.id, kTesla).ok());
        CHECK_FALSE(world.platform.next_timer());
    }
    SECTION("until the vehicle is disconnected") {
        REQUIRE(world.platform.disconnect(kTesla).ok());
        CHECK_FALSE(world.platform.next_timer());
    }
    SECTION("until it is removed") {
        REQUIRE(world.platform.remove_webhook(webhook.id).ok());
        CHECK_FALSE(world.platform.next_timer());
    }
    SECTION("from when it has another interval") {
        REQUIRE(world.platform.update_webhook(webhook.id, document::Object{{"interval", "15m"}}).ok());
        CHECK(world.platform.next_timer() == world.clock.now() + minutes(15));
    }
    SECTION("silently while it is disabled") {
        REQUIRE(world.platform.disable_webhook(webhook.id).ok());
        CHECK(pass(world, hours(2)).effects.empty());
        REQUIRE(world.platform.enable_webhook(webhook.id).ok());
        CHECK(event_names(pass(world, hours(2))) == Texts{"schedule"});
    }
}

TEST_CASE("a dynamic webhook reads every half hour while the vehicle is plugged in, else every hour") {
    World world;
    world.connect();
    world.subscribe(world.add_verified(R"({"type":"dynamic"})"), kTesla);
    CHECK(world.platform.next_timer() == world.clock.now() + minutes(30));
    world.set(kTesla, {{"charge-ischargingcableconnected", false}});
    CHECK(event_names(pass(world, minutes(30))) == Texts{"dynamic"});
    CHECK(world.platform.next_timer() == world.clock.now() + hours(1));
    world.set(kTesla, {{"charge-ischargingcableconnected", true}});
    CHECK(world.platform.next_timer() == world.clock.now() + minutes(30));
    world.set(kTesla, {{"charge-ischargingcableconnected", false}});
    world.clock.pass(minutes(20));
    world.set(kTesla, {{"charge-ischargingcableconnected", true}});
    CHECK(world.platform.next_timer() == world.clock.now() + minutes(10));
}

TEST_CASE("a reset takes back what time did, and time goes on from there") {
    World world;
    charge(world);
    world.platform.keep_as_start();
    pass(world, hours(5));
    world.platform.reset();
    CHECK_FALSE(world.platform.next_timer());
    world.platform.restart_timers();
    CHECK(charge_of(world) == 4200);
    world.clock.pass(minutes(6));
    CHECK(charge_of(world) == 4300);
}

}  // namespace
}  // namespace smartcar_sim::platform
