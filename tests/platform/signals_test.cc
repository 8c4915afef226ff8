// Events of 4.0: triggers, data, first deliveries and errors.
#include "platform/a_platform.h"

namespace smartcar_sim::platform {
namespace {

constexpr const char* kCharging =
    R"({"type":"signals","triggers":["charge-ischarging","tractionbattery-stateofcharge"],"data":["closure-islocked"]})";

// The names of the triggers, "FIRST_DELIVERY" included.
Texts triggers_of(const World& world, const Effect& effect) {
    const document::Value body = world.body(effect);
    Texts names;
    for (const document::Value& trigger : *body.find("triggers")->array()) {
        const std::string type = text_at(trigger, "/type");
        names.push_back(type == "SIGNAL_UPDATED" ? text_at(trigger, "/signal/name") : type);
    }
    return names;
}

// A verified webhook that has had its first delivery for the Tesla.
Webhook settled(World& world, const char* json = kCharging) {
    world.connect();
    const Webhook webhook = world.add_verified(json);
    REQUIRE(world.subscribe(webhook, kTesla).effects.size() == 1);
    return webhook;
}

TEST_CASE("signals that change together are one event with several triggers") {
    World world;
    settled(world);
    const Fired fired = world.set(kTesla, {{"charge-ischarging", true}, {"tractionbattery-stateofcharge", 43}});
    CHECK(event_names(fired) == Texts{"VEHICLE_STATE"});
    CHECK(triggers_of(world, fired.effects.front()) == Texts{"IsCharging", "StateOfCharge"});
}

TEST_CASE("an event carries all data of the webhook, failures included") {
    World world;
    settled(world);
    const Fired fired = world.set(kTesla, {{"charge-ischarging", true}});
    REQUIRE(fired.effects.size() == 1);
    const document::Value body = world.body(fired.effects.front());
    CHECK(text_at(body, "/eventId") == fired.effects.front().event_id);
    CHECK(text_at(body, "/data/vehicle/id") == kTesla);
    CHECK(text_at(body, "/data/user/id") == kDevelopmentUserId);
    REQUIRE(body.find("data")->find("signals")->array()->size() == 3);
    CHECK(text_at(body, "/data/signals/0/code") == "charge-ischarging");
    CHECK(text_at(body, "/data/signals/0/status/value") == "SUCCESS");
    CHECK(text_at(body, "/data/signals/2/status/error/code") == "VEHICLE_NOT_CAPABLE");
}

TEST_CASE("a change that is no trigger, or no change, tells nobody") {
    World world;
    settled(world);
    const Fired unselected = world.set(kTesla, {{"tractionbattery-range", 99}});
    CHECK(unselected.effects.empty());
    CHECK(reasons(unselected) == Texts{"event-not-selected"});

    const Fired same = world.set(kTesla, {{"tractionbattery-stateofcharge", 42.0}});
    CHECK(same.effects.empty());
    CHECK(same.skipped.empty());
}

TEST_CASE("the first delivery follows the subscription at once when the webhook is verified") {
    World world;
    world.connect();
    const Webhook webhook = world.add_verified(kCharging);
    const Fired first = world.subscribe(webhook, kTesla);
    REQUIRE(first.effects.size() == 1);
    CHECK(triggers_of(world, first.effects.front()) == Texts{"FIRST_DELIVERY"});
    CHECK(world.subscribe(webhook, kTesla).effects.empty());

    REQUIRE(world.platform.unsubscribe_vehicle(webhook.id, kTesla).ok());
    CHECK(world.subscribe(webhook, kTesla).effects.size() == 1);
}

TEST_CASE("first deliveries wait for the verification") {
    World world;
    world.connect();
    const Webhook webhook = world.add(kCharging);
    CHECK(world.subscribe(webhook, kTesla).effects.empty());
    CHECK(world.subscribe(webhook, kFord).effects.empty());
    const auto verified = world.platform.record_verification(webhook.id, webhook.settings.callback, Verified::kYes);
    REQUIRE(verified.ok());
    REQUIRE(verified.value().effects.size() == 2);
    CHECK(triggers_of(world, verified.value().effects.front()) == Texts{"FIRST_DELIVERY"});
    const auto again = world.platform.record_verification(webhook.id, webhook.settings.callback, Verified::kYes);
    CHECK(again.value().effects.empty());
}

TEST_CASE("after enabling, the next event of a vehicle is its first delivery") {
    World world;
    const Webhook webhook = settled(world);
    REQUIRE(world.platform.disable_webhook(webhook.id).ok());
    CHECK(reasons(world.set(kTesla, {{"charge-ischarging", true}})) == Texts{"disabled"});
    REQUIRE(world.platform.enable_webhook(webhook.id).ok());

    const Fired next = world.set(kTesla, {{"tractionbattery-stateofcharge", 50}});
    REQUIRE(next.effects.size() == 1);
    CHECK(triggers_of(world, next.effects.front()) == Texts{"FIRST_DELIVERY"});
    const Fired after = world.set(kTesla, {{"tractionbattery-stateofcharge", 51}});
    CHECK(triggers_of(world, after.effects.front()) == Texts{"StateOfCharge"});
}

TEST_CASE("connecting brings the first deliveries of a webhook that subscribes by itself") {
    World world;
    world.add_verified(R"({"type":"signals","autoSubscribe":true})");
    CHECK(event_names(world.connect().fired) == Texts{"VEHICLE_STATE", "VEHICLE_STATE"});
}

TEST_CASE("VEHICLE_STATE by name has the triggers asked for, or all of the webhook's") {
    World world;
    settled(world);
    const std::string car(kTesla);
    const Fired all = world.fire({.vehicle = car, .event = "VEHICLE_STATE"});
    CHECK(triggers_of(world, all.effects.front()) == Texts{"IsCharging", "StateOfCharge"});
    const Fired one = world.fire({.vehicle = car, .event = "VEHICLE_STATE", .triggers = {"charge-ischarging"}});
    CHECK(triggers_of(world, one.effects.front()) == Texts{"IsCharging"});
    const Fired first = world.fire({.vehicle = car, .event = "VEHICLE_STATE", .triggers = {"FIRST_DELIVERY"}});
    CHECK(triggers_of(world, first.effects.front()) == Texts{"FIRST_DELIVERY"});
    const Fired none = world.fire({.vehicle = car, .event = "VEHICLE_STATE", .triggers = {"closure-islocked"}});
    CHECK(reasons(none) == Texts{"event-not-selected"});
}

TEST_CASE("VEHICLE_ERROR goes to the error callback and defaults to a login that failed") {
    World world;
    settled(world, R"({"type":"signals","triggers":["charge-ischarging"],"data":["charge-ischarging"],)"
                   R"("errorCallbackUri":"http://127.0.0.1:3000/errors"})");
    const Fired fired = world.fire({.vehicle = std::string(kTesla), .event = "VEHICLE_ERROR"});
    REQUIRE(fired.effects.size() == 1);
    CHECK(fired.effects.front().callback.target == "/errors");
    const document::Value body = world.body(fired.effects.front());
    CHECK(text_at(body, "/eventType") == "VEHICLE_ERROR");
    CHECK(text_at(body, "/data/errors/0/code") == "AUTHENTICATION_FAILED");
    CHECK(text_at(body, "/data/errors/0/signals/0/code") == "charge-ischarging");

    const Fired asleep = world.fire({.vehicle = std::string(kTesla),
                                     .event = "VEHICLE_ERROR",
                                     .errors = {{.type = "VEHICLE_STATE", .code = "ASLEEP", .signals = {}}}});
    CHECK(text_at(world.body(asleep.effects.front()), "/data/errors/0/code") == "ASLEEP");
}

TEST_CASE("a signal whose permission was revoked is delivered as a PERMISSION error") {
    World world;
    settled(world);
    REQUIRE(world.platform.set_permissions(kTesla, {.revoke = {"read_charge"}}).ok());
    const Fired fired = world.set(kTesla, {{"charge-ischarging", true}});
    REQUIRE(fired.effects.size() == 1);
    CHECK(text_at(world.body(fired.effects.front()), "/data/signals/0/status/error/type") == "PERMISSION");
}

TEST_CASE("a simulated vehicle is served by 4.0") {
    World world;
    world.connect({std::string(kSimulated)});
    const Webhook webhook = world.add_verified(kCharging);
    const Fired first = world.subscribe(webhook, kSimulated);
    REQUIRE(first.effects.size() == 1);
    CHECK(text_at(world.body(first.effects.front()), "/meta/mode") == "SIMULATED");
}

}  // namespace
}  // namespace smartcar_sim::platform
