// Events of 2.0: who is told, who is passed over and why.
#include "platform/a_platform.h"

namespace smartcar_sim::platform {
namespace {

TEST_CASE("a change of charging tells each subscribed webhook once") {
    World world;
    world.connect();
    const Webhook one = world.add_verified();
    const Webhook two = world.add_verified();
    world.subscribe(one, kTesla);
    world.subscribe(two, kTesla);

    const Fired started = world.set(kTesla, {{"charge-ischarging", true}});
    CHECK(event_names(started) == Texts{"CHARGING_STARTED", "CHARGING_STARTED"});
    CHECK(started.effects[0].webhook_id == one.id);
    CHECK(started.effects[1].webhook_id == two.id);
    CHECK(started.effects[0].event_id != started.effects[1].event_id);
    CHECK(started.skipped.empty());

    CHECK(event_names(world.set(kTesla, {{"charge-ischarging", true}})).empty());
    CHECK(event_names(world.set(kTesla, {{"tractionbattery-stateofcharge", 79}})).empty());
    const Fired completed = world.set(kTesla, {{"tractionbattery-stateofcharge", 80}, {"charge-ischarging", false}});
    CHECK(event_names(completed) == Texts{"CHARGING_COMPLETED", "CHARGING_COMPLETED"});
}

TEST_CASE("a webhook that gets nothing is named with the first reason that holds") {
    World world;
    world.connect({std::string(kTesla), std::string(kSimulated)});
    const Webhook signals = world.add_verified(R"({"type":"signals"})");
    const Webhook disabled = world.add();
    REQUIRE(world.platform.disable_webhook(disabled.id).ok());
    const Webhook unverified = world.add();
    const Webhook unsubscribed = world.add_verified();
    const Webhook unselected = world.add_verified(R"({"events":["CHARGING_STOPPED"]})");
    world.subscribe(unselected, kSimulated);
    const Webhook event_based = world.add_verified();
    world.subscribe(event_based, kSimulated);

    const Fired fired = world.fire({.vehicle = std::string(kSimulated), .event = "CHARGING_STARTED"});
    CHECK(fired.effects.empty());
    const auto skip = [](const Webhook& webhook, SkipReason reason) {
        return Skipped{.webhook_id = webhook.id, .vehicle_id = std::string(kSimulated), .reason = reason};
    };
    CHECK(fired.skipped ==
          std::vector<Skipped>{
              skip(signals, SkipReason::kOtherType), skip(disabled, SkipReason::kDisabled),
              skip(unverified, SkipReason::kUnverified), skip(unsubscribed, SkipReason::kNotSubscribed),
              skip(unselected, SkipReason::kEventNotSelected), skip(event_based, SkipReason::kVehicleNotLive)});
}

TEST_CASE("every skip reason has an id and a line") {
    CHECK(skip_reasons().size() == 6);
    CHECK(name_of(SkipReason::kOtherType) == "other-type");
    CHECK(name_of(SkipReason::kVehicleNotLive) == "vehicle-not-live");
    CHECK(skip_reasons().back().id == name_of(SkipReason::kVehicleNotLive));
}

TEST_CASE("an event can be limited to one webhook") {
    World world;
    world.connect();
    const Webhook one = world.add_verified();
    const Webhook two = world.add_verified();
    world.subscribe(one, kTesla);
    world.subscribe(two, kTesla);
    const Fired fired = world.fire({.vehicle = "tesla-model-3-2020", .event = "CHARGING_STOPPED", .to = two.id});
    REQUIRE(fired.effects.size() == 1);
    CHECK(fired.effects.front().webhook_id == two.id);
    CHECK(fired.skipped.empty());
}

TEST_CASE("what cannot be fired is refused in words") {
    World world;
    struct Row {
        Firing firing;
        std::string code, message;
    };
    const std::vector<Row> rows = {
        {{.vehicle = std::string(kTesla), .event = "CHARGING_STRATED"},
         "unknown_event",
         R"(unknown event "CHARGING_STRATED"; did you mean "CHARGING_STARTED"?)"},
        {{.vehicle = "nobody", .event = "CHARGING_STARTED"}, "not_found", R"(there is no vehicle "nobody")"},
        {{.vehicle = std::string(kTesla), .event = "CHARGING_STARTED", .to = "nothing"},
         "not_found",
         R"(there is no webhook "nothing")"},
        {{.vehicle = std::string(kTesla), .event = "VEHICLE_STATE", .triggers = {"charge-ischargin"}},
         "unknown_signal",
         R"(unknown trigger "charge-ischargin"; did you mean "charge-ischarging"?)"},
        {{.vehicle = std::string(kTesla),
          .event = "VEHICLE_ERROR",
          .errors = {{.type = "VEHICLE_STATE", .code = "ASLEPP", .signals = {}}}},
         "unknown_error",
         R"(VEHICLE_STATE has no code "ASLEPP"; did you mean "ASLEEP"?)"},
    };
    for (const Row& row : rows) {
        const auto fired = world.platform.fire(row.firing);
        REQUIRE_FALSE(fired.ok());
        CHECK(fired.error().code == row.code);
        CHECK(fired.error().message == row.message);
    }
}

TEST_CASE("schedule and dynamic payloads carry the chosen endpoints, refusals included") {
    World world;
    world.connect({std::string(kFord), std::string(kSimulated)});
    for (const std::string type : {"schedule", "dynamic"}) {
        CAPTURE(type);
        const Webhook webhook = world.add_verified(R"({"type":")" + type + R"("})");
        world.subscribe(webhook, kSimulated);
        world.subscribe(webhook, kFord);

        const Fired simulated = world.fire({.vehicle = std::string(kSimulated), .event = type, .to = webhook.id});
        REQUIRE(simulated.effects.size() == 1);
        const document::Value body = world.body(simulated.effects.front());
        CHECK(text_at(body, "/eventName") == type);
        CHECK(text_at(body, "/mode") == "simulated");
        CHECK(text_at(body, "/payload/vehicles/0/vehicleId") == kSimulated);
        CHECK(text_at(body, "/payload/vehicles/0/data/0/path") == "/battery");
        CHECK(text_at(body, "/payload/vehicles/0/data/0/headers/sc-data-age") == "2026-01-01T00:00:00.000Z");
        CHECK(text_at(body, "/payload/vehicles/0/data/0/headers/sc-unit-system") ==
              (type == "schedule" ? "metric" : ""));
        CHECK(text_at(body, "/payload/vehicles/0/data/1/body/state") == "NOT_CHARGING");

        const Fired ford = world.fire({.vehicle = std::string(kFord), .event = type, .to = webhook.id});
        REQUIRE(ford.effects.size() == 1);
        CHECK(text_at(world.body(ford.effects.front()), "/payload/vehicles/0/data/0/body/code") ==
              "VEHICLE_NOT_CAPABLE");
    }
}

TEST_CASE("a permission that was revoked is a PERMISSION error in a schedule payload") {
    World world;
    world.connect();
    const Webhook webhook = world.add_verified(R"({"type":"schedule","paths":["/charge"]})");
    world.subscribe(webhook, kTesla);
    REQUIRE(world.platform.set_permissions(kTesla, {.revoke = {"read_charge"}}).ok());
    const Fired fired = world.fire({.vehicle = std::string(kTesla), .event = "schedule"});
    REQUIRE(fired.effects.size() == 1);
    const document::Value body = world.body(fired.effects.front());
    CHECK(text_at(body, "/payload/vehicles/0/data/0/body/type") == "PERMISSION");
    CHECK(text_at(body, "/payload/vehicles/0/data/0/body/requestId") == text_at(body, "/payload/vehicles/0/requestId"));
}

TEST_CASE("the same seed gives the same events") {
    const auto event_ids = [] {
        World world;
        world.connect();
        const Webhook webhook = world.add_verified();
        world.subscribe(webhook, kTesla);
        Texts ids;
        for (const bool charging : {true, false, true}) {
            for (const Effect& effect : world.set(kTesla, {{"charge-ischarging", charging}}).effects) {
                ids.push_back(effect.event_id);
            }
        }
        return ids;
    };
    const Texts first = event_ids();
    CHECK(first.size() == 3);
    CHECK(first[0] != first[1]);
    CHECK(first == event_ids());
}

}  // namespace
}  // namespace smartcar_sim::platform
