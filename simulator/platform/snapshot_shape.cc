// Reads like the format's reference: a function for each thing that can stand in a snapshot.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "document/number.h"
#include "platform/snapshot.h"
#include "vehicle/commands.h"
#include "vehicle/fixture.h"
#include "vehicle/permissions.h"

namespace smartcar_sim::platform {

namespace {

using document::Field;
using document::Need;
using document::Shape;
using document::ShapeOf;
using Kind = Shape::Kind;
using Words = std::vector<std::string_view>;

// Counts go on from what a snapshot says: far enough below 2^53 that they never get there.
constexpr std::int64_t kMostCounted = std::int64_t{1} << 40;
// std::uint32_t in the records.
constexpr std::int64_t kMostOften = std::int64_t{1} << 31;
constexpr std::int64_t kMostExecutions = 1000;

const Shape& anything() {
    static const Shape kShape{};
    return kShape;
}

const Shape& things() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "objects", .element = anything};
    return kShape;
}

const Shape& text() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a string"};
    return kShape;
}

const Shape& name() {
    static const Shape kShape{.kind = Kind::kText,
                              .wanted = "a string that is not empty",
                              .accepts = [](const std::string& given) -> std::optional<std::string> {
                                  return given.empty() ? std::optional<std::string>("must not be empty") : std::nullopt;
                              }};
    return kShape;
}

const Shape& names() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "strings", .element = name};
    return kShape;
}

const Shape& flag() {
    static const Shape kShape{.kind = Kind::kBoolean};
    return kShape;
}

constexpr std::string_view kInstant = R"(an instant like "2026-01-01T00:00:00.000Z")";

std::optional<std::string> no_instant(const std::string& given) {
    if (base::parse_instant(given)) return std::nullopt;
    return base::quoted(given) + " is not " + std::string(kInstant);
}

const Shape& instant() {
    static const Shape kShape{.kind = Kind::kText, .wanted = kInstant, .accepts = no_instant};
    return kShape;
}

// What is made now ends later, and that has to be an instant too.
const Shape& present() {
    static const Shape kShape{
        .kind = Kind::kText, .wanted = kInstant, .accepts = [](const std::string& given) -> std::optional<std::string> {
            const std::string last = "9000-01-01T00:00:00.000Z";
            if (auto complaint = no_instant(given)) return complaint;
            if (*base::parse_instant(given) < *base::parse_instant(last)) return std::nullopt;
            return base::quoted(given) + " is too late: the platform's clock shows what is before " + last;
        }};
    return kShape;
}

const Shape& instants() {
    static const Shape kShape{
        .kind = Kind::kMap, .wanted = "an object of tokens and when they expire", .element = instant, .names = name};
    return kShape;
}

const Shape& count() {
    static const Shape kShape{
        .kind = Kind::kInteger, .wanted = "a whole number that is not negative", .low = 0, .high = kMostCounted};
    return kShape;
}

const Shape& often() {
    static const Shape kShape{
        .kind = Kind::kInteger, .wanted = "a whole number from 0 to 2147483648", .low = 0, .high = kMostOften};
    return kShape;
}

// --- vehicles -----------------------------------------------------------------------------------------------

const Shape& vin() {
    static const Shape kShape{
        .kind = Kind::kText, .wanted = "a VIN", .accepts = [](const std::string& given) -> std::optional<std::string> {
            constexpr std::size_t kLength = 17;
            constexpr std::string_view kKnown = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
            // Smartcar's own fake VINs have an I, and no right check digit.
            const bool known = given.find_first_not_of(kKnown) == std::string::npos;
            if (known && given.size() == kLength) return std::nullopt;
            return "a VIN has 17 characters, digits and capital letters";
        }};
    return kShape;
}

const Shape& year() {
    static const Shape kShape{.kind = Kind::kInteger,
                              .wanted = "a whole number from 1996 to 2100",
                              .low = vehicle::kFirstConnectedYear,
                              .high = vehicle::kLastYear};
    return kShape;
}

const Shape& powertrain() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a powertrain", .words = {"BEV", "PHEV", "HEV", "ICE"}};
    return kShape;
}

const Shape& region() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a region", .words = {"US", "CA", "EUROPE"}};
    return kShape;
}

const Shape& mode() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a mode", .words = {"live", "test", "simulated"}};
    return kShape;
}

const Shape& permission() {
    static const Shape kShape{.kind = Kind::kText,
                              .wanted = "a permission",
                              .words = Words(vehicle::permissions().begin(), vehicle::permissions().end())};
    return kShape;
}

const Shape& permissions() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "permissions", .element = permission};
    return kShape;
}

const Shape& command() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a command", .words = [] {
                                  Words words;
                                  words.reserve(vehicle::command_names().size());
                                  for (const auto& each : vehicle::command_names()) words.push_back(each.name);
                                  return words;
                              }()};
    return kShape;
}

const Shape& commands() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "commands", .element = command};
    return kShape;
}

const Shape& reading() {
    static const Shape kShape{.kind = Kind::kObject,
                              .wanted = "a reading",
                              .fields = {{"body", anything, "as version 4.0 shows the signal", Need::kRequired},
                                         {"recordedAt", instant, "when the vehicle recorded it", Need::kRequired}}};
    return kShape;
}

const Shape& state() {
    static const Shape kShape{.kind = Kind::kMap, .wanted = "an object of signal codes", .element = reading};
    return kShape;
}

const Shape& failure() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "an error",
        .fields = {{"type", name, "of the error", Need::kRequired}, {"code", name, "of the error; none is null"}}};
    return kShape;
}

// What a vehicle has whether it is like another or not.
std::vector<Field> own_fields(Need state_need) {
    return {{"id", name, "of the vehicle", Need::kRequired},
            {"fixture", name, "what the vehicle is called", Need::kRequired},
            {"vin", vin, "of the vehicle", Need::kRequired},
            {"destination", anything, "where a navigation command sent it; null: nowhere"},
            {"state", state, "its readings by signal code", state_need},
            {"connections", often, "how often it was connected"},
            {"connection", anything, "null: its owner has granted nothing"}};
}

// --- webhooks -----------------------------------------------------------------------------------------------

const Shape& failures() {
    static const Shape kShape{.kind = Kind::kMap, .wanted = "an object of errors by signal code", .element = failure};
    return kShape;
}

const Shape& subscription() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a subscription",
        .fields = {{"vehicleId", name, "of the vehicle", Need::kRequired},
                   {"since", instant, "when it was subscribed", Need::kRequired},
                   {"ordinal", often, "how often it has been subscribed to this webhook", Need::kRequired},
                   {"firstDeliveryDue", flag, "of a signals webhook: its next event is FIRST_DELIVERY"},
                   {"failing", failures, "of a signals webhook: what VEHICLE_ERROR has said and not resolved"},
                   {"readsAt", instant, "of a schedule or dynamic webhook: when it reads the vehicle next"}}};
    return kShape;
}

const Shape& subscriptions() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "subscriptions", .element = subscription};
    return kShape;
}

const Shape& ended() {
    static const Shape kShape{
        .kind = Kind::kMap, .wanted = "an object of vehicle ids and how often each was subscribed", .element = often};
    return kShape;
}

// --- codes, tokens and the rest -------------------------------------------------------------------------------

const Shape& code() {
    static const Shape kShape{.kind = Kind::kObject,
                              .wanted = "a code",
                              .fields = {{"expiresAt", instant, "when it is of no use any more", Need::kRequired},
                                         {"redirectUri", text, "that it was made for; left out: made without one"}}};
    return kShape;
}

const Shape& codes() {
    static const Shape kShape{.kind = Kind::kMap, .wanted = "an object of codes", .element = code, .names = name};
    return kShape;
}

const Shape& execution() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "an execution",
        .fields = {{"id", name, "of the execution", Need::kRequired},
                   {"vehicleId", name, "of the vehicle that obeyed", Need::kRequired},
                   {"command", text, "what it was told", Need::kRequired},
                   {"parameters", anything, "of the command; null: it takes none", Need::kRequired},
                   {"at", instant, "when it obeyed", Need::kRequired},
                   {"action", text, R"(of a schedule: "create" or "delete")"},
                   {"scheduleId", text, "of a schedule"}}};
    return kShape;
}

const Shape& executions() {
    static const Shape kShape{
        .kind = Kind::kList, .wanted = "executions", .high = kMostExecutions, .element = execution};
    return kShape;
}

const Shape& ordinals() {
    static const Shape kShape{.kind = Kind::kMap, .wanted = "an object of counts by parent", .element = count};
    return kShape;
}

const Shape& ordinals_by_kind() {
    static const Shape kShape{
        .kind = Kind::kMap, .wanted = "an object of kinds of id", .element = ordinals, .names = name};
    return kShape;
}

const Shape& counters() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "the list of counters",
        .fields = {{"webhooks", count, "how many webhooks were made", Need::kRequired},
                   {"ids", ordinals_by_kind, "how many ids of a kind and a parent were given out", Need::kRequired}}};
    return kShape;
}

const Shape& format_version() {
    static const Shape kShape{.kind = Kind::kInteger, .wanted = "1", .low = kSnapshotFormat, .high = kSnapshotFormat};
    return kShape;
}

}  // namespace

const Shape& destination_shape() {
    static const Shape kShape{.kind = Kind::kObject,
                              .wanted = "a destination",
                              .fields = {{"latitude", anything, "in degrees", Need::kRequired},
                                         {"longitude", anything, "in degrees", Need::kRequired}}};
    return kShape;
}

const Shape& connection_shape() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a connection",
        .fields = {{"granted", permissions, "what the owner granted", Need::kRequired},
                   {"since", instant, "when the vehicle was connected", Need::kRequired},
                   {"updatedAt", instant, "when the owner last granted or took something", Need::kRequired},
                   {"forcedError", failure, "what every endpoint but the static ones answers"}}};
    return kShape;
}

const Shape& vehicle_shape() {
    static const Shape kShape{.kind = Kind::kObject, .wanted = "a vehicle", .fields = [] {
                                  std::vector<Field> fields = own_fields(Need::kRequired);
                                  const std::vector<Field> more{
                                      {"like", name, "the id of an earlier vehicle that says what this one does not"},
                                      {"make", name, "in capitals", Need::kRequired},
                                      {"model", name, "of the vehicle", Need::kRequired},
                                      {"year", year, "of the model", Need::kRequired},
                                      {"powertrain", powertrain, "what drives it", Need::kRequired},
                                      {"region", region, "where it is registered", Need::kRequired},
                                      {"mode", mode, "whether it is live or simulated", Need::kRequired},
                                      {"permissions", permissions, "whose endpoints it can serve", Need::kRequired},
                                      {"commands", commands, "which it obeys", Need::kRequired},
                                      {"unsupported", permissions, "what is not offered for its make"}};
                                  fields.insert(fields.end(), more.begin(), more.end());
                                  return fields;
                              }()};
    return kShape;
}

const Shape& like_vehicle_shape() {
    static const Shape kShape{.kind = Kind::kObject, .wanted = "a vehicle that is like another", .fields = [] {
                                  std::vector<Field> fields = own_fields(Need::kOptional);
                                  fields.push_back({"like", name, "the id of an earlier vehicle", Need::kRequired});
                                  return fields;
                              }()};
    return kShape;
}

const Shape& webhook_shape() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a webhook",
        .fields = {{"id", name, "of the webhook", Need::kRequired},
                   {"settings", anything, "as POST /_sim/webhooks takes them", Need::kRequired},
                   {"verified", flag, "whether its callback answered a challenge", Need::kRequired},
                   {"enabled", flag, "false: it is sent nothing", Need::kRequired},
                   {"createdAt", instant, "when it was made", Need::kRequired},
                   {"subscriptions", subscriptions, "in order of subscribing", Need::kRequired},
                   {"ended", ended, "of vehicles that are subscribed no more: how often they were"}}};
    return kShape;
}

const Shape& grant_shape() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a grant",
        .fields = {{"vehicles", names, "the ids of those that its codes and tokens open", Need::kRequired},
                   {"codes", codes, "not exchanged yet"},
                   {"accessTokens", instants, "and when each expires"},
                   {"refreshTokens", instants, "and when each expires"}}};
    return kShape;
}

const Shape& snapshot_shape() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a snapshot",
        .fields = {{"formatVersion", format_version, "of this description", Need::kRequired},
                   {"now", present, "what the platform's clock shows", Need::kRequired},
                   {"externalId", text, "what the application calls its user"},
                   {"vehicles", things, "the fleet in its order", Need::kRequired},
                   {"webhooks", things, "in order of creation", Need::kRequired},
                   {"grants", things, "codes and tokens by the visit that gave them out", Need::kRequired},
                   {"applicationTokens", instants, "and when each expires", Need::kRequired},
                   {"executions", executions, "the commands of v3 that were obeyed, oldest first", Need::kRequired},
                   {"counters", counters, "of ids given out", Need::kRequired}}};
    return kShape;
}

}  // namespace smartcar_sim::platform
