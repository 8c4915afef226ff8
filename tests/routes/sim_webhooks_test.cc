#include <string>
#include <vector>

#include "routes/a_client.h"
#include "signature/hmac.h"

namespace smartcar_sim::routes {
namespace {

constexpr std::string_view kFirst = "d0c0ffee-0005-4000-8000-000000000001";

std::string first(const std::string& rest = {}) { return "/_sim/webhooks/" + std::string(kFirst) + rest; }

}  // namespace

TEST_CASE("a webhook is made, read, listed, changed and removed") {
    Client client;
    const auto created = client.post("/_sim/webhooks", R"({"name":"Charging","callbackUri":"http://localhost:3000/w",)"
                                                       R"("type":"eventBased","version":"2.0",)"
                                                       R"("events":["CHARGING_STARTED"]})");
    CHECK(created.status == 201);
    const std::string webhook =
        R"({"id":"d0c0ffee-0005-4000-8000-000000000001","name":"Charging","callbackUri":"http://localhost:3000/w",)"
        R"("type":"eventBased","version":"2.0","events":["CHARGING_STARTED"],"autoSubscribe":false,)"
        R"("status":"unverified","createdAt":"2026-01-01T00:00:00.000Z","subscriptions":[]})";
    CHECK(created.body == webhook);
    CHECK(client.get(first()).body == webhook);
    CHECK(client.get("/_sim/webhooks").body == R"({"webhooks":[)" + webhook + "]}");

    const auto renamed = client.patch(first(), R"({"name":"Other"})");
    CHECK(renamed.status == 200);
    CHECK(text_at(renamed, "/name") == "Other");
    CHECK(json_at(renamed, "/events") == R"(["CHARGING_STARTED"])");

    CHECK(client.send("DELETE", first()).status == 204);
    CHECK(client.get("/_sim/webhooks").body == R"({"webhooks":[]})");
    CHECK(client.send("DELETE", first()).status == 404);
}

// The route did not know the member, which platform::parse_webhook reads and the documentation names.
TEST_CASE("the interval of a schedule is a setting like the others") {
    Client client;
    const auto created = client.post("/_sim/webhooks",
                                     R"({"callbackUri":"http://localhost:3000/w","type":"schedule","interval":"30m"})");
    CHECK(created.status == 201);
    CHECK(text_at(created, "/interval") == "30m");
    CHECK(text_at(client.patch(first(), R"({"interval":"2h"})"), "/interval") == "2h");
}

TEST_CASE("a 4.0 webhook says its triggers, data and dialect") {
    Client client;
    const auto created =
        client.post("/_sim/webhooks", R"({"callbackUri":"http://localhost:3000/","version":"4.0","dialect":"doc",)"
                                      R"("triggers":["charge-ischarging"],"data":["odometer-traveleddistance"],)"
                                      R"("errorCallbackUri":"http://localhost:3000/errors","autoSubscribe":true})");
    CHECK(created.status == 201);
    CHECK(text_at(created, "/type") == "signals");
    CHECK(text_at(created, "/dialect") == "doc");
    CHECK(json_at(created, "/data") == R"(["charge-ischarging","odometer-traveleddistance"])");
    CHECK(text_at(created, "/errorCallbackUri") == "http://localhost:3000/errors");
    CHECK(json_at(created, "/autoSubscribe") == "true");
}

TEST_CASE("what is wrong with a webhook's body is said with its place") {
    Client client;
    struct Row {
        std::string body, code, message;
    };
    const std::vector<Row> rows = {
        {"{\"name\":\"x\",\n  nope}", "bad_json", "body:2:3: "},
        {R"({"name":"a","name":"b"})", "bad_json", "body:1:13: "},
        {"[]", "bad_body", "the body is an array, not an object"},
        {"", "bad_webhook", "/callbackUri: is required: where the events go"},
        {R"({"callbackURI":"http://localhost/"})", "unknown_member",
         R"(body:1:2: the body takes no member "callbackURI"; did you mean "callbackUri"?)"},
        {R"({"callbackUri":"ftp://x"})", "bad_webhook", "/callbackUri: the URL must begin with http:// or https://"},
        {R"({"callbackUri":7})", "bad_webhook", "/callbackUri: must be a string, not a number"},
        {R"({"callbackUri":"http://localhost/","events":["CHARGING_STRATED"]})", "bad_webhook",
         R"(/events/0: unknown event "CHARGING_STRATED"; did you mean "CHARGING_STARTED"?)"},
        {R"({"callbackUri":"http://localhost/","enabled":"yes"})", "bad_member",
         "/enabled is a string, not true or false"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const auto refused = client.post("/_sim/webhooks", row.body);
        CHECK(refused.status == 400);
        CHECK(text_at(refused, "/error/code") == row.code);
        const std::string message = text_at(refused, "/error/message");
        CAPTURE(message);
        CHECK((row.code == "bad_json" ? message.starts_with(row.message) : message == row.message));
    }
    CHECK(client.world.platform.webhooks().empty());
}

TEST_CASE("an id nobody made is 404 on every route of a webhook") {
    Client client;
    const std::string no_webhook = error_body("not_found", R"(there is no webhook \"nobody\")");
    for (const auto& [method, rest] : std::initializer_list<std::pair<std::string, std::string>>{
             {"GET", ""},
             {"PATCH", ""},
             {"DELETE", ""},
             {"POST", "/verify"},
             {"POST", "/test"},
             {"PUT", "/subscriptions/" + std::string(kTesla)},
             {"DELETE", "/subscriptions/" + std::string(kTesla)}}) {
        CAPTURE(method, rest);
        const auto refused = client.send(method, "/_sim/webhooks/nobody" + rest);
        CHECK(refused.status == 404);
        CHECK(refused.body == no_webhook);
    }
    // Before, the answer was cut off JSON.
    CHECK(client.get("/_sim/webhooks/%ff%22").body == error_body("not_found", R"(there is no webhook \"?\"\")"));
}

TEST_CASE("verify answers what was expected, what came and what is wrong with it") {
    Client client;
    const std::string id = client.add_webhook();
    const std::string challenge = client.world.ids.challenge(id, 0);
    const std::string hash = signature::hmac_sha256_hex(platform::kDevelopmentToken, challenge);
    const auto verified = client.post(first("/verify"));
    CHECK(verified.status == 200);
    CHECK(verified.body ==
          R"({"verified":true,"reason":null,"mistake":null,"expected":")" + hash + R"(","received":")" + hash +
              R"(","challenge":")" + challenge +
              R"(","status":200,"error":null,"milliseconds":1,"callbackUri":"http://127.0.0.1:3000/webhooks",)"
              R"("says":null,"fix":null,"warnings":[]})");
    CHECK(text_at(client.get(first()), "/status") == "verified");

    client.callback.answer_challenges(
        contract::json_response(201, R"({"challenge":")" + client.world.ids.challenge(id, 1) + R"("})"));
    const auto echoed = client.post(first("/verify"));
    CHECK(echoed.status == 200);
    CHECK(json_at(echoed, "/verified") == "false");
    CHECK(text_at(echoed, "/reason") == "wrong-hash");
    CHECK(text_at(echoed, "/mistake") == "echoed-challenge");
    CHECK(text_at(echoed, "/received") == client.world.ids.challenge(id, 1));
    CHECK_FALSE(text_at(echoed, "/says").empty());
    CHECK_FALSE(text_at(echoed, "/fix").empty());
    CHECK(json_at(echoed, "/warnings/0") != "");
    CHECK(text_at(client.get(first()), "/status") == "unverified");

    client.callback.answer_challenges(fakes::failed(delivery::Failure::Kind::kUnreachable, "refused"));
    const auto unreachable = client.post(first("/verify"));
    CHECK(text_at(unreachable, "/reason") == "unreachable");
    CHECK(json_at(unreachable, "/status") == "null");
    CHECK(json_at(unreachable, "/received") == "null");
    CHECK(text_at(unreachable, "/error") == "unreachable");

    // Before, nothing but the words told a connection that was lost from none.
    client.callback.answer_challenges(fakes::failed(delivery::Failure::Kind::kReset, "closed"));
    const auto lost = client.post(first("/verify"));
    CHECK(text_at(lost, "/reason") == "unreachable");
    CHECK(text_at(lost, "/error") == "reset");
}

TEST_CASE("another callback makes a webhook unverified, a refused change nothing") {
    Client client;
    client.add_ready_webhook();
    CHECK(client.patch(first(), R"({"name":"x","events":[]})").status == 400);
    CHECK(client.patch(first(), R"({"enabled":false,"type":"signals"})").status == 400);
    CHECK(client.patch(first(), R"({"enabled":false,"triggers":[]})").status == 400);
    const auto untouched = client.get(first());
    CHECK(text_at(untouched, "/name") == "Example webhook");
    CHECK(text_at(untouched, "/status") == "verified");

    const auto moved = client.patch(first(), R"({"callbackUri":"http://127.0.0.1:4000/"})");
    CHECK(text_at(moved, "/status") == "unverified");
}

TEST_CASE("disabling drops what waits, enabling goes on") {
    Client client;
    const std::string id = client.add_ready_webhook();
    client.callback.then(fakes::answered(500));
    CHECK(client.fire("CHARGING_STARTED").status == 202);
    CHECK(client.post("/_sim/clock/advance", R"({"by":"0s"})").status == 200);
    const auto disabled = client.patch(first(), R"({"enabled":false})");
    CHECK(disabled.status == 200);
    CHECK(text_at(disabled, "/status") == "disabled");
    CHECK(text_at(client.get("/_sim/deliveries?after=1"), "/deliveries/0/outcome") == "dropped");
    CHECK(client.fire("CHARGING_STOPPED").body ==
          R"({"error":{"code":"reached_nobody","message":"no webhook took the event; \"skipped\" says why for each"},)"
          R"("eventIds":[],"skipped":[{"webhookId":")" +
              id + R"(","reason":"disabled"}]})");

    CHECK(text_at(client.patch(first(), R"({"enabled":true})"), "/status") == "verified");
    CHECK(client.fire("CHARGING_STOPPED").status == 202);
    CHECK(text_at(client.post("/_sim/webhooks", R"({"callbackUri":"http://localhost:3000/","enabled":false})"),
                  "/status") == "disabled");
}

// They once went on to the old address, and to a webhook that nothing may be sent to.
TEST_CASE("retries end when the callback changes, and when the vehicle is unsubscribed") {
    const std::string subscription = "/subscriptions/tesla-model-3-2020";
    for (const bool by_patch : {true, false}) {
        CAPTURE(by_patch);
        Client client;
        client.add_ready_webhook();
        client.callback.then(fakes::answered(500));
        CHECK(client.fire("CHARGING_STARTED").status == 202);
        CHECK(client.post("/_sim/clock/advance", R"({"by":"0s"})").status == 200);
        const std::size_t sent = client.world.callback_transport.sent().size();
        if (by_patch) {
            CHECK(client.patch(first(), R"({"callbackUri":"http://127.0.0.1:4000/"})").status == 200);
        } else {
            CHECK(client.send("DELETE", first(subscription)).status == 204);
        }
        CHECK(client.post("/_sim/clock/advance", R"({"by":"1h"})").status == 200);
        CHECK(client.world.callback_transport.sent().size() == sent);
        CHECK(text_at(client.get("/_sim/deliveries?after=1"), "/deliveries/0/outcome") == "dropped");
    }
}

TEST_CASE("a test payload is sent to one webhook, verified and enabled") {
    Client client;
    client.add_webhook();
    CHECK(client.post(first("/test")).status == 409);
    CHECK(text_at(client.post(first("/test")), "/error/code") == "unverified");
    client.post(first("/verify"));
    const auto sent = client.post(first("/test"));
    CHECK(sent.status == 202);
    const std::string event_id = text_at(sent, "/eventId");
    CHECK(sent.body == R"({"eventId":")" + event_id + R"("})");
    CHECK(text_at(client.get("/_sim/deliveries?eventId=" + event_id), "/deliveries/0/outcome") == "pending");

    const auto waited = client.post(first("/test?wait=5s"));
    CHECK(text_at(client.get("/_sim/deliveries?eventId=" + text_at(waited, "/eventId")), "/deliveries/0/outcome") ==
          "delivered");

    client.patch(first(), R"({"enabled":false})");
    const auto disabled = client.post(first("/test"));
    CHECK(disabled.status == 409);
    CHECK(text_at(disabled, "/error/code") == "disabled");
}

TEST_CASE("vehicles are subscribed by id or fixture once they are connected") {
    Client client;
    client.add_webhook();
    const auto early = client.send("PUT", first("/subscriptions/tesla-model-3-2020"));
    CHECK(early.status == 409);
    CHECK(text_at(early, "/error/code") == "not_connected");
    REQUIRE(client.post("/_sim/connect").status == 200);

    for (int twice = 0; twice < 2; ++twice) {
        CHECK(client.send("PUT", first("/subscriptions/tesla-model-3-2020")).status == 204);
    }
    CHECK(json_at(client.get(first()), "/subscriptions") == "[\"" + std::string(kTesla) + "\"]");
    for (int twice = 0; twice < 2; ++twice) {
        CHECK(client.send("DELETE", first("/subscriptions/" + std::string(kTesla))).status == 204);
    }
    CHECK(json_at(client.get(first()), "/subscriptions") == "[]");
    CHECK(
        client.send("PUT", first("/subscriptions/tesla-model-4-2020")).body ==
        error_body("not_found", R"(there is no vehicle \"tesla-model-4-2020\"; did you mean \"tesla-model-3-2020\"?)"));
}

}  // namespace smartcar_sim::routes
