#include "vehicle/api_v2.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "vehicle/charging.h"
#include "vehicle/measure.h"
#include "vehicle/reads.h"

namespace smartcar_sim::vehicle {
namespace {

using document::Array;
using document::Object;
using document::Value;

constexpr std::string_view kCharge = "tractionbattery-stateofcharge";
constexpr std::string_view kCapacity = "tractionbattery-nominalcapacity";
constexpr std::string_view kCable = "charge-ischargingcableconnected";

// --- who it is, where it is, how far it went --------------------------------------------------------

Answer attributes(const Vehicle& vehicle, const Question& /*question*/) {
    return View{
        .body = Object{{"id", vehicle.id}, {"make", vehicle.make}, {"model", vehicle.model}, {"year", vehicle.year}}};
}

Answer vin(const Vehicle& vehicle, const Question& /*question*/) { return View{.body = Object{{"vin", vehicle.vin}}}; }

Answer odometer(const Vehicle& vehicle, const Question& question) {
    constexpr std::string_view kDistance = "odometer-traveleddistance";
    const auto metres = vehicle.state.steps(kDistance);
    if (!metres) return not_capable();
    return View{.body = Object{{"distance", distance(*metres, question.units)}},
                .recorded_at = recorded_at(vehicle.state, kDistance),
                .has_units = true};
}

Answer location(const Vehicle& vehicle, const Question& /*question*/) {
    constexpr std::string_view kLocation = "location-preciselocation";
    const Value* const body = vehicle.state.structure(kLocation);
    if (body == nullptr) return not_capable();
    return View{.body = Object{{"latitude", member_or_null(*body, "latitude")},
                               {"longitude", member_or_null(*body, "longitude")}},
                .recorded_at = recorded_at(vehicle.state, kLocation)};
}

// --- energy -----------------------------------------------------------------------------------------

Answer fuel(const Vehicle& vehicle, const Question& question) {
    constexpr std::string_view kAmount = "internalcombustionengine-amountremaining";
    constexpr std::string_view kLevel = "internalcombustionengine-fuellevel";
    constexpr std::string_view kRange = "internalcombustionengine-range";
    const State& state = vehicle.state;
    const std::array<std::string_view, 3> codes{kAmount, kLevel, kRange};
    const auto* const first = std::ranges::find_if(codes, [&](std::string_view code) { return state.has(code); });
    if (first == codes.end()) return not_capable();
    return View{.body = Object{{"amountRemaining", shown_or_null(state, kAmount, question.units, volume)},
                               {"percentRemaining", fraction_or_null(state, kLevel)},
                               {"range", shown_or_null(state, kRange, question.units, distance)}},
                .recorded_at = recorded_at(state, *first),
                .has_units = true};
}

Answer battery(const Vehicle& vehicle, const Question& question) {
    const auto charge = vehicle.state.steps(kCharge);
    if (!charge) return not_capable();
    return View{
        .body = Object{{"percentRemaining", fraction(*charge)},
                       {"range", shown_or_null(vehicle.state, "tractionbattery-range", question.units, distance)}},
        .recorded_at = recorded_at(vehicle.state, kCharge),
        .has_units = true};
}

Answer battery_capacity(const Vehicle& vehicle, const Question& /*question*/) {
    if (!vehicle.state.steps(kCapacity)) return not_capable();
    return View{.body = Object{{"capacity", value_or_null(vehicle.state, kCapacity)}},
                .recorded_at = recorded_at(vehicle.state, kCapacity)};
}

// The url is null here: whoever knows where Connect is puts it in when there is a choice.
Answer nominal_capacity(const Vehicle& vehicle, const Question& /*question*/) {
    const Value* const body = vehicle.state.structure(kCapacity);
    if (!vehicle.state.has(kCapacity)) return not_capable();
    Array choices;
    for (const Value& choice : list_of(vehicle.state, kCapacity, "availableCapacities")) {
        choices.emplace_back(Object{{"capacity", member_or_null(choice, "capacity")},
                                    {"description", member_or_null(choice, "description")}});
    }
    Value chosen = nullptr;
    if (vehicle.state.steps(kCapacity)) {
        const Value source = body == nullptr ? Value(nullptr) : member_or_null(*body, "source");
        chosen = Object{{"nominal", value_or_null(vehicle.state, kCapacity)},
                        {"source", source.is_null() ? Value("SMARTCAR") : source}};
    }
    return View{
        .body = Object{{"availableCapacities", std::move(choices)}, {"capacity", std::move(chosen)}, {"url", nullptr}},
        .recorded_at = recorded_at(vehicle.state, kCapacity)};
}

Answer charge(const Vehicle& vehicle, const Question& /*question*/) {
    const auto plugged_in = vehicle.state.flag(kCable);
    if (!plugged_in) return not_capable();
    return View{.body = Object{{"isPluggedIn", *plugged_in}, {"state", std::string(charging_status(vehicle.state))}},
                .recorded_at = recorded_at(vehicle.state, kCable)};
}

Answer charge_limit_view(const Vehicle& vehicle, const Question& /*question*/) {
    constexpr std::string_view kLimits = "charge-chargelimits";
    const auto limit = vehicle.state.steps(kLimits);
    if (!limit) return not_capable();
    return View{.body = Object{{"limit", fraction(*limit)}}, .recorded_at = recorded_at(vehicle.state, kLimits)};
}

Answer engine_oil(const Vehicle& vehicle, const Question& /*question*/) {
    constexpr std::string_view kOil = "internalcombustionengine-oillife";
    const auto life = vehicle.state.steps(kOil);
    if (!life) return not_capable();
    return View{.body = Object{{"lifeRemaining", fraction(*life)}}, .recorded_at = recorded_at(vehicle.state, kOil)};
}

// --- what stands in rows and columns ------------------------------------------------------------------

std::int64_t index_of(const Value& entry, std::string_view name) {
    const Value* const index = entry.find(name);
    return index == nullptr || index->integer() == nullptr ? -1 : *index->integer();
}

// "frontLeft": row 0 is the front, column 0 the left; nothing for the rows between that v2.0 does not know.
std::optional<std::string> corner_of(const Value& entry) {
    const std::int64_t row = index_of(entry, "row");
    const std::int64_t column = index_of(entry, "column");
    if (row < 0 || row > 1 || column < 0 || column > 1) return std::nullopt;
    return std::string(row == 0 ? "front" : "back") + (column == 0 ? "Left" : "Right");
}

Answer tire_pressure(const Vehicle& vehicle, const Question& question) {
    constexpr std::string_view kTires = "wheel-tires";
    if (!vehicle.state.has(kTires)) return not_capable();
    Object body{{"backLeft", nullptr}, {"backRight", nullptr}, {"frontLeft", nullptr}, {"frontRight", nullptr}};
    for (const Value& tire : list_of(vehicle.state, kTires, "values")) {
        const auto corner = corner_of(tire);
        const Value number = member_or_null(tire, "tirePressure");
        if (!corner || !number.is_number()) continue;
        const std::int64_t pascals = steps_of(number.number(), measure_of("kPa")).value_or(0);
        std::ranges::find(body, *corner, &document::Member::first)->second = pressure(pascals, question.units);
    }
    return View{.body = std::move(body), .recorded_at = recorded_at(vehicle.state, kTires), .has_units = true};
}

std::string status_of(const Value* openable) {
    const Value* const is_open = openable == nullptr ? nullptr : openable->find("isOpen");
    if (is_open == nullptr || is_open->boolean() == nullptr) return "UNKNOWN";
    return *is_open->boolean() ? "OPEN" : "CLOSED";
}

Array openings(const State& state, std::string_view code) {
    Array list;
    for (const Value& entry : list_of(state, code, "values")) {
        if (auto corner = corner_of(entry)) {
            list.emplace_back(Object{{"type", *std::move(corner)}, {"status", status_of(&entry)}});
        }
    }
    return list;
}

void add_lid(Array& list, const State& state, std::string_view code, std::string_view type) {
    if (!state.has(code)) return;
    list.emplace_back(Object{{"type", std::string(type)}, {"status", status_of(state.structure(code))}});
}

Array charging_port(const State& state) {
    const auto is_open = state.flag("charge-ischargingportflapopen");
    if (!is_open) return {};
    return {Object{{"type", "chargingPort"}, {"status", *is_open ? "OPEN" : "CLOSED"}}};
}

Answer security(const Vehicle& vehicle, const Question& /*question*/) {
    constexpr std::string_view kLocked = "closure-islocked";
    const State& state = vehicle.state;
    const auto is_locked = state.flag(kLocked);
    if (!is_locked) return not_capable();
    Array sunroof;
    Array storage;
    add_lid(sunroof, state, "closure-sunroof", "sunroof");
    add_lid(storage, state, "closure-reartrunk", "rear");
    add_lid(storage, state, "closure-fronttrunk", "front");
    return View{.body = Object{{"isLocked", *is_locked},
                               {"doors", openings(state, "closure-doors")},
                               {"windows", openings(state, "closure-windows")},
                               {"sunroof", std::move(sunroof)},
                               {"storage", std::move(storage)},
                               {"chargingPort", charging_port(state)}},
                .recorded_at = recorded_at(state, kLocked)};
}

// --- diagnostics and service ----------------------------------------------------------------------------

// "SYSTEM_ACTIVE_SAFETY" of "ActiveSafety"; capitals in a row are one word ("EVBatteryConditioning").
std::string system_id(std::string_view name) {
    if (name == "TirePressureMonitoring") return "SYSTEM_TPMS";
    const auto is_capital = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
    std::string id = "SYSTEM_";
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool before_small = i + 1 < name.size() && !is_capital(name[i + 1]);
        const bool word = i > 0 && is_capital(name[i]) && (before_small || !is_capital(name[i - 1]));
        if (word) id += '_';
        id += base::to_upper(name[i]);
    }
    return id;
}

Answer system_status(const Vehicle& vehicle, const Question& /*question*/) {
    Array systems;
    std::optional<base::Instant> recorded;
    for (const auto& [signal, reading] : vehicle.state) {
        const Value* const body = reading.datum.structure.get();
        if (signal->group != "Diagnostics" || body == nullptr || body->find("status") == nullptr) continue;
        systems.emplace_back(Object{{"systemId", system_id(signal->name)},
                                    {"status", member_or_null(*body, "status")},
                                    {"description", member_or_null(*body, "description")}});
        if (!recorded) recorded = reading.oem_updated_at;
    }
    if (!recorded) return not_capable();
    return View{.body = Object{{"systems", std::move(systems)}}, .recorded_at = recorded};
}

Answer trouble_codes(const Vehicle& vehicle, const Question& /*question*/) {
    constexpr std::string_view kCodes = "diagnostics-dtclist";
    if (!vehicle.state.has(kCodes)) return not_capable();
    Array codes;
    for (const Value& entry : list_of(vehicle.state, kCodes, "values")) {
        codes.emplace_back(Object{{"code", member_or_null(entry, "code")},
                                  {"timestamp", instant_or_same(member_or_null(entry, "timestamp"))}});
    }
    return View{.body = Object{{"activeCodes", std::move(codes)}}, .recorded_at = recorded_at(vehicle.state, kCodes)};
}

Array renamed(const Value& record, std::string_view list, std::string_view first, std::string_view second) {
    Array items;
    const Value* const given = record.find(list);
    if (given == nullptr || given->array() == nullptr) return items;
    for (const Value& item : *given->array()) {
        items.emplace_back(Object{{std::string(first), member_or_null(item, "id")},
                                  {std::string(second), member_or_null(item, "description")}});
    }
    return items;
}

Value service_record(const Value& record, UnitSystem units) {
    const Value cost = member_or_null(record, "cost");
    const Value driven = member_or_null(record, "odometer");
    const auto metres = driven.is_number() ? steps_of(driven.number(), measure_of("km")) : std::nullopt;
    return Object{
        {"serviceId", member_or_null(record, "id")},
        {"serviceDate", instant_or_same(member_or_null(record, "time"))},
        {"odometerDistance", metres ? distance(*metres, units) : driven},
        {"serviceTasks", renamed(record, "tasks", "taskId", "taskDescription")},
        {"serviceDetails", renamed(record, "details", "type", "value")},
        {"serviceCost",
         Object{{"totalCost", member_or_null(cost, "amount")}, {"currency", member_or_null(cost, "currency")}}},
    };
}

Answer service_history(const Vehicle& vehicle, const Question& question) {
    constexpr std::string_view kRecords = "service-records";
    if (!vehicle.state.has(kRecords)) return not_capable();
    const auto period = period_of(question);
    if (const auto* const error = std::get_if<contract::ApiError>(&period)) return *error;
    Array history;
    for (const Value& record : list_of(vehicle.state, kRecords, "values")) {
        if (std::get<Period>(period).holds(member_or_null(record, "time"))) {
            history.push_back(service_record(record, question.units));
        }
    }
    return View{.body = std::move(history), .recorded_at = recorded_at(vehicle.state, kRecords), .has_units = true};
}

constexpr std::array<Endpoint, 16> kEndpoints{{
    {"/", "", "read_vehicle_info", attributes},
    {"/vin", "", "read_vin", vin},
    {"/odometer", "", "read_odometer", odometer},
    {"/location", "", "read_location", location},
    {"/fuel", "", "read_fuel", fuel},
    {"/battery", "", "read_battery", battery},
    {"/battery/capacity", "", "read_battery", battery_capacity},
    {"/battery/nominal_capacity", "", "read_battery", nominal_capacity},
    {"/charge", "", "read_charge", charge},
    {"/charge/limit", "", "read_charge", charge_limit_view},
    {"/engine/oil", "", "read_engine_oil", engine_oil},
    {"/tires/pressure", "", "read_tires", tire_pressure},
    {"/security", "", "read_security", security},
    {"/diagnostics/system_status", "", "read_diagnostics", system_status},
    {"/diagnostics/dtcs", "", "read_diagnostics", trouble_codes},
    {"/service/history", "", "read_service_history", service_history},
}};

}  // namespace

std::span<const Endpoint> endpoints() { return kEndpoints; }

const Endpoint* endpoint_at(std::size_t row) {
    if (row < kEndpoints.size()) return &kEndpoints.at(row);
    row -= kEndpoints.size();
    return row < make_endpoints().size() ? &make_endpoints()[row] : nullptr;
}

const Endpoint* find_endpoint(std::string_view path) {
    for (const auto table : {endpoints(), make_endpoints()}) {
        const auto found = std::ranges::find(table, path, &Endpoint::path);
        if (found != table.end()) return &*found;
    }
    return nullptr;
}

Answer read(const Endpoint& endpoint, const Vehicle& vehicle, const Question& question) {
    if (!endpoint.make.empty() && endpoint.make != vehicle.make) return not_capable();
    if (vehicle.unsupported.contains(endpoint.permission)) return refused("COMPATIBILITY", "SMARTCAR_NOT_CAPABLE");
    if (!endpoint.permission.empty() && !vehicle.can(endpoint.permission)) return not_capable();
    return endpoint.read(vehicle, question);
}

}  // namespace smartcar_sim::vehicle
