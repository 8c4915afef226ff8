#include "platform/a_platform.h"

namespace smartcar_sim::platform {
namespace {

document::Value test_body(World& world, const std::string& json) {
    const Webhook webhook = world.add_verified(json);
    const auto effect = world.platform.test_payload(webhook.id);
    REQUIRE(effect.ok());
    CHECK(effect.value().webhook_id == webhook.id);
    for (const FleetEntry& entry : world.platform.fleet()) CHECK(entry.vehicle->id != effect.value().vehicle_id);
    return world.body(effect.value());
}

TEST_CASE("a 2.0 test payload is the first chosen event in mode test, about a vehicle nobody owns") {
    World world;
    const document::Value body = test_body(world, R"({"events":["CHARGING_STOPPED"]})");
    CHECK(text_at(body, "/eventName") == "eventBased");
    CHECK(text_at(body, "/mode") == "test");
    CHECK(text_at(body, "/payload/eventType") == "CHARGING_STOPPED");
}

TEST_CASE("a schedule test payload answers every chosen endpoint") {
    World world;
    const document::Value body = test_body(world, R"({"type":"schedule"})");
    CHECK(text_at(body, "/eventName") == "schedule");
    CHECK(text_at(body, "/mode") == "test");
    CHECK(text_at(body, "/payload/vehicles/0/data/1/path") == "/charge");
    CHECK(text_at(body, "/payload/vehicles/0/data/1/body/state") == "NOT_CHARGING");
}

TEST_CASE("a 4.0 test payload is a Tesla Model 3 2020 with data for every chosen signal") {
    World world;
    const document::Value body =
        test_body(world, R"({"type":"signals","triggers":["wheel-tires"],"data":["service-records"]})");
    CHECK(text_at(body, "/data/vehicle/make") == "Tesla");
    CHECK(text_at(body, "/data/vehicle/model") == "Model 3");
    CHECK(text_at(body, "/meta/mode") == "TEST");
    CHECK_FALSE(text_at(body, "/data/user/id").empty());
    CHECK(text_at(body, "/data/user/id") != kDevelopmentUserId);
    const auto& signals = *body.find("data")->find("signals")->array();
    REQUIRE(signals.size() == 2);
    for (const document::Value& signal : signals) CHECK(signal.find("body") != nullptr);
}

TEST_CASE("a test payload needs a verified webhook") {
    World world;
    const Webhook webhook = world.add();
    const auto unverified = world.platform.test_payload(webhook.id);
    REQUIRE_FALSE(unverified.ok());
    CHECK(unverified.error().code == "unverified");
    CHECK(unverified.error().message == "the webhook is not verified yet; verify it before sending it anything");
    REQUIRE(world.platform.disable_webhook(webhook.id).ok());
    CHECK(world.platform.test_payload(webhook.id).error().code == "disabled");
}

}  // namespace
}  // namespace smartcar_sim::platform
