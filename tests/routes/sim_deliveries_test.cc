#include <string>
#include <vector>

#include "routes/a_client.h"
#include "signature/hmac.h"

namespace smartcar_sim::routes {
namespace {

std::string outcome(const contract::Response& page, int index) {
    return text_at(page, "/deliveries/" + std::to_string(index) + "/outcome");
}

}  // namespace

TEST_CASE("a delivery shows each attempt's request and answer") {
    Client client;
    const std::string id = client.add_ready_webhook();
    client.callback.then(contract::Response{
        .status = 500, .headers = {{"Content-Type", "text/plain"}, {"Set-Cookie", "session=1"}}, .body = "no"});
    client.callback.then(fakes::failed(delivery::Failure::Kind::kTimeout, "no answer within 15s"));
    const std::string event_id = text_at(client.fire("CHARGING_STARTED"), "/eventIds/0");
    client.post("/_sim/clock/advance", R"({"by":"25s"})");
    const std::string body = R"({"version":"2.0","webhookId":")" + id +
                             R"(","eventName":"eventBased","mode":"live","payload":{"eventId":")" + event_id +
                             R"(","vehicleId":")" + std::string(kTesla) +
                             R"(","eventType":"CHARGING_STARTED","eventTime":"2026-01-01T00:00:00.000Z"}})";
    std::string quoted;
    document::Writer(quoted).value(body);
    const std::string request =
        R"("milliseconds":1,"request":{"method":"POST","url":"http://127.0.0.1:3000/webhooks","headers":[)"
        R"(["accept","application/json, text/plain, */*"],["content-type","application/json"],)"
        R"(["user-agent","Smartcar-Webhooks/2.0"],["SC-Signature",")" +
        signature::hmac_sha256_hex(platform::kDevelopmentToken, body) + R"("]],"body":)" + quoted + "}";
    const auto delivery_id = [&](std::uint64_t attempt) {
        return client.world.ids.uuid("delivery", event_id, attempt);
    };
    const auto page = client.get("/_sim/deliveries?eventId=" + event_id);
    CHECK(page.status == 200);
    CHECK(
        page.body ==
        R"({"deliveries":[{"eventId":")" + event_id + R"(","webhookId":")" + id +
            R"(","event":"CHARGING_STARTED","vehicleId":")" + std::string(kTesla) +
            R"(","outcome":"pending","attempts":[{"deliveryId":")" + delivery_id(1) +
            R"(","at":"2026-01-01T00:00:00.000Z",)" + request +
            R"(,"status":500,"response":{"headers":[["Content-Type","text/plain"],["Set-Cookie","…"]],"body":"no"}},)" +
            R"({"deliveryId":")" + delivery_id(2) + R"(","at":"2026-01-01T00:00:25.000Z",)" + request +
            R"(,"error":"timeout","detail":"no answer within 15s"}]}],"next":2,"evicted":0})");
}

TEST_CASE("a verification is among the deliveries, about no vehicle") {
    Client client;
    const std::string id = client.add_webhook();
    client.post("/_sim/webhooks/" + id + "/verify");
    const auto page = client.get("/_sim/deliveries");
    CHECK(text_at(page, "/deliveries/0/event") == "verify");
    CHECK(json_at(page, "/deliveries/0/vehicleId") == "null");
    CHECK(outcome(page, 0) == "delivered");
}

TEST_CASE("bodies and headers that are not UTF-8 are shown in JSON all the same") {
    Client client;
    client.add_ready_webhook();
    client.callback.then(contract::Response{.status = 200, .headers = {{"X-Name", "caf\xe9"}}, .body = "\xff\xfe"});
    client.callback.then(fakes::failed(delivery::Failure::Kind::kMalformed, "not HTTP: \"\xe9\""));
    client.fire("CHARGING_STARTED", {}, "?wait=5s");
    client.fire("CHARGING_STARTED");
    client.post("/_sim/clock/advance", R"({"by":"0s"})");
    const auto page = client.get("/_sim/deliveries?after=1");
    CHECK(json_at(page, "/deliveries/0/attempts/0/response") ==
          R"({"headers":[["X-Name","caf%E9"]],"bodyBase64":"//4="})");
    CHECK(text_at(page, "/deliveries/1/attempts/0/detail") == R"(not HTTP: "?")");
}

// Four names were known, and a proxy's key may have any.
TEST_CASE("what -H added to the requests is masked, under whatever name") {
    simulation::Simulation::Options options = fakes::RunningPlatform::inline_options();
    options.headers = {{"Authorization", "Bearer hidden"},
                       {"cookie", "session=hidden"},
                       {"Proxy-Authorization", "Basic hidden"},
                       {"X-Proxy-Key", "hidden"}};
    Client client({}, options);
    client.add_ready_webhook();
    client.fire("CHARGING_STARTED", {}, "?wait=5s");
    const auto page = client.get("/_sim/deliveries");
    CHECK(page.body.find("hidden") == std::string::npos);
    for (const char* delivery : {"0", "1"}) {
        const std::string headers =
            json_at(page, "/deliveries/" + std::string(delivery) + "/attempts/0/request/headers");
        CHECK(headers.starts_with(
            R"([["accept","application/json, text/plain, */*"],["content-type","application/json"],)"
            R"(["user-agent","Smartcar-Webhooks/2.0"],["Authorization","…"],["cookie","…"],)"
            R"(["Proxy-Authorization","…"],["X-Proxy-Key","…"])"));
    }
    CHECK(client.world.callback_transport.sent().back().request.headers.get("authorization") == "Bearer hidden");
}

TEST_CASE("deliveries are paged in the order they were opened") {
    Client client;
    const std::string id = client.add_ready_webhook();
    for (int i = 0; i < 4; ++i) client.fire("CHARGING_STARTED");
    const auto page = client.get("/_sim/deliveries?limit=2&after=1");
    CHECK(json_at(page, "/next") == "3");
    CHECK_FALSE(json_at(page, "/deliveries/1").empty());
    CHECK(json_at(page, "/deliveries/2").empty());
    const auto rest = client.get("/_sim/deliveries?after=3&webhookId=" + id);
    CHECK(json_at(rest, "/next") == "5");
    CHECK(json_at(rest, "/deliveries/2").empty());
    CHECK(client.get("/_sim/deliveries?after=5").body == R"({"deliveries":[],"next":5,"evicted":0})");
    CHECK(client.get("/_sim/deliveries?webhookId=nobody").body == R"({"deliveries":[],"next":0,"evicted":0})");
    CHECK(client.get("/_sim/deliveries?eventId=%ff").body == R"({"deliveries":[],"next":0,"evicted":0})");
    CHECK(client.get("/_sim/deliveries?limit=0").body == R"({"deliveries":[],"next":0,"evicted":0})");
}

TEST_CASE("what the journal dropped is counted") {
    Client client({.journal = {.deliveries = 2}});
    client.add_ready_webhook();
    for (int i = 0; i < 3; ++i) client.fire("CHARGING_STARTED", {}, "?wait=5s");
    const auto page = client.get("/_sim/deliveries");
    CHECK(json_at(page, "/evicted") == "2");
    CHECK(json_at(page, "/next") == "4");
    CHECK(json_at(page, "/deliveries/2").empty());
}

TEST_CASE("a query that is not a number, or not known, is refused with what was given") {
    Client client;
    struct Row {
        std::string query, message;
    };
    const std::vector<Row> rows = {
        {"limit=many", R"(limit is \"many\", not a whole number below 2^53)"},
        {"limit=", R"(limit is \"\", not a whole number below 2^53)"},
        {"limit=-1", R"(limit is \"-1\", not a whole number below 2^53)"},
        {"after=1.5", R"(after is \"1.5\", not a whole number below 2^53)"},
        {"after=99999999999999999999", R"(after is \"99999999999999999999\", not a whole number below 2^53)"},
        // Before, the answer repeated it and was not JSON that carries it unchanged.
        {"after=9007199254740992", R"(after is \"9007199254740992\", not a whole number below 2^53)"},
        {"after=%ff", R"(after is \"?\", not a whole number below 2^53)"},
        {"limit=1&limit=2", "limit stands twice in the query"},
        {"%ff=1", R"(the query takes no field \"?\"; there are eventId, webhookId, after, limit, wait)"},
        {"event=x", R"(the query takes no field \"event\"; there are eventId, webhookId, after, limit, wait)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.query);
        const auto refused = client.get("/_sim/deliveries?" + row.query);
        CHECK(refused.status == 400);
        CHECK(refused.body == error_body("bad_query", row.message));
    }
    CHECK(client.get("/_sim/deliveries?after=9007199254740991").status == 200);
    CHECK(client.get("/_sim/deliveries?wait=soon").status == 400);
    CHECK(client.get("/_sim/requests?after=x").status == 400);
}

TEST_CASE("asking with a wait makes what is due first") {
    Client client;
    client.add_ready_webhook();
    client.fire("CHARGING_STARTED");
    CHECK(outcome(client.get("/_sim/deliveries?after=1"), 0) == "pending");
    CHECK(outcome(client.get("/_sim/deliveries?after=1&wait=5s"), 0) == "delivered");
}

TEST_CASE("an attempt is resent by its delivery id") {
    Client client;
    client.add_ready_webhook();
    const std::string event_id = text_at(client.fire("CHARGING_STARTED", {}, "?wait=5s"), "/eventIds/0");
    const std::string query = "/_sim/deliveries?eventId=" + event_id;
    const std::string delivery_id = text_at(client.get(query), "/deliveries/0/attempts/0/deliveryId");
    const auto resent = client.post("/_sim/deliveries/" + delivery_id + "/resend");
    CHECK(resent.status == 202);
    CHECK(resent.body == R"({"eventId":")" + event_id + R"("})");
    client.settle();
    const auto page = client.get(query);
    CHECK(outcome(page, 1) == "delivered");
    CHECK(json_at(page, "/deliveries/1/attempts/0/request") == json_at(page, "/deliveries/0/attempts/0/request"));

    const auto unknown = client.post("/_sim/deliveries/nothing/resend");
    CHECK(unknown.status == 404);
    CHECK(unknown.body == error_body("not_found", "the journal holds no attempt with delivery id nothing"));
}

}  // namespace smartcar_sim::routes
