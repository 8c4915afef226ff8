#include <string>
#include <vector>

#include "routes/a_client.h"

namespace smartcar_sim::routes {

TEST_CASE("an event is queued for each webhook it reaches and skipped for the others") {
    Client client;
    const std::string id = client.add_ready_webhook();
    const std::string other = client.add_webhook();
    const auto sent = client.fire("CHARGING_STARTED");
    CHECK(sent.status == 202);
    CHECK(sent.body == R"({"eventIds":[")" + text_at(sent, "/eventIds/0") + R"("],"skipped":[{"webhookId":")" + other +
                           R"(","reason":"unverified"}]})");
    CHECK(base::is_uuid(text_at(sent, "/eventIds/0")));
    CHECK(json_at(client.fire("CHARGING_STARTED", R"(,"to":")" + id + '"'), "/skipped") == "[]");
}

TEST_CASE("an event that reaches nobody is 409 and says why for each webhook") {
    Client client;
    CHECK(client.fire("CHARGING_STARTED").body ==
          R"({"error":{"code":"reached_nobody","message":"no webhook exists; create one with POST /_sim/webhooks"},)"
          R"("eventIds":[],"skipped":[]})");

    const std::string unsubscribed = client.add_webhook();
    client.post("/_sim/webhooks/" + unsubscribed + "/verify");
    const std::string unverified = client.add_webhook();
    const std::string other_type = client.add_webhook(R"(,"version":"4.0")");
    const auto refused = client.fire("CHARGING_STARTED");
    CHECK(refused.status == 409);
    CHECK(refused.body ==
          R"({"error":{"code":"reached_nobody","message":"no webhook took the event; \"skipped\" says why for each"},)"
          R"("eventIds":[],"skipped":[{"webhookId":")" +
              unsubscribed +
              R"(","reason":"not-subscribed"},)"
              R"({"webhookId":")" +
              unverified +
              R"(","reason":"unverified"},)"
              R"({"webhookId":")" +
              other_type + R"(","reason":"other-type"}]})");
}

TEST_CASE("a simulated vehicle's event is skipped by an event based webhook") {
    Client client;
    const std::string id = client.add_webhook();
    client.post("/_sim/webhooks/" + id + "/verify");
    REQUIRE(client.post("/_sim/connect", R"({"vehicles":["simulated-bev-2023"]})").status == 200);
    REQUIRE(client.send("PUT", "/_sim/webhooks/" + id + "/subscriptions/simulated-bev-2023").status == 204);
    const auto refused = client.post(
        "/_sim/events", R"({"vehicleId":")" + std::string(kSimulatedCar) + R"(","event":"CHARGING_STARTED"})");
    CHECK(refused.status == 409);
    CHECK(text_at(refused, "/skipped/0/reason") == "vehicle-not-live");
}

TEST_CASE("an event waits for its outcome when asked to") {
    Client client;
    const std::string id = client.add_ready_webhook();
    const auto delivered = client.fire("CHARGING_STARTED", {}, "?wait=5s");
    CHECK(delivered.status == 202);
    CHECK(json_at(delivered, "/outcomes") == R"([{"eventId":")" + text_at(delivered, "/eventIds/0") +
                                                 R"(","webhookId":")" + id + R"(","outcome":"delivered"}])");
    client.callback.then(fakes::answered(500));
    CHECK(text_at(client.fire("CHARGING_STARTED", {}, "?wait=1ms"), "/outcomes/0/outcome") == "pending");
    CHECK(text_at(client.fire("CHARGING_STARTED", R"(,"fault":{"signature":"missing"})", "?wait=5s"),
                  "/outcomes/0/outcome") == "dropped");
    CHECK(client.fire("CHARGING_STARTED", {}, "?wait=5").status == 400);
}

TEST_CASE("a full queue is 503 with retry-after, and takes more once there is room") {
    Client client({.delivery = {.capacity = 2}});
    client.add_ready_webhook();
    CHECK(client.fire("CHARGING_STARTED").status == 202);
    CHECK(client.fire("CHARGING_STOPPED").status == 202);
    const auto refused = client.fire("CHARGING_COMPLETED");
    CHECK(refused.status == 503);
    CHECK(header(refused, "retry-after") == "1");
    CHECK(refused.body ==
          error_body("queue_full", "2 events are waiting for their callbacks already, of 2 at most; try again later"));
    client.settle();
    CHECK(client.fire("CHARGING_COMPLETED").status == 202);
}

// Once answered 503, and had already happened: trying again, as 503 invites to, found no change left to tell.
TEST_CASE("what would send events changes nothing while the queue is full") {
    Client client({.delivery = {.capacity = 1}});
    const std::string id = client.add_ready_webhook();
    const auto vehicles = client.get("/_sim/vehicles");
    const std::size_t journaled = client.world.journal.find({}).deliveries.size();
    CHECK(client.fire("CHARGING_STARTED").status == 202);
    const std::string delivery = client.world.journal.find({}).deliveries.front().attempts.front().delivery_id;
    for (const auto& [method, path, body] : std::vector<std::array<std::string, 3>>{
             {"PATCH", "/_sim/vehicles/tesla-model-3-2020", R"({"state":{"charge-ischarging":true}})"},
             {"POST", "/_sim/connect", "{}"},
             {"POST", "/_sim/webhooks/" + id + "/verify", ""},
             {"POST", "/_sim/webhooks/" + id + "/test", ""},
             {"PUT", "/_sim/webhooks/" + id + "/subscriptions/tesla-model-3-2020", ""},
             {"POST", "/_sim/deliveries/" + delivery + "/resend", ""},
         }) {
        CAPTURE(method, path);
        const auto refused = client.send(method, path, body);
        CHECK(refused.status == 503);
        CHECK(header(refused, "retry-after") == "1");
    }
    CHECK(client.get("/_sim/vehicles").body == vehicles.body);
    CHECK(client.world.journal.find({}).deliveries.size() == journaled + 1);
}

// Smartcar's own API turns nobody away, so what it would have brought about waits for the next event.
TEST_CASE("a vehicle subscribed through the API while the queue is full is owed its first delivery") {
    Client client({.delivery = {.capacity = 1}});
    client.add_ready_webhook();
    const std::string id = client.add_webhook(R"(,"version":"4.0")");
    REQUIRE(client.post("/_sim/webhooks/" + id + "/verify").status == 200);
    const std::string token = text_at(client.post("/_sim/connect"), "/accessToken");
    REQUIRE(client.fire("CHARGING_STARTED").status == 202);

    const contract::Headers bearer{{"Host", "127.0.0.1:8080"}, {"authorization", "Bearer " + token}};
    const std::string path = "/v2.0/vehicles/" + std::string(kTesla) + "/webhooks/" + id;
    CHECK(client.send("POST", path, "", bearer).status == 200);
    CHECK(client.world.dispatcher.waiting() == 1);

    client.settle();
    CHECK(client.fire("VEHICLE_STATE").status == 202);
    client.settle();
    CHECK(client.world.callback_transport.sent().back().request.body.find("FIRST_DELIVERY") != std::string::npos);
}

TEST_CASE("with changes the body before it is signed, fault what happens to it") {
    Client client;
    client.add_ready_webhook();
    const auto edited =
        client.fire("CHARGING_STARTED", R"(,"with":{"/payload/eventType":"CHARGING_STARTLED"})", "?wait=5s");
    CHECK(text_at(edited, "/outcomes/0/outcome") == "delivered");
    CHECK(client.world.callback_transport.sent().back().request.body.find(R"("eventType":"CHARGING_STARTLED")") !=
          std::string::npos);
    CHECK(client.fire("CHARGING_STARTED", R"(,"fault":{"duplicate":true})").status == 202);
    client.settle();
    const auto sent = client.world.callback_transport.sent();
    REQUIRE(sent.size() == 4);
    CHECK(sent[2].request == sent[3].request);
}

// Once only one error of the table could be sent, and none be resolved.
TEST_CASE("an error of the vehicle is sent as it is asked for, and resolved") {
    Client client;
    client.add_ready_webhook(
        R"(,"type":"signals","triggers":["charge-ischarging"],"data":["charge-ischarging","closure-islocked"])");
    const auto errors_sent = [&](const std::string& errors) {
        REQUIRE(client.fire("VEHICLE_ERROR", R"(,"errors":)" + errors, "?wait=5s").status == 202);
        const auto sent = client.world.callback_transport.sent();
        return json_at(contract::json_response(200, sent.back().request.body), "/data/errors");
    };
    const std::string asleep = errors_sent(
        R"([{"type":"VEHICLE_STATE","code":"ASLEEP"},{"type":"PERMISSION","signals":["closure-islocked"]}])");
    CHECK(asleep.starts_with(R"([{"type":"VEHICLE_STATE","code":"ASLEEP","description":)"));
    CHECK(asleep.find(R"("state":"ERROR","signals":[{"name":"IsCharging","group":"Charge","code":"charge-ischarging"},)"
                      R"({"name":"IsLocked","group":"Closure","code":"closure-islocked"}]},{"type":"PERMISSION")") !=
          std::string::npos);
    CHECK(asleep.ends_with(
        R"("state":"ERROR","signals":[{"name":"IsLocked","group":"Closure","code":"closure-islocked"}]}])"));
    CHECK(
        errors_sent(R"([{"type":"VEHICLE_STATE","code":"ASLEEP","state":"RESOLVED","signals":[]}])") ==
        R"([{"type":"VEHICLE_STATE","code":"ASLEEP","description":"This error is over and the vehicle can answer again.",)"
        R"("state":"RESOLVED"}])");
}

TEST_CASE("what is wrong with an event is said") {
    Client client;
    client.add_ready_webhook();
    const std::string event = R"({"vehicleId":"tesla-model-3-2020","event":)";
    struct Row {
        std::string body;
        int status;
        std::string code, message;
    };
    const std::vector<Row> rows = {
        {"{}", 400, "missing_member", R"(the body needs "vehicleId")"},
        {R"({"vehicleId":"x"})", 400, "missing_member", R"(the body needs "event")"},
        {R"({"vehicle":"x"})", 400, "unknown_member",
         R"(body:1:2: the body takes no member "vehicle"; did you mean "vehicleId"?)"},
        {event + "7}", 400, "bad_member", "/event is a number, not a string"},
        {event + R"("CHARGING_STRATED"})", 400, "unknown_event",
         R"(unknown event "CHARGING_STRATED"; did you mean "CHARGING_STARTED"?)"},
        {R"({"vehicleId":"tesla","event":"CHARGING_STARTED"})", 404, "not_found", R"(there is no vehicle "tesla")"},
        {event + R"("CHARGING_STARTED","to":"nobody"})", 404, "not_found", R"(there is no webhook "nobody")"},
        {event + R"("VEHICLE_STATE","triggers":["charge-ischargin"]})", 400, "unknown_signal",
         R"(unknown trigger "charge-ischargin"; did you mean "charge-ischarging"?)"},
        {event + R"("VEHICLE_STATE","triggers":[1]})", 400, "bad_member", "/triggers/0 is a number, not a string"},
        {event + R"("VEHICLE_STATE","triggers":"x"})", 400, "bad_member",
         "/triggers is a string, not an array of strings"},
        {event + R"("VEHICLE_ERROR","errors":{}})", 400, "bad_member", "/errors is an object, not an array of objects"},
        {event + R"("VEHICLE_ERROR","errors":["x"]})", 400, "bad_member", "/errors/0 is a string, not an object"},
        {event + R"("VEHICLE_ERROR","errors":[{}]})", 400, "missing_member", R"(/errors/0 needs "type")"},
        {event + R"("VEHICLE_ERROR","errors":[{"type":1}]})", 400, "bad_member",
         "/errors/0/type is a number, not a string"},
        {event + R"("VEHICLE_ERROR","errors":[{"type":"PERMISSION","stat":"ERROR"}]})", 400, "unknown_member",
         R"(/errors/0 has no member "stat"; did you mean "state"?)"},
        {event + R"("VEHICLE_ERROR","errors":[{"type":"PERMISSION"},{"type":"PERMISSION","state":"OVER"}]})", 400,
         "bad_member", R"(/errors/1/state is "OVER", not ERROR or RESOLVED)"},
        {event + R"("VEHICLE_ERROR","errors":[{"type":"PERMISSION","signals":["charge-ischargin"]}]})", 400,
         "unknown_signal",
         R"(/errors/0/signals/0: unknown signal "charge-ischargin"; did you mean "charge-ischarging"?)"},
        {event + R"("VEHICLE_ERROR","errors":[{"type":"PERMISION"}]})", 400, "unknown_error",
         R"(unknown error type "PERMISION"; did you mean "PERMISSION"?)"},
        {event + R"("VEHICLE_STATE","errors":[{"type":"PERMISSION"}]})", 400, "bad_member",
         "/errors goes with the event VEHICLE_ERROR, not with VEHICLE_STATE"},
        {event + R"("CHARGING_STARTED","with":[]})", 400, "bad_member",
         "/with is an array, not an object of JSON pointers"},
        {event + R"("CHARGING_STARTED","fault":{"signature":"wrong-kee"}})", 400, "bad_fault",
         R"(/fault: unknown signature fault "wrong-kee"; did you mean "wrong-key"?)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const auto refused = client.post("/_sim/events", row.body);
        CHECK(refused.status == row.status);
        CHECK(text_at(refused, "/error/code") == row.code);
        CHECK(text_at(refused, "/error/message") == row.message);
    }
    CHECK(client.fire("CHARGING_STARTED", R"(,"with":{"/nothing":1})").status == 400);
    CHECK(client.world.dispatcher.waiting() == 0);
}

}  // namespace smartcar_sim::routes
