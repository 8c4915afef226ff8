// One service, two faces: the application's API as the contract has it, and /_sim.
#include "routes/service.h"

#include <string>
#include <vector>

#include "routes/a_client.h"

namespace smartcar_sim::routes {

TEST_CASE("an unknown path is answered in the shape of the API it was asked of") {
    Client client;
    const auto api = client.get("/v2.0/nothing");
    CHECK(api.status == 404);
    CHECK(text_at(api, "/type") == "RESOURCE_NOT_FOUND");
    CHECK(json_at(api, "/statusCode") == "404");

    const auto sim = client.get("/_sim/nothing");
    CHECK(sim.status == 404);
    CHECK(sim.body == error_body("not_found", "the /_sim API has no /_sim/nothing"));
    CHECK(header(sim, "content-type") == "application/json");
    CHECK(client.get("/_sim").body == error_body("not_found", "the /_sim API has no /_sim"));
    CHECK(text_at(client.get("/_simulator"), "/type") == "RESOURCE_NOT_FOUND");
}

TEST_CASE("another method is 405 with what is allowed, in the shape of the API") {
    Client client;
    const auto api = client.send("DELETE", "/v2.0/vehicles");
    CHECK(api.status == 405);
    CHECK(header(api, "allow") == "GET, HEAD");
    CHECK_FALSE(text_at(api, "/type").empty());

    struct Row {
        std::string method, target, allow;
    };
    const std::vector<Row> rows = {
        {"PUT", "/_sim/webhooks", "POST, GET, HEAD"},
        {"POST", "/_sim/webhooks/w", "GET, HEAD, PATCH, DELETE"},
        {"GET", "/_sim/webhooks/w/verify", "POST"},
        {"GET", "/_sim/webhooks/w/test", "POST"},
        {"POST", "/_sim/webhooks/w/subscriptions/v", "PUT, DELETE"},
        {"GET", "/_sim/events", "POST"},
        {"POST", "/_sim/vehicles", "GET, HEAD"},
        {"GET", "/_sim/vehicles/v", "PATCH"},
        {"GET", "/_sim/connect", "POST"},
        {"POST", "/_sim/deliveries", "GET, HEAD"},
        {"GET", "/_sim/deliveries/d/resend", "POST"},
        {"POST", "/_sim/requests", "GET, HEAD, DELETE"},
        {"GET", "/_sim/clock/advance", "POST"},
        {"GET", "/_sim/reset", "POST"},
        {"POST", "/_sim/health", "GET, HEAD"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.method, row.target);
        const auto refused = client.send(row.method, row.target);
        CHECK(refused.status == 405);
        CHECK(header(refused, "allow") == row.allow);
        CHECK(refused.body == error_body("method_not_allowed", row.method + " is not known here; try " + row.allow));
    }
}

TEST_CASE("the application's calls are logged with their secrets masked, those to /_sim are not") {
    Client client;
    client.send("GET", "/v2.0/vehicles?limit=1&access_token=hidden", {},
                {{"Authorization", "Bearer d0c0ffee-0000-4000-8000-00000000e5f6"}});
    client.send("POST", "/oauth/token", "client_secret=hidden&grant_type=nothing",
                {{"content-type", "application/x-www-form-urlencoded"}});
    client.get("/nowhere");
    client.get("/_sim/health");
    client.get("/_sim/nowhere");
    CHECK(
        client.get("/_sim/requests").body ==
        R"({"requests":[)"
        R"({"number":1,"at":"2026-01-01T00:00:00.000Z","method":"GET","target":"/v2.0/vehicles?limit=1&access_token=…",)"
        R"("authorization":"Bearer …e5f6","status":401,"bodyBytes":0,"body":""},)"
        R"({"number":2,"at":"2026-01-01T00:00:00.000Z","method":"POST","target":"/oauth/token",)"
        R"("authorization":"","status":400,"bodyBytes":39,"body":"client_secret=…&grant_type=nothing"},)"
        R"({"number":3,"at":"2026-01-01T00:00:00.000Z","method":"GET","target":"/nowhere",)"
        R"("authorization":"","status":404,"bodyBytes":0,"body":""}]})");
    CHECK(json_at(client.get("/_sim/requests?after=2"), "/requests/0/number") == "3");
    CHECK(json_at(client.get("/_sim/requests?after=2"), "/requests/1").empty());

    CHECK(client.send("DELETE", "/_sim/requests").status == 204);
    CHECK(client.get("/_sim/requests").body == R"({"requests":[]})");
}

TEST_CASE("a token the user supplied is masked in what /_sim answers, whoever sent it") {
    const std::string token = "the-token-of-a-user-77aa";
    Client client({.configuration = {.application_management_token = {token, base::Secret::Origin::kSupplied}}});
    const std::string id = client.add_webhook();
    const auto answer_challenges = [&](const std::string& body) {
        client.callback.answer_challenges(contract::Response{.status = 200, .headers = {}, .body = body});
    };
    answer_challenges(R"({"challenge":")" + token + "\"}");
    const auto verdict = client.post("/_sim/webhooks/" + id + "/verify");
    CHECK(text_at(verdict, "/received") == "…77aa");
    answer_challenges("\xff" + token);
    client.post("/_sim/webhooks/" + id + "/verify");
    client.send("POST", "/v2.0/vehicles/" + token, token, {{"Authorization", "Bearer " + token}});
    client.send("POST", "/v2.0/vehicles", "\xff" + token);

    const auto deliveries = client.get("/_sim/deliveries");
    CHECK(text_at(deliveries, "/deliveries/0/attempts/0/response/body") == R"({"challenge":"…77aa"})");
    CHECK(text_at(deliveries, "/deliveries/1/attempts/0/response/bodyBase64") == base::to_base64("\xff…77aa"));
    const auto requests = client.get("/_sim/requests");
    CHECK(text_at(requests, "/requests/0/target") == "/v2.0/vehicles/…77aa");
    CHECK(text_at(requests, "/requests/0/body") == "…77aa");
    CHECK(text_at(requests, "/requests/1/bodyBase64") == base::to_base64("\xff…77aa"));
    const auto unknown = client.get("/_sim/webhooks/" + token);
    CHECK(unknown.body.find("…77aa") != std::string::npos);
    for (const auto& answer : {verdict, deliveries, requests, unknown}) {
        CHECK(answer.body.find(token) == std::string::npos);
    }
}

TEST_CASE("calls whose bytes are not UTF-8 are shown in JSON all the same") {
    Client client;
    client.send("POST", "/caf\xe9", "\xff\xfe", {{"Authorization", "Bearer abcdefgh\xff"}});
    const auto log = client.get("/_sim/requests");
    CHECK(text_at(log, "/requests/0/target") == "/caf?");
    CHECK(text_at(log, "/requests/0/bodyBase64") == "//4=");
    CHECK(json_at(log, "/requests/0/body").empty());
}

}  // namespace smartcar_sim::routes
