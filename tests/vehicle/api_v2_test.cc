#include "vehicle/api_v2.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "contract/signals.h"
#include "document/json.h"
#include "vehicle/ask.h"

namespace smartcar_sim::vehicle {
namespace {

TEST_CASE("attributes are id, make, model and year") {
    CHECK(json_of("/", a_vehicle({})) ==
          R"({"id":"36ab27d0-fd9d-4455-823a-ce30af709ffc","make":"TESLA","model":"Model S","year":2014})");
}

TEST_CASE("battery shows percent as a fraction and the range in the unit system asked for") {
    const Vehicle car = a_vehicle({{"tractionbattery-stateofcharge", 78}, {"tractionbattery-range", 283.2}});
    CHECK(json_of("/battery", car, UnitSystem::kMetric) == R"({"percentRemaining":0.78,"range":283.2})");
    CHECK(json_of("/battery", car, UnitSystem::kImperial) == R"({"percentRemaining":0.78,"range":175.972322})");
    CHECK(view_of("/battery", car).has_units);
    CHECK(view_of("/battery", car).recorded_at == kRecordedAt);
}

TEST_CASE("no binary fraction shows in a percentage") {
    for (int percent = 0; percent <= 100; ++percent) {
        const std::string text = json_of("/battery", a_vehicle({{"tractionbattery-stateofcharge", percent}}));
        CAPTURE(text);
        CHECK(text.size() <= std::string(R"({"percentRemaining":0.99,"range":null})").size());
    }
}

TEST_CASE("the range is null when the vehicle does not report it") {
    CHECK(json_of("/battery", a_vehicle({{"tractionbattery-stateofcharge", 100}}), UnitSystem::kMetric) ==
          R"({"percentRemaining":1,"range":null})");
}

TEST_CASE("charge derives its state and carries no unit system") {
    struct Row {
        bool plugged, charging;
        double percent;
        std::string body;
    };
    const std::vector<Row> rows = {
        {true, true, 50, R"({"isPluggedIn":true,"state":"CHARGING"})"},
        {true, false, 80, R"({"isPluggedIn":true,"state":"FULLY_CHARGED"})"},
        {true, false, 79, R"({"isPluggedIn":true,"state":"NOT_CHARGING"})"},
        {false, false, 80, R"({"isPluggedIn":false,"state":"NOT_CHARGING"})"},
    };
    for (const Row& row : rows) {
        const Vehicle car = a_vehicle({{"charge-ischargingcableconnected", row.plugged},
                                       {"charge-ischarging", row.charging},
                                       {"charge-chargelimits", 80},
                                       {"tractionbattery-stateofcharge", row.percent}});
        CHECK(json_of("/charge", car) == row.body);
        CHECK_FALSE(view_of("/charge", car).has_units);
    }
}

TEST_CASE("a vehicle without the signal, or without the permission, is not capable") {
    Vehicle car = a_vehicle({{"tractionbattery-stateofcharge", 50}, {"charge-ischargingcableconnected", true}});
    CHECK(error_of("/battery", car).empty());
    CHECK(error_of("/charge", car).empty());
    car.permissions = {"read_vehicle_info"};
    for (const std::string_view path : {"/battery", "/charge"}) {
        CHECK(error_of(path, car) == "COMPATIBILITY:VEHICLE_NOT_CAPABLE");
        CHECK(error_of(path, a_vehicle({})) == "COMPATIBILITY:VEHICLE_NOT_CAPABLE");
    }
}

TEST_CASE("endpoints are found by their path") {
    CHECK(find_endpoint("/battery")->permission == "read_battery");
    CHECK(find_endpoint("/charge")->permission == "read_charge");
    CHECK(find_endpoint("/nowhere") == nullptr);
}

// --- what may be missing ----------------------------------------------------------------------------------

Vehicle vehicle_with(std::string_view code, std::string_view json) {
    const auto given = document::parse(json, "given");
    REQUIRE(given.ok());
    return a_vehicle({{code, given.value()}});
}

TEST_CASE("what a vehicle does not report is null in a body that has other things to say") {
    struct Row {
        std::string_view path, code, json, body;
    };
    const std::vector<Row> rows = {
        {"/fuel", "internalcombustionengine-amountremaining", "8",
         R"({"amountRemaining":8,"percentRemaining":null,"range":null})"},
        {"/fuel", "internalcombustionengine-fuellevel", "12.5",
         R"({"amountRemaining":null,"percentRemaining":0.125,"range":null})"},
        {"/fuel", "internalcombustionengine-range", "300",
         R"({"amountRemaining":null,"percentRemaining":null,"range":300})"},
        {"/battery/nominal_capacity", "tractionbattery-nominalcapacity", "82",
         R"({"availableCapacities":[],"capacity":{"nominal":82,"source":"SMARTCAR"},"url":null})"},
        {"/battery/nominal_capacity", "tractionbattery-nominalcapacity",
         R"({"capacity":null,"availableCapacities":[{"capacity":70.9,"description":null},{"capacity":80.9}]})",
         R"({"availableCapacities":[{"capacity":70.9,"description":null},{"capacity":80.9,"description":null}],)"
         R"("capacity":null,"url":null})"},
        {"/security", "closure-islocked", "false",
         R"({"isLocked":false,"doors":[],"windows":[],"sunroof":[],"storage":[],"chargingPort":[]})"},
        {"/tires/pressure", "wheel-tires", R"({"values":[{"row":0,"column":1,"tirePressure":200}]})",
         R"({"backLeft":null,"backRight":null,"frontLeft":null,"frontRight":200})"},
        {"/tires/pressure", "wheel-tires", R"({"values":[]})",
         R"({"backLeft":null,"backRight":null,"frontLeft":null,"frontRight":null})"},
        {"/diagnostics/dtcs", "diagnostics-dtclist", R"({"values":[]})", R"({"activeCodes":[]})"},
        {"/service/history", "service-records", R"({"values":[{"id":null}]})",
         R"([{"serviceId":null,"serviceDate":null,"odometerDistance":null,"serviceTasks":[],"serviceDetails":[],)"
         R"("serviceCost":{"totalCost":null,"currency":null}}])"},
        {"/tesla/battery", "tractionbattery-stateofcharge", "50",
         R"({"heaterOn":null,"maxRangeChargeCounter":null,"notEnoughPowerToHeat":null,"percentRemaining":0.5,)"
         R"("percentRemainingUsable":0.5,"range":null,"rangeEstimated":null,"rangeIdeal":null})"},
        {"/tesla/charge", "charge-ischargingcableconnected", "false",
         R"({"amperage":null,"completionTime":null,"wattage":null,"voltage":null,"isPluggedIn":false,)"
         R"("state":"NOT_CHARGING","socLimit":null,"amperageMaxVehicle":null,"socLimitMax":1,"socLimitMin":0.5,)"
         R"("socLimitDefault":0.8,"amperageRequested":null,"energyAdded":null,"rangeAddedRated":null,)"
         R"("rangeAddedIdeal":null,"chargeRate":null,"connector":null,"fastChargerPresent":null,)"
         R"("fastChargerType":null,"fastChargerBrand":null,"amperageMaxCharger":null,"chargePortColor":null,)"
         R"("chargePortOpen":null,"chargePortLatch":null,"chargerPhases":null})"},
        {"/tesla/charge/schedule", "charge-chargetimers", R"({"values":[]})",
         R"({"departureTime":{"enabled":false,"time":null},"startTime":{"enabled":false,"time":null}})"},
        {"/tesla/charge/records/billing", "charge-chargerecords", R"({"values":[]})",
         R"({"records":[],"hasMoreData":false})"},
        {"/tesla/climate/cabin", "hvac-iscabinhvacactive", "false", R"({"status":"OFF","temperature":null})"},
        {"/tesla/climate/defroster", "hvac-isfrontdefrosteractive", "true",
         R"({"frontStatus":"ON","rearStatus":"UNAVAILABLE"})"},
        {"/tesla/climate/steering_wheel", "hvac-iscabinhvacactive", "true", R"({"status":"UNAVAILABLE"})"},
        {"/tesla/attributes", "vehicleidentification-trim", R"("P100D")",
         R"({"trim":"P100D","color":null,"name":null,"wheels":null,"firmware":null})"},
        {"/tesla/status", "connectivitystatus-isasleep", "true",
         R"({"status":"ASLEEP","inService":false,"gear":null})"},
        {"/tesla/user/access", "vehicleuseraccount-role", R"("DRIVER")", R"({"accessType":"DRIVER","permissions":[]})"},
        {"/tesla/virtual_key", "charge-voltage", "1", R"({"isPaired":true})"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.path);
        CHECK(json_of(row.path, vehicle_with(row.code, row.json)) == row.body);
    }
}

TEST_CASE("a signal without a value is no answer") {
    struct Row {
        std::string_view path, code, json;
    };
    const std::vector<Row> rows = {
        {"/charge/limit", "charge-chargelimits", R"({"values":[],"activeLimit":null,"unit":"percent"})"},
        {"/battery/capacity", "tractionbattery-nominalcapacity", R"({"capacity":null,"availableCapacities":[]})"},
        {"/tesla/compass", "location-preciselocation", R"({"latitude":1,"longitude":2})"},
        {"/diagnostics/system_status", "diagnostics-dtccount", "2"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.path);
        CHECK(error_of(row.path, vehicle_with(row.code, row.json)) == "COMPATIBILITY:VEHICLE_NOT_CAPABLE");
    }
}

// It said that the heater had been looked at in 1970.
TEST_CASE("what is not reported was not recorded at any time") {
    CHECK(view_of("/tesla/climate/steering_wheel", a_vehicle({})).recorded_at == std::nullopt);
}

// --- rows, columns, names ---------------------------------------------------------------------------------

TEST_CASE("rows are front and back, columns left and right, and what v2.0 has no word for is left out") {
    constexpr std::string_view kSevenWheels = R"({"values":[
        {"row":0,"column":0,"tirePressure":200},{"row":0,"column":1,"tirePressure":201},
        {"row":1,"column":0,"tirePressure":210},{"row":1,"column":1,"tirePressure":211},
        {"row":2,"column":0,"tirePressure":220},{"row":1,"column":2,"tirePressure":230},
        {"row":-1,"column":0,"tirePressure":240},{"tirePressure":250}],"rowCount":3,"columnCount":3})";
    CHECK(json_of("/tires/pressure", vehicle_with("wheel-tires", kSevenWheels)) ==
          R"({"backLeft":210,"backRight":211,"frontLeft":200,"frontRight":201})");
}

TEST_CASE("every system has an id of capitals, and no two the same") {
    const std::map<std::string_view, std::string_view> known{
        {"diagnostics-abs", "SYSTEM_ABS"},
        {"diagnostics-activesafety", "SYSTEM_ACTIVE_SAFETY"},
        {"diagnostics-airbag", "SYSTEM_AIRBAG"},
        {"diagnostics-evbatteryconditioning", "SYSTEM_EV_BATTERY_CONDITIONING"},
        {"diagnostics-mil", "SYSTEM_MIL"},
        {"diagnostics-oillife", "SYSTEM_OIL_LIFE"},
        {"diagnostics-tirepressure", "SYSTEM_TIRE_PRESSURE"},
        {"diagnostics-tirepressuremonitoring", "SYSTEM_TPMS"},
        {"diagnostics-waterinfuel", "SYSTEM_WATER_IN_FUEL"},
    };
    std::set<std::string> ids;
    for (const contract::Signal& signal : contract::signals()) {
        const bool is_system = signal.group == "Diagnostics" && signal.kind == contract::Signal::Kind::kStructured &&
                               signal.code != "diagnostics-dtclist";
        if (!is_system) continue;
        CAPTURE(signal.code);
        const View view = view_of("/diagnostics/system_status", vehicle_with(signal.code, R"({"status":"OK"})"));
        const std::string id = *view.body.find("systems")->array()->front().find("systemId")->string();
        CHECK(ids.insert(id).second);
        CHECK(id.starts_with("SYSTEM_"));
        CHECK(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string::npos);
        if (const auto found = known.find(signal.code); found != known.end()) CHECK(id == found->second);
    }
    CHECK(ids.size() == 21);
}

TEST_CASE("the compass has eight directions, north on both sides of nought") {
    struct Row {
        double heading;
        std::string_view direction;
    };
    const std::vector<Row> rows = {{0, "N"},     {22.49, "N"}, {22.5, "NE"}, {45.5, "NE"},  {94, "E"},
                                   {135, "SE"},  {185, "S"},   {225, "SW"},  {272, "W"},    {315, "NW"},
                                   {337.5, "N"}, {360, "N"},   {-45, "NW"},  {337.49, "NW"}};
    for (const Row& row : rows) {
        CAPTURE(row.heading);
        const Vehicle car = a_vehicle({{"location-preciselocation", document::Object{{"heading", row.heading}}}});
        CHECK(*view_of("/tesla/compass", car).body.find("direction")->string() == row.direction);
    }
}

// The compass said S of a heading whose signal said SW, which is what a Tesla says at 185 degrees.
TEST_CASE("the compass points where the signal says it does") {
    const Vehicle car = vehicle_with("location-preciselocation", R"({"heading":185,"direction":"SW"})");
    CHECK(json_of("/tesla/compass", car) == R"({"direction":"SW","heading":185})");
}

TEST_CASE("a Ford's schedule is of the weekend when one of its days is") {
    const auto schedules_on = [](std::string_view days) {
        Vehicle car =
            vehicle_with("charge-chargetimers", R"({"values":[{"type":"GLOBAL","condition":null,"schedules":[)"
                                                R"({"start":"01:00:00","end":"02:00:00","days":)" +
                                                    std::string(days) + "}]}]}");
        car.make = "FORD";
        const View view = view_of("/ford/charge/schedule_by_location", car);
        return text_of(*view.body.find("chargingLocations")->array()->front().find("chargingSchedules"));
    };
    const std::string weekday = R"({"weekday":[{"start":"01:00","end":"02:00"}],"weekend":[]})";
    const std::string weekend = R"({"weekday":[],"weekend":[{"start":"01:00","end":"02:00"}]})";
    CHECK(schedules_on(R"(["MONDAY","FRIDAY"])") == weekday);
    CHECK(schedules_on("[]") == weekday);
    CHECK(schedules_on(R"(["SATURDAY"])") == weekend);
    CHECK(schedules_on(R"(["FRIDAY","SUNDAY"])") == weekend);
}

TEST_CASE("what charging has to do with an endpoint is said as a state of the vehicle") {
    const Vehicle unplugged = a_vehicle({{"charge-voltage", 0}, {"charge-ischargingcableconnected", false}});
    CHECK(error_of("/tesla/charge/voltmeter", unplugged) == "VEHICLE_STATE:CHARGING_PLUG_NOT_CONNECTED");
    const Vehicle idle = a_vehicle({{"charge-ischarging", false}, {"charge-timetocomplete", 0}});
    CHECK(error_of("/tesla/charge/completion", idle) == "VEHICLE_STATE:NOT_CHARGING");
    CHECK(error_of("/tesla/charge/completion", a_vehicle({{"charge-ischarging", true}})) ==
          "COMPATIBILITY:VEHICLE_NOT_CAPABLE");
}

TEST_CASE("a vehicle that cannot be reached is offline, and asleep before that") {
    const auto status = [](bool asleep, bool online) {
        const Vehicle car = a_vehicle({{"connectivitystatus-isasleep", asleep},
                                       {"connectivitystatus-isonline", online},
                                       {"service-isinservice", true},
                                       {"transmission-gearstate", "DRIVE"}});
        return json_of("/tesla/status", car);
    };
    CHECK(status(false, true) == R"({"status":"ONLINE","inService":true,"gear":"DRIVE"})");
    CHECK(status(false, false) == R"({"status":"OFFLINE","inService":true,"gear":"DRIVE"})");
    CHECK(status(true, false) == R"({"status":"ASLEEP","inService":true,"gear":"DRIVE"})");
}

// --- periods ----------------------------------------------------------------------------------------------

constexpr std::string_view kServices = R"({"values":[
    {"id":"old","time":"2024-12-31T23:59:59.999Z"},
    {"id":"spring","time":"2025-03-01T00:00:00Z"},
    {"id":"summer","time":"2025-06-30T23:59:59.999Z"},
    {"id":"asked","time":"2026-01-01T12:00:00.000Z"},
    {"id":"planned","time":"2026-01-01T12:00:00.001Z"},
    {"id":"whenever","time":null}]})";

std::string services_in(const base::Fields& query) {
    const Vehicle car = vehicle_with("service-records", kServices);
    const View view = view_of("/service/history", car, {.now = kAsked, .query = query});
    std::string ids;
    for (const document::Value& record : *view.body.array()) ids += *record.find("serviceId")->string() + ' ';
    return ids;
}

TEST_CASE("the service history is that of the period asked for, both days included, else of the last year") {
    struct Row {
        base::Fields query;
        std::string_view ids;
    };
    const std::vector<Row> rows = {
        {{}, "spring summer asked whenever "},
        {{{"start_date", "2024-01-01"}}, "old spring summer asked whenever "},
        {{{"start_date", "2025-03-01"}, {"end_date", "2025-06-30"}}, "spring summer whenever "},
        {{{"startDate", "2025-03-01"}, {"endDate", "2025-06-30"}}, "spring summer whenever "},
        {{{"start_date", "2025-03-02"}, {"end_date", "2025-06-29"}}, "whenever "},
        {{{"end_date", "2025-03-01"}}, "spring whenever "},
        {{{"start_date", "2026-01-01"}, {"end_date", "2026-01-01"}}, "asked planned whenever "},
        // The Node SDK without arguments, and the Ruby SDK with its trailing question mark.
        {{{"start_date", "undefined"}, {"end_date", "undefined"}}, "spring summer asked whenever "},
        {{{"start_date", "2025-03-01"}, {"end_date", "2025-06-30?"}}, "spring summer whenever "},
        {{{"start_date", ""}, {"end_date", "?"}}, "spring summer asked whenever "},
        {{{"start_date", "2025-07-01"}, {"end_date", "2025-01-01"}}, "whenever "},
        {{{"page", "2"}}, "spring summer asked whenever "},
    };
    for (const Row& row : rows) {
        CAPTURE(row.query.empty() ? "" : row.query.front().second);
        CHECK(services_in(row.query) == row.ids);
    }
}

// The member was called start_date whichever of the two spellings was wrong.
TEST_CASE("a date that is none is named as it was spelled") {
    struct Row {
        std::string name, value;
    };
    const std::vector<Row> rows = {{"start_date", "yesterday"}, {"startDate", "2025-13-01"},
                                   {"end_date", "2025-02-30"},  {"endDate", "01/02/2025"},
                                   {"start_date", "2025-1-1"},  {"end_date", "2025-01-01T"},
                                   {"end_date", "2025-01-01??"}};
    for (const Row& row : rows) {
        CAPTURE(row.name, row.value);
        for (const auto& [path, code] : {std::pair{"/service/history", "service-records"},
                                         std::pair{"/tesla/charge/records/billing", "charge-chargerecords"}}) {
            const Vehicle car = vehicle_with(code, R"({"values":[]})");
            const Answer answer = answer_of(path, car, {.now = kAsked, .query = {{row.name, row.value}}});
            const auto* const error = std::get_if<contract::ApiError>(&answer);
            REQUIRE(error != nullptr);
            CHECK(name_of(*error) == "VALIDATION:null");
            REQUIRE(error->details.size() == 1);
            CHECK(error->details.front().field == std::vector<std::string>{row.name});
            CHECK(error->details.front().message == '"' + row.name + R"(" must be a date, YYYY-MM-DD)");
        }
    }
}

TEST_CASE("charge records are those of the period too") {
    const Vehicle car = vehicle_with("charge-chargerecords", R"({"values":[
        {"id":"a","startTime":"2025-03-01T10:00:00Z","endTime":"2025-03-02T01:00:00Z"},
        {"id":"b","startTime":"2025-04-01T10:00:00Z","endTime":"2025-04-01T11:00:00Z"}]})");
    const View view = view_of("/tesla/charge/records/billing", car,
                              {.now = kAsked, .query = {{"startDate", "2025-03-01"}, {"endDate", "2025-03-31"}}});
    REQUIRE(view.body.find("records")->array()->size() == 1);
    CHECK(*view.body.find("records")->array()->front().find("recordId") == document::Value("a"));
}

}  // namespace
}  // namespace smartcar_sim::vehicle
