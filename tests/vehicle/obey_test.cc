#include "vehicle/obey.h"

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "document/json.h"
#include "vehicle/told.h"

namespace smartcar_sim::vehicle {
namespace {

// A car that nothing keeps from anything: parked, closed, plugged in at 60 percent.
Vehicle a_willing_car(std::string make = "TESLA") {
    const auto body = [](std::string_view json) { return document::parse(json, "body").value(); };
    Vehicle car = a_vehicle({
        {"charge-amperage", 0},
        {"charge-amperagerequested", 32},
        {"charge-chargelimits", body(R"({"values":[{"type":"GLOBAL","limit":80,"condition":null},
            {"type":"LOCATION","limit":70,"condition":{"name":"Home"}}],"activeLimit":80,"unit":"percent"})")},
        {"charge-ischarging", false},
        {"charge-ischargingcableconnected", true},
        {"charge-ischargingportflapopen", true},
        {"charge-voltage", 240},
        {"charge-wattage", 0},
        {"closure-doors", body(R"({"values":[{"row":0,"column":0,"isOpen":false,"isLocked":false},
            {"row":0,"column":1,"isOpen":false,"isLocked":null},{"row":1,"column":0,"isOpen":false}],
            "rowCount":2,"columnCount":2})")},
        {"closure-enginecover", body(R"({"isOpen":false})")},
        {"closure-fronttrunk", body(R"({"isOpen":false,"isLocked":false})")},
        {"closure-islocked", false},
        {"closure-reartrunk", body(R"({"isOpen":null,"isLocked":null})")},
        {"closure-tailgate", body(R"({"isOpen":false})")},
        {"connectivitystatus-isasleep", false},
        {"connectivitystatus-isdigitalkeypaired", true},
        {"connectivitystatus-isonline", true},
        {"hvac-iscabinhvacactive", false},
        {"motion-currentspeed", 0},
        {"service-isinservice", false},
        {"tractionbattery-stateofcharge", 60},
        {"transmission-gearstate", "PARK"},
    });
    car.make = std::move(make);
    return car;
}

Vehicle but(Vehicle car, std::string_view code, std::string_view json) {
    const auto value = document::parse(json, "value");
    REQUIRE(value.ok());
    car.state.apply(changes_of({{code, value.value()}}), kRecordedAt);
    return car;
}

// "VEHICLE_STATE:ASLEEP", or nothing when it obeys.
std::string refusal_of(const Vehicle& vehicle, const Command& command) {
    const auto obeyed = obey(vehicle, command);
    const auto* const error = std::get_if<contract::ApiError>(&obeyed);
    return error == nullptr ? "" : name_of(*error);
}

Told changes_of_obeying(const Vehicle& vehicle, const Command& command) {
    const auto obeyed = obey(vehicle, command);
    if (const auto* const error = std::get_if<contract::ApiError>(&obeyed)) FAIL(name_of(*error));
    return told(std::get<Obeyed>(obeyed).changes);
}

std::vector<Command> every_command() {
    std::vector<Command> commands;
    for (const CommandName& each : command_names()) commands.push_back({.kind = each.kind});
    return commands;
}

TEST_CASE("what obeying changes") {
    const std::string doors_locked =
        R"({"values":[{"row":0,"column":0,"isOpen":false,"isLocked":true},)"
        R"({"row":0,"column":1,"isOpen":false,"isLocked":null},{"row":1,"column":0,"isOpen":false}],)"
        R"("rowCount":2,"columnCount":2})";
    const std::string doors_open =
        R"({"values":[{"row":0,"column":0,"isOpen":false,"isLocked":false},)"
        R"({"row":0,"column":1,"isOpen":false,"isLocked":null},{"row":1,"column":0,"isOpen":false}],)"
        R"("rowCount":2,"columnCount":2})";
    const auto limits = [](std::string_view number) {
        return R"({"values":[{"type":"GLOBAL","limit":)" + std::string(number) +
               R"(,"condition":null},{"type":"LOCATION","limit":70,"condition":{"name":"Home"}}],"activeLimit":)" +
               std::string(number) + R"(,"unit":"percent"})";
    };
    struct Row {
        std::string name;
        Vehicle car;
        Command command;
        Told changes;
    };
    const Vehicle car = a_willing_car();
    const Vehicle charging = but(car, "charge-ischarging", "true");
    const std::vector<Row> rows = {
        // The trunks stayed unlocked, and what did not know whether it was locked was said to be.
        {"lock",
         car,
         {.kind = CommandKind::kLock},
         {{"closure-islocked", "true"},
          {"closure-doors", doors_locked},
          {"closure-fronttrunk", R"({"isOpen":false,"isLocked":true})"},
          {"closure-reartrunk", R"({"isOpen":null,"isLocked":null})"}}},
        {"unlock",
         car,
         {.kind = CommandKind::kUnlock},
         {{"closure-islocked", "false"},
          {"closure-doors", doors_open},
          {"closure-fronttrunk", R"({"isOpen":false,"isLocked":false})"},
          {"closure-reartrunk", R"({"isOpen":null,"isLocked":null})"}}},
        {"start", car, {.kind = CommandKind::kStartCharge}, {{"charge-ischarging", "true"}}},
        {"stop", charging, {.kind = CommandKind::kStopCharge}, {{"charge-ischarging", "false"}}},
        {"limit",
         car,
         {.kind = CommandKind::kSetChargeLimit, .amount = 7250},
         {{"charge-chargelimits", limits("72.5")}}},
        {"limit of a vehicle that lists none",
         but(car, "charge-chargelimits", "80"),
         {.kind = CommandKind::kSetChargeLimit, .amount = 10'000},
         {{"charge-chargelimits", R"({"values":[],"activeLimit":100,"unit":"percent"})"}}},
        {"limit of a vehicle that has none",
         but(car, "charge-chargelimits", R"({"values":[{"type":"global","limit":9}]})"),
         {.kind = CommandKind::kSetChargeLimit, .amount = 5000},
         {{"charge-chargelimits", R"({"values":[{"type":"global","limit":50}],"activeLimit":50})"}}},
        {"open the port", car, {.kind = CommandKind::kOpenChargePort}, {{"charge-ischargingportflapopen", "true"}}},
        {"close the port",
         but(car, "charge-ischargingcableconnected", "false"),
         {.kind = CommandKind::kCloseChargePort},
         {{"charge-ischargingportflapopen", "false"}}},
        {"amperes for later",
         car,
         {.kind = CommandKind::kSetAmperage, .amount = 16'000},
         {{"charge-amperagerequested", "16"}}},
        {"amperes now",
         charging,
         {.kind = CommandKind::kSetAmperage, .amount = 16'500},
         {{"charge-amperagerequested", "16.5"}, {"charge-amperage", "16.5"}, {"charge-wattage", "3960"}}},
        {"destination", car, {.kind = CommandKind::kSendDestination, .destination = {1, 2}}, {}},
        {"climate",
         car,
         {.kind = CommandKind::kClimate, .changes = {change_to("hvac-iscabinhvacactive", true)}},
         {{"hvac-iscabinhvacactive", "true"}}},
        {"pin", car, {.kind = CommandKind::kPin}, {}},
        // Ford's service overrides a limit as well as a schedule.
        {"start a Ford",
         a_willing_car("FORD"),
         {.kind = CommandKind::kStartCharge},
         {{"charge-ischarging", "true"}, {"charge-chargelimits", limits("100")}}},
        {"start a Lincoln at its limit",
         but(a_willing_car("LINCOLN"), "tractionbattery-stateofcharge", "80"),
         {.kind = CommandKind::kStartCharge},
         {{"charge-ischarging", "true"}, {"charge-chargelimits", limits("100")}}},
        {"start a Chevrolet that is half full",
         but(a_willing_car("CHEVROLET"), "tractionbattery-stateofcharge", "50"),
         {.kind = CommandKind::kStartCharge},
         {{"charge-ischarging", "true"}}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.name);
        CHECK(changes_of_obeying(row.car, row.command) == row.changes);
    }
}

TEST_CASE("a destination is kept, and only when one was sent") {
    const Destination where{47'620'506, -122'351'852};
    const auto sent = obey(a_willing_car(), {.kind = CommandKind::kSendDestination, .destination = where});
    CHECK(std::get<Obeyed>(sent).destination == where);
    const auto locked = obey(a_willing_car(), {.kind = CommandKind::kLock, .destination = where});
    CHECK(std::get<Obeyed>(locked).destination == std::nullopt);
}

// A car that keeps its lock to itself began to report it when it was locked.
TEST_CASE("obeying makes no signal that the vehicle does not report") {
    Vehicle mute = a_vehicle({{"odometer-traveleddistance", 5}});
    for (Command command : every_command()) {
        CAPTURE(name_of(command.kind).name);
        command.changes = {change_to("hvac-iscabinhvacactive", true)};
        if (command.kind == CommandKind::kStopCharge) continue;  // it does not charge
        CHECK(changes_of_obeying(mute, command).empty());
    }
}

// The product of the two was beyond 64 bits.
TEST_CASE("amperes times volts beyond all measure are no power") {
    const Vehicle car = but(but(a_willing_car(), "charge-ischarging", "true"), "charge-voltage", "10000000");
    CHECK(changes_of_obeying(car, {.kind = CommandKind::kSetAmperage, .amount = 10'000'000'000}) ==
          Told{{"charge-amperagerequested", "10000000"}, {"charge-amperage", "10000000"}});
}

TEST_CASE("what keeps a vehicle from obeying") {
    struct Row {
        CommandKind kind;
        std::string_view code, json, refusal;  // the state that is in the way
    };
    const std::vector<Row> rows = {
        {CommandKind::kLock, "closure-doors", R"({"values":[{"row":0,"column":0,"isOpen":true}]})", "DOOR_OPEN"},
        {CommandKind::kLock, "closure-doors", R"({"values":[{"row":0,"column":0,"isOpen":null}]})", ""},
        {CommandKind::kLock, "closure-reartrunk", R"({"isOpen":true,"isLocked":false})", "TRUNK_OPEN"},
        {CommandKind::kLock, "closure-fronttrunk", R"({"isOpen":true,"isLocked":false})", "TRUNK_OPEN"},
        {CommandKind::kLock, "closure-tailgate", R"({"isOpen":true})", "TRUNK_OPEN"},
        {CommandKind::kLock, "closure-enginecover", R"({"isOpen":true})", "HOOD_OPEN"},
        {CommandKind::kLock, "closure-windows", R"({"values":[{"row":0,"column":0,"isOpen":true}]})", ""},
        {CommandKind::kLock, "motion-currentspeed", "0.5", "IN_MOTION"},
        {CommandKind::kLock, "transmission-gearstate", R"("DRIVE")", "IN_MOTION"},
        {CommandKind::kUnlock, "closure-doors", R"({"values":[{"row":0,"column":0,"isOpen":true}]})", ""},
        {CommandKind::kUnlock, "closure-reartrunk", R"({"isOpen":true,"isLocked":false})", ""},
        {CommandKind::kUnlock, "motion-currentspeed", "50", "IN_MOTION"},
        {CommandKind::kUnlock, "transmission-gearstate", R"("REVERSE")", "IN_MOTION"},
        {CommandKind::kStartCharge, "charge-ischargingcableconnected", "false", "CHARGING_PLUG_NOT_CONNECTED"},
        {CommandKind::kStartCharge, "charge-ischarging", "true", "CHARGING_IN_PROGRESS"},
        {CommandKind::kStartCharge, "tractionbattery-stateofcharge", "80", "FULLY_CHARGED"},
        {CommandKind::kStartCharge, "tractionbattery-stateofcharge", "79.99", ""},
        {CommandKind::kStartCharge, "charge-chargelimits", "50", "FULLY_CHARGED"},
        {CommandKind::kStopCharge, "charge-ischargingcableconnected", "false", "CHARGING_PLUG_NOT_CONNECTED"},
        {CommandKind::kStopCharge, "charge-ischarging", "false", "NOT_CHARGING"},
        {CommandKind::kCloseChargePort, "charge-ischargingcableconnected", "true", "CHARGING_PLUG_CONNECTED"},
        {CommandKind::kOpenChargePort, "charge-ischargingcableconnected", "true", ""},
        {CommandKind::kSetChargeLimit, "charge-ischargingcableconnected", "false", ""},
        {CommandKind::kTrunk, "motion-currentspeed", "3", "IN_MOTION"},
        {CommandKind::kTrunk, "transmission-gearstate", R"("NEUTRAL")", "IN_MOTION"},
        {CommandKind::kClimate, "motion-currentspeed", "3", ""},
        {CommandKind::kSendDestination, "motion-currentspeed", "90", ""},
    };
    for (const Row& row : rows) {
        CAPTURE(name_of(row.kind).name, row.code, row.json);
        const std::string wanted = row.refusal.empty() ? "" : "VEHICLE_STATE:" + std::string(row.refusal);
        CHECK(refusal_of(but(a_willing_car(), row.code, row.json), {.kind = row.kind}) == wanted);
    }
}

TEST_CASE("some makes have rules of their own for when charging may begin") {
    struct Row {
        std::string make;
        std::string_view charge, refusal;
    };
    const std::vector<Row> rows = {
        {"BUICK", "49.99", "VEHICLE_STATE:LOW_BATTERY"},
        {"CADILLAC", "49.99", "VEHICLE_STATE:LOW_BATTERY"},
        {"CHEVROLET", "49.99", "VEHICLE_STATE:LOW_BATTERY"},
        {"GMC", "0", "VEHICLE_STATE:LOW_BATTERY"},
        {"GMC", "50", ""},
        {"TESLA", "1", ""},
        {"FORD", "99.99", ""},
        {"FORD", "100", "VEHICLE_STATE:FULLY_CHARGED"},
        {"LINCOLN", "90", ""},
        {"KIA", "90", "VEHICLE_STATE:FULLY_CHARGED"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.make, row.charge);
        const Vehicle car = but(a_willing_car(row.make), "tractionbattery-stateofcharge", row.charge);
        CHECK(refusal_of(car, {.kind = CommandKind::kStartCharge}) == row.refusal);
    }
}

TEST_CASE("a vehicle out of reach obeys nothing, and says the first reason") {
    const std::vector<std::pair<std::vector<std::pair<std::string_view, bool>>, std::string_view>> rows = {
        {{{"connectivitystatus-isasleep", true}}, "VEHICLE_STATE:ASLEEP"},
        {{{"connectivitystatus-isasleep", true}, {"connectivitystatus-isonline", false}}, "VEHICLE_STATE:UNREACHABLE"},
        {{{"connectivitystatus-isonline", false}, {"service-isinservice", true}},
         "VEHICLE_STATE:VEHICLE_OFFLINE_FOR_SERVICE"},
        {{{"service-isinservice", true}, {"connectivitystatus-isdigitalkeypaired", false}},
         "CONNECTED_SERVICES_ACCOUNT:VIRTUAL_KEY_REQUIRED"},
    };
    for (const auto& [flags, refusal] : rows) {
        Vehicle car = a_willing_car();
        for (const auto& [code, flag] : flags) car = but(std::move(car), code, flag ? "true" : "false");
        for (const Command& command : every_command()) {
            CAPTURE(name_of(command.kind).name);
            CHECK(refusal_of(car, command) == refusal);
        }
    }
}

TEST_CASE("what a vehicle cannot do at all is said before what keeps it from doing it now") {
    for (const Command& command : every_command()) {
        const CommandName& name = name_of(command.kind);
        CAPTURE(name.name);
        Vehicle car = but(a_willing_car(), "connectivitystatus-isasleep", "true");
        CHECK(refusal_of(car, command) == "VEHICLE_STATE:ASLEEP");
        car.commands = {};
        CHECK(refusal_of(car, command) == "COMPATIBILITY:VEHICLE_NOT_CAPABLE");
        car.commands = CommandSet::all();
        car.permissions.remove(name.permission);
        CHECK(refusal_of(car, command) == "COMPATIBILITY:VEHICLE_NOT_CAPABLE");
        car.unsupported = {name.permission};
        CHECK(refusal_of(car, command) == "COMPATIBILITY:SMARTCAR_NOT_CAPABLE");
    }
}

TEST_CASE("every refusal is an error that the contract has") {
    const std::vector<std::pair<std::string_view, std::string>> rows = {
        {"CONNECTED_SERVICES_ACCOUNT", "VIRTUAL_KEY_REQUIRED"},
        {"VEHICLE_STATE", "ASLEEP"},
        {"VEHICLE_STATE", "CHARGING_IN_PROGRESS"},
        {"VEHICLE_STATE", "CHARGING_PLUG_CONNECTED"},
        {"VEHICLE_STATE", "CHARGING_PLUG_NOT_CONNECTED"},
        {"VEHICLE_STATE", "DOOR_OPEN"},
        {"VEHICLE_STATE", "FULLY_CHARGED"},
        {"VEHICLE_STATE", "HOOD_OPEN"},
        {"VEHICLE_STATE", "IN_MOTION"},
        {"VEHICLE_STATE", "LOW_BATTERY"},
        {"VEHICLE_STATE", "NOT_CHARGING"},
        {"VEHICLE_STATE", "TRUNK_OPEN"},
        {"VEHICLE_STATE", "UNREACHABLE"},
        {"VEHICLE_STATE", "VEHICLE_OFFLINE_FOR_SERVICE"},
    };
    for (const auto& [type, code] : rows) {
        CAPTURE(type, code);
        CHECK(contract::find_error_kind(type, code) != nullptr);
    }
}

}  // namespace
}  // namespace smartcar_sim::vehicle
