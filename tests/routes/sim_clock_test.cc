#include <string>
#include <thread>
#include <vector>

#include "routes/a_client.h"

namespace smartcar_sim::routes {

TEST_CASE("the clock is advanced by a duration, and what falls due has run") {
    Client client;
    client.add_ready_webhook();
    client.callback.always(fakes::answered(500));
    client.fire("CHARGING_STARTED");
    CHECK(client.post("/_sim/clock/advance", R"({"by":"25s"})").body ==
          R"({"now":"2026-01-01T00:00:25.000Z","target":"2026-01-01T00:00:25.000Z","pending":1})");
    CHECK_FALSE(json_at(client.get("/_sim/deliveries?after=1"), "/deliveries/0/attempts/1").empty());
    CHECK(client.post("/_sim/clock/advance", R"({"by":"1h30m","maxWall":"30s"})").body ==
          R"({"now":"2026-01-01T01:30:25.000Z","target":"2026-01-01T01:30:25.000Z","pending":0})");
}

TEST_CASE("a move that runs out of wall time says so") {
    Client client;
    client.add_ready_webhook();
    client.callback.always(fakes::answered(500));
    client.fire("CHARGING_STARTED");
    CHECK(client.post("/_sim/clock/advance", R"({"by":"25s","maxWall":"0s"})").body ==
          R"({"now":"2026-01-01T00:00:00.000Z","target":"2026-01-01T00:00:25.000Z","pending":1})");
}

TEST_CASE("a second move is 409 while one is under way, and health answers") {
    Client client;
    client.add_ready_webhook();
    client.fire("CHARGING_STARTED");
    contract::Response advanced;
    contract::Response reset;
    contract::Response health;
    client.callback.meanwhile([&] {
        // Another thread, since the move under way holds this one's mutex.
        std::thread([&] {
            advanced = client.post("/_sim/clock/advance", R"({"by":"1s"})");
            reset = client.post("/_sim/reset");
            health = client.get("/_sim/health");
        }).join();
    });
    CHECK(client.post("/_sim/clock/advance", R"({"by":"1s"})").status == 200);
    CHECK(advanced.status == 409);
    CHECK(advanced.body ==
          error_body("clock_busy", "the clock is already being moved; try again when that move has ended"));
    CHECK(reset.status == 409);
    CHECK(health.status == 200);
    CHECK(health.body == R"({"status":"ok"})");
}

TEST_CASE("what is wrong with a move is said") {
    Client client;
    struct Row {
        std::string body, code, message;
    };
    const std::vector<Row> rows = {
        {"", "missing_member", R"(the body needs \"by\": {\"by\":\"25s\"})"},
        {R"({"by":25})", "bad_member", "/by is a number, not a string"},
        {R"({"by":"25s","maxwall":"1s"})", "unknown_member",
         R"(body:1:13: the body takes no member \"maxwall\"; did you mean \"maxWall\"?)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const auto refused = client.post("/_sim/clock/advance", row.body);
        CHECK(refused.status == 400);
        CHECK(refused.body == error_body(row.code, row.message));
    }
    for (const std::string by : {"25", "-1s", "soon", "2y"}) {
        CAPTURE(by);
        const auto refused = client.post("/_sim/clock/advance", R"({"by":")" + by + R"("})");
        CHECK(refused.status == 400);
        CHECK(text_at(refused, "/error/message").starts_with("/by: "));
    }
    CHECK(client.world.clock.now() == fakes::kStart);
}

TEST_CASE("reset goes back to the start and forgets deliveries and requests") {
    Client client;
    const std::string vehicles = client.get("/_sim/vehicles").body;
    client.add_ready_webhook();
    client.callback.always(fakes::answered(500));
    client.fire("CHARGING_STARTED");
    client.patch("/_sim/vehicles/tesla-model-3-2020", R"({"state":{"tractionbattery-stateofcharge":11}})");
    client.post("/_sim/clock/advance", R"({"by":"30s"})");
    client.get("/v2.0/vehicles");

    const auto reset = client.post("/_sim/reset");
    CHECK(reset.status == 204);
    CHECK(reset.body.empty());
    CHECK(client.get("/_sim/vehicles").body == vehicles);
    CHECK(client.get("/_sim/webhooks").body == R"({"webhooks":[]})");
    CHECK(json_at(client.get("/_sim/deliveries"), "/deliveries") == "[]");
    CHECK(client.get("/_sim/requests").body == R"({"requests":[]})");
    CHECK(client.post("/_sim/clock/advance", R"({"by":"0s"})").body ==
          R"({"now":"2026-01-01T00:00:00.000Z","target":"2026-01-01T00:00:00.000Z","pending":0})");
}

}  // namespace smartcar_sim::routes
