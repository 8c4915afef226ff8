// The API v3 in OpenAPI, in its two shapes where a user's token may ask too.
#include "routes/openapi_tables.h"
#include "routes/v3_command_table.h"

namespace smartcar_sim::routes {
namespace {

constexpr Caller kApplication = Caller::kApplication;
constexpr Caller kForUser = Caller::kApplicationForUser;

constexpr const char* kVehicle = "/v3/vehicles/{id}";
constexpr const char* kPage =
    "'page[number]'?: integer(1..), 'page[size]'?: integer(1..100), page?: integer(1..), pageSize?: integer(1..100)";

std::string paged(const std::string& filters) {
    return std::string("{") + kPage + (filters.empty() ? "" : ", ") + filters + "}";
}

std::string list_of(const std::string& resource) { return "{data: [" + resource + "], meta: V3Meta, links: V3Links}"; }

std::string one(const std::string& resource) { return "{data: " + resource + "}"; }

std::string body_of(const std::string& attributes) { return "{data: {attributes: " + attributes + "}}"; }

std::string command_body(vehicle::CommandKind kind) {
    if (kind == vehicle::CommandKind::kSetChargeLimit) return body_of("{percent: number(50..100)}");
    if (kind == vehicle::CommandKind::kSendDestination) return body_of("V3Place");
    return {};
}

void add_commands(std::vector<Operation>& operations) {
    for (const V3Command& command : v3_command_table()) {
        operations.push_back({"POST", std::string(command.pattern),
                              std::string(command.group).append(": ").append(command.name), kForUser, "",
                              command_body(command.kind), 200, one("V3CommandExecution")});
    }
}

void add_schedules(std::vector<Operation>& operations) {
    const std::string schedules = std::string(kVehicle) + "/charge-schedules/";
    for (const std::string type : {"daily", "weekly", "workweek"}) {
        operations.push_back({"POST", schedules + type, "Charge " + type, kForUser, "",
                              body_of("{location: V3Place, startTime: clock, stopTime: clock, days?: [Day]}"), 200,
                              one("V3ScheduleExecution")});
    }
    operations.push_back({"DELETE", schedules + "{scheduleId}", "End a charge schedule", kForUser, "", "", 200,
                          one("V3ScheduleExecution")});
}

}  // namespace

std::vector<Operation> v3_operations() {
    const std::string vehicle = kVehicle;
    constexpr Caller kBoth = Caller::kUserOrApplication;
    constexpr const char* kOfVehicle =
        "'filter[userId]'?: uuid, 'filter[vehicleId]'?: uuid, 'filter[vehicle.mode]'?: 'live'|'simulated'";
    std::vector<Operation> operations{
        {"GET", vehicle, "A vehicle", kBoth, "", "", 200, "V3VehicleOfUser|{data: V3Vehicle, links: {self: uri}}"},
        {"GET", vehicle + "/signals", "All signals that are stored and granted", kBoth, paged(""), "", 200,
         "V3SignalsOfUser|V3Signals"},
        {"GET", vehicle + "/signals/{code}", "One signal", kBoth, "", "", 200,
         "V3SignalOfUser|{data: V3Signal, links: {self: uri}}"},
        {"GET", vehicle + "/command-executions/{executionId}", "What became of a command", kForUser, "", "", 200,
         one("V3CommandExecution|V3ScheduleExecution")},
        {"GET", vehicle + "/schedule-executions/{executionId}", "The same of a schedule", kForUser, "", "", 200,
         one("V3CommandExecution|V3ScheduleExecution")},
        {"GET", "/v3/connections", "Connections", kApplication,
         paged(std::string(kOfVehicle) + ", 'filter[user.externalId]'?: string"), "", 200,
         "{data: [V3Connection], meta: {pageNumber: integer, pageSize: integer, totalCount: integer, orderBy: string, "
         "orderDirection: 'DESC'}, links: V3Links}"},
        {"GET", "/v3/connections/{id}", "A connection", kApplication, "", "", 200, one("V3Connection")},
        {"DELETE", "/v3/connections/{id}", "End a connection", kApplication, "", "", 204, ""},
        {"DELETE", "/v3/users/{id}", "End all connections of a user", kApplication, "", "", 204, ""},
        {"GET", "/v3/webhooks", "Webhooks", kApplication,
         paged("'filter[name]'?: string, 'filter[callbackUri]'?: string, 'filter[isEnabled]'?: 'true'|'false', "
               "'filter[autoSubscribe]'?: 'true'|'false'"),
         "", 200, list_of("V3Webhook")},
        {"GET", "/v3/webhooks/{id}", "A webhook", kApplication, "", "", 200, one("V3Webhook")},
        {"GET", "/v3/subscriptions", "Subscriptions", kApplication,
         paged(std::string(kOfVehicle) + ", 'filter[webhookId]'?: uuid"), "", 200, list_of("V3Subscription")},
        {"POST", "/v3/subscriptions", "Subscribe a vehicle", kApplication, "",
         body_of("{webhookId: uuid, userId: uuid, vehicleId: uuid}"), 202, "{meta: {message: string}}"},
        {"GET", "/v3/subscriptions/{id}", "A subscription", kApplication, "", "", 200, one("V3Subscription")},
        {"DELETE", "/v3/subscriptions/{id}", "End a subscription", kApplication, "", "", 204, ""},
        {"GET", "/v3/applications", "The application", kApplication, paged(""), "", 200, list_of("V3Application")},
        {"GET", "/v3/applications/{id}", "The application", kApplication, "", "", 200, one("V3Application")},
        {"GET", "/v3/applications/{id}/secrets", "Its secrets, masked", kApplication, "", "", 200,
         "{data: [{id: string, type: 'secret', attributes: {name: string, value: string}}]}"},
        {"GET", "/v3/compatible-vehicles", "What models can do", kApplication,
         paged("'filter[make]'?: string, 'filter[powertrainType]'?: Powertrain, 'filter[region]'?: Region"), "", 200,
         list_of("V3Model")},
    };
    add_commands(operations);
    add_schedules(operations);
    return operations;
}

}  // namespace smartcar_sim::routes
