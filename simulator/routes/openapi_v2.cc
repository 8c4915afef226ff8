// The API v2.0 in OpenAPI: the rows of vehicle::endpoint_at() and vehicle::orders() with what they say and read, and
// the rest of its routes.
#include <algorithm>
#include <array>

#include "routes/openapi_tables.h"
#include "vehicle/api_v2.h"
#include "vehicle/commands_v2.h"

namespace smartcar_sim::routes {
namespace {

constexpr const char* kVehicle = "/v2.0/vehicles/{id}";
constexpr const char* kPeriod = "{start_date?: string, end_date?: string, startDate?: string, endDate?: string}";

// --- reads ----------------------------------------------------------------------------------------------

struct Read {
    std::string_view path;
    std::string_view answer;
    std::string_view query = {};
};
constexpr auto kReads = std::to_array<Read>({
    {"/", "{id: uuid, make: string, model: string, year: integer}"},
    {"/vin", "{vin: string}"},
    {"/odometer", "{distance: number(0..)}"},
    {"/location", "{latitude: number(-90..90)|null, longitude: number(-180..180)|null}"},
    {"/fuel", "{amountRemaining: number(0..)|null, percentRemaining: Fraction|null, range: number(0..)|null}"},
    {"/battery", "{percentRemaining: Fraction, range: number(0..)|null}"},
    {"/battery/capacity", "{capacity: number(0..)}"},
    {"/battery/nominal_capacity",
     "{availableCapacities: [{capacity: number(0..), description: string|null}], "
     "capacity: {nominal: number(0..), source: 'USER_SELECTED'|'SMARTCAR'}|null, url: uri|null}"},
    {"/charge", "{isPluggedIn: boolean, state: ChargingStatus}"},
    {"/charge/limit", "{limit: Fraction}"},
    {"/engine/oil", "{lifeRemaining: Fraction}"},
    {"/tires/pressure",
     "{backLeft: number(0..)|null, backRight: number(0..)|null, frontLeft: number(0..)|null, "
     "frontRight: number(0..)|null}"},
    {"/security",
     "{isLocked: boolean, doors: [CornerOpening], windows: [CornerOpening], "
     "sunroof: [{type: 'sunroof', status: OpenStatus}], storage: [{type: 'rear'|'front', status: OpenStatus}], "
     "chargingPort: [{type: 'chargingPort', status: OpenStatus}]}"},
    {"/diagnostics/system_status", "{systems: [{systemId: string, status: string, description: string|null}]}"},
    {"/diagnostics/dtcs", "{activeCodes: [{code: string, timestamp: instant|null}]}"},
    {"/service/history", "[ServiceRecord]", kPeriod},
    {"/tesla/alerts", "{alerts: [object]}"},
    {"/tesla/attributes",
     "{trim: string|null, color: string|null, name: string|null, wheels: string|null, firmware: string|null}"},
    {"/tesla/battery",
     "{heaterOn: boolean|null, maxRangeChargeCounter: number|null, notEnoughPowerToHeat: boolean|null, "
     "percentRemaining: Fraction|null, percentRemainingUsable: Fraction|null, range: number|null, "
     "rangeEstimated: number|null, rangeIdeal: number|null}"},
    {"/tesla/charge", "TeslaCharge"},
    {"/tesla/charge/ammeter", "{amperage: number}"},
    {"/tesla/charge/completion", "{time: instant}"},
    {"/tesla/charge/records/billing", "{records: [BillingRecord], hasMoreData: boolean}", kPeriod},
    {"/tesla/charge/schedule", "TeslaSchedule"},
    {"/tesla/charge/voltmeter", "{voltage: number}"},
    {"/tesla/charge/wattmeter", "{wattage: number}"},
    {"/tesla/climate/cabin", "{status: Switch, temperature: number|null}"},
    {"/tesla/climate/defroster", "{frontStatus: Switch, rearStatus: Switch}"},
    {"/tesla/climate/steering_wheel", "{status: Switch}"},
    {"/tesla/compass", "{direction: string, heading: number}"},
    {"/tesla/migration", "{requiresMigration: boolean}"},
    {"/tesla/speedometer", "{speed: number(0..)}"},
    {"/tesla/status", "{status: 'ONLINE'|'OFFLINE'|'ASLEEP', inService: boolean, gear: string|null}"},
    {"/tesla/thermometer/exterior", "{temperature: number}"},
    {"/tesla/thermometer/interior", "{temperature: number}"},
    {"/tesla/user/access", "{accessType: string|null, permissions: [string]}"},
    {"/tesla/user/info", "{email: string}"},
    {"/tesla/virtual_key", "{isPaired: boolean}"},
    {"/cadillac/charge/completion", "{time: instant}"},
    {"/cadillac/charge/voltmeter", "{voltage: number}"},
    {"/chevrolet/charge/completion", "{time: instant}"},
    {"/chevrolet/charge/voltmeter", "{voltage: number}"},
    {"/nissan/charge/schedule", "{chargeSchedules: [{start: clock|null, end: clock|null, days: [Day]|null}]}"},
    {"/ford/charge/schedule_by_location", "{chargingLocations: [ChargingLocation]}"},
    {"/lincoln/charge/schedule_by_location", "{chargingLocations: [ChargingLocation]}"},
    {"/bmw/charge/records", "{records: [ChargeRecord]}", kPeriod},
    {"/mini/charge/records", "{records: [ChargeRecord]}", kPeriod},
    {"/audi/charge", "AudiCharge"},
});

std::string needing(std::string summary, std::string_view permission) {
    return permission.empty() ? summary : summary.append("; needs ").append(permission);
}

void add_reads(std::vector<Operation>& operations) {
    for (std::size_t row = 0; const vehicle::Endpoint* endpoint = vehicle::endpoint_at(row); ++row) {
        const auto read = std::ranges::find(kReads, endpoint->path, &Read::path);
        if (read == kReads.end()) continue;
        const std::string_view below = endpoint->path == "/" ? "" : endpoint->path;
        operations.push_back({"GET", std::string(kVehicle).append(below), needing("A reading", endpoint->permission),
                              Caller::kUserWithUnits, std::string(read->query), "", 200, std::string(read->answer)});
    }
}

// --- commands -------------------------------------------------------------------------------------------

struct Command {
    std::string_view method;
    std::string_view path;
    std::string_view body;
    std::string_view answer = "CommandSent";
};
constexpr const char* kStartOrStop = "{action: 'START'|'STOP'}";
constexpr const char* kOpenOrClose = "{action: 'OPEN'|'CLOSE'}";
constexpr const char* kFordWindows =
    "{chargingLocation: {chargingWindows: {weekday?: [ClockWindow], weekend?: [ClockWindow]}, "
    "chargeLimit?: NumberOrText}}";
constexpr auto kCommands = std::to_array<Command>({
    {"POST", "/security", "{action: 'LOCK'|'UNLOCK'}"},
    {"POST", "/charge", kStartOrStop},
    {"POST", "/charge/limit", "{limit: NumberOrText}"},
    {"POST", "/navigation/destination", "{latitude: NumberOrText, longitude: NumberOrText}"},
    {"POST", "/tesla/charge/ammeter", "{amperage: NumberOrText}"},
    {"POST", "/tesla/charge/charge_port_door", kOpenOrClose},
    {"POST", "/tesla/charge/schedule",
     "{type: 'START_TIME'|'DEPARTURE_TIME', enable?: boolean, enabled?: boolean, time?: clock|null}",
     "TeslaSchedule|CommandSent"},
    {"POST", "/tesla/climate/cabin", "{action: 'START'|'STOP'|'SET', temperature?: NumberOrText|null}"},
    {"POST", "/tesla/climate/defroster", kStartOrStop, "{status: 'START'|'STOP'}"},
    {"POST", "/tesla/climate/steering_wheel", kStartOrStop},
    {"POST", "/tesla/pin", "{pin: string}"},
    {"DELETE", "/tesla/pin", ""},
    {"POST", "/tesla/security/frunk", kOpenOrClose},
    {"POST", "/tesla/security/trunk", kOpenOrClose},
    {"PUT", "/nissan/charge/schedule", "{chargeSchedules: [{start: clock, end: clock, days: [Day]}]}"},
    {"PUT", "/ford/charge/schedule_by_location", kFordWindows},
    {"PUT", "/lincoln/charge/schedule_by_location", kFordWindows},
});

void add_commands(std::vector<Operation>& operations) {
    for (const vehicle::Orders& orders : vehicle::orders()) {
        const auto command = std::ranges::find_if(
            kCommands, [&](const Command& each) { return each.method == orders.method && each.path == orders.path; });
        if (command == kCommands.end()) continue;
        operations.push_back({orders.method, std::string(kVehicle).append(orders.path),
                              needing("A command", orders.permission), Caller::kUserWithUnits, "",
                              std::string(command->body), 200, std::string(command->answer)});
    }
}

}  // namespace

std::vector<Operation> v2_operations() {
    constexpr Caller kUser = Caller::kUser;
    constexpr const char* kBatchAnswer =
        "{responses: [{path: string, code: integer, body: any, headers: BatchHeaders}]}";
    constexpr const char* kConnectionQuery = "user_id?: uuid, vehicle_id?: uuid, mode?: Mode";
    const std::string vehicle = kVehicle;
    std::vector<Operation> operations{
        {"GET", "/v2.0/user", "Whose token it is", kUser, "", "", 200, "{id: uuid}"},
        {"GET", "/v2.0/vehicles", "The vehicles that the token is for", kUser,
         "{limit?: integer(0..50), offset?: integer(0..)}", "", 200, "{paging: Paging, vehicles: [uuid]}"},
        {"GET", vehicle + "/permissions", "What the owner granted", kUser,
         "{limit?: integer(0..50), offset?: integer(0..)}", "", 200, "{paging: Paging, permissions: [Permission]}"},
        {"POST", vehicle + "/batch", "Many readings at once", Caller::kUserWithUnits, "",
         "{requests: [{path: string}]}", 200, kBatchAnswer},
        {"DELETE", vehicle + "/application", "Disconnect the vehicle", Caller::kUserOrManagement, "", "", 200,
         "{status: 'success'}"},
        {"POST", vehicle + "/webhooks/{webhookId}", "Subscribe the vehicle", kUser, "", "", 200,
         "{vehicleId: uuid, webhookId: uuid}"},
        {"DELETE", vehicle + "/webhooks/{webhookId}", "Unsubscribe it", Caller::kManagement, "", "", 200,
         "{status: 'success'}"},
        {"GET", "/v2.0/management/connections", "Connections, newest first", Caller::kManagementBasic,
         std::string("{limit?: integer(1..100), cursor?: string, ") + kConnectionQuery + "}", "", 200,
         "{connections: [{userId: uuid, vehicleId: uuid, connectedAt: instant, mode: Mode}], "
         "paging: {cursor: string|null}}"},
        {"DELETE", "/v2.0/management/connections", "End those of a user or a vehicle", Caller::kManagementBasic,
         std::string("{") + kConnectionQuery + "}", "", 200, "{connections: [{userId: uuid, vehicleId: uuid}]}"},
        {"GET", "/v2.0/compatibility", "What the car of a VIN can do", Caller::kClient,
         "{vin: string, scope: string, country?: string, mode?: Mode, test_mode_compatibility_level?: string}", "", 200,
         "{compatible: boolean, reason: 'MAKE_NOT_COMPATIBLE'|'VEHICLE_NOT_COMPATIBLE'|null, "
         "capabilities: [Capability]}"},
        {"GET", "/v2.0/compatibility/matrix", "Models by make", Caller::kClient,
         "{region: Region, scope?: string, make?: string, type?: Powertrain}", "", 200, "{*: [MatrixModel]}"},
    };
    add_reads(operations);
    add_commands(operations);
    return operations;
}

}  // namespace smartcar_sim::routes
