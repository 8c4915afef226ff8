// A webhook as the platform is to set it up, in one payload version.
#include "a_theatre.h"

namespace smartcar_sim::scenario {
namespace {

using contract::Version;
using platform::WebhookType;
using Texts = std::vector<std::string>;

const base::Url kCallback = base::parse_url("http://127.0.0.1:3000/webhooks?key=1").value();

// `settings` is what "webhook" says.
base::Result<platform::WebhookSettings> settings_of(const std::string& settings, Version version) {
    const auto read = parsed(R"("webhook": )" + settings + R"(, "steps": [{"verify": {}}])");
    REQUIRE(read.scenario.has_value());
    return settings_in(read.scenario->webhooks[0], version, kCallback, {});
}

TEST_CASE("a callback URI that is a path is one of the callback's host; without one it is the callback",
          "[scenario][webhook]") {
    const auto [settings, callback, errors] = GENERATE(table<std::string, std::string, std::string>({
        {R"({"version": "4.0"})", "http://127.0.0.1:3000/webhooks?key=1", ""},
        {R"({"version": "4.0", "callbackUri": "/other", "errorCallbackUri": "/errors?a=b"})",
         "http://127.0.0.1:3000/other", "http://127.0.0.1:3000/errors?a=b"},
        {R"({"version": "4.0", "callbackUri": "https://localhost/a", "errorCallbackUri": "http://[::1]:81"})",
         "https://localhost:443/a", "http://[::1]:81/"},
    }));
    INFO(settings);
    const auto made = settings_of(settings, Version::k4_0);
    REQUIRE(made.ok());
    CHECK(made.value().callback == base::parse_url(callback).value());
    CHECK(made.value().error_callback.has_value() == !errors.empty());
    if (!errors.empty()) CHECK(made.value().error_callback == base::parse_url(errors).value());
}

TEST_CASE("a path has to make a URL", "[scenario][webhook]") {
    CHECK(resolve_url("/a", kCallback).value().text() == "http://127.0.0.1:3000/a");
    CHECK(resolve_url("http://other/a", kCallback).value().host == "other");
    for (const std::string text : {"", "a", "ftp://x/", "/a b"}) {
        INFO(text);
        const auto url = resolve_url(text, kCallback);
        REQUIRE_FALSE(url.ok());
        CHECK(url.error().code == "bad_url");
    }
    // Said of the member, for the line of the file.
    const auto read = parsed(R"("webhook": {"version": "4.0", "errorCallbackUri": "/a b"}, "steps": [{"verify": {}}])");
    REQUIRE(read.errors.size() == 1);
    CHECK(read.errors[0].code == "bad_url");
    CHECK(read.errors[0].place->column == 80);
}

TEST_CASE("with a list of versions each takes what it has a use for", "[scenario][webhook]") {
    const std::string both = R"({"version": ["2.0", "4.0"], "name": "Both", "events": ["CHARGING_STOPPED"],
        "dialect": "doc", "triggers": ["charge-ischarging"], "data": ["odometer-traveleddistance"],
        "errorCallbackUri": "/errors", "autoSubscribe": true})";
    const auto old = settings_of(both, Version::k2_0);
    REQUIRE(old.ok());
    CHECK((old.value().type == WebhookType::kEventBased));
    CHECK(old.value().name == "Both");
    CHECK(old.value().events == Texts{"CHARGING_STOPPED"});
    CHECK_FALSE(old.value().error_callback.has_value());
    CHECK(old.value().auto_subscribe);
    const auto current = settings_of(both, Version::k4_0);
    REQUIRE(current.ok());
    CHECK((current.value().type == WebhookType::kSignals));
    CHECK(current.value().triggers == Texts{"charge-ischarging"});
    CHECK((current.value().dialect == contract::Dialect::kDoc));
    CHECK(current.value().events.empty());
    CHECK(current.value().error_callback.has_value());
    CHECK(current.value().auto_subscribe);
}

TEST_CASE("with one version, members of the other are a mistake", "[scenario][webhook]") {
    const auto [settings, error] = GENERATE(table<std::string, std::string>({
        {R"({"version": "2.0", "triggers": ["charge-ischarging"]})", "a webhook of type eventBased has no such member"},
        {R"({"triggers": ["charge-ischarging"]})", "a webhook of type eventBased has no such member"},
        {R"({"version": "4.0", "events": ["CHARGING_STARTED"]})", "a webhook of type signals has no such member"},
        {R"({"type": "schedule", "errorCallbackUri": "/errors"})", "a webhook of type schedule has no such member"},
    }));
    INFO(settings);
    const auto read = parsed(R"("webhook": )" + settings + R"(, "steps": [{"verify": {}}])");
    REQUIRE(read.errors.size() == 1);
    CHECK(read.errors[0].message == error);
}

TEST_CASE("a webhook that names no version takes the one that is asked for", "[scenario][webhook]") {
    CHECK((settings_of("{}", Version::k2_0).value().type == WebhookType::kEventBased));
    CHECK((settings_of("{}", Version::k4_0).value().type == WebhookType::kSignals));
    // One that does keeps its own.
    CHECK((settings_of(R"({"version": "2.0"})", Version::k4_0).value().type == WebhookType::kEventBased));
    CHECK((settings_of(R"({"type": "schedule"})", Version::k4_0).value().type == WebhookType::kSchedule));
}

}  // namespace
}  // namespace smartcar_sim::scenario
