#include <string>
#include <vector>

#include "routes/a_client.h"

namespace smartcar_sim::routes {
namespace {

std::string error_location(const std::string& error, const std::string& description) {
    return "http://localhost:1/cb?error=" + error + "&error_description=" + base::percent_encode(description) +
           "&state=s";
}

TEST_CASE("a visit can end in every error, and then nothing is connected") {
    Client client;
    for (const platform::ConnectErrorRow& row : platform::connect_errors()) {
        CAPTURE(row.error);
        const auto failed = client.post(
            "/_sim/connect", R"({"redirectUri":"http://localhost:1/cb","state":"s","make":"ford","outcome":")" +
                                 std::string(row.error) + "\"}");
        CHECK(failed.status == 200);
        CHECK(text_at(failed, "/error") == row.error);
        CHECK(text_at(failed, "/errorDescription") == row.description);
        CHECK(text_at(failed, "/redirectTo") == error_location(std::string(row.error), std::string(row.description)));
        CHECK(json_at(client.get("/_sim/vehicles"), "/vehicles/0/connected") == "false");
    }
    const auto denied = client.post("/_sim/connect", R"({"outcome":"deny"})");
    CHECK(text_at(denied, "/error") == "access_denied");
    CHECK(json_at(denied, "/redirectTo") == "null");
}

TEST_CASE("an incompatible vehicle is named in the redirect") {
    Client client;
    const auto failed =
        client.post("/_sim/connect", R"({"redirectUri":"http://localhost:1/cb","outcome":"vehicle_incompatible"})");
    CHECK(text_at(failed, "/redirectTo").ends_with("&make=TESLA&vin=5YJ3E1EA7LF600042&model=Model%203&year=2020"));
}

TEST_CASE("a brand and a single vehicle narrow the choice, and an external id comes back") {
    Client client;
    const auto approved = client.post(
        "/_sim/connect",
        R"({"mode":"live","make":"tesla","singleSelect":true,"externalId":"me","user":"u","outcome":"approve",)"
        R"("redirectUri":"http://localhost:1/cb"})");
    CHECK(approved.status == 200);
    CHECK(json_at(approved, "/vehicleIds") == "[\"" + std::string(kTesla) + "\"]");
    CHECK(text_at(approved, "/redirectTo") == "http://localhost:1/cb?code=" + text_at(approved, "/code") + "&user_id=" +
                                                  std::string(platform::kDevelopmentUserId) + "&external_id=me");
    CHECK(text_at(client.post("/_sim/connect", R"({"make":"LADA"})"), "/error/code") == "no_vehicles");
}

TEST_CASE("a visit that is not understood says what it may be") {
    Client client;
    CHECK(client.post("/_sim/connect", R"({"outcome":"no_vehicle"})").body ==
          error_body("bad_member", R"(/outcome is \"no_vehicle\"; did you mean \"no_vehicles\"?)"));
    CHECK(client.post("/_sim/connect", R"({"make":"nope"})").body ==
          error_body("no_vehicles",
                     R"(there is no live vehicle of the make \"NOPE\" with a permission of the scope and )"
                     "all that it requires"));
    for (const std::string body :
         {R"({"singleSelect":"yes"})", R"({"make":7})", R"({"externalId":[]})", R"({"user":1})", R"({"outcome":true})",
          R"({"vehicles":[]})", R"({"mode":"dead"})"}) {
        CAPTURE(body);
        CHECK(text_at(client.post("/_sim/connect", body), "/error/code") == "bad_member");
    }
}

}  // namespace
}  // namespace smartcar_sim::routes
