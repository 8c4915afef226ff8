#include "vehicle/commands_v2.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "document/json.h"
#include "vehicle/told.h"

namespace smartcar_sim::vehicle {
namespace {

document::Value parsed(std::string_view json) {
    auto value = document::parse(json, "body");
    REQUIRE(value.ok());
    return std::move(value).value();
}

const Orders& orders_at(std::string_view method, std::string_view path) {
    const auto found =
        std::ranges::find_if(orders(), [&](const Orders& row) { return row.method == method && row.path == path; });
    REQUIRE(found != orders().end());
    return *found;
}

// It reports all that the orders are about.
Vehicle a_listener() {
    return a_vehicle({
        {"charge-amperage", 0},
        {"charge-amperagemax", 48},
        {"charge-amperagerequested", 32},
        {"charge-chargelimits", parsed(R"({"values":[{"type":"GLOBAL","limit":80,"condition":null},
            {"type":"LOCATION","limit":60,"condition":{"name":"Home"}}],"activeLimit":80,"unit":"percent"})")},
        {"charge-chargetimers", parsed(R"({"values":[{"type":"GLOBAL","condition":null,
            "schedules":[{"start":"22:00:00","end":"06:00:00","days":["MONDAY"]}],
            "departureTimers":[{"days":["MONDAY"],"time":"07:30:00"}],"isOEMOptimizationEnabled":false}]})")},
        {"charge-ischargingportflapopen", false},
        {"closure-fronttrunk", parsed(R"({"isOpen":false,"isLocked":true})")},
        {"closure-reartrunk", parsed(R"({"isOpen":true,"isLocked":true})")},
        {"hvac-cabintargettemperature", 20},
        {"hvac-iscabinhvacactive", false},
        {"hvac-isfrontdefrosteractive", false},
        {"hvac-isreardefrosteractive", true},
        {"hvac-issteeringheateractive", false},
    });
}

constexpr std::string_view kEveryDay = R"(["MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY","SATURDAY","SUNDAY"])";

std::string timers(const std::string& schedules, const std::string& departures) {
    return R"({"values":[{"type":"GLOBAL","condition":null,"schedules":[)" + schedules + R"(],"departureTimers":[)" +
           departures + R"(],"isOEMOptimizationEnabled":false}]})";
}

struct Good {
    std::string_view method, path;
    std::string body;
    CommandKind kind;
    std::int64_t amount = 0;
    Told changes = {};
    UnitSystem units = UnitSystem::kMetric;
    Destination destination = {};
};

const std::string kAtNight = R"({"start":"22:00:00","end":"06:00:00","days":["MONDAY"]})";
const std::string kMorning = R"({"days":["MONDAY"],"time":"07:30:00"})";

const std::vector<Good> kGood{
    {"POST", "/security", R"({"action":"LOCK"})", CommandKind::kLock},
    {"POST", "/security", R"({"action":"UNLOCK"})", CommandKind::kUnlock},
    {"POST", "/charge", R"({"action":"START"})", CommandKind::kStartCharge},
    {"POST", "/charge", R"({"action":"STOP","why":"enough"})", CommandKind::kStopCharge},
    {"POST", "/charge/limit", R"({"limit":0.7})", CommandKind::kSetChargeLimit, 7000},
    {"POST", "/charge/limit", R"({"limit":"0.7"})", CommandKind::kSetChargeLimit, 7000},
    {"POST", "/charge/limit", R"({"limit":0.5})", CommandKind::kSetChargeLimit, 5000},
    {"POST", "/charge/limit", R"({"limit":1})", CommandKind::kSetChargeLimit, 10'000},
    {"POST", "/charge/limit", R"({"limit":"1"})", CommandKind::kSetChargeLimit, 10'000},
    {"POST", "/charge/limit", R"({"limit":0.755})", CommandKind::kSetChargeLimit, 7550},
    {"POST",
     "/navigation/destination",
     R"({"latitude":47.6205063,"longitude":-122.3518523})",
     CommandKind::kSendDestination,
     0,
     {},
     UnitSystem::kMetric,
     {47'620'506, -122'351'852}},
    {"POST",
     "/navigation/destination",
     R"({"latitude":"-90","longitude":"180"})",
     CommandKind::kSendDestination,
     0,
     {},
     UnitSystem::kMetric,
     {-90'000'000, 180'000'000}},
    {"POST", "/tesla/charge/ammeter", R"({"amperage":0})", CommandKind::kSetAmperage, 0},
    {"POST", "/tesla/charge/ammeter", R"({"amperage":48})", CommandKind::kSetAmperage, 48'000},
    {"POST", "/tesla/charge/ammeter", R"({"amperage":"16.5"})", CommandKind::kSetAmperage, 16'500},
    {"POST", "/tesla/charge/charge_port_door", R"({"action":"OPEN"})", CommandKind::kOpenChargePort},
    {"POST", "/tesla/charge/charge_port_door", R"({"action":"CLOSE"})", CommandKind::kCloseChargePort},
    {"POST",
     "/tesla/charge/schedule",
     R"({"type":"START_TIME","enable":true,"time":"23:30"})",
     CommandKind::kSetChargeSchedule,
     0,
     {{"charge-chargetimers",
       timers(R"({"start":"23:30:00","end":null,"days":)" + std::string(kEveryDay) + "}", kMorning)}}},
    {"POST",
     "/tesla/charge/schedule",
     R"({"type":"START_TIME","enabled":false})",
     CommandKind::kSetChargeSchedule,
     0,
     {{"charge-chargetimers", timers("", kMorning)}}},
    {"POST",
     "/tesla/charge/schedule",
     R"({"type":"DEPARTURE_TIME","enabled":true,"time":"00:00"})",
     CommandKind::kSetChargeSchedule,
     0,
     {{"charge-chargetimers", timers(kAtNight, R"({"days":)" + std::string(kEveryDay) + R"(,"time":"00:00:00"})")}}},
    {"POST",
     "/tesla/charge/schedule",
     R"({"type":"DEPARTURE_TIME","enable":false,"time":null})",
     CommandKind::kSetChargeSchedule,
     0,
     {{"charge-chargetimers", timers(kAtNight, "")}}},
    {"POST",
     "/tesla/climate/cabin",
     R"({"action":"START"})",
     CommandKind::kClimate,
     0,
     {{"hvac-iscabinhvacactive", "true"}}},
    {"POST",
     "/tesla/climate/cabin",
     R"({"action":"STOP","temperature":null})",
     CommandKind::kClimate,
     0,
     {{"hvac-iscabinhvacactive", "false"}}},
    {"POST",
     "/tesla/climate/cabin",
     R"({"action":"START","temperature":21.5})",
     CommandKind::kClimate,
     0,
     {{"hvac-iscabinhvacactive", "true"}, {"hvac-cabintargettemperature", "21.5"}}},
    {"POST",
     "/tesla/climate/cabin",
     R"({"action":"SET","temperature":68})",
     CommandKind::kClimate,
     0,
     {{"hvac-cabintargettemperature", "20"}},
     UnitSystem::kImperial},
    {"POST",
     "/tesla/climate/cabin",
     R"({"action":"SET","temperature":"19"})",
     CommandKind::kClimate,
     0,
     {{"hvac-cabintargettemperature", "19"}}},
    {"POST",
     "/tesla/climate/defroster",
     R"({"action":"START"})",
     CommandKind::kClimate,
     0,
     {{"hvac-isfrontdefrosteractive", "true"}, {"hvac-isreardefrosteractive", "true"}}},
    {"POST",
     "/tesla/climate/defroster",
     R"({"action":"STOP"})",
     CommandKind::kClimate,
     0,
     {{"hvac-isfrontdefrosteractive", "false"}, {"hvac-isreardefrosteractive", "false"}}},
    {"POST",
     "/tesla/climate/steering_wheel",
     R"({"action":"START"})",
     CommandKind::kClimate,
     0,
     {{"hvac-issteeringheateractive", "true"}}},
    {"POST", "/tesla/pin", R"({"pin":"0420"})", CommandKind::kPin},
    {"DELETE", "/tesla/pin", R"({})", CommandKind::kPin},
    {"DELETE", "/tesla/pin", R"(null)", CommandKind::kPin},
    {"POST",
     "/tesla/security/frunk",
     R"({"action":"OPEN"})",
     CommandKind::kTrunk,
     0,
     {{"closure-fronttrunk", R"({"isOpen":true,"isLocked":true})"}}},
    {"POST",
     "/tesla/security/trunk",
     R"({"action":"CLOSE"})",
     CommandKind::kTrunk,
     0,
     {{"closure-reartrunk", R"({"isOpen":false,"isLocked":true})"}}},
    {"PUT",
     "/nissan/charge/schedule",
     R"({"chargeSchedules":[{"start":"23:30","end":"02:00","days":["MONDAY","SUNDAY"]}]})",
     CommandKind::kSetChargeSchedule,
     0,
     {{"charge-chargetimers", timers(R"({"start":"23:30:00","end":"02:00:00","days":["MONDAY","SUNDAY"]})", "")}}},
    {"PUT",
     "/nissan/charge/schedule",
     R"({"chargeSchedules":[]})",
     CommandKind::kSetChargeSchedule,
     0,
     {{"charge-chargetimers", timers("", "")}}},
    {"PUT",
     "/ford/charge/schedule_by_location",
     R"({"chargingLocation":{"chargeLimit":0.9,"chargingWindows":{"weekday":[{"start":"09:00","end":"17:00"}],)"
     R"("weekend":[{"start":"10:00","end":"11:00"},{"start":"20:00","end":"23:59"}]}}})",
     CommandKind::kSetChargeSchedule,
     0,
     {{"charge-chargetimers",
       timers(R"({"start":"09:00:00","end":"17:00:00","days":["MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY"]},)"
              R"({"start":"10:00:00","end":"11:00:00","days":["SATURDAY","SUNDAY"]},)"
              R"({"start":"20:00:00","end":"23:59:00","days":["SATURDAY","SUNDAY"]})",
              "")},
      // The list of limits was lost, and with it the one that holds everywhere.
      {"charge-chargelimits",
       R"({"values":[{"type":"GLOBAL","limit":90,"condition":null},)"
       R"({"type":"LOCATION","limit":60,"condition":{"name":"Home"}}],"activeLimit":90,"unit":"percent"})"}}},
    {"PUT",
     "/lincoln/charge/schedule_by_location",
     R"({"chargingLocation":{"chargingWindows":{"weekend":[]}}})",
     CommandKind::kSetChargeSchedule,
     0,
     {{"charge-chargetimers", timers("", "")}}},
};

TEST_CASE("a good body is the command it stands for") {
    std::set<std::pair<std::string_view, std::string_view>> read;
    for (const Good& row : kGood) {
        CAPTURE(row.path, row.body);
        const Orders& orders = orders_at(row.method, row.path);
        read.emplace(row.method, row.path);
        const auto command = orders.read(parsed(row.body), a_listener(), row.units);
        REQUIRE(std::holds_alternative<Command>(command));
        CHECK(std::get<Command>(command).kind == row.kind);
        CHECK(std::get<Command>(command).amount == row.amount);
        CHECK(std::get<Command>(command).destination == row.destination);
        CHECK(told(std::get<Command>(command).changes) == row.changes);
        CHECK(name_of(row.kind).permission == orders.permission);
    }
    CHECK(read.size() == orders().size());
}

TEST_CASE("a bad body is refused with the member that is wrong") {
    struct Row {
        std::string_view method, path, member, complaint;
        std::vector<std::string_view> bodies;
    };
    const std::vector<Row> rows = {
        {"POST",
         "/security",
         "action",
         "must be one of LOCK, UNLOCK",
         {"{}", "null", "[]", R"("LOCK")", R"({"action":"lock"})", R"({"action":null})", R"({"action":1})",
          R"({"actions":"LOCK"})"}},
        {"POST",
         "/charge",
         "action",
         "must be one of START, STOP",
         {"{}", R"({"action":"PAUSE"})", R"({"action":["START"]})"}},
        {"POST",
         "/charge/limit",
         "limit",
         "must be a number from 0.5 to 1",
         {"{}", R"({"limit":0.49})", R"({"limit":1.01})", R"({"limit":80})", R"({"limit":"80%"})", R"({"limit":""})",
          R"({"limit":" 0.7"})", R"({"limit":"0.7 "})", R"({"limit":"nan"})", R"({"limit":null})", R"({"limit":true})",
          R"({"limit":"0,7"})", R"({"limit":-0.7})"}},
        {"POST",
         "/navigation/destination",
         "latitude",
         "must be a number from -90 to 90",
         {"{}", R"({"longitude":1})", R"({"latitude":90.1,"longitude":1})", R"({"latitude":"north","longitude":1})",
          R"({"latitude":"inf","longitude":1})"}},
        {"POST",
         "/navigation/destination",
         "longitude",
         "must be a number from -180 to 180",
         {R"({"latitude":1})", R"({"latitude":1,"longitude":-180.1})", R"({"latitude":1,"longitude":"nan"})",
          R"({"latitude":1,"longitude":null})"}},
        {"POST",
         "/tesla/charge/ammeter",
         "amperage",
         "must be a number from 0 to 48, in amperes",
         {"{}", R"({"amperage":-1})", R"({"amperage":49})", R"({"amperage":1.00001})", R"({"amperage":"many"})",
          R"({"amperage":null})"}},
        {"POST",
         "/tesla/charge/charge_port_door",
         "action",
         "must be one of OPEN, CLOSE",
         {"{}", R"({"action":"SHUT"})"}},
        {"POST",
         "/tesla/charge/schedule",
         "type",
         "must be one of START_TIME, DEPARTURE_TIME",
         {"{}", R"({"type":"STOP_TIME","enable":true,"time":"23:30"})"}},
        {"POST",
         "/tesla/charge/schedule",
         "enable",
         "must be true or false",
         {R"({"type":"START_TIME","time":"23:30"})", R"({"type":"START_TIME","enable":"yes","time":"23:30"})",
          R"({"type":"START_TIME","enabled":1,"time":"23:30"})"}},
        // A colon counted as a digit, and 0::30 was a time.
        {"POST",
         "/tesla/charge/schedule",
         "time",
         "must be a time of day, HH:MM",
         {R"({"type":"START_TIME","enable":true})", R"({"type":"START_TIME","enable":true,"time":"24:00"})",
          R"({"type":"START_TIME","enable":true,"time":"23:60"})",
          R"({"type":"START_TIME","enable":true,"time":"7:30"})",
          R"({"type":"START_TIME","enable":true,"time":"07:30:00"})",
          R"({"type":"START_TIME","enable":true,"time":"0::30"})",
          R"({"type":"START_TIME","enable":true,"time":":1:22"})",
          R"({"type":"START_TIME","enable":true,"time":730})"}},
        {"POST",
         "/tesla/climate/cabin",
         "action",
         "must be one of START, STOP, SET",
         {"{}", R"({"action":"WARM","temperature":20})"}},
        // A temperature that was none was taken for no temperature, except by SET.
        {"POST",
         "/tesla/climate/cabin",
         "temperature",
         "must be a number",
         {R"({"action":"SET"})", R"({"action":"SET","temperature":null})", R"({"action":"SET","temperature":"warm"})",
          R"({"action":"START","temperature":"warm"})", R"({"action":"START","temperature":true})",
          R"({"action":"SET","temperature":100000})", R"({"action":"SET","temperature":"nan"})"}},
        {"POST", "/tesla/climate/defroster", "action", "must be one of START, STOP", {"{}", R"({"action":"ON"})"}},
        {"POST", "/tesla/climate/steering_wheel", "action", "must be one of START, STOP", {R"({"action":"SET"})"}},
        {"POST",
         "/tesla/pin",
         "pin",
         "must be a string of four digits",
         {"{}", R"({"pin":1234})", R"({"pin":"123"})", R"({"pin":"12345"})", R"({"pin":"12a4"})", R"({"pin":null})"}},
        {"POST", "/tesla/security/frunk", "action", "must be one of OPEN, CLOSE", {"{}", R"({"action":"UNLOCK"})"}},
        {"POST", "/tesla/security/trunk", "action", "must be one of OPEN, CLOSE", {"{}", R"({"action":"UNLOCK"})"}},
        {"PUT",
         "/nissan/charge/schedule",
         "chargeSchedules",
         "must be an array of at most three schedules",
         {"{}", R"({"chargeSchedules":{}})", R"({"chargeSchedules":null})", R"({"chargeSchedules":[{},{},{},{}]})"}},
        {"PUT",
         "/nissan/charge/schedule",
         "chargeSchedules",
         R"(needs "start" and "end" as HH:MM and "days" as names in capitals)",
         {R"({"chargeSchedules":[{}]})", R"({"chargeSchedules":[1]})",
          R"({"chargeSchedules":[{"start":"23:30","end":"02:00"}]})",
          R"({"chargeSchedules":[{"start":"23:30","end":"02:00","days":[]}]})",
          R"({"chargeSchedules":[{"start":"23:30","end":"02:00","days":["Monday"]}]})",
          R"({"chargeSchedules":[{"start":"23:30","end":"2:00","days":["MONDAY"]}]})",
          R"({"chargeSchedules":[{"start":"23:30","end":null,"days":["MONDAY"]}]})"}},
        {"PUT",
         "/ford/charge/schedule_by_location",
         "chargingLocation",
         R"(needs "chargingWindows": {"weekday":[…],"weekend":[…]})",
         {"{}", "null", R"({"chargingLocation":null})", R"({"chargingLocation":{"chargingWindows":[]}})"}},
        {"PUT",
         "/ford/charge/schedule_by_location",
         "weekday",
         R"(must be an array of {"start","end"} as HH:MM)",
         {R"({"chargingLocation":{"chargingWindows":{"weekday":null}}})",
          R"({"chargingLocation":{"chargingWindows":{"weekday":[{"start":"9","end":"10"}]}}})"}},
        {"PUT",
         "/lincoln/charge/schedule_by_location",
         "weekend",
         R"(must be an array of {"start","end"} as HH:MM)",
         {R"({"chargingLocation":{"chargingWindows":{"weekend":{}}}})"}},
        // It was called "limit", which nobody had sent.
        {"PUT",
         "/ford/charge/schedule_by_location",
         "chargeLimit",
         "must be a number from 0.5 to 1",
         {R"({"chargingLocation":{"chargeLimit":90,"chargingWindows":{}}})",
          R"({"chargingLocation":{"chargeLimit":null,"chargingWindows":{}}})"}},
    };
    for (const Row& row : rows) {
        const Orders& orders = orders_at(row.method, row.path);
        for (const std::string_view body : row.bodies) {
            CAPTURE(row.path, body);
            const auto command = orders.read(parsed(body), a_listener(), UnitSystem::kMetric);
            const auto* const error = std::get_if<contract::ApiError>(&command);
            REQUIRE(error != nullptr);
            CHECK(name_of(*error) == "VALIDATION:null");
            REQUIRE(error->details.size() == 1);
            CHECK(error->details.front().field == std::vector<std::string>{std::string(row.member)});
            CHECK(error->details.front().message == '"' + std::string(row.member) + "\" " + std::string(row.complaint));
        }
    }
}

TEST_CASE("a vehicle that names no most amperes takes 80") {
    const Orders& orders = orders_at("POST", "/tesla/charge/ammeter");
    const Vehicle car = a_vehicle({});
    CHECK(std::holds_alternative<Command>(orders.read(parsed(R"({"amperage":80})"), car, UnitSystem::kMetric)));
    CHECK_FALSE(std::holds_alternative<Command>(orders.read(parsed(R"({"amperage":80.5})"), car, UnitSystem::kMetric)));
}

TEST_CASE("what is answered once it was obeyed") {
    const std::string sent = R"({"message":"Successfully sent request to vehicle","status":"success"})";
    for (const Good& row : kGood) {
        CAPTURE(row.path, row.body);
        std::string wanted = sent;
        if (row.path == "/tesla/charge/schedule") continue;
        if (row.path == "/tesla/climate/defroster") {
            wanted = R"({"status":)" + text_of(*parsed(row.body).find("action")) + "}";
        }
        if (row.path == "/tesla/charge/ammeter") {
            const std::string shown = row.amount == 16'500 ? "16.5" : std::to_string(row.amount / 1000);
            wanted = R"({"message":"Successfully sent the following amperage: )" + shown + R"(","status":"success"})";
        }
        CHECK(text_of(orders_at(row.method, row.path).answer(parsed(row.body), a_listener())) == wanted);
    }
}

TEST_CASE("a schedule that was set is answered with the schedule as it is then") {
    const Orders& orders = orders_at("POST", "/tesla/charge/schedule");
    const document::Value body = parsed(R"({"type":"START_TIME","enable":true,"time":"23:30"})");
    Vehicle car = a_listener();
    car.state.apply(std::get<Command>(orders.read(body, car, UnitSystem::kMetric)).changes, kRecordedAt);
    CHECK(text_of(orders.answer(body, car)) ==
          R"({"departureTime":{"enabled":true,"time":"07:30"},"startTime":{"enabled":true,"time":"23:30"}})");
    CHECK(text_of(orders.answer(body, a_vehicle({}))) ==
          R"({"message":"Successfully sent request to vehicle","status":"success"})");
}

TEST_CASE("the orders of a make are below its name in lower case") {
    for (const Orders& row : orders()) {
        CAPTURE(row.path);
        const std::string prefix = row.make.empty() ? "/" : "/" + base::lower_case(row.make) + "/";
        CHECK(row.path.starts_with(prefix));
        CHECK(row.permission.starts_with("control_"));
        CHECK(is_permission(row.permission));
    }
}

}  // namespace
}  // namespace smartcar_sim::vehicle
