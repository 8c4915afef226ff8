// Reads like the format's reference: a function for each thing that can stand in a scenario file.
#include "scenario/format.h"

#include <string_view>
#include <vector>

#include "scenario/format_faults.h"
#include "scenario/format_words.h"
#include "scenario/match.h"
#include "vehicle/api_v2.h"

namespace smartcar_sim::scenario {

namespace shapes {

namespace {

using document::Need;
using Kind = Shape::Kind;
using Words = std::vector<std::string_view>;

constexpr std::int64_t kMostTimes = 10'000;
constexpr std::int64_t kMostCalls = 1'000'000;
constexpr std::int64_t kLowestStatus = 100;
constexpr std::int64_t kHighestStatus = 599;

// --- webhooks and vehicles ------------------------------------------------------------------------------

const Shape& webhook_type() {
    static const Shape kShape{
        .kind = Kind::kText, .wanted = "a type", .words = {"eventBased", "schedule", "dynamic", "signals"}};
    return kShape;
}

const Shape& dialect() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a dialect", .words = {"wire", "doc"}};
    return kShape;
}

const Shape& charging_events() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "events", .low = 1, .element = charging_event};
    return kShape;
}

const Shape& endpoint() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a path", .words = [] {
                                  Words words;
                                  for (const vehicle::Endpoint& each : vehicle::endpoints()) words.push_back(each.path);
                                  return words;
                              }()};
    return kShape;
}

const Shape& endpoints() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "paths", .low = 1, .element = endpoint};
    return kShape;
}

const Shape& webhook() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a webhook",
        .fields = {{"name", text, "as the dashboard shows it"},
                   {"callbackUri", sentence, "where its events go; a path is one of --callback's host"},
                   {"type", webhook_type, "what it sends; signals is version 4.0, the others are 2.0"},
                   {"version", one_or_both_versions, "of its payloads; with a list the file runs once for each"},
                   {"dialect", dialect, "4.0 as receivers have logged it, or as the newer documentation prints it"},
                   {"events", charging_events, "of an eventBased webhook: the events it wants; all when left out"},
                   {"paths", endpoints, "of a schedule or dynamic webhook: the endpoints it reads"},
                   {"interval", duration,
                    "of a schedule or dynamic webhook: how often it reads; an hour when left out"},
                   {"triggers", signals, "of a signals webhook: the signals whose change makes an event"},
                   {"data", signals, "of a signals webhook: the signals in every event beside the triggers"},
                   {"errorCallbackUri", sentence, "of a signals webhook: where VEHICLE_ERROR goes"},
                   {"autoSubscribe", flag, "every vehicle that is connected is subscribed"}},
        .definition = "webhook"};
    return kShape;
}

const Shape& webhooks() {
    static const Shape kShape{.kind = Kind::kMap,
                              .wanted = "an object of webhooks by their aliases",
                              .element = webhook,
                              .names = identifier};
    return kShape;
}

const Shape& fake_vehicle() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a vehicle",
        .fields = {{"fixture", sentence, "a name of `smartcar-sim list vehicles`", Need::kRequired},
                   {"state", state, "signals that differ from the fixture's when the scenario begins"},
                   {"mode", mode, "instead of the fixture's own"},
                   {"connected", flag, "false: its owner has not been through Connect yet"},
                   {"permissions", permissions, "what its owner granted; all there are when left out"}}};
    return kShape;
}

const Shape& vehicles() {
    static const Shape kShape{.kind = Kind::kMap,
                              .wanted = "an object of vehicles by their aliases",
                              .element = fake_vehicle,
                              .names = identifier};
    return kShape;
}

// --- what is expected -----------------------------------------------------------------------------------

const Shape& status_code() {
    static const Shape kShape{
        .kind = Kind::kInteger, .wanted = "a status from 100 to 599", .low = kLowestStatus, .high = kHighestStatus};
    return kShape;
}

const Shape& status_class() {
    static const Shape kShape{
        .kind = Kind::kText, .wanted = "a class of status", .words = {"2xx", "3xx", "4xx", "5xx"}};
    return kShape;
}

const Shape& one_status() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {status_code, status_class}};
    return kShape;
}

const Shape& status_list() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "statuses", .low = 1, .element = one_status};
    return kShape;
}

const Shape& status() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {status_code, status_class, status_list}};
    return kShape;
}

const Shape& regular_expression() {
    static const Shape kShape{.kind = Kind::kText,
                              .wanted = "a regular expression",
                              .accepts = [](const std::string& given) -> std::optional<std::string> {
                                  if (is_regular_expression(given)) return std::nullopt;
                                  return no_regular_expression(given);
                              }};
    return kShape;
}

const Shape& matcher() {
    static const Shape kShape{.kind = Kind::kObject,
                              .wanted = "a matcher",
                              .fields = {{"equals", anything, "any JSON value"},
                                         {"matches", regular_expression, "found somewhere in the text"}},
                              .actions = {"equals", "matches"}};
    return kShape;
}

const Shape& expected_values() {
    static const Shape kShape{
        .kind = Kind::kMap, .wanted = "an object of JSON pointers and what stands there", .element = anything};
    return kShape;
}

const Shape& expected_header() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {text, matcher}};
    return kShape;
}

const Shape& expected_headers() {
    static const Shape kShape{
        .kind = Kind::kMap, .wanted = "an object of header names and their values", .element = expected_header};
    return kShape;
}

const Shape& attempts() {
    static const Shape kShape{
        .kind = Kind::kInteger, .wanted = "a number of attempts from 1 to 4", .low = 1, .high = 4};
    return kShape;
}

const Shape& outcome() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "an outcome", .words = {"delivered", "dropped"}};
    return kShape;
}

const Shape& expectation() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "an expectation",
        .fields = {{"status", status, R"(of the answer: a number, a class like "2xx", or a list of these)"},
                   {"rejected", flag, "true: any answer that is not 2xx; false: 2xx"},
                   {"within", duration, "how long the answer may take, on the wall clock"},
                   {"attempts", attempts, "how many were made when the delivery was final"},
                   {"outcome", outcome, "what became of the delivery in the end"},
                   {"events", events_or_per_version, "the events that the step set off, in any order"},
                   {"verified", flag, "false: the challenge must not be answered rightly"},
                   {"headers", expected_headers, R"(of the answer: equal to a text, or {"matches": …})"},
                   {"body", expected_values,
                    R"(of the answer: JSON pointers and what stands there, or {"matches": …})"}},
        .definition = "expectation"};
    return kShape;
}

const Shape& edits() {
    static const Shape kShape{
        .kind = Kind::kMap, .wanted = "an object of JSON pointers and values", .element = anything};
    return kShape;
}

// --- steps ----------------------------------------------------------------------------------------------

const Shape& steps();

const Shape& connect() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a visit to Connect",
        .fields = {{"vehicles", one_or_more_vehicles, "aliases; all of the mode when left out"},
                   {"scope", texts, R"(permissions, "required:" before those that must be had; all when left out)"},
                   {"mode", mode, "live when left out"},
                   {"redirectUri", sentence, "the simulator goes there with the code, as the user's browser would"},
                   {"state", text, "given back to the application as it is"}}};
    return kShape;
}

const Shape& about_vehicle() {
    static const Shape kShape{.kind = Kind::kObject,
                              .wanted = R"(an object with "vehicle")",
                              .fields = {{"vehicle", sentence, "an alias; needed when there are several"}}};
    return kShape;
}

const Shape& vehicle_or_object() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {sentence, about_vehicle}};
    return kShape;
}

const Shape& vehicle_error_state() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a state", .words = {"ERROR", "RESOLVED"}};
    return kShape;
}

const Shape& vehicle_error() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "an error",
        .fields = {{"type", sentence, R"("PERMISSION", "VEHICLE_STATE", …)", Need::kRequired},
                   {"code", text, R"("ASLEEP", …; null when left out)"},
                   {"state", vehicle_error_state, "ERROR when left out"},
                   {"signals", signals, "those that failed; all of the webhook's data when left out"}}};
    return kShape;
}

const Shape& vehicle_errors() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "errors", .low = 1, .element = vehicle_error};
    return kShape;
}

const Shape& send_object() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "an event to send",
        .fields = {{"event", event_or_per_version, "its name, or one for each version"},
                   {"file", sentence, "a payload file, sent as it is and signed anew; relative to this file"},
                   {"raw", text, "the bytes of the body"},
                   {"vehicle", sentence, "an alias; needed when there are several", Need::kOptional, {"event"}},
                   {"triggers", triggers, "of VEHICLE_STATE", Need::kOptional, {"event"}},
                   {"errors", vehicle_errors, "of VEHICLE_ERROR", Need::kOptional, {"event"}}},
        .actions = {"event", "file", "raw"}};
    return kShape;
}

const Shape& send() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {event_name, send_object}};
    return kShape;
}

const Shape& set() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a change",
        .fields = {{"vehicle", sentence, "an alias; needed when there are several"},
                   {"state", state, "signals and what they say from now on"},
                   {"permissions", permission_change, "what the vehicle's owner grants and revokes"}}};
    return kShape;
}

const Shape& together() {
    static const Shape kOrder{.kind = Kind::kText, .wanted = "an order", .words = {"given", "reversed", "concurrent"}};
    static const Shape kShape{.kind = Kind::kObject,
                              .wanted = R"(an object with "steps")",
                              .fields = {{"order", []() -> const Shape& { return kOrder; },
                                          "in which they reach the callback; given when left out"},
                                         {"steps", steps, "send, set, test and repeat", Need::kRequired}}};
    return kShape;
}

const Shape& times() {
    static const Shape kShape{
        .kind = Kind::kInteger, .wanted = "a whole number from 1 to 10000", .low = 1, .high = kMostTimes};
    return kShape;
}

const Shape& repeat() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = R"(an object with "times" and "steps")",
        .fields = {{"times", times, "how often", Need::kRequired}, {"steps", steps, "what", Need::kRequired}}};
    return kShape;
}

const Shape& exit_code() {
    constexpr std::int64_t kHighestExit = 255;
    static const Shape kShape{.kind = Kind::kInteger, .wanted = "an exit code from 0 to 255", .high = kHighestExit};
    return kShape;
}

const Shape& plain_headers() {
    static const Shape kShape{
        .kind = Kind::kMap, .wanted = "an object of header names and their values", .element = text};
    return kShape;
}

const Shape& probe() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a probe",
        .fields =
            {{"url", sentence, "asked until it answers as expected; a path is one of --callback's host"},
             {"command", sentence, "run with `sh -c` instead; only with --allow-commands"},
             {"method", method, "GET when left out", Need::kOptional, {"url"}},
             {"requestHeaders", plain_headers, "to send", Need::kOptional, {"url"}},
             {"requestBody", anything, "a text, or JSON to send", Need::kOptional, {"url"}},
             {"status", status, "2xx when left out", Need::kOptional, {"url"}},
             {"headers", expected_headers, "of the answer", Need::kOptional, {"url"}},
             {"body", expected_values, "JSON pointers and what stands there", Need::kOptional, {"url"}},
             {"exit", exit_code, "0 when left out", Need::kOptional, {"command"}},
             {"output", expected_header, "of the command, without blanks at its end", Need::kOptional, {"command"}},
             {"within", duration, "how long it may take until it answers so, on the wall clock"}},
        .actions = {"url", "command"}};
    return kShape;
}

const Shape& calls() {
    static const Shape kShape{
        .kind = Kind::kInteger, .wanted = "a number of calls, 0 or more", .low = 0, .high = kMostCalls};
    return kShape;
}

const Shape& expect_calls() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "an expected call",
        .fields = {{"path", sentence, R"(of the API, without a query: "/v2.0/vehicles")", Need::kRequired},
                   {"method", method, "any when left out"},
                   {"exactly", calls, "how often since the scenario began"},
                   {"atLeast", calls, "how often at least; 1 when none of the three is given"},
                   {"atMost", calls, "how often at most"},
                   {"within", duration, "how long it may take until so many came, on the wall clock"}}};
    return kShape;
}

const Shape& known_token() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a token", .words = {"new", "previous"}};
    return kShape;
}

const Shape& accepted_tokens() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a window", .words = {"old", "new", "both"}};
    return kShape;
}

const Shape& signing_token() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a signer", .words = {"old", "new"}};
    return kShape;
}

const Shape& token_object() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a rotation",
        .fields = {{"token", sentence, "the token itself: {env.NEXT_TOKEN}; a new one when left out"},
                   {"window", accepted_tokens, "which of the two the API accepts; new when left out"},
                   {"signWith", signing_token, "old when left out of the window old, else new"}}};
    return kShape;
}

const Shape& token_window() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a window",
        .fields = {{"window", accepted_tokens, "which of the last two the API accepts", Need::kRequired},
                   {"signWith", signing_token, "old when left out of the window old, else new"}}};
    return kShape;
}

const Shape& rotation() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {known_token, token_object}};
    return kShape;
}

const Shape& step() {
    static const Words kFiring{"send", "set", "test"};
    static const Words kAboutWebhook{"verify", "test", "subscribe", "unsubscribe", "enable", "disable", "send", "set"};
    static const Words kExpecting{"connect", "disconnect", "verify", "test", "subscribe",
                                  "enable",  "send",       "set",    "wait"};
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a step",
        .fields = {{"verify", nothing, "a challenge to the callback, which has to answer it rightly"},
                   {"connect", connect, "a user goes through Connect and grants everything asked for"},
                   {"disconnect", vehicle_or_object, "a user takes all permissions back"},
                   {"subscribe", vehicle_or_object, "a vehicle to the webhook"},
                   {"unsubscribe", vehicle_or_object, "a vehicle from the webhook"},
                   {"enable", nothing, "the webhook"},
                   {"disable", nothing, "the webhook: nothing is sent"},
                   {"send", send, "one event about a vehicle; nothing about the vehicle changes"},
                   {"set", set, "the state of a vehicle; what that triggers is sent"},
                   {"test", nothing, "the dashboard's test payload"},
                   {"wait", duration, "platform time passes; it needs no time of yours"},
                   {"together", together, "steps whose events belong to one instant"},
                   {"repeat", repeat, "steps several times"},
                   {"probe", probe, "asks the application what it made of it all"},
                   {"expectCalls", expect_calls, "API calls the application made"},
                   {"rotateToken", rotation,
                    "the application management token from now on: a new one, or the one before"},
                   {"tokenWindow", token_window, "which of the last two tokens count from now on"},
                   {"apiFault", api_fault, "what goes wrong with the application's own calls from now on, or clear"},
                   {"id", identifier, "what later steps name this one by: {ID.eventId}"},
                   {"says", sentence, "what it is for, shown in transcripts and failures"},
                   {"only", version, "left out when the file runs in the other version"},
                   {"to", sentence, "alias of the one webhook it is about", Need::kOptional, kAboutWebhook},
                   {"with", edits, "changes to the body before it is signed", Need::kOptional, kFiring},
                   {"fault", fault_plan, "what goes wrong with the delivery", Need::kOptional, kFiring},
                   {"expect", expectation, "what has to come of it", Need::kOptional, kExpecting}},
        .actions = {"verify", "connect", "disconnect", "subscribe", "unsubscribe", "enable", "disable", "send", "set",
                    "test", "wait", "together", "repeat", "probe", "expectCalls", "rotateToken", "tokenWindow",
                    "apiFault"},
        .definition = "step"};
    return kShape;
}

const Shape& steps() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "steps", .low = 1, .element = step};
    return kShape;
}

const Shape& variables() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "variables", .element = identifier};
    return kShape;
}

const Shape& format_version() {
    static const Shape kShape{.kind = Kind::kInteger, .wanted = "1, the only version there is", .low = 1, .high = 1};
    return kShape;
}

const Shape& whole_file() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a scenario",
        .fields = {{"$schema", text, "where editors find this schema"},
                   {"formatVersion", format_version, "of this format", Need::kRequired},
                   {"name", sentence, "what happens, in a sentence", Need::kRequired},
                   {"description", text, "why anyone would want to know"},
                   {"tags", texts, "for --tag"},
                   {"env", variables, "environment variables that may be named: {env.NAME}"},
                   {"webhook", webhook, R"(the one webhook there is, with the alias "webhook")"},
                   {"webhooks", webhooks, "several, by alias"},
                   {"vehicles", vehicles, "by alias; when left out, every fixture under its own name"},
                   {"setup", steps, "before the steps; when one fails, these are not played"},
                   {"steps", steps, "the story", Need::kRequired},
                   {"teardown", steps, "afterwards, whatever happened"}}};
    return kShape;
}

}  // namespace

}  // namespace shapes

const document::Shape& format() { return shapes::whole_file(); }

const document::Shape& webhook_format() { return shapes::webhook(); }

const document::Shape& step_format() { return shapes::step(); }

const document::Shape& fault_format() { return shapes::fault_plan(); }

const document::Shape& api_fault_format() { return shapes::api_fault_object(); }

std::string schema() { return document::write_schema(format(), "A smartcar-sim scenario"); }

}  // namespace smartcar_sim::scenario
