#include <string>
#include <vector>

#include "routes/a_client.h"

namespace smartcar_sim::routes {
namespace {

constexpr std::string_view kTarget = "/_sim/vehicles/tesla-model-3-2020";

}  // namespace

TEST_CASE("the fleet is listed with identity, connection and state") {
    Client client;
    const auto fleet = client.get("/_sim/vehicles");
    CHECK(fleet.status == 200);
    CHECK(json_at(fleet, "/vehicles/2").empty());
    CHECK(text_at(fleet, "/vehicles/0/id") == kTesla);
    CHECK(text_at(fleet, "/vehicles/0/fixture") == "tesla-model-3-2020");
    CHECK(text_at(fleet, "/vehicles/0/mode") == "live");
    CHECK(json_at(fleet, "/vehicles/0/connected") == "false");
    CHECK(json_at(fleet, "/vehicles/0/granted") == "[]");
    CHECK(json_at(fleet, "/vehicles/0/state/tractionbattery-stateofcharge") == R"({"value":62,"unit":"percent"})");
    CHECK(text_at(fleet, "/vehicles/1/mode") == "simulated");
}

TEST_CASE("a change of state is answered with the state and the events it triggered") {
    Client client;
    const std::string old = client.add_ready_webhook();
    const std::string recent = client.add_webhook(R"(,"version":"4.0")");
    client.post("/_sim/webhooks/" + recent + "/verify");
    const auto changed = client.patch(std::string(kTarget), R"({"state":{"charge-ischarging":true}})");
    CHECK(changed.status == 200);
    CHECK(json_at(changed, "/state/charge-ischarging") == R"({"value":true})");
    CHECK(json_at(changed, "/eventIds/1").empty());
    CHECK(json_at(changed, "/skipped") == R"([{"webhookId":")" + recent + R"(","reason":"not-subscribed"}])");
    client.settle();
    const auto delivery = client.get("/_sim/deliveries?eventId=" + text_at(changed, "/eventIds/0"));
    CHECK(text_at(delivery, "/deliveries/0/event") == "CHARGING_STARTED");
    CHECK(text_at(delivery, "/deliveries/0/webhookId") == old);

    // The same again changes nothing.
    CHECK(json_at(client.patch(std::string(kTarget), R"({"state":{"charge-ischarging":true}})"), "/eventIds") == "[]");
}

TEST_CASE("a change of state is seen by the application") {
    Client client;
    const auto connected = client.post("/_sim/connect", R"({"scope":"read_battery read_charge"})");
    REQUIRE(client.patch(std::string(kTarget), R"({"state":{"tractionbattery-stateofcharge":70}})").status == 200);
    const auto battery = client.send("GET", "/v2.0/vehicles/" + std::string(kTesla) + "/battery", {},
                                     {{"authorization", "Bearer " + text_at(connected, "/accessToken")}});
    CHECK(json_at(battery, "/percentRemaining") == "0.7");
}

TEST_CASE("permissions are granted and revoked") {
    Client client;
    REQUIRE(client.post("/_sim/connect", R"({"scope":["read_battery","read_vin"]})").status == 200);
    const auto changed =
        client.patch(std::string(kTarget), R"({"permissions":{"grant":["read_charge"],"revoke":["read_vin"]}})");
    CHECK(changed.status == 200);
    CHECK(json_at(changed, "/granted") == R"(["read_battery","read_charge"])");
}

TEST_CASE("a change that is partly wrong changes nothing") {
    Client client;
    client.add_ready_webhook();
    const std::string before = client.get("/_sim/vehicles").body;
    const std::string revoke = R"("permissions":{"revoke":["read_battery"]})";
    struct Row {
        std::string body, code, message;
    };
    const std::vector<Row> rows = {
        {"{" + revoke + R"(,"state":{"charge-ischargin":true}})", "unknown_signal",
         R"(body:1:53: unknown signal "charge-ischargin"; did you mean "charge-ischarging"?)"},
        {"{" + revoke + R"(,"state":{"charge-ischarging":"yes"}})", "bad_signal_value",
         "body:1:73: charge-ischarging must be a boolean, not a string"},
        {"{" + revoke + R"(,"state":7})", "bad_signal_value",
         "body:1:52: state must be an object of signal codes, not a number"},
        {R"({"state":{"charge-ischarging":true},"permissions":{"grant":["read_batery"]}})", "bad_scope", ""},
        {R"({"state":{"charge-ischarging":true},"permissions":[]})", "bad_member",
         R"(/permissions is an array, not {"grant":[…],"revoke":[…]})"},
        {R"({"state":{"charge-ischarging":true},"permissions":{"grants":[]}})", "unknown_member",
         R"(/permissions has no member "grants"; did you mean "grant"?)"},
        {R"({"state":{"charge-ischarging":true},"permissions":{"grant":"read_vin"}})", "bad_member",
         "/permissions/grant is a string, not an array of strings"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const auto refused = client.patch(std::string(kTarget), row.body);
        CHECK(refused.status == 400);
        CHECK(text_at(refused, "/error/code") == row.code);
        if (!row.message.empty()) CHECK(text_at(refused, "/error/message") == row.message);
    }
    CHECK(client.get("/_sim/vehicles").body == before);
    CHECK(client.world.dispatcher.waiting() == 0);
}

TEST_CASE("a vehicle that is unknown or not connected is said to be") {
    Client client;
    CHECK(client.patch("/_sim/vehicles/nobody", "{}").status == 404);
    const auto refused = client.patch(std::string(kTarget), R"({"permissions":{"grant":["read_vin"]}})");
    CHECK(refused.status == 409);
    CHECK(text_at(refused, "/error/code") == "not_connected");
}

TEST_CASE("connect answers a code, where it goes, and tokens of their own") {
    Client client;
    const auto bare = client.post("/_sim/connect");
    CHECK(bare.status == 200);
    CHECK(json_at(bare, "/redirectTo") == "null");
    CHECK(json_at(bare, "/vehicleIds") == "[\"" + std::string(kTesla) + "\"]");
    CHECK_FALSE(text_at(bare, "/accessToken").empty());
    CHECK_FALSE(text_at(bare, "/refreshToken").empty());

    const auto full = client.post("/_sim/connect", R"({"mode":"simulated","scope":"  read_vin read_battery ",)"
                                                   R"("redirectUri":"http://localhost:8000/callback","state":"a b"})");
    CHECK(json_at(full, "/vehicleIds") == "[\"" + std::string(kSimulatedCar) + "\"]");
    CHECK(text_at(full, "/redirectTo") ==
          "http://localhost:8000/callback?code=" + text_at(full, "/code") + "&state=a%20b");
    CHECK(json_at(client.get("/_sim/vehicles"), "/vehicles/1/granted") == R"(["read_battery","read_vin"])");
}

TEST_CASE("what is wrong with a connection is said, and connects nobody") {
    Client client;
    struct Row {
        std::string body;
        int status;
        std::string code;
    };
    const std::vector<Row> rows = {
        {R"({"mode":"alive"})", 400, "bad_member"},
        {R"({"scope":["read_everything"]})", 400, "bad_scope"},
        {R"({"vehicles":"tesla-model-3-2020"})", 400, "bad_member"},
        {R"({"vehicles":["nobody"]})", 404, "not_found"},
        {R"({"redirectUri":"http://evil.example/"})", 400, "bad_redirect_uri"},
        {R"({"vehicles":["simulated-bev-2023"],"scope":["required:read_fuel"]})", 400, "no_vehicles"},
        {R"({"scopes":[]})", 400, "unknown_member"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const auto refused = client.post("/_sim/connect", row.body);
        CHECK(refused.status == row.status);
        CHECK(text_at(refused, "/error/code") == row.code);
    }
    CHECK(json_at(client.get("/_sim/vehicles"), "/vehicles/0/connected") == "false");
}

}  // namespace smartcar_sim::routes
