// The fixtures we ship, as a fleet: what each car may be asked and told, its state can answer.
#include <algorithm>
#include <cmath>
#include <cstdint>
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
#include "vehicle/commands.h"
#include "vehicle/measure.h"
#include "vehicle/shipped_fixtures.h"
#include "vehicle/signals.h"

namespace smartcar_sim::vehicle {
namespace {

using Codes = std::vector<std::string_view>;

// What a read endpoint is made of. read_alerts is answered with an empty list, read_vehicle_info and
// read_vin by who the car is.
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
    {"read_vin", {}},
};

// The signals that a command changes.
const std::map<std::string_view, Codes> kCommands{
    {"lock", {}},
    {"unlock", {}},
    {"startCharge", {"charge-ischarging", "charge-ischargingcableconnected"}},
    {"stopCharge", {"charge-ischarging"}},
    {"setChargeLimit", {"charge-chargelimits"}},
    {"sendDestination", {}},
    {"openChargePort", {"charge-ischargingportflapopen"}},
    {"closeChargePort", {"charge-ischargingportflapopen"}},
    {"setAmperage", {"charge-amperagerequested", "charge-amperagemax"}},
    {"setChargeSchedule", {"charge-chargetimers"}},
    {"climate",
     {"hvac-iscabinhvacactive", "hvac-cabintargettemperature", "hvac-isfrontdefrosteractive",
      "hvac-isreardefrosteractive", "hvac-issteeringheateractive"}},
    {"trunk", {"closure-fronttrunk", "closure-reartrunk"}},
    {"pin", {}},
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
        for (const std::string& permission : vehicle.permissions.names()) {
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
        for (const auto& [signal, reading] : vehicle.state) {
            CAPTURE(vehicle.fixture, signal->code);
            CHECK((signal->permission.empty() || vehicle.can(signal->permission)));
        }
    }
}

TEST_CASE("every command that a fixture lists has the signals that it changes") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        for (const std::string& command : vehicle.commands.names()) {
            CAPTURE(vehicle.fixture, command);
            check_has_all(vehicle, kCommands.at(command));
        }
    }
}

TEST_CASE("every permission to control that a fixture lists has a command") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        for (const std::string& permission : vehicle.permissions.names()) {
            if (!permission.starts_with("control_")) continue;
            CAPTURE(vehicle.fixture, permission);
            CHECK(std::ranges::any_of(command_names(), [&](const CommandName& command) {
                return command.permission == permission && vehicle.commands.contains(command.kind);
            }));
        }
    }
}

TEST_CASE("every command is obeyed by a shipped fixture, and some fixture by none") {
    std::set<std::string> obeyed;
    const std::vector<Vehicle> fleet = shipped_fleet();
    for (const Vehicle& vehicle : fleet) {
        for (const std::string& command : vehicle.commands.names()) obeyed.insert(command);
    }
    CHECK(obeyed.size() == command_names().size());
    CHECK(std::ranges::any_of(fleet, [](const Vehicle& vehicle) { return vehicle.commands == CommandSet(); }));
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
        const document::Value* const location = vehicle.state.structure("location-preciselocation");
        REQUIRE(location != nullptr);
        REQUIRE(location->find("heading") != nullptr);
        CHECK(location->find("direction") != nullptr);
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
        const std::string* const status = vehicle.state.text("charge-detailedchargingstatus");
        if (status != nullptr) CHECK(*status == charging_status(vehicle.state));
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
        const Reading* const reading = vehicle.state.find(row.code);
        REQUIRE(reading != nullptr);
        const document::Value body = body_of(*contract::find_signal(row.code), reading->datum);
        const auto found = document::find(body, row.json_pointer);
        REQUIRE(found.ok());
        REQUIRE(found.value() != nullptr);
        CHECK(*found.value() == row.value);
    }
    CHECK(shipped("chevrolet-bolt-ev-2021").state.steps("tractionbattery-stateofcharge") < kWhole / 2);
    CHECK(shipped("rivian-r1t-2022").state.steps("motion-currentspeed") > 0);
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
            const document::Value* const trunk = vehicle.state.structure(code);
            if (trunk != nullptr) CHECK_FALSE(is_open_or_unlocked(*trunk));
        }
        if (!vehicle.state.has("closure-doors")) continue;
        const document::Value* const doors = vehicle.state.structure("closure-doors")->find("values");
        CHECK(std::ranges::none_of(*doors->array(), is_open_or_unlocked));
    }
}

TEST_CASE("a car counts as many trouble codes as it lists") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        if (!vehicle.state.has("diagnostics-dtclist")) continue;
        CAPTURE(vehicle.fixture);
        const document::Array& codes = *vehicle.state.structure("diagnostics-dtclist")->find("values")->array();
        CHECK(vehicle.state.steps("diagnostics-dtccount") == static_cast<std::int64_t>(codes.size()));
    }
}

TEST_CASE("a choice of battery capacities holds the one that is chosen") {
    int choices = 0;
    for (const Vehicle& vehicle : shipped_fleet()) {
        if (!vehicle.state.has("tractionbattery-nominalcapacity")) continue;
        const Reading* const capacity = vehicle.state.find("tractionbattery-nominalcapacity");
        const document::Value body =
            body_of(*contract::find_signal("tractionbattery-nominalcapacity"), capacity->datum);
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
    CHECK(reported_signals(buzz).size() == 23);
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
        for (const auto& [signal, reading] : vehicle.state) {
            CAPTURE(vehicle.fixture, signal->code);
            check_grid(body_of(*signal, reading.datum), "value", signal->unit);
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
    CHECK(vehicle.value().commands.names().size() == 3);
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
