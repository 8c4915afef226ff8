// What an application tells a vehicle to do in v3 (contract/api.md sections 6.1 and 6.2).
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "contract/signals.h"
#include "routes/api_answer.h"
#include "routes/v3_answer.h"
#include "routes/v3_api.h"
#include "routes/v3_command_table.h"
#include "routes/v3_schedules.h"
#include "routes/v3_shapes.h"
#include "vehicle/measure.h"

namespace smartcar_sim::routes {
namespace {

using contract::ApiError;
using contract::Request;
using contract::Response;
using contract::V3Error;
using document::Object;
using document::Value;
using platform::Execution;
using platform::Ordered;
using vehicle::CommandKind;

// --- what every command has in common -------------------------------------------------------------------

// The vehicle of the user that sc-user-id names, when it may be told what needs that permission.
std::variant<platform::Sight, V3Error> commandable(Context& context, const Request& request, const std::string& id,
                                                   std::string_view permission) {
    const std::string_view user = request.headers.get("sc-user-id").value_or("");
    if (user.empty()) return missing("userId");
    auto allowed = context.platform.show_vehicle(id, user);
    if (const auto* const denial = std::get_if<platform::Denial>(&allowed)) return v3_denied(*denial);
    auto& sight = std::get<platform::Sight>(allowed);
    if (!permission.empty() && !sight.granted.contains(permission)) return V3Error{.type = "PERMISSION"};
    return std::move(sight);
}

// Ids that no other request gets, in this process or in another that was given a snapshot of this one.
std::string next_id(Context& context, std::string_view prefix, std::string_view kind, std::string_view vehicle_id) {
    return std::string(prefix) + context.ids.uuid(kind, vehicle_id, context.platform.next_ordinal(kind, vehicle_id));
}

// Tells the vehicle, and keeps what came of it.
Response execute(Context& context, const platform::Order& order, Execution execution) {
    auto commanded = context.platform.command(execution.vehicle_id, order);
    if (const auto* const error = std::get_if<contract::ApiError>(&commanded)) {
        return refuse(context, Shape::k2026, contract::v3_error(*error));
    }
    context.submit(std::move(std::get<platform::Commanded>(commanded).fired));
    execution.id = next_id(context, "exec_", "execution", execution.vehicle_id);
    execution.at = context.clock.now();
    Value resource = execution_resource(execution);
    context.platform.keep_execution(std::move(execution));
    return answer(context, wrapped(std::move(resource)));
}

// --- commands -------------------------------------------------------------------------------------------

// A command with what its execution repeats of the request.
struct Told {
    vehicle::Command command;
    Value parameters = {};
};
using Read = std::variant<Told, V3Error>;

Read read_percent(const Request& request) {
    constexpr double kLeast = 50;
    constexpr double kMost = 100;
    const auto attributes = attributes_of(request);
    if (const auto* const error = std::get_if<V3Error>(&attributes)) return *error;
    const Value* const percent = std::get<Value>(attributes).find("percent");
    if (percent == nullptr) return missing("percent");
    if (!percent->is_number() || percent->number() < kLeast || percent->number() > kMost) {
        return malformed("percent must be a number from 50 to 100");
    }
    const auto per_unit = static_cast<double>(vehicle::measure_of("percent").per_unit);
    return Told{.command = {.kind = CommandKind::kSetChargeLimit, .amount = std::llround(percent->number() * per_unit)},
                .parameters = Object{{"percent", *percent}}};
}

Read read_destination(const Request& request) {
    const auto attributes = attributes_of(request);
    if (const auto* const error = std::get_if<V3Error>(&attributes)) return *error;
    std::array<Value, 2> degrees;
    constexpr std::array<std::pair<const char*, int>, 2> kAxes{{{"latitude", 90}, {"longitude", 180}}};
    for (std::size_t axis = 0; axis < kAxes.size(); ++axis) {
        const auto& [name, most] = kAxes.at(axis);
        const Value* const given = std::get<Value>(attributes).find(name);
        if (given == nullptr) return missing(name);
        if (!given->is_number() || std::abs(given->number()) > most) {
            const std::string text = std::to_string(most);
            return malformed(std::string(name).append(" must be a number from -").append(text) + " to " + text);
        }
        degrees.at(axis) = *given;
    }
    const auto steps = [](const Value& value) {
        return std::llround(value.number() * static_cast<double>(vehicle::kCoordinate.per_unit));
    };
    return Told{.command = {.kind = CommandKind::kSendDestination,
                            .destination = {.latitude = steps(degrees[0]), .longitude = steps(degrees[1])}},
                .parameters = Object{{"latitude", degrees[0]}, {"longitude", degrees[1]}}};
}

Read read(const Request& request, CommandKind kind) {
    if (kind == CommandKind::kSetChargeLimit) return read_percent(request);
    if (kind == CommandKind::kSendDestination) return read_destination(request);
    return Told{.command = {.kind = kind}};
}

Response command(Context& context, const Request& request, const Parameters& parameters) {
    const V3Command& row = v3_command_table()[parameters.row()];
    const auto seen = commandable(context, request, parameters["id"], vehicle::name_of(row.kind).permission);
    if (const auto* const error = std::get_if<V3Error>(&seen)) return refuse(context, Shape::k2026, *error);
    auto said = read(request, row.kind);
    if (const auto* const error = std::get_if<V3Error>(&said)) return refuse(context, Shape::k2026, *error);
    auto& told = std::get<Told>(said);
    return execute(context, [&](const vehicle::Vehicle&) { return told.command; },
                   {.id = {},
                    .vehicle_id = parameters["id"],
                    .command = std::string(row.code),
                    .parameters = std::move(told.parameters)});
}

// --- charge schedules -----------------------------------------------------------------------------------

constexpr std::array<ScheduleType, 3> kScheduleTypes{{
    {"daily", [](std::string_view make) { return make == "TESLA" || make == "VOLVO"; }},
    {"weekly", [](std::string_view make) { return make == "TESLA"; }},
    {"workweek", [](std::string_view make) { return make == "TESLA"; }},
}};

vehicle::Command timers_command(Value timers) {
    return {.kind = CommandKind::kSetChargeSchedule,
            .changes = {{.signal = contract::find_signal("charge-chargetimers"),
                         .datum = {.structure = std::make_shared<const Value>(std::move(timers))}}}};
}

Response create_schedule(Context& context, const Request& request, const Parameters& parameters) {
    const ScheduleType& type = kScheduleTypes.at(parameters.row());
    const auto seen = commandable(context, request, parameters["id"], "control_charge");
    if (const auto* const error = std::get_if<V3Error>(&seen)) return refuse(context, Shape::k2026, *error);
    const auto attributes = attributes_of(request);
    if (const auto* const error = std::get_if<V3Error>(&attributes)) return refuse(context, Shape::k2026, *error);
    const std::string id = next_id(context, "sched_", "charge schedule", parameters["id"]);
    auto asked = schedule_of(std::get<Value>(attributes), type.name, id);
    if (const auto* const error = std::get_if<V3Error>(&asked)) return refuse(context, Shape::k2026, *error);
    auto& schedule = std::get<Schedule>(asked);
    const auto order = [&](const vehicle::Vehicle& vehicle) -> Ordered {
        if (!type.is_offered(vehicle.make)) return ApiError{.type = "COMPATIBILITY", .code = "VEHICLE_NOT_CAPABLE"};
        return timers_command(timers_with(vehicle, std::move(schedule.timer)));
    };
    return execute(context, order,
                   {.id = {},
                    .vehicle_id = parameters["id"],
                    .command = std::string(type.name),
                    .parameters = std::move(schedule.parameters),
                    .action = "create",
                    .schedule_id = id});
}

Response delete_schedule(Context& context, const Request& request, const Parameters& parameters) {
    const auto seen = commandable(context, request, parameters["id"], "control_charge");
    if (const auto* const error = std::get_if<V3Error>(&seen)) return refuse(context, Shape::k2026, *error);
    const std::string& id = parameters["scheduleId"];
    const auto order = [&](const vehicle::Vehicle& vehicle) -> Ordered {
        if (has_schedule(vehicle, id)) return timers_command(timers_without(vehicle, id));
        return ApiError{
            .type = "RESOURCE_NOT_FOUND",
            .code = "PATH",
            .details = {{.field = {"scheduleId"}, .message = "the vehicle has no charge schedule of that id"}}};
    };
    return execute(context, order,
                   {.id = {}, .vehicle_id = parameters["id"], .command = {}, .action = "delete", .schedule_id = id});
}

// --- executions -----------------------------------------------------------------------------------------

Response show_execution(Context& context, const Request& request, const Parameters& parameters) {
    const auto seen = commandable(context, request, parameters["id"], "");
    if (const auto* const error = std::get_if<V3Error>(&seen)) return refuse(context, Shape::k2026, *error);
    const auto execution = context.platform.execution(parameters["id"], parameters["executionId"]);
    if (!execution) return refuse(context, Shape::k2026, nowhere("the vehicle has no execution of that id"));
    return answer(context, wrapped(execution_resource(*execution)));
}

constexpr std::array<Route, 6> kRoutes{{
    {"POST", "/v3/vehicles/{id}/charge-schedules/daily", by_application<create_schedule>, 0},
    {"POST", "/v3/vehicles/{id}/charge-schedules/weekly", by_application<create_schedule>, 1},
    {"POST", "/v3/vehicles/{id}/charge-schedules/workweek", by_application<create_schedule>, 2},
    {"DELETE", "/v3/vehicles/{id}/charge-schedules/{scheduleId}", by_application<delete_schedule>},
    // The paths of both were never seen (api.md section 12): these are our choice.
    {"GET", "/v3/vehicles/{id}/command-executions/{executionId}", by_application<show_execution>},
    {"GET", "/v3/vehicles/{id}/schedule-executions/{executionId}", by_application<show_execution>},
}};

class Table {
public:
    Table() : routes_(kRoutes.begin(), kRoutes.end()) {
        for (std::size_t row = 0; row < v3_command_table().size(); ++row) {
            routes_.push_back({"POST", v3_command_table()[row].pattern, by_application<command>, row});
        }
    }
    [[nodiscard]] std::span<const Route> routes() const { return routes_; }

private:
    std::vector<Route> routes_;
};

}  // namespace

std::span<const V3Command> v3_command_table() {
    static constexpr std::array<V3Command, 8> kCommands{{
        {"/v3/vehicles/{id}/commands/charge/start", "charge-start", "Start", "Charge", CommandKind::kStartCharge},
        {"/v3/vehicles/{id}/commands/charge/stop", "charge-stop", "Stop", "Charge", CommandKind::kStopCharge},
        {"/v3/vehicles/{id}/commands/charge/set-limit", "charge-set-limit", "SetLimit", "Charge",
         CommandKind::kSetChargeLimit},
        {"/v3/vehicles/{id}/commands/charge-port/open", "charge-port-open", "Open", "ChargePort",
         CommandKind::kOpenChargePort},
        {"/v3/vehicles/{id}/commands/charge-port/close", "charge-port-close", "Close", "ChargePort",
         CommandKind::kCloseChargePort},
        {"/v3/vehicles/{id}/commands/security/lock", "security-lock", "Lock", "Security", CommandKind::kLock},
        {"/v3/vehicles/{id}/commands/security/unlock", "security-unlock", "Unlock", "Security", CommandKind::kUnlock},
        {"/v3/vehicles/{id}/commands/navigation/set-destination", "navigation-set-destination", "SetDestination",
         "Navigation", CommandKind::kSendDestination},
    }};
    return kCommands;
}

std::span<const Route> v3_commands() {
    static const Table kTable;
    return kTable.routes();
}

}  // namespace smartcar_sim::routes
