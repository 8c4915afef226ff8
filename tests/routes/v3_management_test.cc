#include <string>
#include <string_view>

#include "base/ids.h"
#include "routes/an_api_caller.h"

namespace smartcar_sim::routes {
namespace {

const std::string kUserId(kUser);

std::string text(const contract::Response& response, std::string_view pointer) {
    const std::string quoted = json_at(response, pointer);
    REQUIRE(quoted.size() > 2);
    return quoted.substr(1, quoted.size() - 2);
}

std::string subscription_body(const std::string& webhook, std::string_view vehicle, std::string_view user = kUser) {
    return R"({"data":{"attributes":{"webhookId":")" + webhook + R"(","userId":")" + std::string(user) +
           R"(","vehicleId":")" + std::string(vehicle) + R"("}}})";
}

TEST_CASE("a connection says what was granted of which vehicle, by whom and when") {
    ApiCaller application;
    application.connect({.scope = {"read_vehicle_info", "read_odometer"}, .vehicles = {"tesla-model-3-2020"}});
    application.world.clock.advance_to(fakes::kStart + std::chrono::seconds(5));
    REQUIRE(application.world.platform.set_permissions(kTesla, {.grant = {"read_vin"}}).ok());
    const auto listed = application.ask("/v3/connections");
    CHECK(listed.status == 200);
    const std::string id = text(listed, "/data/0/id");
    CHECK(base::is_uuid(id));
    const std::string connection =
        R"({"id":")" + id +
        R"(","type":"connection","attributes":{"permissions":["read_odometer","read_vehicle_info","read_vin"],)"
        R"("vehicle":{"make":"TESLA","model":"Model 3","year":2020,"mode":"live","powertrainType":"BEV"},)"
        R"("user":{"id":")" +
        kUserId + R"(","externalId":null}},"relationships":{"vehicle":{"data":{"id":")" + std::string(kTesla) +
        R"(","type":"vehicle"},"links":{"related":"/v3/vehicles/)" + std::string(kTesla) +
        R"("}},"user":{"data":{"id":")" + kUserId +
        R"(","type":"user"}}},"meta":{"createdAt":"2026-01-01T00:00:00.000Z",)"
        R"("updatedAt":"2026-01-01T00:00:05.000Z"},"links":{"self":"/v3/connections/)" +
        id + R"("}})";
    const std::string link = "/v3/connections?page%5Bnumber%5D=1&page%5Bsize%5D=10";
    CHECK(listed.body == R"({"data":[)" + connection +
                             R"(],"meta":{"pageNumber":1,"pageSize":10,"totalCount":1,"orderBy":"createdAt",)" +
                             R"("orderDirection":"DESC"},"links":{"self":")" + link + R"(","first":")" + link +
                             R"(","prev":null,"next":null,"last":")" + link + R"("}})");
    CHECK(application.ask("/v3/connections/" + id).body == R"({"data":)" + connection + "}");
}

TEST_CASE("connections are listed newest first, by pages and filters") {
    ApiCaller application;
    application.connect({.vehicles = {"tesla-model-3-2020"}});
    application.world.clock.advance_to(fakes::kStart + std::chrono::seconds(5));
    application.connect({.vehicles = {"ford-f-150-2021", "simulated-bev-2023"}});
    const auto vehicle = [](int row) { return "/data/" + std::to_string(row) + "/relationships/vehicle/data/id"; };
    const auto live = application.ask("/v3/connections");
    CHECK(json_at(live, vehicle(0)) == json(kFord));
    CHECK(json_at(live, vehicle(1)) == json(kTesla));
    CHECK(json_at(live, "/meta/totalCount") == "2");

    const auto page =
        application.ask("/v3/connections?page%5Bnumber%5D=2&page%5Bsize%5D=1&filter%5BuserId%5D=" + kUserId);
    CHECK(json_at(page, vehicle(0)) == json(kTesla));
    CHECK(json_at(page, "/links/prev") ==
          "\"/v3/connections?filter%5BuserId%5D=" + kUserId + "&page%5Bnumber%5D=1&page%5Bsize%5D=1\"");
    CHECK(json_at(page, "/links/next") == "null");

    const auto count = [&](const std::string& filter) {
        return json_at(application.ask("/v3/connections?" + filter), "/meta/totalCount");
    };
    CHECK(count("filter[vehicle.mode]=simulated") == "1");
    CHECK(count("filter[vehicle.mode]=live") == "2");
    CHECK(count("filter[vehicleId]=" + std::string(kFord)) == "1");
    CHECK(count("filter[userId]=" + std::string(kUnknownUuid)) == "0");
    CHECK(count("filter[user.externalId]=someone") == "0");
    for (const std::string wrong : {"filter[vehicle.mode]=test", "filter[userId]=x", "filter[vehicleId]=x",
                                    "page[number]=0", "page[size]=101", "page[size]=-1"}) {
        CAPTURE(wrong);
        const auto refused = application.ask("/v3/connections?" + wrong);
        CHECK(refused.status == 400);
        CHECK(json_at(refused, "/errors/0/code") == R"("INVALID_INPUT_FORMAT")");
    }
}

TEST_CASE("a deleted connection opens nothing, and the next one has another id") {
    ApiCaller application;
    const std::string user = application.connect({.vehicles = {"tesla-model-3-2020"}});
    const std::string id = text(application.ask("/v3/connections"), "/data/0/id");
    const auto deleted = application.ask("DELETE", "/v3/connections/" + id);
    CHECK(deleted.status == 204);
    CHECK(deleted.body.empty());
    CHECK(base::is_uuid(header(deleted, "sc-request-id")));
    CHECK(application.get(at(kTesla), user).status == 403);
    CHECK(application.ask(at(kTesla, "/signals")).status == 403);
    CHECK(application.ask("/v3/connections/" + id).status == 404);
    CHECK(application.ask("DELETE", "/v3/connections/" + id).status == 404);
    CHECK(application.ask("DELETE", "/v3/connections/nonsense").status == 400);
    application.connect({.vehicles = {"tesla-model-3-2020"}});
    CHECK(text(application.ask("/v3/connections"), "/data/0/id") != id);
}

TEST_CASE("deleting a user ends all connections and subscriptions") {
    ApiCaller application;
    const std::string user = application.connect();
    application.add_webhook(R"(,"autoSubscribe":true)");
    CHECK(json_at(application.ask("/v3/subscriptions"), "/meta/totalCount") == "2");
    CHECK(application.ask("DELETE", "/v3/users/" + kUserId).status == 204);
    CHECK(json_at(application.ask("/v3/connections"), "/meta/totalCount") == "0");
    CHECK(json_at(application.ask("/v3/subscriptions"), "/meta/totalCount") == "0");
    CHECK(application.get(at(kTesla), user).status == 403);
    CHECK(application.ask("DELETE", "/v3/users/" + std::string(kUnknownUuid)).status == 404);
    CHECK(application.ask("DELETE", "/v3/users/nonsense").status == 400);
}

TEST_CASE("a webhook is shown as the dashboard made it") {
    ApiCaller application;
    const std::string id =
        application.add_webhook(R"(,"name":"Charging Webhook","version":"4.0","triggers":["charge-ischarging"],)"
                                R"("data":["charge-ischarging","tractionbattery-stateofcharge"],)"
                                R"("errorCallbackUri":"http://127.0.0.1:3000/errors")");
    const std::string charging = R"({"group":"Charge","name":"IsCharging","code":"charge-ischarging"})";
    const std::string webhook =
        R"({"id":")" + id +
        R"(","type":"webhook","attributes":{"name":"Charging Webhook","callbackUri":"http://127.0.0.1:3000/webhooks",)"
        R"("isEnabled":true,"triggers":[)" +
        charging + R"(],"data":[)" + charging +
        R"(,{"group":"TractionBattery","name":"StateOfCharge","code":"tractionbattery-stateofcharge"}],)"
        R"("errorCallbackUri":"http://127.0.0.1:3000/errors","autoSubscribe":false},)"
        R"("links":{"self":"/v3/webhooks/)" +
        id + R"("},"meta":{"createdAt":"2026-01-01T00:00:00.000Z"}})";
    CHECK(application.ask("/v3/webhooks/" + id).body == R"({"data":)" + webhook + "}");
    const auto listed = application.ask("/v3/webhooks");
    CHECK(json_at(listed, "/data/0") == webhook);
    CHECK(json_at(listed, "/meta") == R"({"pageNumber":1,"pageSize":50,"totalCount":1})");
    CHECK(application.ask("/v3/webhooks/" + std::string(kUnknownUuid)).status == 404);
    CHECK(application.ask("/v3/webhooks/x").status == 400);
}

TEST_CASE("webhooks are filtered by part of their name and callback, and by what they are") {
    ApiCaller application;
    const std::string one = application.add_webhook(R"(,"name":"Charging")");
    application.add_webhook(R"(,"name":"Odometer","autoSubscribe":true)");
    REQUIRE(application.world.platform.disable_webhook(one).ok());
    const auto count = [&](const std::string& filter) {
        return json_at(application.ask("/v3/webhooks?" + filter), "/meta/totalCount");
    };
    CHECK(count("") == "2");
    CHECK(count("filter[name]=CHARG") == "1");
    CHECK(count("filter[name]=nothing") == "0");
    CHECK(count("filter[callbackUri]=127.0.0.1%3A3000") == "2");
    CHECK(count("filter[isEnabled]=false") == "1");
    CHECK(count("filter[autoSubscribe]=true") == "1");
    CHECK(count("filter[autoSubscribe]=true&filter[isEnabled]=false") == "0");
    CHECK(application.ask("/v3/webhooks?filter[isEnabled]=yes").status == 400);
    CHECK(json_at(application.ask("/v3/webhooks?page[size]=1&page[number]=2"), "/data/0/attributes/name") ==
          R"("Odometer")");
}

TEST_CASE("a subscription is made, shown, listed and removed") {
    ApiCaller application;
    application.connect();
    const std::string webhook = application.add_webhook();
    application.world.clock.advance_to(fakes::kStart + std::chrono::seconds(5));
    const auto made = application.ask("POST", "/v3/subscriptions", subscription_body(webhook, kTesla));
    CHECK(made.status == 202);
    CHECK(made.body == R"({"meta":{"message":"subscription creation in progress"}})");
    const auto again = application.ask("POST", "/v3/subscriptions", subscription_body(webhook, kTesla));
    CHECK(again.status == 409);
    CHECK(json_at(again, "/errors/0/status") == "409");
    CHECK(json_at(again, "/errors/0/type") == R"("VALIDATION")");
    CHECK(json_at(again, "/errors/0/code") == R"("CONFLICT")");

    const auto listed = application.ask("/v3/subscriptions");
    const std::string id = text(listed, "/data/0/id");
    const auto relation = [](const std::string& type, const std::string& related) {
        return R"({"data":{"type":")" + type + R"(","id":")" + related + R"("},"links":{"related":"/v3/)" + type +
               "s/" + related + R"("}})";
    };
    const std::string subscription =
        R"({"type":"subscription","id":")" + id +
        R"(","attributes":{"vehicle":{"make":"TESLA","model":"Model 3","year":2020,"mode":"live",)"
        R"("powertrainType":"BEV"}},"meta":{"createdAt":"2026-01-01T00:00:05.000Z",)"
        R"("updatedAt":"2026-01-01T00:00:05.000Z"},"relationships":{"webhook":)" +
        relation("webhook", webhook) + R"(,"user":)" + relation("user", kUserId) + R"(,"vehicle":)" +
        relation("vehicle", std::string(kTesla)) + R"(},"links":{"self":"/v3/subscriptions/)" + id + R"("}})";
    CHECK(json_at(listed, "/data/0") == subscription);
    CHECK(json_at(listed, "/meta") == R"({"pageNumber":1,"pageSize":25,"totalCount":1})");
    CHECK(application.ask("/v3/subscriptions/" + id).body == R"({"data":)" + subscription + "}");

    CHECK(application.ask("DELETE", "/v3/subscriptions/" + id).status == 204);
    CHECK(application.world.platform.webhook(webhook).value().subscriptions.empty());
    CHECK(application.ask("/v3/subscriptions/" + id).status == 404);
    CHECK(application.ask("DELETE", "/v3/subscriptions/" + id).status == 404);
    CHECK(application.ask("DELETE", "/v3/subscriptions/nonsense").status == 400);
    CHECK(application.ask("POST", "/v3/subscriptions", subscription_body(webhook, kTesla)).status == 202);
    CHECK(text(application.ask("/v3/subscriptions"), "/data/0/id") != id);
}

TEST_CASE("subscriptions are filtered, and simulated vehicles asked for by name") {
    ApiCaller application;
    application.connect({.vehicles = {"tesla-model-3-2020", "simulated-bev-2023"}});
    application.add_webhook(R"(,"autoSubscribe":true)");
    const std::string other = application.add_webhook(R"(,"autoSubscribe":true)");
    const auto count = [&](const std::string& filter) {
        return json_at(application.ask("/v3/subscriptions?" + filter), "/meta/totalCount");
    };
    CHECK(count("") == "2");
    CHECK(count("filter[vehicle.mode]=simulated") == "2");
    CHECK(count("filter[webhookId]=" + other) == "1");
    CHECK(count("filter[vehicleId]=" + std::string(kTesla)) == "2");
    CHECK(count("filter[vehicleId]=" + std::string(kSimulated)) == "0");
    CHECK(count("filter[userId]=" + std::string(kUnknownUuid)) == "0");
    CHECK(application.ask("/v3/subscriptions?filter[webhookId]=x").status == 400);
    CHECK(json_at(application.ask("/v3/subscriptions?page[size]=1&page[number]=2"),
                  "/data/0/relationships/webhook/data/id") == json(other));
}

TEST_CASE("a subscription that cannot be is refused") {
    ApiCaller application;
    application.connect({.vehicles = {"tesla-model-3-2020"}});
    const std::string webhook = application.add_webhook();
    struct Row {
        std::string body;
        int status;
        std::string code;
    };
    const std::string unknown(kUnknownUuid);
    for (const Row& row : {
             Row{subscription_body(webhook, kFord), 403, "null"},
             Row{subscription_body(webhook, kTesla, kUnknownUuid), 403, "null"},
             Row{subscription_body(unknown, kTesla), 404, R"("PATH")"},
             Row{subscription_body("x", kTesla), 400, R"("INVALID_INPUT_FORMAT")"},
             Row{R"({"data":{"attributes":{"webhookId":")" + webhook + R"("}}})", 400, R"("MISSING_PARAMETER")"},
             Row{"{}", 400, R"("MISSING_PARAMETER")"},
             Row{"{", 400, R"("INVALID_INPUT_FORMAT")"},
         }) {
        CAPTURE(row.body);
        const auto refused = application.ask("POST", "/v3/subscriptions", row.body);
        CHECK(refused.status == row.status);
        CHECK(json_at(refused, "/errors/0/code") == row.code);
    }
}

TEST_CASE("a subscription that is made brings the first delivery") {
    ApiCaller application;
    application.connect();
    const std::string webhook = application.add_webhook(R"(,"version":"4.0")");
    application.verify(webhook);
    CHECK(application.ask("POST", "/v3/subscriptions", subscription_body(webhook, kTesla)).status == 202);
    REQUIRE(application.world.simulation.settle(std::chrono::seconds(1)).ok());
    REQUIRE(application.world.callback_transport.sent().size() == 1);
    CHECK(application.world.callback_transport.sent().front().request.body.find("FIRST_DELIVERY") != std::string::npos);
}

// The network has not taken the delivery yet when the connection or the subscription ends.
TEST_CASE("what waits to be delivered is dropped by each way of ending it") {
    for (const std::string way : {"/v3/connections", "/v3/subscriptions", "/v3/users", ""}) {
        CAPTURE(way);
        ApiCaller application;
        application.connect({.vehicles = {"tesla-model-3-2020"}});
        application.verify(application.add_webhook(R"(,"autoSubscribe":true)"));
        CHECK(application.ask("POST", at(kTesla, "/commands/charge/start")).status == 200);
        if (way == "/v3/users") {
            CHECK(application.ask("DELETE", way + "/" + kUserId).status == 204);
        } else if (!way.empty()) {
            CHECK(application.ask("DELETE", way + "/" + text(application.ask(way), "/data/0/id")).status == 204);
        }
        REQUIRE(application.world.simulation.settle(std::chrono::seconds(1)).ok());
        CHECK(application.world.callback_transport.sent().size() == (way.empty() ? 1 : 0));
    }
}

TEST_CASE("the application is shown with its secrets masked") {
    ApiCaller application;
    const auto& configuration = application.world.platform.configuration();
    const std::string resource = R"({"id":")" + configuration.client_id +
                                 R"(","type":"application","attributes":{"name":"Example application"},)" +
                                 R"("links":{"self":"/v3/applications/)" + configuration.client_id + R"("}})";
    CHECK(application.ask("/v3/applications/" + configuration.client_id).body == R"({"data":)" + resource + "}");
    CHECK(json_at(application.ask("/v3/applications"), "/data") == "[" + resource + "]");
    const auto secrets = application.ask("/v3/applications/" + configuration.client_id + "/secrets");
    CHECK(secrets.status == 200);
    CHECK(secrets.body.find(configuration.client_secret.reveal()) == std::string::npos);
    CHECK(secrets.body.find(configuration.application_management_token.reveal()) == std::string::npos);
    CHECK(json_at(secrets, "/data/0/attributes/value") == json(configuration.client_secret.masked()));
    CHECK(application.ask("/v3/applications/" + std::string(kUnknownUuid)).status == 404);
    CHECK(application.ask("/v3/applications/" + std::string(kUnknownUuid) + "/secrets").status == 404);
}

TEST_CASE("compatible vehicles are the models of the fleet with what they can") {
    ApiCaller application({"tesla-model-3-2020", "ford-f-150-2021", "bmw-118i-2025", "simulated-bev-2023"});
    const auto all = application.ask("/v3/compatible-vehicles");
    CHECK(json_at(all, "/meta") == R"({"pageNumber":1,"pageSize":50,"totalCount":3})");
    CHECK(json_at(all, "/data/1/id") == R"("FORD-F-150-2021-2021-ICE-US")");
    CHECK(json_at(all, "/data/1/type") == R"("vehicle-model-capability")");
    const std::string bmw = R"({"make":"BMW","model":"118i","region":"EUROPE","powertrainType":"ICE",)"
                            R"("years":{"start":2025,"end":2025},"capabilities":[)";
    CHECK(json_at(all, "/data/2/attributes").starts_with(bmw));
    CHECK(json_at(all, "/data/1/attributes/capabilities")
              .find(R"({"type":"command","name":"Lock","group":"Security","code":"security-lock",)"
                    R"("capability":"security-lock","permission":"control_security"})") != std::string::npos);
    CHECK(json_at(all, "/data/0/attributes/capabilities/0") ==
          R"({"type":"signal","name":"Amperage","group":"Charge","code":"charge-amperage",)"
          R"("capability":"charge-amperage","permission":null})");
    const auto count = [&](const std::string& filter) {
        return json_at(application.ask("/v3/compatible-vehicles?" + filter), "/meta/totalCount");
    };
    CHECK(count("filter[make]=TESLA") == "1");
    CHECK(count("filter[make]=tesla&filter[region]=EUROPE") == "0");
    CHECK(count("filter[powertrainType]=ICE") == "2");
    CHECK(count("filter[region]=EUROPE") == "1");
    CHECK(application.ask("/v3/compatible-vehicles?filter[region]=MARS").status == 400);
    CHECK(application.ask("/v3/compatible-vehicles?filter[powertrainType]=STEAM").status == 400);
}

TEST_CASE("what the application manages is for its own token alone") {
    ApiCaller application;
    const std::string user = application.connect();
    for (const std::string path :
         {"/v3/connections", "/v3/webhooks", "/v3/subscriptions", "/v3/applications", "/v3/compatible-vehicles"}) {
        CAPTURE(path);
        CHECK(application.ask(path).status == 200);
        const auto denied = application.get(path, user);
        CHECK(denied.status == 403);
        CHECK(json_at(denied, "/type") == R"("PERMISSION")");
        const auto nobody = application.get(path, "nonsense");
        CHECK(nobody.status == 401);
        CHECK(json_at(nobody, "/errors/0/code") == R"("UNAUTHORIZED")");
    }
}

}  // namespace
}  // namespace smartcar_sim::routes
