// Faults set and taken away through /_sim.
#include <string>
#include <utility>
#include <vector>

#include "routes/a_client.h"

namespace smartcar_sim::routes {

TEST_CASE("a fault is made, listed with what became of it, and taken away") {
    Client client;
    const auto made = client.post(
        "/_sim/faults",
        R"({"endpoint":"/battery","method":"GET","vehicle":"tesla-model-3-2020","type":"VEHICLE_STATE","code":"ASLEEP","times":2,"after":1,"latency":"200ms"})");
    CHECK(made.status == 201);
    const std::string id = text_at(made, "/id");
    CHECK(base::is_uuid(id));
    const auto fault_with = [&](const std::string& counts) {
        return R"({"id":")" + id + R"(","endpoint":"/battery","method":"GET","vehicle":")" + std::string(kTesla) +
               R"(","type":"VEHICLE_STATE","code":"ASLEEP","status":409,"latency":"200ms","times":2,"after":1,)" +
               counts + "}";
    };
    CHECK(made.body == fault_with(R"("passed":0,"applied":0)"));

    const std::string battery = "/v2.0/vehicles/" + std::string(kTesla) + "/battery";
    CHECK(client.get(battery).status == 401);
    CHECK(client.get(battery).status == 409);
    CHECK(client.get("/v2.0/vehicles/" + std::string(kSimulatedCar) + "/battery").status == 401);
    CHECK(client.get("/_sim/faults").body == R"({"faults":[)" + fault_with(R"("passed":1,"applied":1)") + "]}");

    CHECK(client.send("DELETE", "/_sim/faults/" + id).status == 204);
    CHECK(client.get("/_sim/faults").body == R"({"faults":[]})");
    CHECK(client.get(battery).status == 401);
    const auto gone = client.send("DELETE", "/_sim/faults/" + id);
    CHECK(gone.status == 404);
    CHECK(gone.body == error_body("not_found", "there is no fault \\\"" + id + "\\\""));
}

TEST_CASE("faults are all taken away at once, and by a reset") {
    Client client;
    for (const auto& [method, target] : {std::pair{"DELETE", "/_sim/faults"}, std::pair{"POST", "/_sim/reset"}}) {
        CAPTURE(target);
        REQUIRE(client.post("/_sim/faults", R"({"endpoint":"*","status":503})").status == 201);
        REQUIRE(client.post("/_sim/faults", R"({"endpoint":"/vehicles","latency":"1s"})").status == 201);
        CHECK(client.get("/v2.0/vehicles").status == 503);
        CHECK(client.send(method, target).status == 204);
        CHECK(client.get("/_sim/faults").body == R"({"faults":[]})");
        CHECK(client.get("/v2.0/vehicles").status == 401);
    }
}

TEST_CASE("a fault shows what it was told") {
    Client client;
    const auto shown = [&](const std::string& members) {
        const auto made = client.post("/_sim/faults", R"({"endpoint":"*",)" + members + "}");
        REQUIRE(made.status == 201);
        const std::string rest = R"({"id":")" + text_at(made, "/id") + R"(","endpoint":"*",)";
        REQUIRE(made.body.starts_with(rest));
        return made.body.substr(rest.size());
    };
    CHECK(shown(R"("status":503,"retryAfter":9)") == R"("status":503,"retryAfter":9,"passed":0,"applied":0})");
    CHECK(shown(R"("status":502,"body":{"a":1.50})") ==
          R"("status":502,"body":"{\"a\":1.5}","contentType":"application/json","passed":0,"applied":0})");
    CHECK(shown(R"("type":"PERMISSION")") == R"("type":"PERMISSION","code":null,"status":403,"passed":0,"applied":0})");
    CHECK(
        shown(R"("type":"RATE_LIMIT","code":"VEHICLE","retryAfter":4,"resolutionUrl":"http://x")") ==
        R"("type":"RATE_LIMIT","code":"VEHICLE","status":429,"resolutionUrl":"http://x","retryAfter":4,"passed":0,"applied":0})");
    CHECK(shown(R"("latency":"1m30s")") == R"("latency":"1m30s","passed":0,"applied":0})");
}

TEST_CASE("what is wrong with a fault is said, and none is made") {
    Client client;
    struct Row {
        std::string body;
        int status;
        std::string code, message;
    };
    const std::vector<Row> rows = {
        {"", 400, "bad_fault", R"(a fault needs \"endpoint\": \"/battery\", or \"*\" for all)"},
        {R"({"endpoint":"*","typ":"PERMISSION"})", 400, "unknown_member",
         R"(body:1:17: the body takes no member \"typ\"; did you mean \"type\"?)"},
        {R"({"endpoint":"*","type":"PERMISION"})", 400, "unknown_error",
         R"(unknown error type \"PERMISION\"; did you mean \"PERMISSION\"?)"},
        {R"({"endpoint":"*","status":503,"vehicle":"tesla-model-3-202"})", 404, "not_found", ""},
        {R"({"endpoint":"*"})", 400, "bad_fault",
         R"(nothing happens; say \"type\" and \"code\", \"status\", or \"latency\")"},
        {R"({"endpoint":"/batery","status":503})", 400, "bad_fault",
         R"(nothing is served at \"/batery\"; did you mean \"/battery\"?)"},
        {R"({"endpoint":"/v4/vehicles","status":503})", 400, "bad_fault", R"(nothing is served at \"/v4/vehicles\")"},
        {R"({"endpoint":"/battery","method":"PUT","status":503})", 400, "bad_fault",
         R"(\"/battery\" is not served by PUT)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const auto refused = client.post("/_sim/faults", row.body);
        CHECK(refused.status == row.status);
        if (row.message.empty()) {
            CHECK(text_at(refused, "/error/code") == row.code);
        } else {
            CHECK(refused.body == error_body(row.code, row.message));
        }
    }
    CHECK(client.get("/_sim/faults").body == R"({"faults":[]})");
}

TEST_CASE("a thousand faults are enough") {
    Client client;
    for (int i = 0; i < 1'000; ++i) {
        REQUIRE(client.post("/_sim/faults", R"({"endpoint":"/vin","status":503})").status == 201);
    }
    const auto refused = client.post("/_sim/faults", R"({"endpoint":"/vin","status":503})");
    CHECK(refused.status == 409);
    CHECK(text_at(refused, "/error/code") == "too_many_faults");
}

TEST_CASE("what a call met is in the log of requests") {
    Client client;
    REQUIRE(client.post("/_sim/faults", R"({"endpoint":"/user","status":418})").status == 201);
    CHECK(client.get("/v2.0/user").status == 418);
    CHECK(json_at(client.get("/_sim/requests"), "/requests/0/status") == "418");
}

}  // namespace smartcar_sim::routes
