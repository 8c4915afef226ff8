#include "routes/management_api.h"

#include <string>
#include <string_view>

#include "base/text.h"
#include "routes/an_api_caller.h"

namespace smartcar_sim::routes {
namespace {

const std::string kPath = "/v2.0/management/connections";

contract::Headers basic(const std::string& user, const std::string& password) {
    return {{"Authorization", "Basic " + base::to_base64(user + ":" + password)}};
}
contract::Headers management() { return basic("default", std::string(platform::kDevelopmentToken)); }

std::string connection(std::string_view vehicle, const std::string& time, const std::string& mode = "live") {
    return R"({"userId":")" + std::string(kUser) + R"(","vehicleId":")" + std::string(vehicle) +
           R"(","connectedAt":"2026-01-01T00:00:)" + time + R"(.000Z","mode":")" + mode + R"("})";
}

TEST_CASE("connections are listed newest first, with either spelling of the path") {
    ApiCaller application;
    application.connect({.vehicles = {"tesla-model-3-2020"}});
    application.world.clock.advance_to(fakes::kStart + std::chrono::seconds(5));
    application.connect({.vehicles = {"simulated-bev-2023"}});
    const std::string body = R"({"connections":[)" + connection(kSimulated, "05", "simulated") + "," +
                             connection(kTesla, "00") + R"(],"paging":{"cursor":null}})";
    for (const std::string& path : {kPath, kPath + "/", kPath + "?", std::string("/v9.9/management/connections")}) {
        CAPTURE(path);
        const auto response = application.send("GET", path, management());
        CHECK(response.status == 200);
        CHECK(response.body == body);
        CHECK(header(response, "sc-request-id").size() == 36);
    }
}

TEST_CASE("connections are filtered by user, vehicle and mode") {
    ApiCaller application;
    application.connect({.vehicles = {"tesla-model-3-2020", "simulated-bev-2023"}});
    const auto listed = [&](const std::string& query) {
        return json_at(application.send("GET", kPath + "?" + query, management()), "/connections");
    };
    const std::string tesla = "[" + connection(kTesla, "00") + "]";
    const std::string simulated = "[" + connection(kSimulated, "00", "simulated") + "]";
    CHECK(listed("vehicle_id=" + std::string(kTesla)) == tesla);
    CHECK(listed("user_id=" + std::string(kUser) + "&mode=live") == tesla);
    CHECK(listed("mode=simulated") == simulated);
    CHECK(listed("mode=test") == simulated);
    CHECK(listed("user_id=" + std::string(kUnknownUuid)) == "[]");
    for (const std::string query : {"mode=wrong", "user_id=x", "vehicle_id=x", "limit=0", "limit=101", "limit=x",
                                    "cursor=nonsense", "cursor=%FF"}) {
        CAPTURE(query);
        const auto refused = application.send("GET", kPath + "?" + query, management());
        CHECK(refused.status == 400);
        CHECK(json_at(refused, "/detail/0/field/0") == json(query.substr(0, query.find('='))));
    }
}

TEST_CASE("a cursor goes on where the page ended, whatever connects meanwhile") {
    ApiCaller application({"tesla-model-3-2020", "ford-f-150-2021", "kia-ev6-2022", "jaguar-i-pace-2021"});
    application.connect({.vehicles = {"ford-f-150-2021", "kia-ev6-2022"}});
    application.world.clock.advance_to(fakes::kStart + std::chrono::seconds(5));
    application.connect({.vehicles = {"tesla-model-3-2020"}});
    const auto first = application.send("GET", kPath + "?limit=2", management());
    CHECK(json_at(first, "/connections") == "[" + connection(kTesla, "05") + "," + connection(kFord, "00") + "]");
    const std::string cursor = json_at(first, "/paging/cursor");
    REQUIRE(cursor.size() > 10);

    application.world.clock.advance_to(fakes::kStart + std::chrono::seconds(9));
    application.connect({.vehicles = {"jaguar-i-pace-2021"}});
    const auto second = application.send(
        "GET", kPath + "?limit=2&cursor=" + base::percent_encode(cursor.substr(1, cursor.size() - 2)), management());
    CHECK(json_at(second, "/connections") == "[" + connection(application.car("kia-ev6-2022").id, "00") + "]");
    CHECK(json_at(second, "/paging/cursor") == "null");
}

TEST_CASE("ten connections make a page unless a limit says otherwise") {
    ApiCaller application({"tesla-model-3-2020", "ford-f-150-2021", "kia-ev6-2022", "jaguar-i-pace-2021",
                           "nissan-leaf-2020", "bmw-118i-2025", "toyota-prius-2021", "toyota-corolla-2022",
                           "polestar-2-2024", "volvo-xc60-2023", "rivian-r1t-2022"});
    application.connect();
    const auto page = application.send("GET", kPath, management());
    CHECK_FALSE(json_at(page, "/connections/9").empty());
    CHECK(json_at(page, "/connections/10").empty());
    CHECK(json_at(page, "/paging/cursor") != "null");
    CHECK_FALSE(json_at(application.send("GET", kPath + "?limit=100", management()), "/connections/10").empty());
}

TEST_CASE("deleting answers what was deleted, and ends it") {
    ApiCaller application;
    const std::string token = application.connect();
    const std::string webhook = application.add_webhook(R"(,"autoSubscribe":true)");
    const std::string tesla =
        R"({"userId":")" + std::string(kUser) + R"(","vehicleId":")" + std::string(kTesla) + R"("})";
    const std::string ford =
        R"({"userId":")" + std::string(kUser) + R"(","vehicleId":")" + std::string(kFord) + R"("})";
    const auto one = application.send("DELETE", kPath + "/?vehicle_id=" + std::string(kTesla), management(), "{}");
    CHECK(one.status == 200);
    CHECK(one.body == R"({"connections":[)" + tesla + "]}");
    CHECK(application.get("/v2.0/vehicles/" + std::string(kTesla) + "/battery", token).status == 403);
    CHECK(application.world.platform.webhook(webhook).value().subscriptions ==
          std::vector<std::string>{std::string(kFord)});
    CHECK(application.send("DELETE", kPath + "?vehicle_id=" + std::string(kTesla), management()).body ==
          R"({"connections":[]})");
    CHECK(application.send("DELETE", kPath + "?user_id=" + std::string(kUser), management()).body ==
          R"({"connections":[)" + ford + "]}");
    CHECK(application.send("DELETE", kPath, management()).status == 400);
}

// The connection ends while the network holds back a delivery about it.
TEST_CASE("deleting drops what waits to be delivered about the vehicle") {
    ApiCaller application;
    application.connect({.vehicles = {"tesla-model-3-2020"}});
    application.verify(application.add_webhook(R"(,"autoSubscribe":true)"));
    CHECK(application.ask("POST", at(kTesla, "/commands/charge/start")).status == 200);
    CHECK(application.send("DELETE", kPath + "?vehicle_id=" + std::string(kTesla), management()).status == 200);
    REQUIRE(application.world.simulation.settle(std::chrono::seconds(1)).ok());
    CHECK(application.world.callback_transport.sent().empty());
}

TEST_CASE("the management API takes the management token alone") {
    ApiCaller application;
    const std::string token = application.connect();
    const std::string secret = application.world.platform.configuration().client_secret.reveal();
    for (const auto& headers : {contract::Headers{}, basic("default", "wrong"), basic("default", secret),
                                ApiCaller::bearer(std::string(platform::kDevelopmentToken)), ApiCaller::bearer(token),
                                contract::Headers{{"Authorization", "Basic nonsense"}}}) {
        for (const std::string method : {"GET", "DELETE"}) {
            const auto refused = application.send(method, kPath + "?user_id=" + std::string(kUser), headers);
            CHECK(refused.status == 401);
            CHECK(json_at(refused, "/type") == R"("AUTHENTICATION")");
        }
    }
    CHECK(application.send("GET", "/v2/management/connections", management()).status == 404);
    CHECK(application.send("POST", kPath, management()).status == 405);
}

}  // namespace
}  // namespace smartcar_sim::routes
