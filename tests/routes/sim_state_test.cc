#include <string>
#include <thread>
#include <vector>

#include "routes/a_client.h"

namespace smartcar_sim::routes {
namespace {

contract::Response put(Client& client, const std::string& body) { return client.send("PUT", "/_sim/state", body); }

// A client's platform in the middle of something, with one vehicle connected and one not.
std::string a_snapshot(Client& client) {
    client.add_ready_webhook(R"(,"version":"4.0")");
    client.patch("/_sim/vehicles/tesla-model-3-2020", R"({"state":{"charge-ischarging":true}})");
    client.post("/_sim/clock/advance", R"({"by":"20m"})");
    return client.get("/_sim/state").body;
}

std::string replaced(std::string text, std::string_view old, std::string_view by) {
    const std::size_t at = text.find(old);
    REQUIRE(at != std::string::npos);
    return text.replace(at, old.size(), by);
}

}  // namespace

TEST_CASE("a snapshot that is put back is the same snapshot") {
    Client client;
    const std::string snapshot = a_snapshot(client);
    const auto answer = put(client, snapshot);
    CHECK(answer.status == 204);
    CHECK(answer.body.empty());
    CHECK(client.get("/_sim/state").body == snapshot);
}

TEST_CASE("another simulator that is given a snapshot shows the same vehicles, webhooks and time") {
    Client client, other;
    const std::string snapshot = a_snapshot(client);
    REQUIRE(put(other, snapshot).status == 204);
    CHECK(other.get("/_sim/state").body == snapshot);
    CHECK(other.get("/_sim/vehicles").body == client.get("/_sim/vehicles").body);
    CHECK(other.get("/_sim/webhooks").body == client.get("/_sim/webhooks").body);
    CHECK(client.fire("VEHICLE_STATE").body == other.fire("VEHICLE_STATE").body);
}

TEST_CASE("the clock goes to the snapshot's instant, back and forth") {
    Client client;
    const std::string start = client.get("/_sim/state").body;
    client.post("/_sim/clock/advance", R"({"by":"3h"})");
    const std::string later = client.get("/_sim/state").body;
    REQUIRE(put(client, start).status == 204);
    CHECK(client.world.clock.now() == fakes::kStart);
    REQUIRE(put(client, later).status == 204);
    CHECK(client.world.clock.now() == fakes::kStart + std::chrono::hours(3));
    CHECK(client.world.clock.frozen());
}

TEST_CASE("what waits to be sent is dropped, and the log of deliveries, of requests and the faults stay") {
    Client client;
    const std::string snapshot = a_snapshot(client);
    client.post("/_sim/faults", R"({"endpoint":"/battery","type":"VEHICLE_STATE","code":"ASLEEP"})");
    client.get("/v2.0/vehicles");
    const std::string faults = client.get("/_sim/faults").body;
    const std::string requests = client.get("/_sim/requests").body;
    client.callback.always(fakes::answered(500));
    client.fire("VEHICLE_STATE");
    client.post("/_sim/clock/advance", R"({"by":"1s"})");
    REQUIRE(client.world.dispatcher.waiting() == 1);
    const auto deliveries = [&] { return client.world.journal.find({}).deliveries; };
    const std::size_t told = deliveries().size();

    REQUIRE(put(client, snapshot).status == 204);
    CHECK(client.world.dispatcher.waiting() == 0);
    CHECK(client.get("/_sim/faults").body == faults);
    CHECK(client.get("/_sim/requests").body == requests);
    REQUIRE(deliveries().size() == told);
    CHECK(deliveries().back().outcome == delivery::Outcome::kDropped);
}

TEST_CASE("a charge goes on from where the snapshot has it, and its events come") {
    Client client, other;
    REQUIRE(put(other, a_snapshot(client)).status == 204);
    const auto deliveries = [](Client& each) {
        each.post("/_sim/clock/advance", R"({"by":"2h"})");
        return each.world.callback_transport.sent();
    };
    const auto here = deliveries(client), there = deliveries(other);
    REQUIRE(there.size() > 3);
    REQUIRE(here.size() > there.size());
    for (std::size_t i = 0; i < there.size(); ++i) {
        CHECK(there[i].request.body == here[here.size() - there.size() + i].request.body);
    }
}

TEST_CASE("no event id, challenge or command's id comes again in a simulator that was given a snapshot") {
    Client client, other;
    const std::string webhook = client.add_ready_webhook();
    const std::string first = client.world.simulation.verify(webhook).value().challenge;
    REQUIRE(put(other, client.get("/_sim/state").body).status == 204);
    CHECK(other.world.simulation.verify(webhook).value().challenge ==
          client.world.simulation.verify(webhook).value().challenge);
    CHECK(other.world.simulation.verify(webhook).value().challenge != first);
    CHECK(other.world.platform.next_ordinal("execution", kTesla) ==
          client.world.platform.next_ordinal("execution", kTesla));
}

TEST_CASE("a snapshot cannot be put while the clock is being moved") {
    Client client;
    const std::string snapshot = a_snapshot(client);
    client.fire("VEHICLE_STATE");
    contract::Response refused;
    client.callback.meanwhile([&] { std::thread([&] { refused = put(client, snapshot); }).join(); });
    CHECK(client.post("/_sim/clock/advance", R"({"by":"1s"})").status == 200);
    CHECK(refused.status == 409);
    CHECK(text_at(refused, "/error/code") == "clock_busy");
}

TEST_CASE("what is wrong with a snapshot is said with its place, and nothing changes") {
    Client client;
    const std::string snapshot = a_snapshot(client);
    const std::string tesla(kTesla), car(kSimulatedCar);
    struct Row {
        std::string old, by, code, message;
    };
    const std::vector<Row> rows = {
        {R"("formatVersion":1)", R"("formatVersion":2)", "bad_value", "must be 1, not 2"},
        {R"("now":"2026-01-01T00:20:00.000Z")", R"("now":"soon")", "bad_value",
         R"("soon" is not an instant like "2026-01-01T00:00:00.000Z")"},
        {R"("now":"2026-01-01T00:20:00.000Z")", R"("now":"9999-12-31T00:00:00.000Z")", "bad_value",
         R"("9999-12-31T00:00:00.000Z" is too late: the platform's clock shows what is before 9000)"},
        {R"("charge-amperage":{)", R"("charge-ampere":{)", "unknown_signal",
         R"(unknown signal "charge-ampere"; did you mean "charge-amperage"?)"},
        {R"("charge-ischarging":{"body":{"value":true})", R"("charge-ischarging":{"body":{"value":1})",
         "bad_signal_value", "charge-ischarging must be a boolean, not a number"},
        {R"("powertrain":"BEV")", R"("powertrain":"BEW")", "unknown_powertrain",
         R"(unknown powertrain "BEW"; did you mean "BEV"?)"},
        {R"("commands":["lock",)", R"("commands":["look",)", "unknown_command",
         R"(unknown command "look"; did you mean "lock"?)"},
        {R"("granted":["read_)", R"("granted":["red_)", "unknown_permission", "unknown permission \"red_"},
        {R"("make":"TESLA")", R"("make":"Tesla")", "bad_value", R"("make" is written in capitals: "TESLA")"},
        {R"("year":2020)", R"("year":1995)", "bad_value", "must be a whole number from 1996 to 2100, not 1995"},
        {R"("connections":1)", R"("connections":-1)", "bad_value", "must be a whole number from 0 to 2147483648"},
        {R"("fixture":"simulated-bev-2023")", R"("fixture":"tesla-model-3-2020")", "repeated",
         R"(there are two vehicles of fixture "tesla-model-3-2020")"},
        {R"("id":")" + car, R"("id":")" + tesla, "repeated", R"(there are two vehicles of id ")" + tesla + '"'},
        {R"("vin":"5YJ3E1EA)", R"("vin":"5YJ3E1E-)", "bad_value",
         "a VIN has 17 characters, digits and capital letters"},
        {R"("vehicleId":")" + tesla, R"("vehicleId":"tesla-model-3-2021)", "unknown_vehicle",
         R"(unknown vehicle "tesla-model-3-2021"; did you mean "tesla-model-3-2020"?)"},
        {R"("vehicleId":")" + tesla, R"("vehicleId":")" + car, "bad_value",
         "vehicle \"" + car + "\" is not connected, so no webhook hears of it"},
        {R"("grants":[{"vehicles":[")" + tesla, R"("grants":[{"vehicles":[")" + car, "bad_value",
         "vehicle \"" + car + "\" is not connected, so nothing opens it"},
        {R"("grants":[{"vehicles":[")" + tesla, R"("grants":[{"vehicles":["nobody)", "unknown_vehicle",
         R"(unknown vehicle "nobody")"},
        {R"("grants":[{"vehicles":[)", R"("grants":[{"vehicles":[")" + tesla + "\",", "repeated",
         "vehicle \"" + tesla + "\" stands here already"},
        {R"("triggers":["charge-ischarging",)", R"("triggers":["charge-ischargin",)", "bad_webhook",
         R"(unknown signal "charge-ischargin"; did you mean "charge-ischarging"?)"},
        {R"("autoSubscribe":false)", R"("autoSubscribed":false)", "bad_webhook",
         R"(unknown member "autoSubscribed"; did you mean "autoSubscribe"?)"},
        {R"("settings":{)", R"("settings":[{)", "bad_json", "expected"},
        {R"("verified":true)", R"("verified":1)", "bad_kind", "must be true or false, not a number"},
        {R"("since":"2026-01-01T00:00:00.000Z","ordinal":1)",
         R"("since":"2026-01-01T00:00:00.000Z","ordinal":1,"readsAt":"2026-01-01T00:00:00Z")", "unknown_member",
         R"(a subscription to a webhook of type signals has no "readsAt")"},
        {R"("ended":{})", R"("ended":{")" + tesla + R"(":1})", "bad_value",
         "vehicle \"" + tesla + "\" is among the subscriptions too"},
        {R"("executions":[])",
         R"("executions":[{"id":"e","vehicleId":"x","command":"c","parameters":null,"at":"2026-01-01T00:00:00Z"}])",
         "unknown_vehicle", R"(unknown vehicle "x")"},
        {R"("counters":{)", R"("counters":{"webhook":1,)", "unknown_member",
         R"(unknown member "webhook"; did you mean "webhooks"?)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.by);
        const auto refused = put(client, replaced(snapshot, row.old, row.by));
        CHECK(refused.status == 400);
        CHECK(text_at(refused, "/error/code") == row.code);
        const std::string message = text_at(refused, "/error/message");
        CAPTURE(message);
        CHECK(message.starts_with("body:1:"));
        CHECK(message.find(row.message) != std::string::npos);
    }
    CHECK(client.get("/_sim/state").body == snapshot);
}

TEST_CASE("the place of a mistake is that of its line and column") {
    Client client;
    const std::string snapshot = replaced(client.get("/_sim/state").body, R"("vehicles":)", "\n\n  \"vehicle\":");
    const auto unknown = put(client, snapshot);
    CHECK(text_at(unknown, "/error/code") == "unknown_member");
    CHECK(text_at(unknown, "/error/message").starts_with(R"(body:3:3: the body takes no member "vehicle"; did you)"));
    const auto misplaced =
        put(client, replaced(client.get("/_sim/state").body, R"("mode":"live")", "\n  \"mode\":\"life\""));
    CHECK(text_at(misplaced, "/error/message") == R"(body:2:10: unknown mode "life"; did you mean "live"?)");
    CHECK(put(client, "").status == 400);
    CHECK(text_at(put(client, "{}"), "/error/message") == R"(body:1:1: a snapshot needs "formatVersion")");
}

}  // namespace smartcar_sim::routes
