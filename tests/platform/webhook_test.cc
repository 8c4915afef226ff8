// A webhook's JSON: what is understood, what is refused and in which words.
#include "platform/a_platform.h"

namespace smartcar_sim::platform {
namespace {

constexpr std::string_view kCallback = R"("callbackUri":"http://127.0.0.1:3000/hook")";

base::Result<WebhookSettings> parse_text(const std::string& json, const Configuration& defaults = {}) {
    const auto body = document::parse(json);
    REQUIRE(body.ok());
    return parse_webhook(body.value(), defaults);
}

// The members beside the callback.
WebhookSettings parsed(const std::string& members, const Configuration& defaults = {}) {
    auto settings = parse_text("{" + std::string(kCallback) + (members.empty() ? "" : ",") + members + "}", defaults);
    if (!settings.ok()) FAIL(settings.error().message);
    return std::move(settings).value();
}

TEST_CASE("a webhook needs a callback and selects everything else") {
    const WebhookSettings settings = parsed("");
    CHECK(settings.type == WebhookType::kEventBased);
    CHECK(settings.version() == contract::Version::k2_0);
    CHECK(settings.callback.text() == "http://127.0.0.1:3000/hook");
    CHECK(settings.events == Texts{"CHARGING_STARTED", "CHARGING_STOPPED", "CHARGING_COMPLETED"});
    CHECK_FALSE(settings.auto_subscribe);
}

TEST_CASE("type and version imply each other") {
    CHECK(parsed(R"("version":"4.0")").type == WebhookType::kSignals);
    CHECK(parsed(R"("version":"2.0")").type == WebhookType::kEventBased);
    CHECK(parsed(R"("type":"signals")").version() == contract::Version::k4_0);
    CHECK(parsed(R"("type":"dynamic")").paths == Texts{"/battery", "/charge"});
    Configuration defaults;
    defaults.webhook_version = contract::Version::k4_0;
    defaults.dialect = contract::Dialect::kDoc;
    CHECK(parsed("", defaults).type == WebhookType::kSignals);
    CHECK(parsed("", defaults).dialect == contract::Dialect::kDoc);
}

TEST_CASE("the triggers of a signals webhook are part of its data") {
    const WebhookSettings settings =
        parsed(R"("type":"signals","triggers":["charge-ischarging"],"data":["closure-islocked","charge-ischarging"])");
    CHECK(settings.triggers == Texts{"charge-ischarging"});
    CHECK(settings.data == Texts{"charge-ischarging", "closure-islocked"});
}

TEST_CASE("what is wrong with a webhook is said with a pointer and a suggestion") {
    struct Row {
        std::string json, message;
    };
    const std::string callback(kCallback);
    const std::vector<Row> rows = {
        {R"([])", "a webhook is an object, not an array"},
        {R"({})", "/callbackUri: is required: where the events go"},
        {R"({"callbackUri":7})", "/callbackUri: must be a string, not a number"},
        {"{" + callback + R"(,"event":[]})", R"(/event: unknown member; did you mean "events"?)"},
        {"{" + callback + R"(,"events":["CHARGING_STRATED"]})",
         R"(/events/0: unknown event "CHARGING_STRATED"; did you mean "CHARGING_STARTED"?)"},
        {"{" + callback + R"(,"events":["CHARGING_STARTED","CHARGING_STARTED"]})",
         R"(/events/1: "CHARGING_STARTED" is listed twice)"},
        {"{" + callback + R"(,"events":[]})", "/events: choose at least one event"},
        {"{" + callback + R"(,"events":"CHARGING_STARTED"})", "/events: must be an array, not a string"},
        {"{" + callback + R"(,"type":"eventbased"})",
         R"(/type: unknown type "eventbased"; did you mean "eventBased"?)"},
        {"{" + callback + R"(,"version":"3.0"})", R"(/version: unknown version "3.0"; it is "2.0" or "4.0")"},
        {"{" + callback + R"(,"type":"schedule","version":"4.0"})",
         "/version: version 4.0 goes with type signals, and 2.0 with eventBased, schedule and dynamic"},
        {"{" + callback + R"(,"triggers":["charge-ischarging"]})",
         "/triggers: a webhook of type eventBased has no such member"},
        {"{" + callback + R"(,"type":"signals","data":["charge-ischarged"]})",
         R"(/data/0: unknown signal "charge-ischarged"; did you mean "charge-ischarging"?)"},
        {"{" + callback + R"(,"type":"signals","dialect":"wired"})",
         R"(/dialect: unknown dialect "wired"; it is "wire" or "doc")"},
        {"{" + callback + R"(,"type":"schedule","paths":["/batery"]})",
         R"(/paths/0: unknown path "/batery"; did you mean "/battery"?)"},
        {"{" + callback + R"(,"autoSubscribe":"yes"})", "/autoSubscribe: must be a boolean, not a string"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.json);
        const auto settings = parse_text(row.json);
        REQUIRE_FALSE(settings.ok());
        CHECK(settings.error().code == "bad_webhook");
        CHECK(settings.error().message == row.message);
    }
}

TEST_CASE("a callback that is no URL is refused in the words of the URL reader") {
    const auto settings = parse_text(R"({"callbackUri":"ftp://example.com"})");
    REQUIRE_FALSE(settings.ok());
    CHECK(settings.error().message == "/callbackUri: " + base::parse_url("ftp://example.com").error().message);
}

TEST_CASE("a patch replaces what it names and leaves the rest") {
    const WebhookSettings before = parsed(R"("name":"old","events":["CHARGING_STARTED"])");
    const auto after = patch_webhook(before, document::Object{{"name", "new"}});
    REQUIRE(after.ok());
    CHECK(after.value().name == "new");
    CHECK(after.value().events == before.events);
    CHECK(after.value().callback == before.callback);

    const auto retyped = patch_webhook(before, document::Object{{"version", "4.0"}});
    REQUIRE_FALSE(retyped.ok());
    CHECK(retyped.error().message == "/version: the type of a webhook cannot change; make another");
}

TEST_CASE("a webhook is written with what its type has") {
    const auto written = [](const std::string& members) {
        Webhook webhook;
        webhook.id = "w";
        webhook.settings = parsed(members);
        webhook.subscriptions = {"v"};
        std::string text;
        document::Writer json(text);
        write(json, webhook);
        return text;
    };
    CHECK(written(R"("name":"A","events":["CHARGING_STARTED"])") ==
          R"({"id":"w","name":"A","callbackUri":"http://127.0.0.1:3000/hook","type":"eventBased","version":"2.0",)"
          R"("events":["CHARGING_STARTED"],"autoSubscribe":false,"status":"unverified",)"
          R"("createdAt":"1970-01-01T00:00:00.000Z","subscriptions":["v"]})");
    CHECK(written(R"("name":"B","type":"signals","triggers":["charge-ischarging"],"data":["charge-voltage"],)"
                  R"("errorCallbackUri":"https://example.com/e")") ==
          R"({"id":"w","name":"B","callbackUri":"http://127.0.0.1:3000/hook","type":"signals","version":"4.0",)"
          R"("dialect":"wire","triggers":["charge-ischarging"],"data":["charge-ischarging","charge-voltage"],)"
          R"("errorCallbackUri":"https://example.com/e","autoSubscribe":false,"status":"unverified",)"
          R"("createdAt":"1970-01-01T00:00:00.000Z","subscriptions":["v"]})");
}

}  // namespace
}  // namespace smartcar_sim::platform
