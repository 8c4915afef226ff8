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

// What a first delivery is when the vehicle lacks one of the webhook's signals.
const Texts kFirstWithFailure{"VEHICLE_STATE", "VEHICLE_ERROR"};

// A verified webhook that has had its first delivery for the Tesla.
Webhook settled(World& world, const char* json = kCharging) {
    world.connect();
    const Webhook webhook = world.add_verified(json);
    REQUIRE_FALSE(world.subscribe(webhook, kTesla).effects.empty());
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
    REQUIRE(event_names(first) == kFirstWithFailure);
    CHECK(triggers_of(world, first.effects.front()) == Texts{"FIRST_DELIVERY"});
    CHECK(world.subscribe(webhook, kTesla).effects.empty());

    REQUIRE(world.platform.unsubscribe_vehicle(webhook.id, kTesla).ok());
    CHECK(event_names(world.subscribe(webhook, kTesla)) == kFirstWithFailure);
}

TEST_CASE("first deliveries wait for the verification") {
    World world;
    world.connect();
    const Webhook webhook = world.add(kCharging);
    CHECK(world.subscribe(webhook, kTesla).effects.empty());
    CHECK(world.subscribe(webhook, kFord).effects.empty());
    const auto verified = world.platform.record_verification(webhook.id, webhook.settings.callback, Verified::kYes);
    REQUIRE(verified.ok());
    REQUIRE(event_names(verified.value()) == Texts{"VEHICLE_STATE", "VEHICLE_ERROR", "VEHICLE_STATE", "VEHICLE_ERROR"});
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
    // The Ford has none of the signals.
    CHECK(event_names(world.connect().fired) == Texts{"VEHICLE_STATE", "VEHICLE_STATE", "VEHICLE_ERROR"});
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

// {"type","code","state","signals":[{"code"}]} of each error, short.
Texts errors_of(const World& world, const Effect& effect) {
    const document::Value body = world.body(effect);
    Texts errors;
    for (const document::Value& error : *body.find("data")->find("errors")->array()) {
        std::string line = text_at(error, "/type") + ':' + text_at(error, "/code") + ' ' + text_at(error, "/state");
        for (const document::Value& signal : *error.find("signals")->array()) line += ' ' + text_at(signal, "/code");
        errors.push_back(std::move(line));
    }
    return errors;
}

TEST_CASE("what fails at the first delivery is an error of its own, beside the state") {
    World world;
    world.connect();
    const Fired first = world.subscribe(world.add_verified(kCharging), kTesla);
    REQUIRE(event_names(first) == kFirstWithFailure);
    CHECK(errors_of(world, first.effects.back()) == Texts{"COMPATIBILITY:VEHICLE_NOT_CAPABLE ERROR closure-islocked"});
}

TEST_CASE("a permission taken back is an error, and given back its resolution") {
    World world;
    settled(world);
    const std::string charging = " charge-ischarging";
    const auto lost = world.platform.set_permissions(kTesla, {.revoke = {"read_charge"}});
    REQUIRE(event_names(lost.value()) == Texts{"VEHICLE_ERROR"});
    CHECK(errors_of(world, lost.value().effects.front()) == Texts{"PERMISSION: ERROR" + charging});
    CHECK(world.platform.set_permissions(kTesla, {.revoke = {"read_charge"}}).value().effects.empty());

    SECTION("by hand") {
        const auto found = world.platform.set_permissions(kTesla, {.grant = {"read_charge"}});
        REQUIRE(event_names(found.value()) == Texts{"VEHICLE_ERROR"});
        CHECK(errors_of(world, found.value().effects.front()) == Texts{"PERMISSION: RESOLVED" + charging});
    }
    SECTION("in Connect") {
        const Connected connected = world.connect({std::string(kTesla)});
        REQUIRE(event_names(connected.fired) == Texts{"VEHICLE_ERROR"});
        CHECK(errors_of(world, connected.fired.effects.front()) == Texts{"PERMISSION: RESOLVED" + charging});
    }
}

TEST_CASE("an account that fails is an error of every signal, until the owner logs in again") {
    World world;
    settled(world);
    const std::string signals = " charge-ischarging tractionbattery-stateofcharge";
    const AuthorizeRequest request{.client_id = std::string(kDevelopmentClientId),
                                   .redirect_uri = "https://example.com"};
    const Admission admission = world.platform.admit(request);
    const auto& visit = std::get<Visit>(admission);
    const Login login{.make = "TESLA", .username = "CONNECTED_SERVICES_ACCOUNT.AUTHENTICATION_FAILED@smartcar.com"};
    const auto approved =
        world.platform.approve(visit, login, {.vehicle_ids = {std::string(kTesla)}, .permissions = visit.permissions});
    REQUIRE(approved.ok());
    REQUIRE(event_names(approved.value().fired) == Texts{"VEHICLE_ERROR"});
    CHECK(errors_of(world, approved.value().fired.effects.front()) ==
          Texts{"CONNECTED_SERVICES_ACCOUNT:AUTHENTICATION_FAILED ERROR" + signals});
    const VehicleAdmission again = world.platform.admit_reauthentication(
        {.client_id = std::string(kDevelopmentClientId), .vehicle_id = std::string(kTesla)});
    const Redirect back = world.platform.reauthenticate(std::get<VehicleVisit>(again));
    REQUIRE(event_names(back.fired) == Texts{"VEHICLE_ERROR"});
    CHECK(errors_of(world, back.fired.effects.front()) ==
          Texts{"CONNECTED_SERVICES_ACCOUNT:AUTHENTICATION_FAILED RESOLVED" + signals});
}

TEST_CASE("a permission that no signal of the webhook needs tells nobody") {
    World world;
    settled(world);
    CHECK(world.platform.set_permissions(kTesla, {.revoke = {"read_odometer"}}).value().effects.empty());
}

TEST_CASE("a vehicle that is subscribed again is told of its failures again") {
    World world;
    const Webhook webhook = settled(world);
    REQUIRE(world.platform.unsubscribe_vehicle(webhook.id, kTesla).ok());
    CHECK(event_names(world.subscribe(webhook, kTesla)) == kFirstWithFailure);
}

TEST_CASE("a simulated vehicle is served by 4.0") {
    World world;
    world.connect({std::string(kSimulated)});
    const Webhook webhook = world.add_verified(kCharging);
    const Fired first = world.subscribe(webhook, kSimulated);
    REQUIRE(event_names(first) == kFirstWithFailure);
    CHECK(text_at(world.body(first.effects.front()), "/meta/mode") == "SIMULATED");
}

}  // namespace
}  // namespace smartcar_sim::platform
