#include "vehicle/fixture.h"

#include "vehicle/a_vehicle.h"
#include "vehicle/vin.h"

namespace smartcar_sim::vehicle {
namespace {

constexpr std::string_view kGood = R"({
  "formatVersion": 1,
  "id": "d0c0ffee-1001-4000-8000-000000000001",
  "make": "TESLA",
  "model": "Model 3",
  "year": 2020,
  "vin": "5YJ3E1EA7LF600042",
  "powertrain": "BEV",
  "region": "US",
  "mode": "live",
  "permissions": ["read_battery", "control_security"],
  "commands": ["lock"],
  "unsupported": ["read_tires"],
  "state": {"tractionbattery-stateofcharge": 62}
}
)";

base::Result<Vehicle> load_text(const std::string& text) {
    auto root = document::parse(text, "cars/x.json", document::Comments::kAllowed);
    REQUIRE(root.ok());
    return load({.name = "cars/x.json", .text = text, .root = std::move(root).value()});
}

std::string with(const std::string& line, const std::string& instead) {
    std::string text(kGood);
    const std::size_t at = text.find(line);
    REQUIRE(at != std::string::npos);
    return text.replace(at, line.size(), instead);
}

TEST_CASE("a fixture becomes a vehicle named after its file") {
    const auto vehicle = load_text(std::string(kGood));
    REQUIRE(vehicle.ok());
    CHECK(vehicle.value().fixture == "x");
    CHECK(vehicle.value().id == "d0c0ffee-1001-4000-8000-000000000001");
    CHECK(vehicle.value().make == "TESLA");
    CHECK(vehicle.value().model == "Model 3");
    CHECK(vehicle.value().year == 2020);
    CHECK(vehicle.value().powertrain == Powertrain::kBev);
    CHECK(vehicle.value().region == Region::kUs);
    CHECK(vehicle.value().mode == contract::Mode::kLive);
    CHECK(vehicle.value().can("read_battery"));
    CHECK_FALSE(vehicle.value().can("read_vin"));
    CHECK(vehicle.value().commands == CommandSet{CommandKind::kLock});
    CHECK(vehicle.value().unsupported == PermissionSet{"read_tires"});
    CHECK(vehicle.value().state.steps("tractionbattery-stateofcharge") == 6200);
}

TEST_CASE("what is wrong with a fixture is said like a compiler says it") {
    struct Row {
        std::string line, instead, message;
    };
    const std::vector<Row> rows = {
        {R"("make":)", R"("mak":)", R"(cars/x.json:4:3: unknown member "mak"; did you mean "make"?)"},
        {R"(  "model": "Model 3",)", "", R"(cars/x.json:1:1: the fixture lacks "model")"},
        {R"("formatVersion": 1)", R"("formatVersion": 2)", R"(cars/x.json:2:20: "formatVersion" must be 1)"},
        {R"(2020)", R"("2020")", R"(cars/x.json:6:11: "year" must be a whole number from 1996 to 2100)"},
        {R"("TESLA")", R"(7)", R"(cars/x.json:4:11: "make" must be a string, not a number)"},
        {R"(d0c0ffee-1001)", R"(d0c0ffee)", R"(cars/x.json:3:9: "id" must be a UUID in lower case)"},
        {R"(d0c0ffee-1001)", R"(D0C0FFEE-1001)", R"(cars/x.json:3:9: "id" must be a UUID in lower case)"},
        {R"("TESLA")", R"("")", R"(cars/x.json:4:11: "make" must not be empty)"},
        {R"("TESLA")", R"("Tesla")", R"(cars/x.json:4:11: "make" is written in capitals: "TESLA")"},
        {R"("BEV")", R"("VEB")", R"(cars/x.json:8:17: unknown powertrain "VEB"; there are BEV, PHEV, HEV, ICE)"},
        {R"("live")", R"("on the moon")",
         R"(cars/x.json:10:11: unknown mode "on the moon"; there are live, simulated)"},
        {R"(["read_battery",)", R"(["read_batery",)",
         R"(cars/x.json:11:19: unknown permission "read_batery"; did you mean "read_battery"?)"},
        {R"(["read_battery", "control_security"])", R"("read_battery")",
         R"(cars/x.json:11:18: "permissions" must be an array of permissions, not a string)"},
        {R"(  "commands": ["lock"],)", "", R"(cars/x.json:1:1: the fixture lacks "commands")"},
        {R"(["lock"])", R"("lock")", R"(cars/x.json:12:15: "commands" must be an array of commands, not a string)"},
        {R"(["lock"])", R"(["lock", 1])", R"(cars/x.json:12:24: a command must be a string, not a number)"},
        {R"(["lock"])", R"(["unlok"])", R"(cars/x.json:12:16: unknown command "unlok"; did you mean "unlock"?)"},
        {R"(["lock"])", R"(["lock", "startCharge"])",
         R"(cars/x.json:12:24: command "startCharge" needs permission "control_charge")"},
        {R"(["read_tires"])", R"("read_tires")",
         R"(cars/x.json:13:18: "unsupported" must be an array of permissions, not a string)"},
        {R"(["read_tires"])", R"(["read_tire"])",
         R"(cars/x.json:13:19: unknown permission "read_tire"; did you mean "read_tires"?)"},
        {R"(["read_tires"])", R"(["read_battery"])",
         R"(cars/x.json:13:19: "read_battery" is in "permissions" too: the car has it or lacks it)"},
        {R"("tractionbattery-stateofcharge")", R"("tractionbattery-stateofchage")",
         R"(cars/x.json:14:13: unknown signal "tractionbattery-stateofchage"; did you mean "tractionbattery-stateofcharge"?)"},
        {R"(: 62)", R"(: "full")",
         R"(cars/x.json:14:46: tractionbattery-stateofcharge must be a number, not a string)"},
        {R"(5YJ3E1EA7LF600042)", R"(5YJ3E1EA7LF60004)",
         R"(cars/x.json:7:10: a VIN has 17 characters, digits and capital letters without I, O and Q)"},
        {R"(5YJ3E1EA7LF600042)", R"(5YJ3E1EA1LF600042)",
         R"(cars/x.json:7:10: the check digit of this VIN, its ninth character, must be 7)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.instead);
        const auto vehicle = load_text(with(row.line, row.instead));
        REQUIRE_FALSE(vehicle.ok());
        CHECK(document::explain_error(vehicle.error(), "") == row.message);
    }
}

TEST_CASE("a European VIN needs no check digit") {
    std::string text = with("5YJ3E1EA7LF600042", "5YJ3E1EA1LF600042");
    text.replace(text.find("\"US\""), 4, "\"EUROPE\"");
    CHECK(load_text(text).ok());
}

TEST_CASE("a fixture of a make that the platform supports wholly names nothing unsupported") {
    const auto vehicle = load_text(with(R"("unsupported": ["read_tires"],)", ""));
    REQUIRE(vehicle.ok());
    CHECK(vehicle.value().unsupported.empty());
}

TEST_CASE("a fixture that is no object is refused") {
    const auto vehicle = load_text("[1]");
    REQUIRE_FALSE(vehicle.ok());
    CHECK(vehicle.error().message == "a fixture is an object, not an array");
}

// Published examples, not computed with this code.
TEST_CASE("check digits agree with vehicles on the road") {
    for (const std::string_view vin : {"1M8GDM9AXKP042788", "1HGCM82633A004352", "11111111111111111"}) {
        CAPTURE(vin);
        CHECK(is_vin(vin));
        CHECK(has_valid_check_digit(vin));
    }
    CHECK_FALSE(has_valid_check_digit("1M8GDM9A1KP042788"));
    CHECK_FALSE(is_vin("1M8GDM9AXKP04278I"));
}

}  // namespace
}  // namespace smartcar_sim::vehicle
