#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "contract/api_error.h"
#include "document/json.h"
#include "document/pointer.h"
#include "platform/snapshot.h"
#include "vehicle/fixture.h"
#include "vehicle/measure.h"

namespace smartcar_sim::platform {

namespace {

using document::Value;
using vehicle::Vehicle;

// Of members that the shape has found to be there and of their kind.
const std::string& text_of(const Value& object, std::string_view name) { return *object.find(name)->string(); }

base::Instant instant_of(const Value& value) { return *base::parse_instant(*value.string()); }
base::Instant instant_of(const Value& object, std::string_view name) { return instant_of(*object.find(name)); }

std::uint64_t count_of(const Value& value) { return static_cast<std::uint64_t>(*value.integer()); }

std::uint32_t ordinal_of(const Value& value) { return static_cast<std::uint32_t>(*value.integer()); }

std::string optional_text(const Value& object, std::string_view name) {
    const Value* const value = object.find(name);
    return value == nullptr ? std::string() : *value->string();
}

// Members of an object that may be left out.
const document::Object& members_of(const Value& object, std::string_view name) {
    static const document::Object kNone;
    const Value* const value = object.find(name);
    const document::Object* const members = value == nullptr ? nullptr : value->object();
    return members == nullptr ? kNone : *members;
}

std::vector<std::string> texts_of(const Value& list) {
    std::vector<std::string> texts;
    texts.reserve(list.array()->size());
    for (const Value& item : *list.array()) texts.push_back(*item.string());
    return texts;
}

template <class T, std::size_t kCount>
T choice(const Value& name, const std::array<T, kCount>& choices) {
    return *std::ranges::find_if(choices, [&](T each) { return vehicle::name_of(each) == *name.string(); });
}

// One thing after the other until the first mistake: what comes after it is not looked at, because a snapshot may have
// a hundred thousand vehicles and every one of them may have it.
class Reader {
public:
    Reader(std::string_view text, const Configuration& configuration)
        : text_(text),
          configuration_(configuration),
          owner_(std::make_shared<const std::string>(configuration.user_id)) {}

    base::Result<Snapshot> read(const Value& body) {
        if (fits(body, snapshot_shape())) read_members(body);
        if (error_) return *std::move(error_);
        return std::move(snapshot_);
    }

private:
    void read_members(const Value& body);

    void read_vehicle(const Value& value);
    void read_whole(const Value& value, Vehicle& vehicle);
    void read_unsupported(const Value& list, Vehicle& vehicle);
    void read_destination(const Value& value, Vehicle& vehicle);
    void read_state(const Value& value, vehicle::State& state);
    void read_connection(const Value& value, VehicleRecord& record);
    void read_forced_error(const Value& value, VehicleRecord& record);
    void check_unique(const Value& value, std::string_view member, std::set<std::string>& seen);

    void read_webhook(const Value& value);
    void read_settings(const Value& settings, Webhook& webhook);
    void read_subscription(const Value& value, WebhookRecord& record);
    void read_failing(const Value& value, WebhookRecord& webhook, const std::string& vehicle_id);
    void check_members(const Value& subscription, WebhookType type);
    void read_ended(const document::Object& ended, WebhookRecord& webhook);

    void read_grant(const Value& value);
    void read_tokens(const document::Object& tokens, const VehicleSetPtr& vehicles, ByText<Grant>& into);
    void read_execution(const Value& value);
    void read_counters(const Value& value);

    // Nothing when there is none, which is a mistake.
    std::optional<VehicleIndex> vehicle_at(const Value& id);
    std::optional<VehicleIndex> vehicle_called(const std::string& id, std::size_t offset);
    std::optional<VehicleIndex> connected_vehicle_at(const Value& id, std::string_view so);

    bool fits(const Value& value, const document::Shape& shape) {
        document::Problems problems("body", text_);
        document::check(value, shape, problems);
        if (problems.empty()) return true;
        if (!error_) error_ = problems.take().front();
        return false;
    }

    void fail(std::string code, std::string message, std::size_t offset) {
        fail(base::Error{.code = std::move(code), .message = std::move(message)}, offset);
    }
    void fail(base::Error error, std::size_t offset) {
        if (error_) return;
        error.place = document::place_of("body", text_, offset);
        error_ = std::move(error);
    }

    const std::string_view text_;
    const Configuration& configuration_;
    const std::shared_ptr<const std::string> owner_;
    Snapshot snapshot_;
    std::set<std::string> ids_, fixtures_, vins_;  // of vehicles
    std::optional<base::Error> error_;
};

void Reader::read_members(const Value& body) {
    snapshot_.now = instant_of(body, "now");
    const std::string external_id = optional_text(body, "externalId");
    if (!external_id.empty()) snapshot_.records.external_ids[*owner_] = external_id;
    const auto each = [&](std::string_view name, void (Reader::*read_one)(const Value&)) {
        for (const Value& value : *body.find(name)->array()) {
            if (error_) return;
            (this->*read_one)(value);
        }
    };
    each("vehicles", &Reader::read_vehicle);
    each("webhooks", &Reader::read_webhook);
    each("grants", &Reader::read_grant);
    each("executions", &Reader::read_execution);
    for (const auto& [token, expires_at] : *body.find("applicationTokens")->object()) {
        snapshot_.records.application_tokens[token] = instant_of(expires_at);
    }
    read_counters(*body.find("counters"));
}

// --- vehicles -----------------------------------------------------------------------------------------------

void Reader::check_unique(const Value& value, std::string_view member, std::set<std::string>& seen) {
    const Value& name = *value.find(member);
    if (seen.insert(*name.string()).second) return;
    fail("repeated", "there are two vehicles of " + std::string(member) + " " + base::quoted(*name.string()),
         name.offset);
}

void Reader::read_vehicle(const Value& value) {
    const bool is_like = value.object() != nullptr && value.find("like") != nullptr;
    if (!fits(value, is_like ? like_vehicle_shape() : vehicle_shape())) return;
    check_unique(value, "id", ids_);
    check_unique(value, "fixture", fixtures_);
    check_unique(value, "vin", vins_);
    VehicleRecord record{.vehicle = {}, .user_id = owner_};
    auto vehicle = std::make_shared<Vehicle>();
    if (is_like) {
        const auto like = vehicle_at(*value.find("like"));
        if (!like) return;
        record = snapshot_.records.vehicles[*like];
        *vehicle = *record.vehicle;
    } else {
        read_whole(value, *vehicle);
    }
    vehicle->id = text_of(value, "id");
    vehicle->fixture = text_of(value, "fixture");
    vehicle->vin = text_of(value, "vin");
    if (const Value* const destination = value.find("destination")) read_destination(*destination, *vehicle);
    if (const Value* const state = value.find("state")) read_state(*state, vehicle->state);
    if (const Value* const connections = value.find("connections")) record.connections = ordinal_of(*connections);
    if (const Value* const connection = value.find("connection")) read_connection(*connection, record);
    record.vehicle = std::move(vehicle);
    if (!error_) snapshot_.records.enlist(std::move(record));
}

void Reader::read_whole(const Value& value, Vehicle& vehicle) {
    using vehicle::Powertrain;
    using vehicle::Region;
    constexpr std::array kPowertrains{Powertrain::kBev, Powertrain::kPhev, Powertrain::kHev, Powertrain::kIce};
    constexpr std::array kRegions{Region::kUs, Region::kCanada, Region::kEurope};
    vehicle.make = text_of(value, "make");
    if (vehicle.make != base::upper_case(vehicle.make)) {
        fail("bad_value", R"("make" is written in capitals: )" + base::quoted(base::upper_case(vehicle.make)),
             value.find("make")->offset);
    }
    vehicle.model = text_of(value, "model");
    vehicle.year = static_cast<int>(*value.find("year")->integer());
    vehicle.powertrain = choice(*value.find("powertrain"), kPowertrains);
    vehicle.region = choice(*value.find("region"), kRegions);
    vehicle.mode = *contract::parse_mode(text_of(value, "mode"));
    vehicle.permissions = vehicle::PermissionSet(texts_of(*value.find("permissions")));
    for (const Value& item : *value.find("commands")->array()) {
        vehicle.commands.add(vehicle::find_command(*item.string())->kind);
    }
    if (const Value* const list = value.find("unsupported")) read_unsupported(*list, vehicle);
}

void Reader::read_unsupported(const Value& list, Vehicle& vehicle) {
    for (const Value& item : *list.array()) {
        if (vehicle.permissions.contains(*item.string())) {
            fail("bad_value", base::quoted(*item.string()) + R"( is in "permissions" too: the car has it or lacks it)",
                 item.offset);
        }
        vehicle.unsupported.add(*item.string());
    }
}

void Reader::read_destination(const Value& value, Vehicle& vehicle) {
    vehicle.destination.reset();
    if (value.is_null() || !fits(value, destination_shape())) return;
    vehicle::Destination destination;
    for (const auto& [name, number] : *value.object()) {
        const auto steps = number.is_number() ? vehicle::steps_of(number.number(), vehicle::kCoordinate) : std::nullopt;
        if (!steps) fail("bad_value", "must be a number of degrees, to six decimal places", number.offset);
        (name == "latitude" ? destination.latitude : destination.longitude) = steps.value_or(0);
    }
    vehicle.destination = destination;
}

void Reader::read_state(const Value& value, vehicle::State& state) {
    state = {};
    for (const auto& [code, reading] : *value.object()) {
        const Value& body = *reading.find("body");
        auto change = vehicle::change(code, body);
        if (!change) {
            const bool blames_key = change.error().code == "unknown_signal";
            return fail(change.error(), blames_key ? reading.key_offset : body.offset);
        }
        state.apply({std::move(change).value()}, instant_of(reading, "recordedAt"));
    }
}

void Reader::read_connection(const Value& value, VehicleRecord& record) {
    record.granted.reset();
    record.forced_error = nullptr;
    if (value.is_null() || !fits(value, connection_shape())) return;
    record.granted = vehicle::PermissionSet(texts_of(*value.find("granted")));
    record.connected_at = instant_of(value, "since");
    record.updated_at = instant_of(value, "updatedAt");
    if (const Value* const error = value.find("forcedError")) read_forced_error(*error, record);
}

void Reader::read_forced_error(const Value& value, VehicleRecord& record) {
    contract::ApiError error{.type = text_of(value, "type")};
    if (std::string code = optional_text(value, "code"); !code.empty()) error.code = std::move(code);
    if (contract::find_error_kind(error.type, error.code) == nullptr) {
        return fail(contract::no_such_error_kind(error.type, error.code), value.offset);
    }
    record.forced_error = std::make_shared<const contract::ApiError>(std::move(error));
}

// --- references -----------------------------------------------------------------------------------------------

std::optional<VehicleIndex> Reader::vehicle_called(const std::string& id, std::size_t offset) {
    const Records& records = snapshot_.records;
    if (const auto index = records.index_of(id)) return index;
    std::vector<std::string_view> known;
    known.reserve(2 * records.vehicles.size());
    for (const VehicleRecord& record : records.vehicles) {
        known.push_back(record.vehicle->id);
        known.push_back(record.vehicle->fixture);
    }
    fail("unknown_vehicle", "unknown vehicle " + base::quoted(id) + document::did_you_mean(id, known), offset);
    return std::nullopt;
}

std::optional<VehicleIndex> Reader::vehicle_at(const Value& id) { return vehicle_called(*id.string(), id.offset); }

// `so` says what follows from it: "and no webhook hears of it".
std::optional<VehicleIndex> Reader::connected_vehicle_at(const Value& id, std::string_view so) {
    const auto index = vehicle_at(id);
    if (!index || snapshot_.records.vehicles[*index].granted) return index;
    fail("bad_value", "vehicle " + base::quoted(*id.string()) + " is not connected, " + std::string(so), id.offset);
    return std::nullopt;
}

// --- webhooks -------------------------------------------------------------------------------------------------

void Reader::read_webhook(const Value& value) {
    if (!fits(value, webhook_shape())) return;
    WebhookRecord record;
    record.webhook.id = text_of(value, "id");
    if (snapshot_.records.find_webhook(record.webhook.id) != nullptr) {
        return fail("repeated", "there are two webhooks of id " + base::quoted(record.webhook.id),
                    value.find("id")->offset);
    }
    record.webhook.verified = *value.find("verified")->boolean();
    record.webhook.enabled = *value.find("enabled")->boolean();
    record.webhook.created_at = instant_of(value, "createdAt");
    read_settings(*value.find("settings"), record.webhook);
    for (const Value& subscription : *value.find("subscriptions")->array()) {
        if (!error_) read_subscription(subscription, record);
    }
    if (!error_) read_ended(members_of(value, "ended"), record);
    snapshot_.records.webhooks.push_back(std::move(record));
}

// parse_webhook says where in words ("/events/0: unknown event …").
void Reader::read_settings(const Value& settings, Webhook& webhook) {
    auto parsed = parse_webhook(settings, configuration_);
    if (parsed) {
        webhook.settings = std::move(parsed).value();
        return;
    }
    const std::string& message = parsed.error().message;
    const std::size_t colon = message.find(": ");
    const std::string pointer = message.starts_with('/') ? message.substr(0, colon) : "";
    const auto found = document::find(settings, pointer);
    if (pointer.empty() || !found || found.value() == nullptr) return fail("bad_webhook", message, settings.offset);
    constexpr std::string_view kUnknown = "unknown member";
    const std::string complaint = message.substr(colon + 2);
    if (!complaint.starts_with(kUnknown)) return fail("bad_webhook", complaint, found.value()->offset);
    fail("bad_webhook",
         std::string(kUnknown) + ' ' + base::quoted(pointer.substr(1)) + complaint.substr(kUnknown.size()),
         found.value()->key_offset);
}

void Reader::check_members(const Value& subscription, WebhookType type) {
    const bool signals = type == WebhookType::kSignals;
    const bool reads = type == WebhookType::kSchedule || type == WebhookType::kDynamic;
    for (const auto& [name, value] : *subscription.object()) {
        const bool of_signals = name == "firstDeliveryDue" || name == "failing";
        if ((!of_signals || signals) && (name != "readsAt" || reads)) continue;
        fail("unknown_member",
             "a subscription to a webhook of type " + std::string(name_of(type)) + " has no " + base::quoted(name),
             value.key_offset);
    }
}

void Reader::read_subscription(const Value& value, WebhookRecord& record) {
    Webhook& webhook = record.webhook;
    check_members(value, webhook.settings.type);
    const Value& id = *value.find("vehicleId");
    const auto index = connected_vehicle_at(id, "so no webhook hears of it");
    if (!index) return;
    if (record.has_subscribed(*index)) {
        return fail("repeated", "vehicle " + base::quoted(*id.string()) + " is subscribed twice", id.offset);
    }
    const std::string& vehicle_id = snapshot_.records.vehicles[*index].vehicle->id;
    const std::size_t size = std::max<std::size_t>(record.subscribed.size(), *index + std::size_t{1});
    record.subscribed.resize(size);
    record.enrolments.resize(size);
    record.subscribed[*index] = true;
    record.enrolments[*index] = {.since = instant_of(value, "since"), .ordinal = ordinal_of(*value.find("ordinal"))};
    webhook.subscriptions.push_back(vehicle_id);
    const Value* const due = value.find("firstDeliveryDue");
    if (due != nullptr && *due->boolean()) record.first_delivery_due.insert(vehicle_id);
    read_failing(value, record, vehicle_id);
    if (const Value* const reads_at = value.find("readsAt")) {
        snapshot_.records.timers.set({.vehicle = *index, .webhook_id = webhook.id}, instant_of(*reads_at));
    }
}

void Reader::read_failing(const Value& value, WebhookRecord& webhook, const std::string& vehicle_id) {
    for (const auto& [code, error] : members_of(value, "failing")) {
        const std::string type = text_of(error, "type");
        const std::string error_code = optional_text(error, "code");
        const auto kind_code = error_code.empty() ? std::nullopt : std::optional(error_code);
        if (contract::find_signal(code) == nullptr) {
            std::vector<std::string_view> known;
            known.reserve(contract::signals().size());
            for (const contract::Signal& signal : contract::signals()) known.push_back(signal.code);
            fail("unknown_signal", "unknown signal " + base::quoted(code) + document::did_you_mean(code, known),
                 error.key_offset);
        } else if (contract::find_error_kind(type, kind_code) == nullptr) {
            fail(contract::no_such_error_kind(type, kind_code), error.offset);
        }
        webhook.failing[vehicle_id][code] = {type, error_code};
    }
}

void Reader::read_ended(const document::Object& ended, WebhookRecord& webhook) {
    for (const auto& [id, ordinal] : ended) {
        const auto index = vehicle_called(id, ordinal.key_offset);
        if (!index) return;
        if (webhook.has_subscribed(*index)) {
            return fail("bad_value", "vehicle " + base::quoted(id) + " is among the subscriptions too",
                        ordinal.key_offset);
        }
        if (*index >= webhook.enrolments.size()) webhook.enrolments.resize(*index + std::size_t{1});
        webhook.enrolments[*index].ordinal = ordinal_of(ordinal);
    }
}

// --- codes, tokens and the rest -----------------------------------------------------------------------------------

void Reader::read_grant(const Value& value) {
    if (!fits(value, grant_shape())) return;
    std::vector<VehicleIndex> order;
    std::set<VehicleIndex> seen;
    for (const Value& id : *value.find("vehicles")->array()) {
        const auto index = connected_vehicle_at(id, "so nothing opens it");
        if (!index) return;
        if (!seen.insert(*index).second) {
            return fail("repeated", "vehicle " + base::quoted(*id.string()) + " stands here already", id.offset);
        }
        order.push_back(*index);
    }
    const auto vehicles = std::make_shared<const VehicleSet>(std::move(order));
    for (const auto& [code, member] : members_of(value, "codes")) {
        const CodeGrant grant{.grant = {.vehicles = vehicles, .expires_at = instant_of(member, "expiresAt")},
                              .redirect_uri = optional_text(member, "redirectUri")};
        if (snapshot_.records.codes.emplace(code, grant).second) continue;
        fail("repeated", "code " + base::quoted(code) + " is in another grant too", member.key_offset);
    }
    read_tokens(members_of(value, "accessTokens"), vehicles, snapshot_.records.access_tokens);
    read_tokens(members_of(value, "refreshTokens"), vehicles, snapshot_.records.refresh_tokens);
}

void Reader::read_tokens(const document::Object& tokens, const VehicleSetPtr& vehicles, ByText<Grant>& into) {
    for (const auto& [token, expires_at] : tokens) {
        const Grant grant{.vehicles = vehicles, .expires_at = instant_of(expires_at)};
        if (into.emplace(token, grant).second) continue;
        fail("repeated", "token " + base::quoted(token) + " is in another grant too", expires_at.key_offset);
    }
}

void Reader::read_execution(const Value& value) {
    const auto index = vehicle_at(*value.find("vehicleId"));
    if (!index) return;
    snapshot_.records.executions.push_back({.id = text_of(value, "id"),
                                            .vehicle_id = snapshot_.records.vehicles[*index].vehicle->id,
                                            .command = text_of(value, "command"),
                                            .parameters = *value.find("parameters"),
                                            .at = instant_of(value, "at"),
                                            .action = optional_text(value, "action"),
                                            .schedule_id = optional_text(value, "scheduleId")});
}

void Reader::read_counters(const Value& value) {
    snapshot_.records.webhooks_created = count_of(*value.find("webhooks"));
    for (const auto& [kind, parents] : *value.find("ids")->object()) {
        for (const auto& [parent, count] : *parents.object()) snapshot_.ordinals.set(kind, parent, count_of(count));
    }
}

}  // namespace

base::Result<Snapshot> read_snapshot(const Value& body, std::string_view text, const Configuration& configuration) {
    return Reader(text, configuration).read(body);
}

}  // namespace smartcar_sim::platform
