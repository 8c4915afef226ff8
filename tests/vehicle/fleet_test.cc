// The fixtures we ship, as a fleet: what each car may be asked and told, its state can answer.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/signals.h"
#include "vehicle/charging.h"
#include "vehicle/shipped_fixtures.h"

namespace smartcar_sim::vehicle {
namespace {

using Codes = std::vector<std::string_view>;

// What a read endpoint is made of. read_alerts is answered with an empty list and read_vehicle_info by who the car is.
const std::map<std::string_view, Codes> kReads{
    {"read_alerts", {}},
    {"read_battery", {"tractionbattery-stateofcharge", "tractionbattery-range"}},
    {"read_charge", {"charge-ischarging", "charge-ischargingcableconnected", "charge-detailedchargingstatus"}},
    {"read_charge_records", {"charge-chargerecords"}},
    {"read_climate", {"hvac-iscabinhvacactive", "hvac-cabintargettemperature"}},
    {"read_compass", {"location-preciselocation"}},
    {"read_diagnostics", {"diagnostics-abs", "diagnostics-tirepressuremonitoring"}},
    {"read_engine_oil", {"internalcombustionengine-oillife"}},
    {"read_extended_vehicle_info", {"connectivitystatus-isonline"}},
    {"read_fuel", {"internalcombustionengine-range"}},
    {"read_location", {"location-preciselocation"}},
    {"read_odometer", {"odometer-traveleddistance"}},
    {"read_security", {"closure-islocked"}},
    {"read_service_history", {"service-records"}},
    {"read_speedometer", {"motion-currentspeed"}},
    {"read_thermometer", {"climate-externaltemperature", "climate-internaltemperature"}},
    {"read_tires", {"wheel-tires"}},
    {"read_user_profile", {"vehicleuseraccount-permissions", "vehicleuseraccount-role"}},
    {"read_vehicle_info", {}},
    {"read_vin", {"vehicleidentification-vin"}},
};

struct Obeyed {
    std::string_view permission;
    Codes changes;
};

const std::map<std::string_view, Obeyed> kCommands{
    {"lock", {"control_security", {}}},
    {"unlock", {"control_security", {}}},
    {"startCharge", {"control_charge", {"charge-ischarging", "charge-ischargingcableconnected"}}},
    {"stopCharge", {"control_charge", {"charge-ischarging"}}},
    {"setChargeLimit", {"control_charge", {"charge-chargelimits"}}},
    {"sendDestination", {"control_navigation", {}}},
    {"openChargePort", {"control_charge", {"charge-ischargingportflapopen"}}},
    {"closeChargePort", {"control_charge", {"charge-ischargingportflapopen"}}},
    {"setAmperage", {"control_charge", {"charge-amperagerequested", "charge-amperagemax"}}},
    {"setChargeSchedule", {"control_charge", {"charge-chargetimers"}}},
    {"climate",
     {"control_climate",
      {"hvac-iscabinhvacactive", "hvac-cabintargettemperature", "hvac-isfrontdefrosteractive",
       "hvac-isreardefrosteractive", "hvac-issteeringheateractive"}}},
    {"trunk", {"control_trunk", {"closure-fronttrunk", "closure-reartrunk"}}},
    {"pin", {"control_pin", {}}},
};

void check_has_all(const Vehicle& vehicle, const Codes& codes) {
    for (const std::string_view code : codes) {
        CAPTURE(code);
        CHECK(vehicle.state.has(code));
    }
}

std::string line_of_docs_about(const std::string& fixture) {
    std::ifstream docs(source_folder() + "/docs/fixtures.md");
    for (std::string line; std::getline(docs, line);) {
        if (line.starts_with("| `" + fixture + "` |")) return line;
    }
    return {};
}

TEST_CASE("every permission to read that a fixture lists has the signals that answer it") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        for (const std::string& permission : vehicle.permissions) {
            if (permission.starts_with("control_")) continue;
            CAPTURE(vehicle.fixture, permission);
            const auto row = kReads.find(permission);
            REQUIRE(row != kReads.end());
            check_has_all(vehicle, row->second);
        }
    }
}

TEST_CASE("no fixture holds a signal that none of its permissions opens") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        for (const auto& [code, reading] : vehicle.state) {
            CAPTURE(vehicle.fixture, code);
            const std::string_view permission = contract::find_signal(code)->permission;
            CHECK((permission.empty() || vehicle.can(permission)));
        }
    }
}

TEST_CASE("every command that a fixture lists has the signals that it changes") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        for (const std::string& command : vehicle.commands) {
            CAPTURE(vehicle.fixture, command);
            check_has_all(vehicle, kCommands.at(command).changes);
        }
    }
}

TEST_CASE("every permission to control that a fixture lists has a command") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        for (const std::string& permission : vehicle.permissions) {
            if (!permission.starts_with("control_")) continue;
            CAPTURE(vehicle.fixture, permission);
            CHECK(std::ranges::any_of(vehicle.commands, [&](const std::string& command) {
                return kCommands.at(command).permission == permission;
            }));
        }
    }
}

TEST_CASE("every command is obeyed by a shipped fixture, and some fixture by none") {
    std::set<std::string_view> obeyed;
    const std::vector<Vehicle> fleet = shipped_fleet();
    for (const Vehicle& vehicle : fleet) obeyed.insert(vehicle.commands.begin(), vehicle.commands.end());
    CHECK(obeyed.size() == kCommands.size());
    CHECK(std::ranges::any_of(fleet, [](const Vehicle& vehicle) { return vehicle.commands.empty(); }));
}

TEST_CASE("several fixtures have something that the platform does not support") {
    const std::vector<Vehicle> fleet = shipped_fleet();
    CHECK(std::ranges::count_if(fleet, [](const Vehicle& vehicle) { return !vehicle.unsupported.empty(); }) >= 2);
}

TEST_CASE("the makes with endpoints of their own have the signals for them") {
    const Codes tesla{"charge-amperage",
                      "charge-amperagemax",
                      "charge-amperagerequested",
                      "charge-chargelimits",
                      "charge-chargerate",
                      "charge-chargerecords",
                      "charge-chargetimers",
                      "charge-energyadded",
                      "charge-isfastchargerpresent",
                      "charge-ischargingcablelatched",
                      "charge-ischargingportflapopen",
                      "charge-timetocomplete",
                      "charge-voltage",
                      "charge-wattage",
                      "connectivitystatus-isasleep",
                      "connectivitystatus-isdigitalkeypaired",
                      "service-isinservice",
                      "tractionbattery-isheateractive",
                      "tractionbattery-maxrangechargecounter",
                      "transmission-gearstate",
                      "vehicleidentification-exteriorcolor",
                      "vehicleidentification-trim",
                      "wheel-style"};
    const Codes general_motors{"charge-timetocomplete", "charge-voltage"};
    const std::map<std::string, Codes> rows{
        {"audi-q8-e-tron-2023",
         {"charge-chargelimits", "charge-chargeportstatuscolor", "charge-chargerate", "charge-ischargingcablelatched",
          "charge-timetocomplete", "charge-wattage"}},
        {"bmw-i4-2023", {"charge-chargerecords"}},
        {"chevrolet-bolt-ev-2021", general_motors},
        {"chevrolet-volt-2018", general_motors},
        {"ford-mustang-mach-e-2022", {"charge-chargelimits", "charge-chargetimers"}},
        {"nissan-leaf-2020", {"charge-chargetimers"}},
        {"tesla-model-3-2020", tesla},
        {"tesla-model-y-2021", tesla}};
    for (const auto& [name, codes] : rows) {
        CAPTURE(name);
        check_has_all(shipped(name), codes);
    }
}

TEST_CASE("a car with a compass says which way it points") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        if (!vehicle.can("read_compass")) continue;
        CAPTURE(vehicle.fixture);
        const document::Value& location = vehicle.state.find("location-preciselocation")->body;
        REQUIRE(location.find("heading") != nullptr);
        CHECK(location.find("direction") != nullptr);
    }
}

TEST_CASE("what of the fuel is said depends in Europe on the make") {
    constexpr std::string_view kAmount = "internalcombustionengine-amountremaining";
    constexpr std::string_view kLevel = "internalcombustionengine-fuellevel";
    const std::map<std::string_view, std::string_view> silent_about{
        {"BMW", ""}, {"VOLVO", ""}, {"SKODA", kAmount}, {"PEUGEOT", kLevel}};
    for (const Vehicle& vehicle : shipped_fleet()) {
        if (!vehicle.can("read_fuel")) continue;
        CAPTURE(vehicle.fixture);
        const std::string_view silent = vehicle.region == Region::kEurope ? silent_about.at(vehicle.make) : "";
        CHECK(vehicle.state.has(kAmount) == (silent != kAmount));
        CHECK(vehicle.state.has(kLevel) == (silent != kLevel));
    }
}

TEST_CASE("no shipped car charges at the start, and each that says how it stands says so rightly") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        CAPTURE(vehicle.fixture);
        CHECK_FALSE(vehicle.state.flag("charge-ischarging").value_or(false));
        const Reading* const status = vehicle.state.find("charge-detailedchargingstatus");
        if (status == nullptr) continue;
        CHECK(*status->body.find("value")->string() == charging_status(vehicle.state));
    }
}

// Each of these makes a refusal that an application should meet once.
TEST_CASE("some shipped cars stand so that they refuse") {
    struct Row {
        std::string fixture;
        std::string_view code, json_pointer;
        document::Value value;
    };
    const std::vector<Row> rows{
        {"bmw-i4-2023", "charge-detailedchargingstatus", "/value", "FULLY_CHARGED"},
        {"ford-mustang-mach-e-2022", "closure-doors", "/values/2/isOpen", true},
        {"hyundai-ioniq-5-2023", "charge-ischargingcableconnected", "/value", false},
        {"hyundai-ioniq-5-2023", "closure-reartrunk", "/isOpen", true},
        {"polestar-2-2024", "connectivitystatus-isasleep", "/value", true},
        {"rivian-r1t-2022", "transmission-gearstate", "/value", "DRIVE"},
        {"tesla-model-y-2021", "connectivitystatus-isdigitalkeypaired", "/value", false},
        {"volvo-xc60-2023", "connectivitystatus-isonline", "/value", false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.fixture, row.code);
        const Vehicle vehicle = shipped(row.fixture);
        REQUIRE(vehicle.state.has(row.code));
        const auto found = document::find(vehicle.state.find(row.code)->body, row.json_pointer);
        REQUIRE(found.ok());
        REQUIRE(found.value() != nullptr);
        CHECK(*found.value() == row.value);
    }
    CHECK(shipped("chevrolet-bolt-ev-2021").state.number("tractionbattery-stateofcharge") < 50);
    CHECK(shipped("rivian-r1t-2022").state.number("motion-currentspeed") > 0);
}

// Doors and trunks are {"isOpen","isLocked"}, where null means that the car does not know.
bool is_open_or_unlocked(const document::Value& lid) {
    const document::Value* const open = lid.find("isOpen");
    const document::Value* const locked = lid.find("isLocked");
    const bool is_open = open != nullptr && *open == document::Value(true);
    const bool is_unlocked = locked != nullptr && *locked == document::Value(false);
    return is_open || is_unlocked;
}

TEST_CASE("a car that says it is locked has neither a door nor a trunk open or unlocked") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        if (!vehicle.state.flag("closure-islocked").value_or(false)) continue;
        CAPTURE(vehicle.fixture);
        for (const std::string_view code : {"closure-fronttrunk", "closure-reartrunk"}) {
            if (vehicle.state.has(code)) CHECK_FALSE(is_open_or_unlocked(vehicle.state.find(code)->body));
        }
        if (!vehicle.state.has("closure-doors")) continue;
        const document::Value* const doors = vehicle.state.find("closure-doors")->body.find("values");
        CHECK(std::ranges::none_of(*doors->array(), is_open_or_unlocked));
    }
}

TEST_CASE("a car counts as many trouble codes as it lists") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        if (!vehicle.state.has("diagnostics-dtclist")) continue;
        CAPTURE(vehicle.fixture);
        const document::Array& codes = *vehicle.state.find("diagnostics-dtclist")->body.find("values")->array();
        CHECK(vehicle.state.number("diagnostics-dtccount") == static_cast<double>(codes.size()));
    }
}

TEST_CASE("a choice of battery capacities holds the one that is chosen") {
    int choices = 0;
    for (const Vehicle& vehicle : shipped_fleet()) {
        if (!vehicle.state.has("tractionbattery-nominalcapacity")) continue;
        const document::Value& body = vehicle.state.find("tractionbattery-nominalcapacity")->body;
        const document::Array& available = *body.find("availableCapacities")->array();
        if (available.empty()) continue;
        CAPTURE(vehicle.fixture);
        ++choices;
        CHECK(*body.find("source") == document::Value("USER_SELECTED"));
        CHECK(std::ranges::any_of(
            available, [&](const document::Value& each) { return *each.find("capacity") == *body.find("capacity"); }));
    }
    CHECK(choices > 1);
}

// The ID. Buzz was seen with that many in public.
TEST_CASE("the ID. Buzz shows 23 signals") {
    const Vehicle buzz = shipped("volkswagen-id-buzz-2025");
    CHECK(std::distance(buzz.state.begin(), buzz.state.end()) == 23);
}

// Decimals that the state keeps: metres, Wh, Pa, basis points, hundredths of a degree and of a currency, 1e-6 degrees
// of the globe. Amperes, volts, watts, minutes and counts are whole.
int decimals_of(std::string_view key, std::string_view unit) {
    const auto is_one_of = [](std::string_view word, std::initializer_list<std::string_view> words) {
        return std::ranges::find(words, word) != words.end();
    };
    constexpr int kGlobe = 6;
    if (is_one_of(key, {"latitude", "longitude"})) return kGlobe;
    if (is_one_of(key, {"energyAdded", "odometer", "tirePressure"})) return 3;
    if (is_one_of(key,
                  {"heading", "amount", "energyAmount", "otherAmount", "startStateOfCharge", "endStateOfCharge"})) {
        return 2;
    }
    if (is_one_of(key, {"row", "column", "rowCount", "columnCount"})) return 0;
    if (is_one_of(unit, {"km", "km/h", "kph", "kWh", "liters"})) return 3;
    return is_one_of(unit, {"percent", "celsius"}) ? 2 : 0;
}

bool is_on_grid(double number, int decimals) {
    constexpr double kBinaryDust = 1e-4;
    const double scaled = number * std::pow(10, decimals);
    return std::abs(scaled - std::round(scaled)) < kBinaryDust;
}

void check_grid(const document::Value& value, std::string_view key, std::string_view unit) {
    CAPTURE(key);
    if (value.is_number()) CHECK(is_on_grid(value.number(), decimals_of(key, unit)));
    if (value.object() != nullptr) {
        for (const auto& [name, member] : *value.object()) check_grid(member, name, unit);
    }
    if (value.array() != nullptr) {
        for (const document::Value& item : *value.array()) check_grid(item, key, unit);
    }
}

TEST_CASE("no shipped number is finer than the state keeps it") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        for (const auto& [code, reading] : vehicle.state) {
            CAPTURE(vehicle.fixture, code);
            check_grid(reading.body, "value", contract::find_signal(code)->unit);
        }
    }
}

TEST_CASE("the grid is where a finer number falls off it") {
    CHECK(is_on_grid(34.5, 2));
    CHECK(is_on_grid(-104.9903, 6));
    CHECK_FALSE(is_on_grid(34.505, 2));
    CHECK_FALSE(is_on_grid(52.2385230556, 6));
}

TEST_CASE("the annotated fixture of docs/fixtures.md loads") {
    std::ifstream docs(source_folder() + "/docs/fixtures.md");
    const std::string page(std::istreambuf_iterator<char>(docs), {});
    constexpr std::string_view kOpening = "```jsonc\n";
    const std::size_t start = page.find(kOpening);
    REQUIRE(start != std::string::npos);
    const std::string text = page.substr(start + kOpening.size(), page.find("```\n", start) - start - kOpening.size());
    auto root = document::parse(text, "docs.json", document::Comments::kAllowed);
    REQUIRE(root.ok());
    const auto vehicle = load({.name = "docs.json", .text = text, .root = std::move(root).value()});
    if (!vehicle.ok()) FAIL(document::explain_error(vehicle.error(), text));
    CHECK(vehicle.value().commands.size() == 3);
}

TEST_CASE("docs/fixtures.md has a line about every shipped car, with its powertrain and region") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        CAPTURE(vehicle.fixture);
        const std::string line = line_of_docs_about(vehicle.fixture);
        CHECK(line.find("| " + std::string(name_of(vehicle.powertrain)) + " | " + std::string(name_of(vehicle.region)) +
                        " |") != std::string::npos);
        CHECK(line.find(vehicle.make + " " + vehicle.model + " | " + std::to_string(vehicle.year)) !=
              std::string::npos);
    }
}

}  // namespace
}  // namespace smartcar_sim::vehicle
