// The tables of v2.0's endpoints, row by row.
#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/json.h"
#include "vehicle/api_v2.h"
#include "vehicle/ask.h"

namespace smartcar_sim::vehicle {
namespace {

// A state in which every signal that an endpoint reads says something of its own, each recorded a minute after the one
// before it in the order of the codes.
constexpr std::string_view kKnownState = R"({
  "charge-amperage": 30, "charge-amperagemax": 48, "charge-amperagerequested": 32,
  "charge-chargelimits": {"values": [{"type": "GLOBAL", "limit": 80, "condition": null}], "activeLimit": 80,
                          "unit": "percent"},
  "charge-chargeportstatuscolor": "BLUE",
  "charge-chargerate": 36,
  "charge-chargerecords": {"values": [
    {"id": "r1", "cost": {"currency": "USD", "energyAmount": 13.1, "otherAmount": 0.5},
     "startTime": "2025-12-19T16:04:00Z", "endTime": "2025-12-19T16:31:00.000Z",
     "location": {"name": "Mall", "address": "1 Main St", "latitude": 37.024813, "longitude": -121.565942},
     "energyAdded": 31.2, "connectorType": "CCS", "isPublicCharger": true, "startStateOfCharge": 22.5,
     "endStateOfCharge": 71}]},
  "charge-chargerphases": 3,
  "charge-chargetimers": {"values": [
    {"type": "LOCATION", "condition": {"name": "Home", "address": "2 Side St", "latitude": 1.5, "longitude": -2.25},
     "schedules": [{"start": "22:00:00", "end": "06:00:00", "days": ["MONDAY", "TUESDAY"]},
                   {"start": "13:30:00", "end": "15:00:00", "days": ["SATURDAY", "SUNDAY"]}],
     "departureTimers": [{"days": ["MONDAY"], "time": "07:30:00"}], "isOEMOptimizationEnabled": false}]},
  "charge-chargingconnectortype": "J1772",
  "charge-energyadded": 11.52,
  "charge-fastchargertype": "CCS",
  "charge-ischarging": true, "charge-ischargingcableconnected": true, "charge-ischargingcablelatched": true,
  "charge-ischargingportflapopen": true, "charge-isfastchargerpresent": false,
  "charge-timetocomplete": 90,
  "charge-voltage": 240,
  "charge-wattage": 7200,
  "climate-externaltemperature": 14.5, "climate-internaltemperature": 19,
  "closure-doors": {"values": [
    {"row": 0, "column": 0, "isOpen": false, "isLocked": true}, {"row": 0, "column": 1, "isOpen": true, "isLocked": false},
    {"row": 1, "column": 0, "isOpen": null, "isLocked": null}, {"row": 1, "column": 1, "isOpen": false, "isLocked": true}],
    "rowCount": 2, "columnCount": 2},
  "closure-fronttrunk": {"isOpen": false, "isLocked": true},
  "closure-islocked": true,
  "closure-reartrunk": {"isOpen": true, "isLocked": null},
  "closure-sunroof": {"isOpen": null},
  "closure-windows": {"values": [{"row": 0, "column": 0, "isOpen": false}, {"row": 1, "column": 1, "isOpen": true}],
                      "rowCount": 2, "columnCount": 2},
  "connectivitysoftware-currentfirmwareversion": "2026.38.8",
  "connectivitystatus-isasleep": false, "connectivitystatus-isdigitalkeypaired": false,
  "connectivitystatus-isonline": true,
  "diagnostics-airbag": {"status": "OK"},
  "diagnostics-dtccount": 2,
  "diagnostics-dtclist": {"values": [{"code": "P302D", "timestamp": "2024-09-05T14:48:00Z"},
                                     {"code": "P0420", "timestamp": null}]},
  "diagnostics-tirepressuremonitoring": {"status": "ALERT", "description": "Front left tire"},
  "hvac-cabintargettemperature": 20.5,
  "hvac-iscabinhvacactive": true, "hvac-isfrontdefrosteractive": true, "hvac-isreardefrosteractive": false,
  "hvac-issteeringheateractive": true,
  "internalcombustionengine-amountremaining": 53.2, "internalcombustionengine-fuellevel": 30,
  "internalcombustionengine-oillife": 35, "internalcombustionengine-range": 40.5,
  "location-preciselocation": {"latitude": 37.4292, "longitude": -122.1381, "heading": 185, "direction": "S",
                               "locationType": "CURRENT"},
  "motion-currentspeed": 84.32,
  "odometer-traveleddistance": 104.32,
  "service-isinservice": false,
  "service-records": {"values": [
    {"id": "12345", "cost": {"amount": 100, "currency": "USD"}, "time": "2025-07-10T16:20:00Z",
     "tasks": [{"id": "1", "description": "oil change"}],
     "details": [{"id": "SERVICE_TYPE", "description": "dealership"}], "odometer": 804.672}]},
  "tractionbattery-isheateractive": false, "tractionbattery-maxrangechargecounter": 4,
  "tractionbattery-nominalcapacity": {"capacity": 80.9, "source": "USER_SELECTED", "availableCapacities": [
    {"capacity": 70.9, "description": null}, {"capacity": 80.9, "description": "BEV:Extended Range"}], "unit": "kWh"},
  "tractionbattery-range": {"value": 40.5, "type": "DEFAULT", "additionalValues": [
    {"type": "ESTIMATED", "value": 39.01}, {"type": "IDEAL_CONDITIONS", "value": 42}], "unit": "km"},
  "tractionbattery-stateofcharge": 30.25,
  "transmission-gearstate": "PARK",
  "vehicleidentification-exteriorcolor": "Pearl White", "vehicleidentification-nickname": "Sparky",
  "vehicleidentification-trim": "Standard Range Plus",
  "vehicleuseraccount-permissions": {"values": ["vehicle_cmds", "vehicle_location"]},
  "vehicleuseraccount-role": "OWNER",
  "wheel-style": "18 inch Aero",
  "wheel-tires": {"values": [
    {"row": 0, "column": 0, "tirePressure": 219.3}, {"row": 0, "column": 1, "tirePressure": 290},
    {"row": 1, "column": 0, "tirePressure": 175}, {"row": 1, "column": 1, "tirePressure": null}],
    "rowCount": 2, "columnCount": 2, "unit": "kPa"}
})";

Vehicle known_vehicle() {
    Vehicle vehicle = a_vehicle({});
    vehicle.vin = "5YJSA1CN5DFP00101";
    const auto state = document::parse(kKnownState, "known");
    REQUIRE(state.ok());
    const auto changes = parse_changes(state.value(), {.name = "known", .text = kKnownState});
    if (!changes.ok()) FAIL(document::explain_error(changes.error(), kKnownState));
    base::Instant at = kRecordedAt;
    for (const Change& change : changes.value()) vehicle.state.apply({change}, at += std::chrono::minutes(1));
    return vehicle;
}

// The same as what `endpoint` is for: its make, or any.
Vehicle of_make(Vehicle vehicle, const Endpoint& endpoint) {
    if (!endpoint.make.empty()) vehicle.make = endpoint.make;
    return vehicle;
}

std::vector<Endpoint> all_endpoints() {
    std::vector<Endpoint> all(endpoints().begin(), endpoints().end());
    all.insert(all.end(), make_endpoints().begin(), make_endpoints().end());
    return all;
}

// What the known vehicle answers at kAsked, when its charge will be complete at 13:30.
struct Expected {
    std::string_view path, permission;
    std::string_view recorded;  // the signal whose time is the answer's; empty: the answer has none
    std::string metric;
    std::string imperial = {};  // empty: there is no unit system, and the body is the same
};

const std::vector<Expected> kExpected{
    {"/", "read_vehicle_info", "",
     R"({"id":"36ab27d0-fd9d-4455-823a-ce30af709ffc","make":"TESLA","model":"Model S","year":2014})"},
    {"/vin", "read_vin", "", R"({"vin":"5YJSA1CN5DFP00101"})"},
    {"/odometer", "read_odometer", "odometer-traveleddistance", R"({"distance":104.32})", R"({"distance":64.821443})"},
    {"/location", "read_location", "location-preciselocation", R"({"latitude":37.4292,"longitude":-122.1381})"},
    {"/fuel", "read_fuel", "internalcombustionengine-amountremaining",
     R"({"amountRemaining":53.2,"percentRemaining":0.3,"range":40.5})",
     R"({"amountRemaining":14.053953,"percentRemaining":0.3,"range":25.165533})"},
    {"/battery", "read_battery", "tractionbattery-stateofcharge", R"({"percentRemaining":0.3025,"range":40.5})",
     R"({"percentRemaining":0.3025,"range":25.165533})"},
    {"/battery/capacity", "read_battery", "tractionbattery-nominalcapacity", R"({"capacity":80.9})"},
    {"/battery/nominal_capacity", "read_battery", "tractionbattery-nominalcapacity",
     R"({"availableCapacities":[{"capacity":70.9,"description":null},)"
     R"({"capacity":80.9,"description":"BEV:Extended Range"}],)"
     R"("capacity":{"nominal":80.9,"source":"USER_SELECTED"},"url":null})"},
    {"/charge", "read_charge", "charge-ischargingcableconnected", R"({"isPluggedIn":true,"state":"CHARGING"})"},
    {"/charge/limit", "read_charge", "charge-chargelimits", R"({"limit":0.8})"},
    {"/engine/oil", "read_engine_oil", "internalcombustionengine-oillife", R"({"lifeRemaining":0.35})"},
    {"/tires/pressure", "read_tires", "wheel-tires",
     R"({"backLeft":175,"backRight":null,"frontLeft":219.3,"frontRight":290})",
     R"({"backLeft":25.381604,"backRight":null,"frontLeft":31.806776,"frontRight":42.060944})"},
    {"/security", "read_security", "closure-islocked",
     R"({"isLocked":true,)"
     R"("doors":[{"type":"frontLeft","status":"CLOSED"},{"type":"frontRight","status":"OPEN"},)"
     R"({"type":"backLeft","status":"UNKNOWN"},{"type":"backRight","status":"CLOSED"}],)"
     R"("windows":[{"type":"frontLeft","status":"CLOSED"},{"type":"backRight","status":"OPEN"}],)"
     R"("sunroof":[{"type":"sunroof","status":"UNKNOWN"}],)"
     R"("storage":[{"type":"rear","status":"OPEN"},{"type":"front","status":"CLOSED"}],)"
     R"("chargingPort":[{"type":"chargingPort","status":"OPEN"}]})"},
    {"/diagnostics/system_status", "read_diagnostics", "diagnostics-airbag",
     R"({"systems":[{"systemId":"SYSTEM_AIRBAG","status":"OK","description":null},)"
     R"({"systemId":"SYSTEM_TPMS","status":"ALERT","description":"Front left tire"}]})"},
    {"/diagnostics/dtcs", "read_diagnostics", "diagnostics-dtclist",
     R"({"activeCodes":[{"code":"P302D","timestamp":"2024-09-05T14:48:00.000Z"},{"code":"P0420","timestamp":null}]})"},
    {"/service/history", "read_service_history", "service-records",
     R"([{"serviceId":"12345","serviceDate":"2025-07-10T16:20:00.000Z","odometerDistance":804.672,)"
     R"("serviceTasks":[{"taskId":"1","taskDescription":"oil change"}],)"
     R"("serviceDetails":[{"type":"SERVICE_TYPE","value":"dealership"}],)"
     R"("serviceCost":{"totalCost":100,"currency":"USD"}}])",
     R"([{"serviceId":"12345","serviceDate":"2025-07-10T16:20:00.000Z","odometerDistance":500,)"
     R"("serviceTasks":[{"taskId":"1","taskDescription":"oil change"}],)"
     R"("serviceDetails":[{"type":"SERVICE_TYPE","value":"dealership"}],)"
     R"("serviceCost":{"totalCost":100,"currency":"USD"}}])"},
    {"/tesla/alerts", "read_alerts", "", R"({"alerts":[]})"},
    {"/tesla/attributes", "read_extended_vehicle_info", "",
     R"({"trim":"Standard Range Plus","color":"Pearl White","name":"Sparky","wheels":"18 inch Aero",)"
     R"("firmware":"2026.38.8"})"},
    {"/tesla/battery", "read_battery", "tractionbattery-stateofcharge",
     R"({"heaterOn":false,"maxRangeChargeCounter":4,"notEnoughPowerToHeat":null,"percentRemaining":0.3025,)"
     R"("percentRemainingUsable":0.3025,"range":40.5,"rangeEstimated":39.01,"rangeIdeal":42})",
     R"({"heaterOn":false,"maxRangeChargeCounter":4,"notEnoughPowerToHeat":null,"percentRemaining":0.3025,)"
     R"("percentRemainingUsable":0.3025,"range":25.165533,"rangeEstimated":24.23969,"rangeIdeal":26.09759})"},
    {"/tesla/charge", "read_charge", "charge-ischargingcableconnected",
     R"({"amperage":30,"completionTime":"2026-01-01T13:30:00.000Z","wattage":7.2,"voltage":240,"isPluggedIn":true,)"
     R"("state":"CHARGING","socLimit":0.8,"amperageMaxVehicle":48,"socLimitMax":1,"socLimitMin":0.5,)"
     R"("socLimitDefault":0.8,"amperageRequested":32,"energyAdded":11.52,"rangeAddedRated":null,)"
     R"("rangeAddedIdeal":null,"chargeRate":36,"connector":"J1772","fastChargerPresent":false,)"
     R"("fastChargerType":"CCS","fastChargerBrand":null,"amperageMaxCharger":null,"chargePortColor":"BLUE",)"
     R"("chargePortOpen":true,"chargePortLatch":true,"chargerPhases":3})",
     R"({"amperage":30,"completionTime":"2026-01-01T13:30:00.000Z","wattage":7.2,"voltage":240,"isPluggedIn":true,)"
     R"("state":"CHARGING","socLimit":0.8,"amperageMaxVehicle":48,"socLimitMax":1,"socLimitMin":0.5,)"
     R"("socLimitDefault":0.8,"amperageRequested":32,"energyAdded":11.52,"rangeAddedRated":null,)"
     R"("rangeAddedIdeal":null,"chargeRate":22.369363,"connector":"J1772","fastChargerPresent":false,)"
     R"("fastChargerType":"CCS","fastChargerBrand":null,"amperageMaxCharger":null,"chargePortColor":"BLUE",)"
     R"("chargePortOpen":true,"chargePortLatch":true,"chargerPhases":3})"},
    {"/tesla/charge/ammeter", "read_charge", "charge-amperage", R"({"amperage":30})"},
    {"/tesla/charge/completion", "read_charge", "charge-ischarging", R"({"time":"2026-01-01T13:30:00.000Z"})"},
    {"/tesla/charge/records/billing", "read_charge_records", "charge-chargerecords",
     R"({"records":[{"chargeStart":"2025-12-19T16:04:00.000Z","chargeEnd":"2025-12-19T16:31:00.000Z",)"
     R"("energyConsumed":31.2,"cost":{"currency":"USD","energy":13.1,"other":0.5},)"
     R"("location":{"name":"Mall","address":"1 Main St","latitude":37.024813,"longitude":-121.565942},)"
     R"("recordId":"r1"}],"hasMoreData":false})"},
    {"/tesla/charge/schedule", "read_charge", "charge-chargetimers",
     R"({"departureTime":{"enabled":true,"time":"07:30"},"startTime":{"enabled":true,"time":"22:00"}})"},
    {"/tesla/charge/voltmeter", "read_charge", "charge-voltage", R"({"voltage":240})"},
    {"/tesla/charge/wattmeter", "read_charge", "charge-wattage", R"({"wattage":7.2})"},
    {"/tesla/climate/cabin", "read_climate", "hvac-iscabinhvacactive", R"({"status":"ON","temperature":20.5})",
     R"({"status":"ON","temperature":68.9})"},
    {"/tesla/climate/defroster", "read_climate", "hvac-isfrontdefrosteractive",
     R"({"frontStatus":"ON","rearStatus":"OFF"})"},
    {"/tesla/climate/steering_wheel", "read_climate", "hvac-issteeringheateractive", R"({"status":"ON"})"},
    {"/tesla/compass", "read_compass", "location-preciselocation", R"({"direction":"S","heading":185})"},
    {"/tesla/migration", "", "", R"({"requiresMigration":false})"},
    {"/tesla/speedometer", "read_speedometer", "motion-currentspeed", R"({"speed":84.32})", R"({"speed":52.394019})"},
    {"/tesla/status", "read_extended_vehicle_info", "connectivitystatus-isasleep",
     R"({"status":"ONLINE","inService":false,"gear":"PARK"})"},
    {"/tesla/thermometer/exterior", "read_thermometer", "climate-externaltemperature", R"({"temperature":14.5})",
     R"({"temperature":58.1})"},
    {"/tesla/thermometer/interior", "read_thermometer", "climate-internaltemperature", R"({"temperature":19})",
     R"({"temperature":66.2})"},
    {"/tesla/user/access", "read_user_profile", "",
     R"({"accessType":"OWNER","permissions":["vehicle_cmds","vehicle_location"]})"},
    {"/tesla/user/info", "read_user_profile", "", R"({"email":"owner@example.com"})"},
    {"/tesla/virtual_key", "", "", R"({"isPaired":false})"},
    {"/cadillac/charge/completion", "read_charge", "charge-ischarging", R"({"time":"2026-01-01T13:30:00.000Z"})"},
    {"/cadillac/charge/voltmeter", "read_charge", "charge-voltage", R"({"voltage":240})"},
    {"/chevrolet/charge/completion", "read_charge", "charge-ischarging", R"({"time":"2026-01-01T13:30:00.000Z"})"},
    {"/chevrolet/charge/voltmeter", "read_charge", "charge-voltage", R"({"voltage":240})"},
    {"/nissan/charge/schedule", "read_charge", "charge-chargetimers",
     R"({"chargeSchedules":[{"start":"22:00","end":"06:00","days":["MONDAY","TUESDAY"]},)"
     R"({"start":"13:30","end":"15:00","days":["SATURDAY","SUNDAY"]}]})"},
    {"/ford/charge/schedule_by_location", "read_charge", "charge-chargetimers",
     R"({"chargingLocations":[{"chargeLimit":0.8,"chargingSchedules":{"weekday":[{"start":"22:00","end":"06:00"}],)"
     R"("weekend":[{"start":"13:30","end":"15:00"}]},)"
     R"("location":{"name":"Home","address":"2 Side St","latitude":1.5,"longitude":-2.25}}]})"},
    {"/lincoln/charge/schedule_by_location", "read_charge", "charge-chargetimers",
     R"({"chargingLocations":[{"chargeLimit":0.8,"chargingSchedules":{"weekday":[{"start":"22:00","end":"06:00"}],)"
     R"("weekend":[{"start":"13:30","end":"15:00"}]},)"
     R"("location":{"name":"Home","address":"2 Side St","latitude":1.5,"longitude":-2.25}}]})"},
    {"/bmw/charge/records", "read_charge_records", "charge-chargerecords",
     R"({"records":[{"chargeStart":"2025-12-19T16:04:00.000Z","chargeEnd":"2025-12-19T16:31:00.000Z",)"
     R"("location":{"name":"Mall","address":"1 Main St","latitude":37.024813,"longitude":-121.565942},)"
     R"("energy":31.2,"isPublic":true,"startPercentRemaining":0.225,"endPercentRemaining":0.71,)"
     R"("chargingType":"CCS"}]})"},
    {"/mini/charge/records", "read_charge_records", "charge-chargerecords",
     R"({"records":[{"chargeStart":"2025-12-19T16:04:00.000Z","chargeEnd":"2025-12-19T16:31:00.000Z",)"
     R"("location":{"name":"Mall","address":"1 Main St","latitude":37.024813,"longitude":-121.565942},)"
     R"("energy":31.2,"isPublic":true,"startPercentRemaining":0.225,"endPercentRemaining":0.71,)"
     R"("chargingType":"CCS"}]})"},
    {"/audi/charge", "read_charge", "charge-ischargingcableconnected",
     R"({"chargingStatus":"CHARGING","isPluggedIn":true,"chargeRate":36,"chargeType":"J1772","chargePortColor":"BLUE",)"
     R"("chargePortLatch":true,"completionTime":"2026-01-01T13:30:00.000Z","chargeMode":null,"socLimit":0.8,)"
     R"("externalPowerStatus":null,"wattage":7.2})",
     R"({"chargingStatus":"CHARGING","isPluggedIn":true,"chargeRate":22.369363,"chargeType":"J1772",)"
     R"("chargePortColor":"BLUE","chargePortLatch":true,"completionTime":"2026-01-01T13:30:00.000Z",)"
     R"("chargeMode":null,"socLimit":0.8,"externalPowerStatus":null,"wattage":7.2})"},
};

TEST_CASE("the endpoints of the tables are those of the expectations, in their order") {
    const std::vector<Endpoint> all = all_endpoints();
    REQUIRE(all.size() == kExpected.size());
    for (std::size_t row = 0; row < all.size(); ++row) {
        CHECK(all[row].path == kExpected[row].path);
        CHECK(all[row].permission == kExpected[row].permission);
        CHECK(endpoint_at(row)->path == all[row].path);
    }
    CHECK(endpoint_at(all.size()) == nullptr);
}

TEST_CASE("every endpoint shows a known state in both unit systems") {
    for (const Expected& row : kExpected) {
        CAPTURE(row.path);
        const Vehicle vehicle = of_make(known_vehicle(), *find_endpoint(row.path));
        const View metric = view_of(row.path, vehicle, {.units = UnitSystem::kMetric, .now = kAsked});
        const View imperial = view_of(row.path, vehicle, {.units = UnitSystem::kImperial, .now = kAsked});
        CHECK(text_of(metric.body) == row.metric);
        CHECK(text_of(imperial.body) == (row.imperial.empty() ? row.metric : row.imperial));
        CHECK(metric.has_units == !row.imperial.empty());
        CHECK(imperial.has_units == !row.imperial.empty());
        const Reading* const recorded = vehicle.state.find(row.recorded);
        CHECK(metric.recorded_at == (recorded == nullptr ? std::nullopt : std::optional(recorded->oem_updated_at)));
        CHECK((recorded != nullptr) == !row.recorded.empty());
    }
}

TEST_CASE("a vehicle that reports nothing is capable of what needs no signal") {
    const std::vector<std::string_view> without_signals{"/",
                                                        "/vin",
                                                        "/tesla/alerts",
                                                        "/tesla/attributes",
                                                        "/tesla/climate/steering_wheel",
                                                        "/tesla/migration",
                                                        "/tesla/user/info",
                                                        "/tesla/virtual_key"};
    for (const Endpoint& endpoint : all_endpoints()) {
        CAPTURE(endpoint.path);
        const bool capable = std::ranges::find(without_signals, endpoint.path) != without_signals.end();
        CHECK(error_of(endpoint.path, of_make(a_vehicle({}), endpoint)) ==
              (capable ? "" : "COMPATIBILITY:VEHICLE_NOT_CAPABLE"));
    }
}

TEST_CASE("a vehicle of another make, or without the permission, is not capable of what its state would answer") {
    for (const Endpoint& endpoint : all_endpoints()) {
        CAPTURE(endpoint.path);
        Vehicle vehicle = of_make(known_vehicle(), endpoint);
        vehicle.permissions.remove(endpoint.permission);
        CHECK(error_of(endpoint.path, vehicle) ==
              (endpoint.permission.empty() ? "" : "COMPATIBILITY:VEHICLE_NOT_CAPABLE"));
        if (endpoint.make.empty()) continue;
        vehicle = known_vehicle();
        vehicle.make = "POLESTAR";
        CHECK(error_of(endpoint.path, vehicle) == "COMPATIBILITY:VEHICLE_NOT_CAPABLE");
    }
}

TEST_CASE("what the platform does not offer for the make is not called the vehicle's fault") {
    for (const Endpoint& endpoint : all_endpoints()) {
        CAPTURE(endpoint.path);
        Vehicle vehicle = of_make(a_vehicle({}), endpoint);
        vehicle.permissions = {};
        vehicle.unsupported = {endpoint.permission};
        CHECK(error_of(endpoint.path, vehicle) ==
              (endpoint.permission.empty() ? "" : "COMPATIBILITY:SMARTCAR_NOT_CAPABLE"));
    }
}

}  // namespace
}  // namespace smartcar_sim::vehicle
