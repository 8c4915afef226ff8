#include "routes/smartcar_api.h"

#include "base/ids.h"
#include "routes/an_application.h"

namespace smartcar_sim::routes {
namespace {

std::string at(std::string_view vehicle, const std::string& rest = "") {
    return "/v2.0/vehicles/" + std::string(vehicle) + rest;
}

TEST_CASE("vehicles are listed with their paging") {
    Application application;
    const std::string token = application.connect();
    const auto all = application.get("/v2.0/vehicles", token);
    CHECK(all.status == 200);
    CHECK(all.body == R"({"paging":{"count":2,"offset":0},"vehicles":[")" + std::string(kTesla) + R"(",")" +
                          std::string(kFord) + R"("]})");
    CHECK(application.get("/v2.0/vehicles/?limit=1&offset=1", token).body ==
          R"({"paging":{"count":2,"offset":1},"vehicles":[")" + std::string(kFord) + R"("]})");
    CHECK(application.get("/v2.0/vehicles?offset=9", token).body ==
          R"({"paging":{"count":2,"offset":9},"vehicles":[]})");
    for (const std::string query : {"limit=51", "limit=x", "limit=-1", "offset=x", "limit="}) {
        CAPTURE(query);
        const auto refused = application.get("/v2.0/vehicles?" + query, token);
        CHECK(refused.status == 400);
        CHECK(text_at(refused, "/type") == "VALIDATION");
        CHECK(text_at(refused, "/detail/0/field/0") == query.substr(0, query.find('=')));
    }
    CHECK(application.get("/v2.0/vehicles?limit=x", "nonsense").status == 401);
}

TEST_CASE("attributes are static: no data age") {
    Application application;
    const auto response = application.get(at(kTesla), application.connect());
    CHECK(response.status == 200);
    CHECK(response.body ==
          R"({"id":"d0c0ffee-1001-4000-8000-000000000001","make":"TESLA","model":"Model 3","year":2020})");
    CHECK(header(response, "content-type") == "application/json");
    CHECK(base::is_uuid(header(response, "sc-request-id")));
    CHECK(header(response, "sc-data-age").empty());
    CHECK(header(response, "sc-unit-system").empty());
}

TEST_CASE("battery carries its age, when it was fetched and its units") {
    Application application;
    const std::string token = application.connect();
    const auto metric = application.get(at(kTesla, "/battery"), token);
    CHECK(metric.status == 200);
    CHECK(metric.body == R"({"percentRemaining":0.62,"range":290.4})");
    CHECK(header(metric, "sc-unit-system") == "metric");
    CHECK(header(metric, "sc-data-age") == "2026-01-01T00:00:00.000Z");
    CHECK(header(metric, "sc-fetched-at") == "2026-01-01T00:00:00.000Z");

    contract::Headers headers = Application::bearer(token);
    headers.add("sc-unit-system", "imperial");
    const auto imperial = application.send("GET", at(kTesla, "/battery/"), headers);
    CHECK(imperial.body == R"({"percentRemaining":0.62,"range":180.446194})");
    CHECK(header(imperial, "sc-unit-system") == "imperial");

    headers.set("sc-unit-system", "nautical");
    CHECK(application.send("GET", at(kTesla, "/battery"), headers).status == 400);
}

TEST_CASE("charge has no units") {
    Application application;
    const auto response = application.get(at(kTesla, "/charge"), application.connect());
    CHECK(response.body == R"({"isPluggedIn":true,"state":"NOT_CHARGING"})");
    CHECK_FALSE(header(response, "sc-data-age").empty());
    CHECK(header(response, "sc-unit-system").empty());
}

// Every endpoint against every state of token and vehicle.
TEST_CASE("refusals follow the contract's order on every endpoint") {
    Application application;
    const std::string webhook = application.add_webhook();
    const std::string token = application.connect({.scope = {"read_vin"}, .vehicles = {"tesla-model-3-2020"}});
    const std::string expired = application.connect({.vehicles = {"ford-f-150-2021"}});

    struct Endpoint {
        std::string method, rest;
        bool needs_permission;
    };
    const std::vector<Endpoint> endpoints = {
        {"GET", "", true},
        {"GET", "/battery", true},
        {"GET", "/charge", true},
        {"POST", "/webhooks/" + webhook, false},
    };
    for (const Endpoint& endpoint : endpoints) {
        CAPTURE(endpoint.method, endpoint.rest);
        const auto send = [&](std::string_view version, std::string_view vehicle, const contract::Headers& headers) {
            return application.send(endpoint.method,
                                    "/" + std::string(version) + "/vehicles/" + std::string(vehicle) + endpoint.rest,
                                    headers);
        };
        const auto good = Application::bearer(token);
        struct Row {
            contract::Response response;
            int status;
            std::string type, code;
        };
        const std::vector<Row> rows = {
            {send("2.0", kTesla, {}), 404, "RESOURCE_NOT_FOUND", "VERSION"},
            {send("v2", kTesla, {}), 404, "RESOURCE_NOT_FOUND", "VERSION"},
            {send("v2.0", "x", {}), 401, "AUTHENTICATION", ""},
            {send("v2.0", "x", Application::bearer("nonsense")), 401, "AUTHENTICATION", ""},
            {send("v2.0", kTesla, {{"authorization", "Basic " + base::to_base64(token + ":")}}), 401, "AUTHENTICATION",
             ""},
            {send("v2.0", kTesla, {{"authorization", token}}), 401, "AUTHENTICATION", ""},
            {send("v2.0", kTesla, {{"authorization", "Bearer "}}), 401, "AUTHENTICATION", ""},
            {send("v2.0", "x", good), 400, "VALIDATION", ""},
            {send("v2.0", kUnknownUuid, good), 403, "PERMISSION", ""},
            {send("v2.0", kFord, good), 403, "PERMISSION", ""},
        };
        for (const Row& row : rows) {
            CAPTURE(row.response.body);
            CHECK(row.response.status == row.status);
            CHECK(text_at(row.response, "/type") == row.type);
            CHECK(text_at(row.response, "/code") == row.code);
            CHECK(text_at(row.response, "/requestId") == header(row.response, "sc-request-id"));
        }
        CHECK(text_at(send("v2.0", "x", good), "/detail/0/field/0") == "vehicleId");
        CHECK(send("v2.0", kTesla, good).status == (endpoint.needs_permission ? 403 : 200));
        CHECK(send("v99999999.99", kTesla, good).status == (endpoint.needs_permission ? 403 : 200));
    }
    application.world.clock.advance_to(application.world.clock.now() + platform::kAccessTokenLifetime);
    CHECK(application.get(at(kFord), expired).status == 401);
}

TEST_CASE("a granted permission does not make a vehicle capable") {
    Application application;
    const auto response = application.get(at(kFord, "/battery"), application.connect());
    CHECK(response.status == 501);
    CHECK(text_at(response, "/type") == "COMPATIBILITY");
    CHECK(text_at(response, "/code") == "VEHICLE_NOT_CAPABLE");
}

TEST_CASE("subscribing answers both ids, unsubscribing says success") {
    Application application;
    const std::string webhook = application.add_webhook();
    const std::string target = at(kTesla, "/webhooks/" + webhook);
    const auto subscribed = application.send("POST", target, Application::bearer(application.connect()));
    CHECK(subscribed.status == 200);
    CHECK(subscribed.body == R"({"vehicleId":")" + std::string(kTesla) + R"(","webhookId":")" + webhook + R"("})");
    CHECK(application.world.platform.webhook(webhook).value().subscriptions.size() == 1);

    const auto wrong = application.send("DELETE", target, Application::bearer(application.connect()));
    CHECK(wrong.status == 401);
    const auto removed =
        application.send("DELETE", target + "/", Application::bearer(platform::kDevelopmentToken), "{}");
    CHECK(removed.status == 200);
    CHECK(removed.body == R"({"status":"success"})");
    CHECK(application.world.platform.webhook(webhook).value().subscriptions.empty());
}

TEST_CASE("a webhook id that is none, or nobody's, is a VALIDATION error") {
    Application application;
    const auto headers = Application::bearer(application.connect());
    for (const std::string& id : {std::string("x"), std::string(kUnknownUuid)}) {
        CHECK(application.send("POST", at(kTesla, "/webhooks/" + id), headers).status == 400);
        CHECK(
            application.send("DELETE", at(kTesla, "/webhooks/" + id), Application::bearer(platform::kDevelopmentToken))
                .status == 400);
    }
}

TEST_CASE("nothing is served elsewhere, and the error says whether the version or the path is wrong") {
    Application application;
    struct Row {
        std::string target, code;
    };
    const std::vector<Row> rows = {{"/v2.0", "PATH"},
                                   {"/v2.0/nothing", "PATH"},
                                   {"/v2.0/vehicles/x/nothing", "PATH"},
                                   {"/vehicles", "PATH"},
                                   {"/v2/nothing", "VERSION"},
                                   {"/v2.x/vehicles", "VERSION"},
                                   {"/v2.0.1/vehicles", "VERSION"}};
    for (const Row& row : rows) {
        CAPTURE(row.target);
        const auto response = application.get(row.target, "");
        CHECK(response.status == 404);
        CHECK(text_at(response, "/type") == "RESOURCE_NOT_FOUND");
        CHECK(text_at(response, "/code") == row.code);
        CHECK(base::is_uuid(header(response, "sc-request-id")));
    }
}

TEST_CASE("a method that a path lacks is 405 with Allow") {
    Application application;
    const auto response = application.send("PUT", at(kTesla, "/battery"));
    CHECK(response.status == 405);
    CHECK(header(response, "allow") == "GET, HEAD");
    CHECK(response.body.find(R"("statusCode":405)") != std::string::npos);
    // Once said that nothing is served at the path.
    CHECK(text_at(response, "/description") == "PUT is not served at this path. Try GET, HEAD.");
    CHECK(text_at(response, "/requestId") == header(response, "sc-request-id"));
}

TEST_CASE("no two answers share a request id") {
    Application application;
    const std::string token = application.connect();
    CHECK(header(application.get("/v2.0/vehicles", token), "sc-request-id") !=
          header(application.get("/v2.0/vehicles", token), "sc-request-id"));
}

}  // namespace
}  // namespace smartcar_sim::routes
