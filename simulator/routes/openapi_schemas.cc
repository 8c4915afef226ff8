// The schemas that several answers of the API share, and those that come from a table of the program.
#include <array>
#include <cassert>
#include <functional>
#include <map>
#include <span>

#include "contract/events.h"
#include "contract/signals.h"
#include "platform/connect_error.h"
#include "platform/effect.h"
#include "routes/openapi_tables.h"
#include "routes/schema_notation.h"
#include "vehicle/commands.h"
#include "vehicle/permissions.h"

namespace smartcar_sim::routes {
namespace {

using document::Array;
using document::Object;
using document::Value;

struct Notation {
    std::string_view name;
    std::string text;
};

Value schema(const std::string& notation) {
    auto parsed = schema_from(notation);
    assert(parsed.ok());
    return std::move(parsed).value();
}

// --- refusals -------------------------------------------------------------------------------------------

std::vector<Notation> refusals() {
    const std::string error =
        "statusCode: integer, type: string, code: string|null, description: string, docURL: uri, "
        "resolution: Resolution, requestId: uuid, suggestedUserMessage?: string";
    const std::string sent =
        "eventIds: [uuid], skipped: [Skipped], outcomes?: [{eventId: uuid, webhookId: uuid, "
        "outcome: 'pending'|'delivered'|'dropped'|'evicted'}]}";
    return {
        {"Resolution", "{type: string|null, url?: uri}"},
        {"ApiError", "{" + error + ", detail?: [{field: [string]|string, message: string}]}"},
        {"V3ErrorOfUser", "{" + error + ", errors: [{code: string, title: string, detail: string, status: string}]}"},
        {"V3Error",
         "{errors: [{status: integer, type: string, code: string|null, title: string, detail: string, "
         "resolution: Resolution, suggestedUserMessage?: string, links: {about: uri}, meta: {requestId: uuid}}]}"},
        {"OAuthError", "{error: string, error_description: string}"},
        {"SimError", "{error: {code: string, message: string}}"},
        {"Skipped", "{webhookId: uuid, reason: SkipReason}"},
        {"Sent", "{" + sent},
        {"SentToNobody", "SimError|{error: {code: string, message: string}, " + sent},
    };
}

// --- /_sim ----------------------------------------------------------------------------------------------

std::vector<Notation> sim_schemas() {
    const std::string vehicle =
        "id: uuid, fixture: string, make: string, model: string, year: integer, vin: string, powertrain: Powertrain, "
        "region: Region, mode: Mode, connected: boolean, granted: [Permission], permissions: [Permission], "
        "commands: [Command], unsupported: [Permission], destination?: {latitude: number, longitude: number}, "
        "state: VehicleState";
    const std::string content = "body?: string, bodyBase64?: string}";
    return {
        {"WebhookType", "'eventBased'|'schedule'|'dynamic'|'signals'"},
        {"Dialect", "'wire'|'doc'"},
        {"Webhook",
         "{id: uuid, name: string, callbackUri: uri, type: WebhookType, version: '2.0'|'4.0', events?: [EventName], "
         "paths?: [string], interval?: duration, dialect?: Dialect, triggers?: [SignalCode], data?: [SignalCode], "
         "errorCallbackUri?: uri, autoSubscribe: boolean, status: 'unverified'|'verified'|'disabled', "
         "createdAt: instant, subscriptions: [uuid]}"},
        {"Vehicle", "{" + vehicle + "}"},
        {"ChangedVehicle", "{" + vehicle + ", eventIds: [uuid], skipped: [Skipped]}"},
        {"VehicleError", "{type: string, code?: string|null, state?: 'ERROR'|'RESOLVED', signals?: [SignalCode]|null}"},
        {"DeliveryFault",
         "{signature?: 'wrong-key'|'missing'|'empty'|'flipped-bit'|'upper-case'|'of-another-body', "
         "body?: 'tampered'|'truncated'|'re-serialised', duplicate?: boolean|integer(1..1000), delay?: duration, "
         "answer?: 'lost', times?: integer(1..1000)}"},
        {"Fault",
         "{id: string, endpoint: string, method?: string, vehicle?: uuid, type?: string, code?: string|null, "
         "status?: integer, resolutionUrl?: string, body?: string, contentType?: string, retryAfter?: integer, "
         "latency?: duration, times?: integer, after?: integer, passed: integer, applied: integer}"},
        {"FailureKind", "'unreachable'|'policy'|'tls'|'timeout'|'reset'|'malformed'|'called-off'"},
        {"Attempt",
         "{deliveryId: string, at: instant, milliseconds: integer(0..), "
         "request: {method: string, url: uri, headers: [[string]], " +
             content + ", status?: integer, response?: {headers: [[string]], " + content +
             ", error?: FailureKind, detail?: string}"},
        {"Delivery",
         "{eventId: uuid, webhookId: uuid, event: string, vehicleId: uuid|null, "
         "outcome: 'pending'|'delivered'|'dropped', attempts: [Attempt]}"},
        {"ApiCall",
         "{number: integer(0..), at: instant, method: string, target: string, authorization: string, status: integer, "
         "bodyBytes: integer(0..), " +
             content},
    };
}

// --- Smartcar's API -------------------------------------------------------------------------------------

std::vector<Notation> v2_schemas() {
    return {
        {"Mode", "'live'|'simulated'|'test'"},
        {"Region", "'US'|'CA'|'EUROPE'"},
        {"Powertrain", "'ICE'|'BEV'|'PHEV'|'HEV'"},
        {"Day", "'MONDAY'|'TUESDAY'|'WEDNESDAY'|'THURSDAY'|'FRIDAY'|'SATURDAY'|'SUNDAY'"},
        {"Fraction", "number(0..1)"},
        {"NumberOrText", "number|string"},
        {"Tokens", "{access_token: string, token_type: 'Bearer', expires_in: integer(0..), refresh_token: string}"},
        {"ApplicationToken", "{access_token: string, token_type: 'Bearer', expires_in: integer(0..)}"},
        {"Paging", "{count: integer(0..), offset: integer(0..)}"},
        {"BatchHeaders",
         "{'sc-data-age'?: instant, 'sc-fetched-at'?: instant, 'sc-unit-system'?: 'metric'|'imperial', "
         "'retry-after'?: string}"},
        {"CommandSent", "{message: string, status: 'success'}"},
        {"ChargingStatus", "'CHARGING'|'FULLY_CHARGED'|'NOT_CHARGING'"},
        {"OpenStatus", "'OPEN'|'CLOSED'|'UNKNOWN'"},
        {"CornerOpening", "{type: 'frontLeft'|'frontRight'|'backLeft'|'backRight', status: OpenStatus}"},
        {"ServiceRecord",
         "{serviceId: string|null, serviceDate: instant|null, odometerDistance: number(0..)|null, "
         "serviceTasks: [{taskId: string|null, taskDescription: string|null}], "
         "serviceDetails: [{type: string|null, value: string|null}], "
         "serviceCost: {totalCost: number|null, currency: string|null}}"},
        {"Switch", "'ON'|'OFF'|'UNAVAILABLE'"},
        {"TeslaCharge",
         "{amperage: number|null, completionTime: instant|null, wattage: number|null, voltage: number|null, "
         "isPluggedIn: boolean, state: ChargingStatus, socLimit: Fraction|null, amperageMaxVehicle: number|null, "
         "socLimitMax: Fraction, socLimitMin: Fraction, socLimitDefault: Fraction, amperageRequested: number|null, "
         "energyAdded: number|null, rangeAddedRated: number|null, rangeAddedIdeal: number|null, "
         "chargeRate: number|null, connector: string|null, fastChargerPresent: boolean|null, "
         "fastChargerType: string|null, fastChargerBrand: string|null, amperageMaxCharger: number|null, "
         "chargePortColor: string|null, chargePortOpen: boolean|null, chargePortLatch: boolean|null, "
         "chargerPhases: number|null}"},
        {"AudiCharge",
         "{chargingStatus: ChargingStatus, isPluggedIn: boolean, chargeRate: number|null, chargeType: string|null, "
         "chargePortColor: string|null, chargePortLatch: boolean|null, completionTime: instant|null, "
         "chargeMode: string|null, socLimit: Fraction|null, externalPowerStatus: string|null, wattage: number|null}"},
        {"Place",
         "{name?: string|null, address?: string|null, latitude?: number|null, longitude?: number|null, "
         "connectorType?: string|null}"},
        {"BillingRecord",
         "{chargeStart: instant|null, chargeEnd: instant|null, energyConsumed: number|null, "
         "cost: {currency: string|null, energy: number|null, other: number|null}, location: Place|null, "
         "recordId: string|null}"},
        {"ChargeRecord",
         "{chargeStart: instant|null, chargeEnd: instant|null, location: Place|null, energy: number|null, "
         "isPublic: boolean|null, startPercentRemaining: Fraction|null, endPercentRemaining: Fraction|null, "
         "chargingType: string|null}"},
        {"TeslaSchedule",
         "{departureTime: {enabled: boolean, time: clock|null}, startTime: {enabled: boolean, time: clock|null}}"},
        {"ClockWindow", "{start: clock, end: clock}"},
        {"ChargingLocation",
         "{chargeLimit: Fraction|null, chargingSchedules: {weekday: [ClockWindow], weekend: [ClockWindow]}, "
         "location: Place|null}"},
        {"Capability", "{capable: boolean, endpoint: string, permission: Permission, reason: string|null}"},
        {"MatrixModel",
         "{model: string, startYear: integer, endYear: integer, type: Powertrain, endpoints: [string], "
         "permissions: [Permission]}"},
    };
}

std::vector<Notation> v3_schemas() {
    const std::string links = "self: uri, first: uri|null, prev: uri|null, next: uri|null, last: uri|null}";
    const std::string execution = "meta: {executedAt: instant, completedAt: instant, durationInSeconds: number(0..)}}";
    const std::string done = "status: {value: 'SUCCESS'}, executionMode: 'sync', parameters?: object";
    const std::string times = "meta: {createdAt: instant, updatedAt: instant}";
    const auto vehicle_of_user = [](const std::string& year) {
        return "{id: string, type: 'vehicle', attributes: {make: string, model: string, year: " + year +
               "}, links: {self: string}}";
    };
    const auto relation = [](const std::string& type) {
        return type + ": {data: {type: '" + type + "', id: uuid}, links: {related: uri}}";
    };
    return {
        {"V3Meta", "{pageNumber: integer(1..), pageSize: integer(1..), totalCount: integer(0..)}"},
        {"V3Links", "{" + links},
        {"V3Place", "{latitude: number(-90..90), longitude: number(-180..180)}"},
        {"V3VehicleOfUser", vehicle_of_user("integer")},
        {"V3Vehicle",
         "{id: uuid, type: 'vehicle', attributes: {make: string, model: string, year: integer, "
         "powertrainType: Powertrain, mode: Mode}, links: {self: uri}}"},
        {"SignalLinks", "{self: string, values: string, vehicle: string}"},
        {"V3SignalOfUser",
         "{id: SignalCode, type: 'signal', attributes: SignalAttributes, "
         "meta?: {retrievedAt: integer, oemUpdatedAt: integer}, links: SignalLinks}"},
        {"V3Signal",
         "{id: SignalCode, type: 'signal', attributes: SignalAttributes, "
         "meta?: {retrievedAt: instant, oemUpdatedAt: instant, ingestedAt: instant}, links: SignalLinks}"},
        {"V3SignalsOfUser",
         "{data: [V3SignalOfUser], meta: {page: integer(1..), pageSize: integer(1..), totalCount: integer(0..)}, "
         "links: {self: string, first: string|null, previous: string|null, next: string|null, last: string|null}, "
         "included: {vehicle: " +
             vehicle_of_user("string") + "}}"},
        {"V3Signals", "{data: [V3Signal], meta: V3Meta, links: V3Links, included: {vehicle: V3Vehicle}}"},
        {"V3CommandExecution",
         "{id: string, type: 'command-execution', attributes: {commandType: string, " + done + "}, " + execution},
        {"V3ScheduleExecution",
         "{id: string, type: 'charge-schedule-execution', attributes: {action: 'create'|'delete', "
         "scheduleType?: 'daily'|'weekly'|'workweek', scheduleId: string, " +
             done + "}, links?: {schedule: string}, " + execution},
        {"V3VehicleSummary", "{make: string, model: string, year: integer, mode: Mode, powertrainType: Powertrain}"},
        {"V3Connection",
         "{id: uuid, type: 'connection', attributes: {permissions: [Permission], vehicle: V3VehicleSummary, "
         "user: {id: uuid, externalId: string|null}}, relationships: {" +
             relation("vehicle") + ", user: {data: {type: 'user', id: uuid}}}, " + times + ", links: {self: uri}}"},
        {"V3SignalName", "{group: string, name: string, code: SignalCode}"},
        {"V3Webhook",
         "{id: uuid, type: 'webhook', attributes: {name: string, callbackUri: uri, isEnabled: boolean, "
         "triggers: [V3SignalName], data: [V3SignalName], errorCallbackUri?: uri, autoSubscribe: boolean}, "
         "links: {self: uri}, meta: {createdAt: instant}}"},
        {"V3Subscription", "{type: 'subscription', id: uuid, attributes: {vehicle: V3VehicleSummary}, " + times +
                               ", relationships: {" + relation("webhook") + ", " + relation("user") + ", " +
                               relation("vehicle") + "}, links: {self: uri}}"},
        {"V3Application", "{id: string, type: 'application', attributes: {name: string}, links: {self: uri}}"},
        {"V3Model",
         "{id: string, type: 'vehicle-model-capability', attributes: {make: string, model: string, region: Region, "
         "powertrainType: Powertrain, years: {start: integer, end: integer}, "
         "capabilities: [{type: 'signal'|'command', name: string, group: string, code: string, capability: string, "
         "permission: Permission|null}]}}"},
    };
}

// --- from the program's own tables ------------------------------------------------------------------------

template <class Rows, class Name>
Value names_of(const Rows& rows, Name name) {
    Array names;
    for (const auto& row : rows) {
        if (const std::string_view text = std::invoke(name, row); !text.empty()) names.emplace_back(std::string(text));
    }
    return Object{{"enum", std::move(names)}};
}

// The notation of a signal's body; of a structured one only that it is an object.
std::string body_of(const contract::Signal& signal) {
    const std::string unit = signal.unit.empty() ? "" : ", unit: '" + std::string(signal.unit) + "'";
    switch (signal.kind) {
        case contract::Signal::Kind::kBoolean:
            return "{value: boolean" + unit + "}";
        case contract::Signal::Kind::kNumber:
            return "{value: number" + unit + "}";
        case contract::Signal::Kind::kString:
            return "{value: string" + unit + "}";
        case contract::Signal::Kind::kStructured:
            break;
    }
    return "object";
}

// Bodies by their notation, each under a name of its own: "Body0".
std::map<std::string, std::string> named_bodies() {
    std::map<std::string, std::string> names;
    for (const contract::Signal& signal : contract::signals()) {
        names.try_emplace(body_of(signal), "Body" + std::to_string(names.size()));
    }
    return names;
}

Value vehicle_state() {
    const auto names = named_bodies();
    Object properties;
    for (const contract::Signal& signal : contract::signals()) {
        properties.emplace_back(std::string(signal.code), reference_to("schemas", names.at(body_of(signal))));
    }
    return Object{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

// A signal that was read, whose code decides what its body is; or one that is an error.
Value signal_attributes() {
    std::map<std::string, std::string> codes;  // by their body
    for (const contract::Signal& signal : contract::signals()) {
        std::string& list = codes[body_of(signal)];
        list.append(list.empty() ? "'" : "|'").append(signal.code).append("'");
    }
    Array kinds;
    for (const auto& [body, list] : codes) {
        std::string notation = "{code: ";
        notation.append(list).append(", name: string, group: string, status: {value: 'SUCCESS'}, body: ");
        kinds.push_back(schema(notation.append(body).append("}")));
    }
    kinds.push_back(
        schema("{code: SignalCode, name: string, group: string, status: {value: 'ERROR', "
               "error: {type: string, code: string|null, description: string, resolution: {type: string|null}}}}"));
    return Object{{"anyOf", std::move(kinds)}};
}

Value connect_outcomes() {
    Value outcomes = names_of(platform::connect_errors(), &platform::ConnectErrorRow::error);
    Array& words = *outcomes.find("enum")->array();
    words.insert(words.begin(), {Value("approve"), Value("deny")});
    return outcomes;
}

std::vector<NamedSchema> table_schemas() {
    return {
        {"Permission", names_of(vehicle::permissions(), std::identity())},
        {"Command", names_of(vehicle::command_names(), &vehicle::CommandName::name)},
        {"SignalCode", names_of(contract::signals(), &contract::Signal::code)},
        {"EventName", names_of(contract::events(), &contract::EventType::name)},
        {"SkipReason", names_of(platform::skip_reasons(), &platform::SkipReasonLine::id)},
        {"ConnectOutcome", connect_outcomes()},
        {"VehicleState", vehicle_state()},
        {"SignalAttributes", signal_attributes()},
    };
}

}  // namespace

std::vector<NamedSchema> component_schemas() {
    std::vector<NamedSchema> all = table_schemas();
    for (const auto& [body, name] : named_bodies()) all.push_back({name, schema(body)});
    for (const auto& notations : {refusals(), sim_schemas(), v2_schemas(), v3_schemas()}) {
        for (const Notation& each : notations) all.push_back({std::string(each.name), schema(each.text)});
    }
    return all;
}

}  // namespace smartcar_sim::routes
