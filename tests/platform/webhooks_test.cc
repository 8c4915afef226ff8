#include "platform/a_platform.h"

namespace smartcar_sim::platform {
namespace {

base::Url url(const std::string& text) { return base::parse_url(text).value(); }

TEST_CASE("the first webhooks take the ids that were chosen, the rest the development ids") {
    World world{Configuration{.webhook_ids = {"5a8e5e38-1e12-4011-a36d-56f120053f9e"}}};
    CHECK(world.add().id == "5a8e5e38-1e12-4011-a36d-56f120053f9e");
    CHECK(world.add().id == "d0c0ffee-0005-4000-8000-000000000001");
    CHECK(world.add().id == "d0c0ffee-0005-4000-8000-000000000002");
    CHECK(development_webhook_id(0xabc - 1) == "d0c0ffee-0005-4000-8000-000000000abc");
    CHECK(world.platform.webhooks().size() == 3);
}

TEST_CASE("an id that nobody made is not found") {
    World world;
    const auto missing = world.platform.webhook("nobody");
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().code == "not_found");
    CHECK(missing.error().message == "there is no webhook \"nobody\"");
    CHECK_FALSE(world.platform.remove_webhook("nobody").ok());
    CHECK_FALSE(world.platform.enable_webhook("nobody").ok());
    CHECK_FALSE(world.platform.disable_webhook("nobody").ok());
    CHECK_FALSE(world.platform.test_payload("nobody").ok());
    CHECK_FALSE(world.platform.update_webhook("nobody", document::Object{}).ok());
    CHECK_FALSE(world.platform.record_verification("nobody", {}, Verified::kYes).ok());
}

TEST_CASE("a removed webhook is gone and its id is not given again") {
    World world;
    const Webhook first = world.add();
    REQUIRE(world.platform.remove_webhook(first.id).ok());
    CHECK(world.platform.webhooks().empty());
    CHECK(world.add().id != first.id);
}

TEST_CASE("another callback makes a webhook unverified, another name does not") {
    World world;
    const Webhook webhook = world.add_verified();
    const document::Value name(document::Object{{"name", "renamed"}});
    CHECK(world.platform.update_webhook(webhook.id, name).value().status() == WebhookStatus::kVerified);
    const document::Value callback(document::Object{{"callbackUri", "http://127.0.0.1:4000/other"}});
    const Webhook moved = world.platform.update_webhook(webhook.id, callback).value();
    CHECK(moved.status() == WebhookStatus::kUnverified);
    CHECK(moved.settings.name == "renamed");  // a patch leaves what it does not name
}

TEST_CASE("another callback is told all that the one before was told") {
    World world;
    world.connect();
    const Webhook webhook =
        world.add_verified(R"({"type":"signals","triggers":["charge-ischarging"],"data":["closure-islocked"]})");
    const Fired first = world.subscribe(webhook, kTesla);
    REQUIRE(first.effects.size() == 2);
    const document::Value callback(document::Object{{"callbackUri", "http://127.0.0.1:4000/other"}});
    const Webhook moved = world.platform.update_webhook(webhook.id, callback).value();
    const Fired again = world.platform.record_verification(moved.id, moved.settings.callback, Verified::kYes).value();
    REQUIRE(again.effects.size() == 2);
    for (std::size_t each = 0; each < 2; ++each) {
        CHECK(again.effects[each].event_name == first.effects[each].event_name);
        CHECK(again.effects[each].callback == moved.settings.callback);
    }
}

TEST_CASE("a patch with anything wrong in it changes nothing") {
    World world;
    const Webhook webhook = world.add_verified();
    const auto updated =
        world.platform.update_webhook(webhook.id, document::Object{{"name", "renamed"}, {"type", "signals"}});
    REQUIRE_FALSE(updated.ok());
    CHECK(updated.error().code == "bad_webhook");
    CHECK(updated.error().message == "/type: the type of a webhook cannot change; make another");
    CHECK(world.platform.webhook(webhook.id).value().settings == webhook.settings);
}

TEST_CASE("a challenge answered by an earlier callback proves nothing about the present one") {
    World world;
    const Webhook webhook = world.add();
    REQUIRE(world.platform.record_verification(webhook.id, url("http://127.0.0.1:9/"), Verified::kYes).ok());
    CHECK(world.platform.webhook(webhook.id).value().status() == WebhookStatus::kUnverified);
}

TEST_CASE("a failed challenge takes the verification away") {
    World world;
    const Webhook webhook = world.add_verified();
    REQUIRE(world.platform.record_verification(webhook.id, webhook.settings.callback, Verified::kNo).ok());
    CHECK(world.platform.webhook(webhook.id).value().status() == WebhookStatus::kUnverified);
}

TEST_CASE("disabling hides the verification and enabling shows it again") {
    World world;
    const Webhook webhook = world.add_verified();
    CHECK(world.platform.disable_webhook(webhook.id).value().status() == WebhookStatus::kDisabled);
    CHECK(world.platform.enable_webhook(webhook.id).value().status() == WebhookStatus::kVerified);
}

TEST_CASE("a webhook that subscribes by itself takes the vehicles connected before and after") {
    World world;
    world.connect({std::string(kFord)});
    const Webhook webhook = world.add(R"({"autoSubscribe":true})");
    CHECK(webhook.subscriptions == Texts{std::string(kFord)});
    world.connect({std::string(kTesla)});
    CHECK(world.platform.webhook(webhook.id).value().subscriptions == Texts{std::string(kFord), std::string(kTesla)});

    const Webhook other = world.add();
    CHECK(other.subscriptions.empty());
    const document::Value patch(document::Object{{"autoSubscribe", true}});
    CHECK(world.platform.update_webhook(other.id, patch).value().subscriptions.size() == 2);
}

TEST_CASE("the dashboard subscribes connected vehicles by id or fixture name, once each") {
    World world;
    const Webhook webhook = world.add();
    const auto too_early = world.platform.subscribe_vehicle(webhook.id, kTesla);
    REQUIRE_FALSE(too_early.ok());
    CHECK(too_early.error().code == "not_connected");
    CHECK(too_early.error().message == "tesla-model-3-2020 is not connected; connect it before anything else");

    world.connect();
    world.subscribe(webhook, kTesla);
    world.subscribe(webhook, "tesla-model-3-2020");
    CHECK(world.platform.webhook(webhook.id).value().subscriptions == Texts{std::string(kTesla)});

    REQUIRE(world.platform.unsubscribe_vehicle(webhook.id, "tesla-model-3-2020").ok());
    CHECK(world.platform.webhook(webhook.id).value().subscriptions.empty());

    const auto unknown = world.platform.subscribe_vehicle(webhook.id, "tesla-model-3-2002");
    REQUIRE_FALSE(unknown.ok());
    CHECK(unknown.error().message == R"(there is no vehicle "tesla-model-3-2002"; did you mean "tesla-model-3-2020"?)");
}

}  // namespace
}  // namespace smartcar_sim::platform
