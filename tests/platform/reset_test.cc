#include "platform/a_platform.h"

namespace smartcar_sim::platform {
namespace {

TEST_CASE("reset returns to the state that start-up left") {
    World world;
    const Connected kept = world.connect();
    const Webhook webhook = world.add_verified();
    world.subscribe(webhook, kTesla);
    world.platform.keep_as_start();

    const std::string forgotten = world.connect().access_token;
    world.set(kTesla, {{"tractionbattery-stateofcharge", 99}});
    const Webhook added = world.add();
    REQUIRE(world.platform.remove_webhook(webhook.id).ok());

    world.platform.reset();
    CHECK(world.platform.webhooks().size() == 1);
    CHECK(world.platform.webhook(webhook.id).value().status() == WebhookStatus::kVerified);
    CHECK(world.platform.webhook(webhook.id).value().subscriptions == Texts{std::string(kTesla)});
    CHECK(world.platform.fleet_entry(kTesla).value().vehicle->state.steps("tractionbattery-stateofcharge") == 4200);
    CHECK(std::holds_alternative<VehiclePage>(world.platform.vehicles(kept.access_token, 10, 0)));
    CHECK(std::holds_alternative<Denial>(world.platform.vehicles(forgotten, 10, 0)));
    // The same calls make the same webhook ids again, so that a test suite can reset between its cases.
    CHECK(world.add().id == added.id);
}

TEST_CASE("without anything kept, reset returns to bare vehicles") {
    World world;
    world.connect();
    world.add();
    world.platform.reset();
    CHECK(world.platform.webhooks().empty());
    CHECK_FALSE(world.platform.fleet_entry(kTesla).value().connected);
}

TEST_CASE("no event id is used twice, reset or not") {
    World world;
    const auto event_id = [&] {
        world.connect();
        world.subscribe(world.add_verified(), kTesla);
        return world.set(kTesla, {{"charge-ischarging", true}}).effects.at(0).event_id;
    };
    const std::string before = event_id();
    world.platform.reset();
    CHECK(event_id() != before);
}

TEST_CASE("the fleet is listed in the order of its fixtures") {
    World world;
    world.connect({std::string(kFord)});
    const auto fleet = world.platform.fleet();
    REQUIRE(fleet.size() == 3);
    CHECK(fleet[0].vehicle->fixture == "tesla-model-3-2020");
    CHECK_FALSE(fleet[0].connected);
    CHECK(fleet[1].connected);
    CHECK(world.platform.fleet_entry("nobody").error().code == "not_found");
}

}  // namespace
}  // namespace smartcar_sim::platform
