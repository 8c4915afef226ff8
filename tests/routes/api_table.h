// The second opinion of the table test: what contract/api.md says of each endpoint, written down by hand and using none
// of the simulator's tables.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace smartcar_sim::routes::table {

// The headers that a success brings besides sc-request-id.
enum class Shows { kNothing, kAge, kAgeAndUnits };
// Whether a vehicle that reports nothing can still answer.
enum class Needs { kSignals, kNothing };

struct Read {
    std::string_view path;
    std::string_view make;  // empty: every make
    std::string_view permission;
    Shows shows;
    Needs needs = Needs::kSignals;
};

// Sections 4.3 to 4.19 and 4.25.
inline constexpr std::array<Read, 48> kReads{{
    {"/", "", "read_vehicle_info", Shows::kNothing, Needs::kNothing},
    {"/vin", "", "read_vin", Shows::kNothing, Needs::kNothing},
    {"/odometer", "", "read_odometer", Shows::kAgeAndUnits},
    {"/location", "", "read_location", Shows::kAge},
    {"/fuel", "", "read_fuel", Shows::kAgeAndUnits},
    {"/battery", "", "read_battery", Shows::kAgeAndUnits},
    {"/battery/capacity", "", "read_battery", Shows::kAge},
    {"/battery/nominal_capacity", "", "read_battery", Shows::kAge},
    {"/charge", "", "read_charge", Shows::kAge},
    {"/charge/limit", "", "read_charge", Shows::kAge},
    {"/engine/oil", "", "read_engine_oil", Shows::kAge},
    {"/tires/pressure", "", "read_tires", Shows::kAgeAndUnits},
    {"/security", "", "read_security", Shows::kAge},
    {"/diagnostics/system_status", "", "read_diagnostics", Shows::kAge},
    {"/diagnostics/dtcs", "", "read_diagnostics", Shows::kAge},
    {"/service/history", "", "read_service_history", Shows::kAgeAndUnits},
    {"/tesla/alerts", "TESLA", "read_alerts", Shows::kNothing, Needs::kNothing},
    {"/tesla/attributes", "TESLA", "read_extended_vehicle_info", Shows::kNothing, Needs::kNothing},
    {"/tesla/battery", "TESLA", "read_battery", Shows::kAgeAndUnits},
    {"/tesla/charge", "TESLA", "read_charge", Shows::kAgeAndUnits},
    {"/tesla/charge/ammeter", "TESLA", "read_charge", Shows::kAge},
    {"/tesla/charge/completion", "TESLA", "read_charge", Shows::kAge},
    {"/tesla/charge/records/billing", "TESLA", "read_charge_records", Shows::kAge},
    {"/tesla/charge/schedule", "TESLA", "read_charge", Shows::kAge},
    {"/tesla/charge/voltmeter", "TESLA", "read_charge", Shows::kAge},
    {"/tesla/charge/wattmeter", "TESLA", "read_charge", Shows::kAge},
    {"/tesla/climate/cabin", "TESLA", "read_climate", Shows::kAgeAndUnits},
    {"/tesla/climate/defroster", "TESLA", "read_climate", Shows::kAge},
    {"/tesla/climate/steering_wheel", "TESLA", "read_climate", Shows::kAge, Needs::kNothing},
    {"/tesla/compass", "TESLA", "read_compass", Shows::kAge},
    {"/tesla/migration", "TESLA", "", Shows::kNothing, Needs::kNothing},
    {"/tesla/speedometer", "TESLA", "read_speedometer", Shows::kAgeAndUnits},
    {"/tesla/status", "TESLA", "read_extended_vehicle_info", Shows::kAge},
    {"/tesla/thermometer/exterior", "TESLA", "read_thermometer", Shows::kAgeAndUnits},
    {"/tesla/thermometer/interior", "TESLA", "read_thermometer", Shows::kAgeAndUnits},
    {"/tesla/user/access", "TESLA", "read_user_profile", Shows::kNothing},
    {"/tesla/user/info", "TESLA", "read_user_profile", Shows::kNothing, Needs::kNothing},
    {"/tesla/virtual_key", "TESLA", "", Shows::kNothing, Needs::kNothing},
    {"/cadillac/charge/completion", "CADILLAC", "read_charge", Shows::kAge},
    {"/cadillac/charge/voltmeter", "CADILLAC", "read_charge", Shows::kAge},
    {"/chevrolet/charge/completion", "CHEVROLET", "read_charge", Shows::kAge},
    {"/chevrolet/charge/voltmeter", "CHEVROLET", "read_charge", Shows::kAge},
    {"/nissan/charge/schedule", "NISSAN", "read_charge", Shows::kAge},
    {"/ford/charge/schedule_by_location", "FORD", "read_charge", Shows::kAge},
    {"/lincoln/charge/schedule_by_location", "LINCOLN", "read_charge", Shows::kAge},
    {"/bmw/charge/records", "BMW", "read_charge_records", Shows::kAge},
    {"/mini/charge/records", "MINI", "read_charge_records", Shows::kAge},
    {"/audi/charge", "AUDI", "read_charge", Shows::kAgeAndUnits},
}};

struct Order {
    std::string_view method;
    std::string_view path;
    std::string_view make;
    std::string_view permission;
    std::string_view body;        // one that a car which is parked, plugged in and idle obeys
    std::string_view wrong_body;  // empty: no body is wrong
};

// Sections 4.13 to 4.18 and 4.25.
inline constexpr std::string_view kSchedule = R"({"chargingLocation":{"chargingWindows":{"weekday":[],"weekend":[]}}})";
inline constexpr std::array<Order, 17> kOrders{{
    {"POST", "/security", "", "control_security", R"({"action":"LOCK"})", R"({"action":"lock"})"},
    {"POST", "/charge", "", "control_charge", R"({"action":"START"})", R"({"action":true})"},
    {"POST", "/charge/limit", "", "control_charge", R"({"limit":"0.7"})", R"({"limit":0.4})"},
    {"POST", "/navigation/destination", "", "control_navigation", R"({"latitude": 47.6, "longitude": -122.3})",
     R"({"latitude":91,"longitude":0})"},
    {"POST", "/tesla/charge/ammeter", "TESLA", "control_charge", R"({"amperage":12})", R"({"amperage":-1})"},
    {"POST", "/tesla/charge/charge_port_door", "TESLA", "control_charge", R"({"action":"OPEN"})", "{}"},
    {"POST", "/tesla/charge/schedule", "TESLA", "control_charge",
     R"({"type":"START_TIME","enable":true,"time":"23:30"})", R"({"type":"START_TIME","enable":true,"time":"25:30"})"},
    {"POST", "/tesla/climate/cabin", "TESLA", "control_climate", R"({"action":"START"})", R"({"action":"SET"})"},
    {"POST", "/tesla/climate/defroster", "TESLA", "control_climate", R"({"action":"STOP"})", "[]"},
    {"POST", "/tesla/climate/steering_wheel", "TESLA", "control_climate", R"({"action":"START"})", "null"},
    {"POST", "/tesla/pin", "TESLA", "control_pin", R"({"pin":"1234"})", R"({"pin":"12a4"})"},
    {"DELETE", "/tesla/pin", "TESLA", "control_pin", "", ""},
    {"POST", "/tesla/security/frunk", "TESLA", "control_trunk", R"({"action":"OPEN"})", R"({"action":"SHUT"})"},
    {"POST", "/tesla/security/trunk", "TESLA", "control_trunk", R"({"action":"CLOSE"})", "{\"action\":"},
    {"PUT", "/nissan/charge/schedule", "NISSAN", "control_charge", R"({"chargeSchedules":[]})", "{}"},
    {"PUT", "/ford/charge/schedule_by_location", "FORD", "control_charge", kSchedule, "{}"},
    {"PUT", "/lincoln/charge/schedule_by_location", "LINCOLN", "control_charge", kSchedule, "{}"},
}};

enum class Capability { kCapable, kLacksPermission, kLacksSignals, kUnsupported, kOfAnotherMake };
inline constexpr std::array kCapabilities{Capability::kCapable, Capability::kLacksPermission, Capability::kLacksSignals,
                                          Capability::kUnsupported, Capability::kOfAnotherMake};

enum class Permission { kGranted, kNotGranted };

enum class Token {
    kValid,
    kOfAnotherVehicle,
    kMissing,
    kWithoutScheme,
    kEmpty,
    kBasic,
    kUnknown,
    kExpired,
    kRefreshToken,
    kManagementToken,
};
inline constexpr std::array kTokens{
    Token::kValid, Token::kOfAnotherVehicle, Token::kMissing, Token::kWithoutScheme, Token::kEmpty,
    Token::kBasic, Token::kUnknown,          Token::kExpired, Token::kRefreshToken,  Token::kManagementToken};

enum class Id { kOwn, kNotUuid, kNobodys };
inline constexpr std::array kIds{Id::kOwn, Id::kNotUuid, Id::kNobodys};

enum class Connection { kOpen, kDisconnected };

// The sc-unit-system header.
inline constexpr std::array<std::string_view, 4> kUnits{"", "metric", "imperial", "Metric"};

enum class Body { kRight, kWrong };

// One row, a read or a command.
struct Row {
    std::string_view method = "GET";
    std::string_view path;
    std::string_view make;
    std::string_view permission;
    std::string_view body = "{}";  // Node 9 and Python send it with a GET (contract/clients.md item 16)
    std::string_view wrong_body = {};
    Shows shows = Shows::kNothing;
    Needs needs = Needs::kSignals;
};
inline Row row_of(const Read& read) {
    return {
        .path = read.path, .make = read.make, .permission = read.permission, .shows = read.shows, .needs = read.needs};
}
inline Row row_of(const Order& order) {
    return {.method = order.method,
            .path = order.path,
            .make = order.make,
            .permission = order.permission,
            .body = order.body,
            .wrong_body = order.wrong_body};
}

// A row with all that its answer depends on.
struct Situation {
    Row row;
    Capability capability = Capability::kCapable;
    Permission permission = Permission::kGranted;
    Token token = Token::kValid;
    Id id = Id::kOwn;
    Connection connection = Connection::kOpen;
    std::string_view units = {};
    Body body = Body::kRight;
};

// A status with the type, code and resolution.type of its body; empty texts stand for null.
struct Expected {
    int status = 200;
    std::string_view type = {};
    std::string_view code = {};
    std::string_view resolution = {};
};

// The order of section 4: token, id, permission, what was sent, what the vehicle can do.
inline Expected expected(const Situation& situation) {
    const Expected not_capable{501, "COMPATIBILITY", "VEHICLE_NOT_CAPABLE"};
    const bool opens_some_vehicle = situation.token == Token::kValid || situation.token == Token::kOfAnotherVehicle;
    if (!opens_some_vehicle) return {401, "AUTHENTICATION"};
    if (situation.id == Id::kNotUuid) return {400, "VALIDATION"};
    const bool opens_this = situation.token == Token::kValid && situation.id == Id::kOwn &&
                            situation.connection == Connection::kOpen &&
                            (situation.permission == Permission::kGranted || situation.row.permission.empty());
    if (!opens_this) return {403, "PERMISSION", "", "REAUTHENTICATE"};
    if (situation.units == "Metric") return {400, "VALIDATION", "PARAMETER"};
    if (situation.body == Body::kWrong) return {400, "VALIDATION"};
    switch (situation.capability) {
        case Capability::kCapable:
            break;
        case Capability::kLacksPermission:
            if (!situation.row.permission.empty()) return not_capable;
            break;
        case Capability::kLacksSignals:
            if (situation.row.needs == Needs::kSignals) return not_capable;
            break;
        case Capability::kUnsupported:
            if (!situation.row.permission.empty()) return {501, "COMPATIBILITY", "SMARTCAR_NOT_CAPABLE"};
            break;
        case Capability::kOfAnotherMake:
            if (!situation.row.make.empty()) return not_capable;
            break;
    }
    return {};
}

}  // namespace smartcar_sim::routes::table
