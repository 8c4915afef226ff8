// The platform's half of Smartcar's event based webhook tutorial, step by step, as values.
#include "platform/a_platform.h"

namespace smartcar_sim::platform {
namespace {

TEST_CASE("the tutorial from adding a webhook to the first event") {
    World world;
    Platform& platform = world.platform;

    const Webhook webhook = world.add(R"({"name":"Charging","type":"eventBased","events":["CHARGING_STARTED"]})");
    CHECK(webhook.status() == WebhookStatus::kUnverified);
    CHECK(webhook.id == "d0c0ffee-0005-4000-8000-000000000001");

    REQUIRE(platform.record_verification(webhook.id, webhook.settings.callback, Verified::kYes).ok());
    CHECK(platform.webhook(webhook.id).value().status() == WebhookStatus::kVerified);

    const auto test = platform.test_payload(webhook.id);
    REQUIRE(test.ok());
    CHECK(text_at(world.body(test.value()), "/eventName") == "eventBased");

    const Authorization authorization = platform.authorize({.client_id = std::string(kDevelopmentClientId),
                                                            .redirect_uri = "http://localhost:8000/exchange",
                                                            .scope = "read_vehicle_info read_charge",
                                                            .state = "a b&c"});
    REQUIRE(std::holds_alternative<Redirect>(authorization));
    const std::string& location = std::get<Redirect>(authorization).location;
    const std::string code = location.substr(location.find("code=") + 5, 36);
    CHECK(location == "http://localhost:8000/exchange?code=" + code + "&state=a%20b%26c");

    const TokenAnswer answer = platform.exchange_code(
        {std::string(kDevelopmentClientId), std::string(kDevelopmentClientSecret)}, code, std::nullopt);
    REQUIRE(std::holds_alternative<Tokens>(answer));
    const std::string& access_token = std::get<Tokens>(answer).access_token;

    const auto page = platform.vehicles(access_token, 10, 0);
    REQUIRE(std::holds_alternative<VehiclePage>(page));
    const Texts ids = std::get<VehiclePage>(page).ids;
    CHECK(ids == Texts{std::string(kTesla), std::string(kFord)});

    for (const std::string& id : ids) {
        CHECK(std::holds_alternative<Fired>(platform.subscribe(access_token, id, webhook.id)));
    }

    const Fired fired = world.set(kTesla, {{"charge-ischarging", true}});
    REQUIRE(fired.effects.size() == 1);
    const Effect& effect = fired.effects.front();
    CHECK(effect.webhook_id == webhook.id);
    CHECK(effect.callback.text() == "http://127.0.0.1:3000/webhooks");
    CHECK(effect.version == contract::Version::k2_0);
    CHECK(effect.message.render({}) ==
          R"({"version":"2.0","webhookId":")" + webhook.id +
              R"(","eventName":"eventBased","mode":"live","payload":{"eventId":")" + effect.event_id +
              R"(","vehicleId":")" + std::string(kTesla) +
              R"(","eventType":"CHARGING_STARTED","eventTime":"2026-01-01T00:00:00.000Z"}})");
}

}  // namespace
}  // namespace smartcar_sim::platform
