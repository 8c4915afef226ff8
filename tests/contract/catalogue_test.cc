#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "contract/events.h"
#include "contract/signals.h"
#include "document/writer.h"

namespace smartcar_sim::contract {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& letter : result) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return result;
}

std::string body_of(std::string_view code, const document::Value& state) {
    const Signal* signal = find_signal(code);
    return signal == nullptr ? "no such signal" : document::write(signal_body(*signal, state)).value();
}

// contract/api.md section 2.8, as far as it is about reading.
const std::set<std::string_view> kPermissions = {"read_alerts",
                                                 "read_battery",
                                                 "read_charge",
                                                 "read_charge_events",
                                                 "read_charge_locations",
                                                 "read_charge_records",
                                                 "read_climate",
                                                 "read_compass",
                                                 "read_diagnostics",
                                                 "read_engine_oil",
                                                 "read_extended_vehicle_info",
                                                 "read_fuel",
                                                 "read_location",
                                                 "read_odometer",
                                                 "read_security",
                                                 "read_service_history",
                                                 "read_speedometer",
                                                 "read_thermometer",
                                                 "read_tires",
                                                 "read_user_profile",
                                                 "read_vehicle_info",
                                                 "read_vin"};

}  // namespace

TEST_CASE("every signal is found by its code, which is unique and is its group and name in lower case") {
    std::set<std::string_view> codes;
    for (const Signal& signal : signals()) {
        CAPTURE(signal.code);
        CHECK(codes.insert(signal.code).second);
        CHECK(find_signal(signal.code) == &signal);
        CHECK(signal.code == lower(signal.group) + "-" + lower(signal.name));
    }
    CHECK(codes.size() == 93);
}

TEST_CASE("a code that is not in the catalogue finds nothing") {
    for (const std::string_view code : {"", "charge", "charge-", "Charge-IsCharging", "charge-ischargin", "zzz"}) {
        CAPTURE(code);
        CHECK(find_signal(code) == nullptr);
    }
}

TEST_CASE("names and groups are spelled as captured") {
    struct Row {
        std::string_view code, group, name;
    };
    const std::vector<Row> rows = {
        {"charge-ischargingcableconnected", "Charge", "IsChargingCableConnected"},
        {"diagnostics-dtccount", "Diagnostics", "DTCCount"},
        {"diagnostics-evhvbattery", "Diagnostics", "EVHVBattery"},
        {"diagnostics-abs", "Diagnostics", "ABS"},
        {"hvac-iscabinhvacactive", "HVAC", "IsCabinHVACActive"},
        {"vehicleidentification-vin", "VehicleIdentification", "VIN"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.code);
        const Signal* signal = find_signal(row.code);
        REQUIRE(signal != nullptr);
        CHECK(signal->group == row.group);
        CHECK(signal->name == row.name);
    }
}

TEST_CASE("every signal belongs to one of the nineteen documented groups") {
    const std::set<std::string_view> documented = {"Charge",
                                                   "Climate",
                                                   "Closure",
                                                   "ConnectivitySoftware",
                                                   "ConnectivityStatus",
                                                   "Diagnostics",
                                                   "HVAC",
                                                   "InternalCombustionEngine",
                                                   "Location",
                                                   "LowVoltageBattery",
                                                   "Motion",
                                                   "Odometer",
                                                   "Service",
                                                   "Surveillance",
                                                   "TractionBattery",
                                                   "Transmission",
                                                   "VehicleIdentification",
                                                   "VehicleUserAccount",
                                                   "Wheel"};
    std::set<std::string_view> used;
    for (const Signal& signal : signals()) used.insert(signal.group);
    CHECK(used == documented);
}

TEST_CASE("a signal asks for a permission that exists, or for none") {
    for (const Signal& signal : signals()) {
        CAPTURE(signal.code);
        CHECK((signal.permission.empty() || kPermissions.contains(signal.permission)));
    }
}

TEST_CASE("permissions are those the contract lists, and none where it lists none") {
    const std::map<std::string_view, std::string_view> expected = {
        {"odometer-traveleddistance", "read_odometer"},
        {"location-preciselocation", "read_location"},
        {"location-isathome", ""},
        {"tractionbattery-stateofcharge", "read_battery"},
        {"tractionbattery-isheateractive", ""},
        {"charge-ischarging", "read_charge"},
        {"charge-chargerecords", "read_charge_records"},
        {"charge-wattage", ""},
        {"internalcombustionengine-oillife", "read_engine_oil"},
        {"closure-tailgate", "read_security"},
        {"vehicleidentification-vin", "read_vin"},
        {"vehicleidentification-nickname", "read_extended_vehicle_info"},
        {"service-isinservice", ""},
    };
    for (const auto& [code, permission] : expected) {
        CAPTURE(code);
        const Signal* signal = find_signal(code);
        REQUIRE(signal != nullptr);
        CHECK(signal->permission == permission);
    }
}

TEST_CASE("only numbers and structures have a unit, and the VIN is static") {
    for (const Signal& signal : signals()) {
        CAPTURE(signal.code);
        const bool measured = signal.kind == Signal::Kind::kNumber || signal.kind == Signal::Kind::kStructured;
        CHECK((signal.unit.empty() || measured));
    }
    CHECK(find_signal("vehicleidentification-vin")->is_static);
    CHECK_FALSE(find_signal("vehicleidentification-nickname")->is_static);
}

TEST_CASE("a state becomes the body live vehicles were seen to send") {
    CHECK(body_of("tractionbattery-stateofcharge", 78) == R"({"value":78,"unit":"percent"})");
    CHECK(body_of("odometer-traveleddistance", 53168.5) == R"({"value":53168.5,"unit":"km"})");
    CHECK(body_of("charge-wattage", 4683) == R"({"value":4683,"unit":"watts"})");
    CHECK(body_of("charge-timetocomplete", 14) == R"({"value":14})");
    CHECK(body_of("charge-ischarging", true) == R"({"value":true})");
    CHECK(body_of("vehicleidentification-vin", "5YJSA1CN5DFP00101") == R"({"value":"5YJSA1CN5DFP00101"})");
    CHECK(body_of("lowvoltagebattery-status", nullptr) == R"({"value":null})");
}

TEST_CASE("three structured signals can be stated by their number") {
    CHECK(body_of("tractionbattery-range", 168) == R"({"value":168,"additionalValues":[],"unit":"km"})");
    CHECK(body_of("charge-chargelimits", 100) == R"({"values":[],"activeLimit":100,"unit":"percent"})");
    CHECK(body_of("tractionbattery-nominalcapacity", 82) ==
          R"({"capacity":82,"source":"SMARTCAR","availableCapacities":[],"unit":"kWh"})");
}

TEST_CASE("an object is the body already and gets nothing added") {
    const document::Value location = document::Object{{"latitude", 52.238523055555554}, {"longitude", 0.00009}};
    CHECK(body_of("location-preciselocation", location) == R"({"latitude":52.238523055555554,"longitude":0.00009})");
    CHECK(body_of("tractionbattery-stateofcharge", document::Object{{"value", 0.78}}) == R"({"value":0.78})");
}

TEST_CASE("the events of 2.0 that have a public name are found by it") {
    for (const std::string_view name : {"CHARGING_STARTED", "CHARGING_STOPPED", "CHARGING_COMPLETED"}) {
        CAPTURE(name);
        const EventType* event = find_event(name);
        REQUIRE(event != nullptr);
        CHECK(event->name == name);
        CHECK(event->group == "charging");
    }
    CHECK(find_event("charging_started") == nullptr);
}

TEST_CASE("events whose wire name is not public are listed and cannot be found by a name") {
    const auto unnamed =
        std::count_if(events().begin(), events().end(), [](const EventType& event) { return event.name.empty(); });
    CHECK(unnamed == 3);
    CHECK(find_event("") == nullptr);
}

}  // namespace smartcar_sim::contract
