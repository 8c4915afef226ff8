#include "routes/compatibility_api.h"

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "routes/an_api_caller.h"

namespace smartcar_sim::routes {
namespace {

const std::vector<std::string> kFleet{"tesla-model-3-2020",     "tesla-model-y-2021", "ford-f-150-2021",
                                      "jeep-wrangler-4xe-2022", "kia-ev6-2022",       "bmw-118i-2025",
                                      "audi-q8-e-tron-2023",    "simulated-bev-2023"};

struct Client : ApiCaller {
    explicit Client(const std::vector<std::string>& fixtures = kFleet) : ApiCaller(fixtures) {}

    contract::Response as_client(const std::string& target) {
        const auto& configuration = world.platform.configuration();
        return send("GET", target,
                    {{"Authorization", "Basic " + base::to_base64(configuration.client_id + ":" +
                                                                  configuration.client_secret.reveal())}});
    }
    contract::Response by_vin(const std::string& vin, const std::string& scope, const std::string& more = "") {
        return as_client("/v2.0/compatibility?vin=" + vin + "&scope=" + base::percent_encode(scope) + more);
    }
};

std::string entry(const std::string& permission, const std::string& endpoint, const std::string& reason = "") {
    return R"({"permission":")" + permission + R"(","endpoint":")" + endpoint + R"(","capable":)" +
           (reason.empty() ? R"(true,"reason":null})" : R"(false,"reason":")" + reason + R"("})");
}

std::string compatible(const std::string& entries) {
    return R"({"compatible":true,"reason":null,"capabilities":[)" + entries + "]}";
}
std::string incompatible(const std::string& reason) {
    return R"({"compatible":false,"reason":")" + reason + R"(","capabilities":[]})";
}

TEST_CASE("a VIN of the fleet is answered by that vehicle, endpoint by endpoint") {
    Client client;
    const std::string jeep = "1C4JJXR62NW100042";
    CHECK(client.by_vin(jeep, "read_odometer read_fuel").body ==
          compatible(entry("read_odometer", "/odometer") + "," + entry("read_fuel", "/fuel")));
    CHECK(client.by_vin(jeep, "required:read_charge control_security read_security").body ==
          compatible(entry("read_charge", "/charge", "SMARTCAR_NOT_CAPABLE") + "," +
                     entry("read_charge", "/charge/limit", "SMARTCAR_NOT_CAPABLE") + "," +
                     entry("control_security", "/security", "SMARTCAR_NOT_CAPABLE") + "," +
                     entry("read_security", "/security", "VEHICLE_NOT_CAPABLE")));
    const std::string tesla = "5YJ3E1EA7LF600042";
    CHECK(client.by_vin(tesla, "control_charge read_speedometer read_fuel").body ==
          compatible(entry("control_charge", "/charge") + "," + entry("control_charge", "/charge/limit") + "," +
                     entry("read_speedometer", "/tesla/speedometer") + "," +
                     entry("read_fuel", "/fuel", "VEHICLE_NOT_CAPABLE")));
    // Its region does not matter: it is known.
    CHECK(json_at(client.by_vin("KNAC381AFN5000042", "read_battery"), "/compatible") == "true");
    const auto other = client.by_vin("1FTFW1E83MFA00042", "read_climate read_charge_events");
    CHECK(json_at(other, "/capabilities/0") == entry("read_climate", "/tesla/climate/cabin", "VEHICLE_NOT_CAPABLE"));
    CHECK(json_at(other, "/capabilities/1/endpoint") == "null");
}

TEST_CASE("an unknown VIN is answered by the nearest vehicle of its make and region") {
    Client client;
    const auto compatible_of = [&](const std::string& vin, const std::string& country) {
        const auto response = client.by_vin(vin, "read_odometer", "&country=" + country);
        return json_at(response, "/compatible") + json_at(response, "/reason");
    };
    CHECK(compatible_of("1FTFW1E80AAA00000", "US") == "truenull");
    CHECK(compatible_of("1FAFW1E80AAA00000", "US") == "truenull");  // a maker's code that no car of the fleet has
    CHECK(compatible_of("1FTFW1E80AAA00000", "DE") == R"(false"VEHICLE_NOT_COMPATIBLE")");
    CHECK(compatible_of("KNAC381AF00000000", "DE") == "truenull");
    CHECK(compatible_of("KNAC381AF00000000", "US") == R"(false"VEHICLE_NOT_COMPATIBLE")");
    CHECK(compatible_of("KNAC381AF00000000", "JP") == R"(false"MAKE_NOT_COMPATIBLE")");
    CHECK(compatible_of("JM1AAAAAA00000000", "US") == R"(false"MAKE_NOT_COMPATIBLE")");
    CHECK(compatible_of("ZZZAAAAAA00000000", "US") == R"(false"MAKE_NOT_COMPATIBLE")");
    // The two Teslas begin alike; the fourth character tells them apart, and only the Model 3 has a PIN.
    CHECK(json_at(client.by_vin("5YJ3AAAAA00000000", "control_pin"), "/capabilities/0/capable") == "true");
    CHECK(json_at(client.by_vin("5YJYAAAAA00000000", "control_pin"), "/capabilities/0/capable") == "false");
}

TEST_CASE("the VINs of the SDKs' own tests answer as those expect") {
    for (const std::vector<std::string>& fleet : {kFleet, {"ford-f-150-2021"}}) {
        CAPTURE(fleet.size());
        Client client(fleet);
        const std::string both = "read_odometer read_location";
        CHECK(client.by_vin("5YJXCDE22HF068739", both).body ==
              compatible(entry("read_odometer", "/odometer") + "," + entry("read_location", "/location")));
        CHECK(client.by_vin("WAUAFAFL1GN014882", both).body ==
              compatible(entry("read_odometer", "/odometer", "SMARTCAR_NOT_CAPABLE") + "," +
                         entry("read_location", "/location", "SMARTCAR_NOT_CAPABLE")));
        CHECK(client.by_vin("WBAKE5C58DJ107700", both).body == incompatible("VEHICLE_NOT_COMPATIBLE"));
        CHECK(
            client
                .by_vin("0SCGMCT0386A85356", "read_odometer read_fuel", "&mode=test&test_mode_compatibility_level=bev")
                .body ==
            compatible(entry("read_odometer", "/odometer") + "," + entry("read_fuel", "/fuel", "VEHICLE_NOT_CAPABLE")));
    }
}

TEST_CASE("the levels of test mode say what the vehicle can do") {
    Client client;
    struct Row {
        std::string level;
        bool fuel, battery;
    };
    for (const Row& row :
         {Row{"compatible", true, true}, Row{"phev", true, true}, Row{"bev", false, true}, Row{"fuel", true, false}}) {
        CAPTURE(row.level);
        const auto response = client.by_vin("0SCGMCT0386A85356", "read_fuel read_engine_oil read_charge control_charge",
                                            "&mode=test&test_mode_compatibility_level=" + row.level);
        const std::string no = "VEHICLE_NOT_CAPABLE";
        const std::string fuel = row.fuel ? "" : no;
        const std::string battery = row.battery ? "" : no;
        CHECK(response.body ==
              compatible(entry("read_fuel", "/fuel", fuel) + "," + entry("read_engine_oil", "/engine/oil", fuel) + "," +
                         entry("read_charge", "/charge", battery) + "," +
                         entry("read_charge", "/charge/limit", battery) + "," +
                         entry("control_charge", "/charge", battery) + "," +
                         entry("control_charge", "/charge/limit", battery)));
    }
    for (const std::string level : {"incompatible", "dinosaur"}) {
        CHECK(
            client.by_vin("0SCGMCT0386A85356", "read_fuel", "&mode=test&test_mode_compatibility_level=" + level).body ==
            incompatible("VEHICLE_NOT_COMPATIBLE"));
    }
}

TEST_CASE("test mode without a level, or with one that is none, has a field that is a text") {
    Client client;
    for (const std::string level : {"", "&test_mode_compatibility_level=hev"}) {
        const auto refused = client.by_vin("0SCGMCT0386A85356", "read_fuel", "&mode=test" + level);
        CHECK(refused.status == 400);
        CHECK(json_at(refused, "/type") == R"("VALIDATION")");
        CHECK(json_at(refused, "/requestId") == json(header(refused, "sc-request-id")));
        CHECK(json_at(refused, "/detail") ==
              R"([{"field":"test_mode_compatibility_level","message":)"
              R"("Field must be one of: [compatible, phev, incompatible, fuel, dinosaur, bev]"}])");
    }
}

TEST_CASE("what is asked must be in order") {
    Client client;
    struct Row {
        std::string query, field;
    };
    const std::string vin = "vin=5YJ3E1EA7LF600042";
    for (const Row& row :
         {Row{"scope=read_vin", "vin"}, Row{"vin=5YJ3&scope=read_vin", "vin"}, Row{vin, "scope"},
          Row{vin + "&scope=", "scope"}, Row{vin + "&scope=read_minds", "scope"},
          Row{vin + "&scope=read_vin&country=usa", "country"}, Row{vin + "&scope=read_vin&mode=real", "mode"}}) {
        CAPTURE(row.query);
        const auto refused = client.as_client("/v2.0/compatibility?" + row.query);
        CHECK(refused.status == 400);
        CHECK(json_at(refused, "/detail/0/field/0") == json(row.field));
    }
}

TEST_CASE("compatibility takes the client's credentials alone") {
    Client client;
    for (const std::string path :
         {"/v2.0/compatibility?vin=5YJ3E1EA7LF600042&scope=read_vin", "/v2.0/compatibility/matrix?region=US"}) {
        CAPTURE(path);
        CHECK(client.as_client(path).status == 200);
        CHECK(client.as_client(path).headers.get("content-type") == "application/json");
        const std::string id(platform::kDevelopmentClientId);
        for (const std::string& authorization :
             {std::string(), "Basic " + base::to_base64(id + ":wrong"), "Bearer " + client.connect(),
              "Basic " + base::to_base64("default:" + std::string(platform::kDevelopmentToken))}) {
            CHECK(client.send("GET", path, {{"Authorization", authorization}}).status == 401);
        }
    }
}

TEST_CASE("the matrix has every model of a region with the endpoints people know") {
    Client client;
    CHECK(client.as_client("/v2.0/compatibility/matrix?region=EUROPE&make=KIA").body ==
          R"({"KIA":[{"model":"EV6","startYear":2022,"endYear":2022,"type":"BEV","endpoints":["EV battery",)"
          R"("EV charging status","EV start & stop charge","Location","Odometer"],"permissions":["read_battery",)"
          R"("read_charge","control_charge","read_location","read_odometer"]}]})");
    const auto us = client.as_client("/v2.0/compatibility/matrix/?region=US");
    CHECK(json_at(us, "/TESLA/0/model") == R"("Model 3")");
    CHECK(json_at(us, "/TESLA/1/model") == R"("Model Y")");
    CHECK(json_at(us, "/FORD/0/type") == R"("ICE")");
    CHECK(json_at(us, "/KIA").empty());
    CHECK(json_at(us, "/SIMULATED").empty());
    CHECK(client.as_client("/v2.0/compatibility/matrix?region=CA").body == "{}");
}

TEST_CASE("the matrix is narrowed by type, makes and scope") {
    Client client;
    const auto matrix = [&](const std::string& query) {
        return client.as_client("/v2.0/compatibility/matrix?region=US&" + query);
    };
    CHECK(json_at(matrix("type=BEV"), "/FORD").empty());
    CHECK_FALSE(json_at(matrix("type=BEV"), "/TESLA").empty());
    CHECK_FALSE(json_at(matrix("make=FORD+JEEP"), "/JEEP").empty());
    CHECK(json_at(matrix("make=FORD%20JEEP"), "/TESLA").empty());
    CHECK(json_at(matrix("scope=read_battery+read_fuel"), "/FORD").empty());
    CHECK_FALSE(json_at(matrix("scope=read_battery+read_fuel"), "/JEEP").empty());
    for (const std::string query : {"region=MARS", "", "region=US&type=STEAM", "region=US&scope=read_minds"}) {
        CAPTURE(query);
        CHECK(client.as_client("/v2.0/compatibility/matrix?" + query).status == 400);
    }
}

}  // namespace
}  // namespace smartcar_sim::routes
