// The /_sim API in OpenAPI.
#include "routes/openapi_tables.h"

namespace smartcar_sim::routes {
namespace {

constexpr Caller kDeveloper = Caller::kDeveloper;

constexpr const char* kSettings =
    "name?: string, type?: WebhookType, version?: '2.0'|'4.0', dialect?: Dialect, events?: [EventName], "
    "paths?: [string], interval?: duration, triggers?: [SignalCode], data?: [SignalCode], enabled?: boolean, "
    "errorCallbackUri?: uri, autoSubscribe?: boolean}";

constexpr const char* kConnect =
    "{mode?: Mode, scope?: string|[Permission], vehicles?: [string], redirectUri?: string, state?: string, "
    "make?: string, singleSelect?: boolean, externalId?: string, user?: string, outcome?: ConnectOutcome}";

constexpr const char* kConnected =
    "{code: string, redirectTo: string|null, accessToken: string, refreshToken: string, vehicleIds: [uuid]}"
    "|{error: string, errorDescription: string, redirectTo: string|null}";

constexpr const char* kEvent =
    "{vehicleId: string, event: string, triggers?: [string], errors?: [VehicleError], with?: {*: any}, "
    "fault?: DeliveryFault, to?: string}";

constexpr const char* kFault =
    "{endpoint: string, method?: 'GET'|'HEAD'|'POST'|'PUT'|'PATCH'|'DELETE', vehicle?: string, type?: string, "
    "code?: string|null, status?: integer(200..599), body?: any, contentType?: string, resolutionUrl?: string, "
    "retryAfter?: integer(0..86400), latency?: duration, times?: integer(1..1000000), after?: integer(0..1000000)}";

constexpr const char* kVerification =
    "{verified: boolean, reason: string|null, mistake: string|null, expected: string, received: string|null, "
    "challenge: string, status: integer|null, error: FailureKind|null, milliseconds: integer, "
    "callbackUri: string|null, says: string|null, fix: string|null, warnings: [string]}";

constexpr const char* kQuestion =
    "{body?: string, challenge?: string, requestBody?: string, signature?: string, answer?: string, "
    "computed?: string, candidates?: {*: string}}";

constexpr const char* kExplanation =
    "{type: 'explanation', valid: boolean, mistake: string|null, alsoPossible: [string], says: string, fix: string, "
    "tried: integer(1..2000)}";

// docs/sim-api.md says what the parts are made of.
constexpr const char* kSnapshot =
    "{formatVersion: integer(1..1), now: instant, externalId?: string, vehicles: [object], webhooks: [object], "
    "grants: [object], applicationTokens: object, executions: [object], counters: object}";

constexpr const char* kWindow = "window?: 'old'|'new'|'both', signWith?: 'old'|'new'}";
constexpr const char* kWindowSaid = "window: 'old'|'new'|'both', signWith: 'old'|'new'}";

}  // namespace

std::vector<Operation> sim_operations() {
    const std::string settings = kSettings;
    return {
        {"POST", "/_sim/webhooks", "Create a webhook", kDeveloper, "", "{callbackUri: uri, " + settings, 201,
         "Webhook"},
        {"GET", "/_sim/webhooks", "All webhooks", kDeveloper, "", "", 200, "{webhooks: [Webhook]}"},
        {"GET", "/_sim/webhooks/{id}", "One webhook", kDeveloper, "", "", 200, "Webhook", "404"},
        {"PATCH", "/_sim/webhooks/{id}", "Change its settings", kDeveloper, "", "{callbackUri?: uri, " + settings, 200,
         "Webhook", "404"},
        {"DELETE", "/_sim/webhooks/{id}", "Take it away", kDeveloper, "", "", 204, "", "404"},
        {"POST", "/_sim/webhooks/{id}/verify", "Challenge the callback", kDeveloper, "", "", 200, kVerification,
         "404 503"},
        {"POST", "/_sim/webhooks/{id}/test", "Send the test payload", kDeveloper, "{wait?: duration}", "", 202,
         "{eventId: uuid}", "404 409 503"},
        {"PUT", "/_sim/webhooks/{id}/subscriptions/{vehicleId}", "Subscribe a vehicle", kDeveloper, "", "", 204, "",
         "404 409 503"},
        {"DELETE", "/_sim/webhooks/{id}/subscriptions/{vehicleId}", "Unsubscribe it", kDeveloper, "", "", 204, "",
         "404"},
        {"GET", "/_sim/vehicles", "The fleet", kDeveloper, "", "", 200, "{vehicles: [Vehicle]}"},
        {"PATCH", "/_sim/vehicles/{id}", "Change a vehicle's state and permissions", kDeveloper, "",
         "{state?: {*: any}, permissions?: {grant?: [Permission], revoke?: [Permission]}}", 200, "ChangedVehicle",
         "404 409 503"},
        {"POST", "/_sim/events", "Send an event", kDeveloper, "{wait?: duration}", kEvent, 202, "Sent",
         "404 409=SentToNobody 503"},
        {"POST", "/_sim/connect", "A user goes through Connect", kDeveloper, "", kConnect, 200, kConnected, "404 503"},
        {"POST", "/_sim/application-management-token", "Rotate the token", kDeveloper, "",
         std::string("{token?: string, ") + kWindow, 200, std::string("{token: string, ") + kWindowSaid},
        {"PATCH", "/_sim/application-management-token", "Which of the last two tokens count", kDeveloper, "",
         std::string("{") + kWindow, 200, std::string("{") + kWindowSaid, "409"},
        {"POST", "/_sim/explain", "Which mistake made a hash wrong", kDeveloper, "", kQuestion, 200, kExplanation},
        {"POST", "/_sim/faults", "Let something go wrong", kDeveloper, "", kFault, 201, "Fault", "404 409"},
        {"GET", "/_sim/faults", "All faults", kDeveloper, "", "", 200, "{faults: [Fault]}"},
        {"DELETE", "/_sim/faults", "Take all away", kDeveloper, "", "", 204, ""},
        {"DELETE", "/_sim/faults/{id}", "Take one away", kDeveloper, "", "", 204, "", "404"},
        {"GET", "/_sim/deliveries", "What was sent and answered", kDeveloper,
         "{eventId?: string, webhookId?: string, after?: integer(0..), limit?: integer(0..), wait?: duration}", "", 200,
         "{deliveries: [Delivery], next: integer(0..), evicted: integer(0..)}"},
        {"POST", "/_sim/deliveries/{deliveryId}/resend", "Send it again", kDeveloper, "", "", 202, "{eventId: uuid}",
         "404 409 503"},
        {"GET", "/_sim/requests", "What the application asked", kDeveloper, "{after?: integer(0..)}", "", 200,
         "{requests: [ApiCall]}"},
        {"DELETE", "/_sim/requests", "Forget what it asked", kDeveloper, "", "", 204, ""},
        {"POST", "/_sim/clock/advance", "Let time pass", kDeveloper, "", "{by: duration, maxWall?: duration}", 200,
         "{now: instant, target: instant, pending: integer(0..)}", "409"},
        {"GET", "/_sim/state", "The whole platform as one document", kDeveloper, "", "", 200, kSnapshot},
        {"PUT", "/_sim/state", "Make the platform that of a document", kDeveloper, "", kSnapshot, 204, "", "409"},
        {"POST", "/_sim/reset", "As after the start", kDeveloper, "", "", 204, "", "409"},
        {"GET", "/_sim/health", "Whether it answers", kDeveloper, "", "", 200, "{status: 'ok'}"},
        {"GET", "/_sim/openapi.json", "This document", kDeveloper, "", "", 200, "object"},
    };
}

}  // namespace smartcar_sim::routes
