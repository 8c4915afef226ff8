#include <algorithm>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "routes/an_api_caller.h"

namespace smartcar_sim::routes {
namespace {

const std::string kTeslaId(kTesla);

TEST_CASE("a user's token sees a vehicle bare, the application's sees it wrapped") {
    ApiCaller application;
    const std::string token = application.connect();
    for (const std::string slash : {"", "/"}) {
        CAPTURE(slash);
        const auto bare = application.get(at(kTesla, slash), token);
        CHECK(bare.status == 200);
        CHECK(header(bare, "content-type") == "application/json");
        CHECK(base::is_uuid(header(bare, "sc-request-id")));
        CHECK(bare.body == R"({"id":")" + kTeslaId +
                               R"(","type":"vehicle","attributes":{"make":"TESLA","model":"Model 3","year":2020},)" +
                               R"("links":{"self":"/vehicles/)" + kTeslaId + R"("}})");
    }
    // sc-user-id is not needed here.
    const auto wrapped = application.send(
        "GET", at(kTesla), {{"Authorization", "Bearer " + application.token}, {"Host", "127.0.0.1:8080"}});
    CHECK(wrapped.status == 200);
    const std::string self = R"({"self":"http://127.0.0.1:8080/v3/vehicles/)" + kTeslaId + R"("})";
    CHECK(wrapped.body == R"({"data":{"id":")" + kTeslaId +
                              R"(","type":"vehicle","attributes":{"make":"TESLA","model":"Model 3","year":2020,)" +
                              R"("powertrainType":"BEV","mode":"live"},"links":)" + self + R"(},"links":)" + self +
                              "}");
}

TEST_CASE("one signal is a resource in the shape of 2025 and in that of 2026") {
    ApiCaller application;
    const std::string token = application.connect();
    application.world.clock.advance_to(fakes::kStart + std::chrono::seconds(90));
    application.set(kTesla, "tractionbattery-stateofcharge", 42.5);
    application.world.clock.advance_to(fakes::kStart + std::chrono::seconds(100));
    const std::string path = at(kTesla, "/signals/tractionbattery-stateofcharge");
    const std::string attributes =
        R"("attributes":{"code":"tractionbattery-stateofcharge","name":"StateOfCharge","group":"TractionBattery",)"
        R"("status":{"value":"SUCCESS"},"body":{"value":42.5,"unit":"percent"}})";
    const auto links = [](const std::string& base) {
        const std::string vehicle = base + "/vehicles/" + kTeslaId;
        const std::string signal = vehicle + "/signals/tractionbattery-stateofcharge";
        return R"({"self":")" + signal + R"(","values":")" + signal + R"(/values","vehicle":")" + vehicle + R"("})";
    };
    CHECK(application.get(path, token).body ==
          R"({"id":"tractionbattery-stateofcharge","type":"signal",)" + attributes +
              R"(,"meta":{"retrievedAt":1767225700000,"oemUpdatedAt":1767225690000},"links":)" + links("") + "}");
    CHECK(application.ask(path).body ==
          R"({"data":{"id":"tractionbattery-stateofcharge","type":"signal",)" + attributes +
              R"(,"meta":{"retrievedAt":"2026-01-01T00:01:40.000Z","oemUpdatedAt":"2026-01-01T00:01:30.000Z",)" +
              R"("ingestedAt":"2026-01-01T00:01:40.000Z"},"links":)" + links("/v3") +
              R"(},"links":{"self":"/v3/vehicles/)" + kTeslaId + R"(/signals/tractionbattery-stateofcharge"}})");
}

TEST_CASE("all stored signals come without asking for a page, and by pages when asked") {
    ApiCaller application;
    const std::string token = application.connect();
    const std::size_t count = application.car(kTesla).state.size() + 1;  // and its VIN
    REQUIRE(count > 50);
    const std::string total = std::to_string(count);
    const auto all = application.get(at(kTesla, "/signals"), token);
    CHECK(all.status == 200);
    CHECK(json_at(all, "/meta") == R"({"page":1,"pageSize":)" + total + R"(,"totalCount":)" + total + "}");
    CHECK_FALSE(json_at(all, "/data/" + std::to_string(count - 1)).empty());
    CHECK(json_at(all, "/included") ==
          R"({"vehicle":{"id":")" + kTeslaId +
              R"(","type":"vehicle","attributes":{"make":"TESLA","model":"Model 3","year":"2020"},)" +
              R"("links":{"self":"/vehicles/)" + kTeslaId + R"("}}})");

    const auto page = application.get(at(kTesla, "/signals?page=2&pageSize=3"), token);
    CHECK(json_at(page, "/meta") == R"({"page":2,"pageSize":3,"totalCount":)" + total + "}");
    for (const std::string each : {"0", "1", "2"}) {
        CHECK(json_at(page, "/data/" + each + "/id") ==
              json_at(all, "/data/" + std::to_string(3 + std::stoi(each)) + "/id"));
    }
    CHECK(json_at(page, "/data/3").empty());
    const std::string link = R"("/vehicles/)" + kTeslaId + R"(/signals?page=)";
    const std::string last = std::to_string((count + 2) / 3);
    CHECK(json_at(page, "/links") == R"({"self":)" + link + R"(2&pageSize=3","first":)" + link +
                                         R"(1&pageSize=3","previous":)" + link + R"(1&pageSize=3","next":)" + link +
                                         R"(3&pageSize=3","last":)" + link + last + R"(&pageSize=3"})");
    CHECK(json_at(application.get(at(kTesla, "/signals?page=99&pageSize=3"), token), "/links/next") == "null");
}

TEST_CASE("a list of 2026 has the names of 2026") {
    ApiCaller application;
    application.connect();
    const auto page = application.ask(at(kTesla, "/signals?page%5Bnumber%5D=1&page%5Bsize%5D=2"));
    CHECK(page.status == 200);
    const std::string total = std::to_string(application.car(kTesla).state.size() + 1);
    CHECK(json_at(page, "/meta") == R"({"pageNumber":1,"pageSize":2,"totalCount":)" + total + "}");
    const std::string link = R"("/v3/vehicles/)" + kTeslaId + R"(/signals?page%5Bnumber%5D=)";
    CHECK(json_at(page, "/links/self") == link + R"(1&page%5Bsize%5D=2")");
    CHECK(json_at(page, "/links/prev") == "null");
    CHECK(json_at(page, "/links/next") == link + R"(2&page%5Bsize%5D=2")");
    CHECK(json_at(page, "/included/vehicle/attributes") ==
          R"({"make":"TESLA","model":"Model 3","year":2020,"powertrainType":"BEV","mode":"live"})");
    CHECK(json_at(page, "/data/0/meta/retrievedAt") == R"("2026-01-01T00:00:00.000Z")");
}

TEST_CASE("every signal of every shipped car says in v3 what its state says") {
    ApiCaller application;
    application.connect({.mode = contract::Mode::kLive});
    for (const std::string_view id : {kTesla, kFord}) {
        const auto vehicle = application.car(id);
        std::size_t seen = 0;
        for (const auto& [signal, reading] : vehicle.state) {
            CAPTURE(signal->code);
            const auto response = application.ask(at(id, "/signals/" + std::string(signal->code)));
            CHECK(json_at(response, "/data/attributes/body") ==
                  document::write(vehicle::body_of(*signal, reading.datum)).value());
            ++seen;
        }
        CHECK(seen > 5);
    }
}

TEST_CASE("a signal without permission is not listed, and refused when asked for") {
    ApiCaller application;
    const std::string token = application.connect({.scope = {"read_odometer"}, .vehicles = {"tesla-model-3-2020"}});
    const auto listed = application.get(at(kTesla, "/signals"), token);
    CHECK(listed.status == 200);
    CHECK(listed.body.find("odometer-traveleddistance") != std::string::npos);
    CHECK(listed.body.find("tractionbattery-stateofcharge") == std::string::npos);
    CHECK(listed.body.find("charge-amperage") != std::string::npos);  // which takes no permission
    CHECK(application.get(at(kTesla, "/signals/odometer-traveleddistance"), token).status == 200);
    const auto refused = application.get(at(kTesla, "/signals/tractionbattery-stateofcharge"), token);
    CHECK(refused.status == 403);
    CHECK(json_at(refused, "/type") == R"("PERMISSION")");
    CHECK(application.get(at(kTesla), token).status == 403);
}

TEST_CASE("what the platform does not offer for a make is a signal with an error and no body") {
    ApiCaller application({"jeep-wrangler-4xe-2022"});
    const std::string token = application.connect();
    const std::string id = application.world.platform.fleet().front().vehicle->id;
    const auto response = application.get(at(id, "/signals/wheel-tires"), token);
    CHECK(response.status == 200);
    const std::string description(contract::error_kind("COMPATIBILITY", "SMARTCAR_NOT_CAPABLE").description);
    CHECK(json_at(response, "/attributes") ==
          R"({"code":"wheel-tires","name":"Tires","group":"Wheel","status":{"value":"ERROR","error":)"
          R"({"type":"COMPATIBILITY","code":"SMARTCAR_NOT_CAPABLE","description":")" +
              description + R"(","resolution":{"type":null}}}})");
    CHECK(json_at(response, "/meta").empty());
    CHECK(application.get(at(id, "/signals"), token).body.find(R"("id":"wheel-tires")") != std::string::npos);
}

TEST_CASE("a signal that is not stored, or is none, is not found") {
    ApiCaller application;
    const std::string token = application.connect();
    for (const std::string code : {"internalcombustionengine-fuellevel", "no-such-signal"}) {
        CAPTURE(code);
        const auto user = application.get(at(kTesla, "/signals/" + code), token);
        CHECK(user.status == 404);
        CHECK(json_at(user, "/type") == R"("RESOURCE_NOT_FOUND")");
        CHECK(json_at(user, "/errors/0/code") == R"("not_found")");
        CHECK(json_at(user, "/description") == R"("Nothing is stored of this signal of the vehicle.")");
        const auto by_application = application.ask(at(kTesla, "/signals/" + code));
        CHECK(by_application.status == 404);
        CHECK(json_at(by_application, "/errors/0/code") == R"("SIGNAL_NOT_FOUND")");
    }
}

TEST_CASE("signals need to know whose the vehicle is when the application asks") {
    ApiCaller application;
    application.connect();
    const contract::Headers headers{{"Authorization", "Bearer " + application.token}};
    for (const std::string path : {"/signals", "/signals/odometer-traveleddistance"}) {
        CAPTURE(path);
        const auto refused = application.send("GET", at(kTesla, path), headers);
        CHECK(refused.status == 400);
        const std::string id = header(refused, "sc-request-id");
        CHECK(refused.body ==
              R"({"errors":[{"status":400,"type":"VALIDATION","code":"MISSING_PARAMETER","title":"Missing parameter",)"
              R"("detail":"missing userId","resolution":{"type":null},)"
              R"("suggestedUserMessage":"Something is wrong with what the app asked for. Please tell its makers.",)"
              R"("links":{"about":"https://smartcar.com/docs/errors/api-errors/validation-errors#null"},)"
              R"("meta":{"requestId":")" +
                  id + R"("}}]})");
    }
    contract::Headers another = headers;
    another.add("sc-user-id", kUnknownUuid);
    CHECK(application.send("GET", at(kTesla, "/signals"), another).status == 403);
}

TEST_CASE("an error for a user's token is that of v2.0 with errors beside it") {
    ApiCaller application;
    const std::string token = application.connect({.vehicles = {"ford-f-150-2021"}});
    const auto refused = application.get(at(kTesla, "/signals"), token);
    CHECK(refused.status == 403);
    const std::string description(contract::error_kind("PERMISSION", std::nullopt).description);
    CHECK(refused.body == R"({"statusCode":403,"type":"PERMISSION","code":null,"description":")" + description +
                              R"(","docURL":"https://smartcar.com/docs/errors/api-errors/permission-errors#null",)" +
                              R"("resolution":{"type":"REAUTHENTICATE"},"requestId":")" +
                              header(refused, "sc-request-id") +
                              R"(","errors":[{"code":"forbidden","title":"Permission","detail":")" + description +
                              R"(","status":"403"}]})");
}

TEST_CASE("a token that is nobody's, or has expired, opens nothing") {
    ApiCaller application;
    const std::string user = application.connect();
    const auto nobody = application.get(at(kTesla), "nonsense");
    CHECK(nobody.status == 401);
    CHECK(json_at(nobody, "/type") == R"("AUTHENTICATION")");
    CHECK(json_at(nobody, "/code") == "null");
    CHECK(json_at(nobody, "/errors/0/code") == R"("unauthorized")");
    CHECK(application.send("GET", at(kTesla), {}).status == 401);

    CHECK(application.ask(at(kTesla, "/signals")).status == 200);
    application.world.clock.advance_to(fakes::kStart + platform::kApplicationTokenLifetime);
    const auto expired = application.ask(at(kTesla, "/signals"));
    CHECK(expired.status == 401);
    CHECK(json_at(expired, "/errors/0/type") == R"("AUTHENTICATION")");
    CHECK(json_at(expired, "/errors/0/code") == R"("UNAUTHORIZED")");
    CHECK(application.get(at(kTesla), user).status == 200);
    application.world.clock.advance_to(fakes::kStart + platform::kAccessTokenLifetime);
    CHECK(application.get(at(kTesla), user).status == 401);
}

TEST_CASE("ids that are none and paths that lead nowhere are refused in v3's form") {
    ApiCaller application;
    const std::string token = application.connect();
    CHECK(application.get(at("nonsense"), token).status == 400);
    CHECK(application.get(at(kUnknownUuid), token).status == 403);
    const auto malformed = application.ask(at("nonsense"));
    CHECK(malformed.status == 400);
    CHECK(json_at(malformed, "/errors/0/code") == R"("INVALID_INPUT_FORMAT")");
    const auto nowhere = application.ask("/v3/nowhere");
    CHECK(nowhere.status == 404);
    CHECK(json_at(nowhere, "/errors/0/type") == R"("RESOURCE_NOT_FOUND")");
    for (const std::string query : {"page=0", "page=x", "pageSize=0", "pageSize=101", "page%5Bsize%5D=1e3"}) {
        CAPTURE(query);
        CHECK(application.get(at(kTesla, "/signals?" + query), token).status == 400);
    }
}

TEST_CASE("the vehicle of the SDKs' own tests is there, whatever the fleet") {
    ApiCaller application({"ford-f-150-2021"});
    const std::string id = "tst2e255-d3c8-4f90-9fec-e6e68b98e9cb";
    const auto vehicle = application.get("/v3/vehicles/" + id + "/", "test-data-token");
    CHECK(vehicle.status == 200);
    CHECK(vehicle.body == R"({"id":")" + id +
                              R"(","type":"vehicle","attributes":{"make":"TESLA","model":"Model Y","year":2021},)" +
                              R"("links":{"self":"/vehicles/)" + id + R"("}})");
    const auto odometer =
        application.get("/v3/vehicles/" + id + "/signals/odometer-traveleddistance", "test-data-token");
    CHECK(json_at(odometer, "/attributes/body") == R"({"value":115071.5,"unit":"km"})");
    CHECK(json_at(odometer, "/meta/retrievedAt") == "1767225600000");
    const auto signals = application.get("/v3/vehicles/" + id + "/signals", "test-data-token");
    CHECK(json_at(signals, "/meta") == R"({"page":1,"pageSize":10,"totalCount":9})");
    CHECK(application.get("/v3/vehicles/" + id, application.connect()).status == 400);
    CHECK(application.get(at(kFord), "test-data-token").status == 403);
}

}  // namespace
}  // namespace smartcar_sim::routes
