#include "vehicle/obey.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "vehicle/charging.h"
#include "vehicle/measure.h"
#include "vehicle/reads.h"

namespace smartcar_sim::vehicle {
namespace {

using contract::ApiError;
using document::Value;
using Refusal = std::optional<ApiError>;

constexpr std::string_view kCharging = "charge-ischarging";
constexpr std::string_view kCable = "charge-ischargingcableconnected";
constexpr std::string_view kLimits = "charge-chargelimits";
constexpr std::string_view kPortFlap = "charge-ischargingportflapopen";

ApiError state_error(std::string_view code) { return {.type = "VEHICLE_STATE", .code = std::string(code)}; }

bool is_one_of(std::string_view make, std::span<const std::string_view> makes) {
    return std::ranges::find(makes, make) != makes.end();
}

// --- what keeps it from anything ----------------------------------------------------------------------

Refusal incapable(const Vehicle& vehicle, CommandKind kind) {
    const CommandName& command = name_of(kind);
    if (vehicle.unsupported.contains(command.permission)) {
        return ApiError{.type = "COMPATIBILITY", .code = "SMARTCAR_NOT_CAPABLE"};
    }
    if (vehicle.commands.contains(kind) && vehicle.can(command.permission)) return std::nullopt;
    return ApiError{.type = "COMPATIBILITY", .code = "VEHICLE_NOT_CAPABLE"};
}

Refusal out_of_reach(const State& state) {
    if (state.flag("connectivitystatus-isdigitalkeypaired") == false) {
        return ApiError{.type = "CONNECTED_SERVICES_ACCOUNT", .code = "VIRTUAL_KEY_REQUIRED"};
    }
    if (state.flag("service-isinservice") == true) return state_error("VEHICLE_OFFLINE_FOR_SERVICE");
    if (state.flag("connectivitystatus-isonline") == false) return state_error("UNREACHABLE");
    if (state.flag("connectivitystatus-isasleep") == true) return state_error("ASLEEP");
    return std::nullopt;
}

// --- what is open and what moves -----------------------------------------------------------------------

bool is_open(const Value* openable) {
    const Value* const open = openable == nullptr ? nullptr : openable->find("isOpen");
    return open != nullptr && *open == Value(true);
}

bool is_any_door_open(const State& state) {
    return std::ranges::any_of(list_of(state, "closure-doors", "values"),
                               [](const Value& door) { return is_open(&door); });
}

bool is_moving(const State& state) {
    const std::string* const gear = state.text("transmission-gearstate");
    return state.steps("motion-currentspeed").value_or(0) > 0 || (gear != nullptr && *gear != "PARK");
}

Refusal keeps_from_locking(const Vehicle& vehicle, CommandKind kind) {
    const State& state = vehicle.state;
    if (is_moving(state)) return state_error("IN_MOTION");
    if (kind == CommandKind::kUnlock) return std::nullopt;
    if (is_any_door_open(state)) return state_error("DOOR_OPEN");
    const bool trunk = is_open(state.structure("closure-reartrunk")) || is_open(state.structure("closure-tailgate"));
    if (trunk || is_open(state.structure("closure-fronttrunk"))) return state_error("TRUNK_OPEN");
    if (is_open(state.structure("closure-enginecover"))) return state_error("HOOD_OPEN");
    return std::nullopt;
}

// What does not know whether it is locked, or does not say it, goes on so.
void lock_one(Value& lid, bool locked) {
    Value* const is_locked = lid.find("isLocked");
    if (is_locked != nullptr && is_locked->boolean() != nullptr) *is_locked = locked;
}

// The lock itself, and every door and trunk that says whether it is locked.
Changes lock(const State& state, CommandKind kind) {
    const bool locked = kind == CommandKind::kLock;
    Changes changes{change_to("closure-islocked", locked)};
    for (const std::string_view code : {"closure-doors", "closure-fronttrunk", "closure-reartrunk"}) {
        const Value* const before = state.structure(code);
        if (before == nullptr) continue;
        Value body = *before;
        lock_one(body, locked);
        if (Value* const list = body.find("values"); list != nullptr && list->array() != nullptr) {
            for (Value& door : *list->array()) lock_one(door, locked);
        }
        changes.push_back({.signal = contract::find_signal(code),
                           .datum = {.structure = std::make_shared<const Value>(std::move(body))}});
    }
    return changes;
}

// --- charging -------------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 4> kGeneralMotors{"BUICK", "CADILLAC", "CHEVROLET", "GMC"};
constexpr std::array<std::string_view, 2> kFordMakes{"FORD", "LINCOLN"};
constexpr std::int64_t kLeastOfGeneralMotors = 5'000;  // basis points

Refusal keeps_from_charging(const Vehicle& vehicle) {
    const State& state = vehicle.state;
    if (state.flag(kCable) == false) return state_error("CHARGING_PLUG_NOT_CONNECTED");
    if (state.flag(kCharging) == true) return state_error("CHARGING_IN_PROGRESS");
    const std::int64_t charge = state.steps("tractionbattery-stateofcharge").value_or(0);
    const std::int64_t limit = is_one_of(vehicle.make, kFordMakes) ? kWhole : charge_limit(state);
    if (charge >= limit) return state_error("FULLY_CHARGED");
    // General Motors' service starts to charge from half on only (api.md section 4.13); the code is our choice.
    if (is_one_of(vehicle.make, kGeneralMotors) && charge < kLeastOfGeneralMotors) return state_error("LOW_BATTERY");
    return std::nullopt;
}

Refusal keeps_from_stopping(const State& state) {
    if (state.flag(kCable) == false) return state_error("CHARGING_PLUG_NOT_CONNECTED");
    if (state.flag(kCharging) != true) return state_error("NOT_CHARGING");
    return std::nullopt;
}

Changes start_charging(const Vehicle& vehicle) {
    Changes changes{change_to(kCharging, true)};
    // Ford's service overrides a schedule and charges to the full (api.md section 4.13).
    if (is_one_of(vehicle.make, kFordMakes) && vehicle.state.has(kLimits)) {
        changes.push_back(charge_limit_change(vehicle.state, kWhole));
    }
    return changes;
}

Changes set_amperage(const State& state, std::int64_t milliamperes) {
    Changes changes{change_to("charge-amperagerequested", milliamperes)};
    if (state.flag(kCharging) != true) return changes;
    const std::int64_t voltage = state.steps("charge-voltage").value_or(kUsualVoltage);
    constexpr double kPerWatt = 1e6;  // milliamperes times millivolts
    const double watts = static_cast<double>(milliamperes) * static_cast<double>(voltage) / kPerWatt;
    changes.push_back(change_to("charge-amperage", milliamperes));
    // No power that a vehicle could state: the product of two such numbers may be beyond every measure.
    const auto power = steps_of(std::round(watts), measure_of("watts"));
    if (power) changes.push_back(change_to("charge-wattage", *power));
    return changes;
}

// --- all together ---------------------------------------------------------------------------------------

Refusal obstacle(const Vehicle& vehicle, CommandKind kind) {
    switch (kind) {
        case CommandKind::kLock:
        case CommandKind::kUnlock:
            return keeps_from_locking(vehicle, kind);
        case CommandKind::kStartCharge:
            return keeps_from_charging(vehicle);
        case CommandKind::kStopCharge:
            return keeps_from_stopping(vehicle.state);
        case CommandKind::kCloseChargePort:
            if (vehicle.state.flag(kCable) == true) return state_error("CHARGING_PLUG_CONNECTED");
            return std::nullopt;
        case CommandKind::kTrunk:
            if (is_moving(vehicle.state)) return state_error("IN_MOTION");
            return std::nullopt;
        case CommandKind::kSetChargeLimit:
        case CommandKind::kSendDestination:
        case CommandKind::kOpenChargePort:
        case CommandKind::kSetAmperage:
        case CommandKind::kSetChargeSchedule:
        case CommandKind::kClimate:
        case CommandKind::kPin:
            break;
    }
    return std::nullopt;
}

Changes changes_of(const Vehicle& vehicle, const Command& command) {
    switch (command.kind) {
        case CommandKind::kLock:
        case CommandKind::kUnlock:
            return lock(vehicle.state, command.kind);
        case CommandKind::kStartCharge:
            return start_charging(vehicle);
        case CommandKind::kStopCharge:
            return {change_to(kCharging, false)};
        case CommandKind::kSetChargeLimit:
            return {charge_limit_change(vehicle.state, command.amount)};
        case CommandKind::kOpenChargePort:
            return {change_to(kPortFlap, true)};
        case CommandKind::kCloseChargePort:
            return {change_to(kPortFlap, false)};
        case CommandKind::kSetAmperage:
            return set_amperage(vehicle.state, command.amount);
        case CommandKind::kSendDestination:
            return {};
        case CommandKind::kSetChargeSchedule:
        case CommandKind::kClimate:
        case CommandKind::kTrunk:
        case CommandKind::kPin:
            break;
    }
    return command.changes;
}

}  // namespace

std::variant<Obeyed, ApiError> obey(const Vehicle& vehicle, const Command& command) {
    if (auto refusal = incapable(vehicle, command.kind)) return *std::move(refusal);
    if (auto refusal = out_of_reach(vehicle.state)) return *std::move(refusal);
    if (auto refusal = obstacle(vehicle, command.kind)) return *std::move(refusal);
    Obeyed obeyed{.changes = changes_of(vehicle, command)};
    std::erase_if(obeyed.changes, [&](const Change& change) { return vehicle.state.find(*change.signal) == nullptr; });
    if (command.kind == CommandKind::kSendDestination) obeyed.destination = command.destination;
    return obeyed;
}

}  // namespace smartcar_sim::vehicle
