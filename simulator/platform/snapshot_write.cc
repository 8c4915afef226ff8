#include <map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "document/writer.h"
#include "platform/snapshot.h"
#include "vehicle/measure.h"

namespace smartcar_sim::platform {

namespace {

using document::Writer;

void write_texts(Writer& json, std::string_view name, const std::vector<std::string>& texts) {
    json.key(name).begin_array();
    for (const std::string& text : texts) json.value(text);
    json.end_array();
}

void write_instant(Writer& json, std::string_view name, base::Instant instant) {
    json.member(name, base::format_instant(instant));
}

void write_count(Writer& json, std::string_view name, std::uint64_t count) {
    json.member(name, static_cast<std::int64_t>(count));
}

// --- vehicles -----------------------------------------------------------------------------------------------

// What all vehicles of a fixture have in common.
void write_kind(Writer& json, const vehicle::Vehicle& vehicle) {
    json.member("make", vehicle.make).member("model", vehicle.model).member("year", vehicle.year);
    json.member("powertrain", vehicle::name_of(vehicle.powertrain)).member("region", vehicle::name_of(vehicle.region));
    json.member("mode", contract::name_of(vehicle.mode));
    write_texts(json, "permissions", vehicle.permissions.names());
    write_texts(json, "commands", vehicle.commands.names());
    write_texts(json, "unsupported", vehicle.unsupported.names());
}

void write_destination(Writer& json, const std::optional<vehicle::Destination>& destination) {
    json.key("destination");
    if (!destination) return static_cast<void>(json.null());
    const auto degrees = [](std::int64_t steps) { return vehicle::decimal(steps, vehicle::kCoordinate.per_unit); };
    json.begin_object().member("latitude", degrees(destination->latitude));
    json.member("longitude", degrees(destination->longitude)).end_object();
}

// As it was last stated: a charging vehicle's readings are those of the instant its charge grows from.
void write_state(Writer& json, const vehicle::State& state) {
    json.key("state").begin_object();
    for (const auto& [signal, reading] : state) {
        json.key(signal->code).begin_object().key("body");
        vehicle::write_body(json, *signal, reading.datum);
        write_instant(json, "recordedAt", reading.oem_updated_at);
        json.end_object();
    }
    json.end_object();
}

void write_error(Writer& json, std::string_view type, std::string_view code) {
    json.begin_object().member("type", type);
    if (!code.empty()) json.member("code", code);
    json.end_object();
}

void write_connection(Writer& json, const VehicleRecord& record) {
    json.key("connection");
    if (!record.granted) return static_cast<void>(json.null());
    json.begin_object();
    write_texts(json, "granted", record.granted->names());
    write_instant(json, "since", record.connected_at);
    write_instant(json, "updatedAt", record.updated_at);
    if (record.forced_error) {
        json.key("forcedError");
        write_error(json, record.forced_error->type, record.forced_error->code.value_or(""));
    }
    json.end_object();
}

bool same_error(const VehicleRecord& left, const VehicleRecord& right) {
    if (left.forced_error == right.forced_error) return true;
    return left.forced_error && right.forced_error && *left.forced_error == *right.forced_error;
}

bool same_connection(const VehicleRecord& left, const VehicleRecord& right) {
    if (!left.granted || !right.granted) return left.granted == right.granted;
    return *left.granted == *right.granted && left.connected_at == right.connected_at &&
           left.updated_at == right.updated_at && same_error(left, right);
}

bool same_state(const vehicle::State& left, const vehicle::State& right) {
    return left.is_same_as(right) || left == right;
}

// A fleet has many vehicles of few kinds: the first of a kind is written whole, the others as like it, with what
// differs.
class VehicleWriter {
public:
    explicit VehicleWriter(Writer& json) : json_(json) {}

    void write(const VehicleRecord& record) {
        std::string kind;
        Writer key(kind);
        key.begin_object();
        write_kind(key, *record.vehicle);
        const auto [first, is_first] = first_of_kind_.try_emplace(std::move(kind), &record);
        json_.begin_object().member("id", record.vehicle->id).member("fixture", record.vehicle->fixture);
        json_.member("vin", record.vehicle->vin);
        is_first ? write_whole(record) : write_differences(record, *first->second);
        json_.end_object();
    }

private:
    void write_whole(const VehicleRecord& record) {
        write_kind(json_, *record.vehicle);
        write_destination(json_, record.vehicle->destination);
        write_state(json_, record.vehicle->state);
        write_count(json_, "connections", record.connections);
        write_connection(json_, record);
    }

    void write_differences(const VehicleRecord& record, const VehicleRecord& like) {
        const vehicle::Vehicle& vehicle = *record.vehicle;
        json_.member("like", like.vehicle->id);
        if (vehicle.destination != like.vehicle->destination) write_destination(json_, vehicle.destination);
        if (!same_state(vehicle.state, like.vehicle->state)) write_state(json_, vehicle.state);
        if (record.connections != like.connections) write_count(json_, "connections", record.connections);
        if (!same_connection(record, like)) write_connection(json_, record);
    }

    Writer& json_;
    std::map<std::string, const VehicleRecord*> first_of_kind_;
};

void write_vehicles(Writer& json, const Records& records) {
    json.key("vehicles").begin_array();
    VehicleWriter vehicles(json);
    for (const VehicleRecord& record : records.vehicles) vehicles.write(record);
    json.end_array();
}

// --- webhooks -----------------------------------------------------------------------------------------------

void write_failing(Writer& json, const Failures& failures) {
    json.key("failing").begin_object();
    for (const auto& [signal, failure] : failures) {
        json.key(signal);
        write_error(json, failure.first, failure.second);
    }
    json.end_object();
}

void write_subscription(Writer& json, const Records& records, const WebhookRecord& webhook, const std::string& id) {
    const VehicleIndex index = *records.index_of(id);
    json.begin_object().member("vehicleId", id);
    write_instant(json, "since", webhook.enrolments[index].since);
    write_count(json, "ordinal", webhook.enrolments[index].ordinal);
    if (webhook.first_delivery_due.contains(id)) json.member("firstDeliveryDue", true);
    const auto failing = webhook.failing.find(id);
    if (failing != webhook.failing.end() && !failing->second.empty()) write_failing(json, failing->second);
    const auto reads_at = records.timers.due({.vehicle = index, .webhook_id = webhook.webhook.id});
    if (reads_at) write_instant(json, "readsAt", *reads_at);
    json.end_object();
}

// How often those were subscribed that are no more: the next subscription has another id.
void write_ended(Writer& json, const Records& records, const WebhookRecord& webhook) {
    json.key("ended").begin_object();
    for (VehicleIndex index = 0; index < webhook.enrolments.size(); ++index) {
        const std::uint32_t ordinal = webhook.enrolments[index].ordinal;
        if (ordinal == 0 || webhook.has_subscribed(index)) continue;
        write_count(json, records.vehicles[index].vehicle->id, ordinal);
    }
    json.end_object();
}

void write_webhook(Writer& json, const Records& records, const WebhookRecord& record) {
    const Webhook& webhook = record.webhook;
    json.begin_object().member("id", webhook.id).key("settings").begin_object();
    write_settings(json, webhook.settings);
    json.end_object().member("verified", webhook.verified).member("enabled", webhook.enabled);
    write_instant(json, "createdAt", webhook.created_at);
    json.key("subscriptions").begin_array();
    for (const std::string& id : webhook.subscriptions) write_subscription(json, records, record, id);
    json.end_array();
    write_ended(json, records, record);
    json.end_object();
}

// --- codes and tokens -----------------------------------------------------------------------------------------

// What one visit to Connect gave out, which opens the same vehicles.
struct GivenOut {
    std::map<std::string_view, const CodeGrant*> codes;
    std::map<std::string_view, base::Instant> access_tokens;
    std::map<std::string_view, base::Instant> refresh_tokens;
};

class Grants {
public:
    explicit Grants(const Records& records) {
        for (const auto& [code, grant] : records.codes) of(grant.grant.vehicles).codes[code] = &grant;
        for (const auto& [token, grant] : records.access_tokens) {
            of(grant.vehicles).access_tokens[token] = grant.expires_at;
        }
        for (const auto& [token, grant] : records.refresh_tokens) {
            of(grant.vehicles).refresh_tokens[token] = grant.expires_at;
        }
    }

    [[nodiscard]] const std::vector<std::pair<const VehicleSet*, GivenOut>>& all() const { return all_; }

private:
    GivenOut& of(const VehicleSetPtr& vehicles) {
        const auto [place, is_new] = places_.try_emplace(vehicles.get(), all_.size());
        if (is_new) all_.emplace_back(vehicles.get(), GivenOut{});
        return all_[place->second].second;
    }

    std::map<const VehicleSet*, std::size_t> places_;
    std::vector<std::pair<const VehicleSet*, GivenOut>> all_;
};

template <class Tokens>
void write_expiries(Writer& json, std::string_view name, const Tokens& tokens) {
    json.key(name).begin_object();
    for (const auto& [token, expires_at] : tokens) write_instant(json, token, expires_at);
    json.end_object();
}

void write_codes(Writer& json, const GivenOut& given) {
    json.key("codes").begin_object();
    for (const auto& [code, grant] : given.codes) {
        json.key(code).begin_object();
        write_instant(json, "expiresAt", grant->grant.expires_at);
        if (!grant->redirect_uri.empty()) json.member("redirectUri", grant->redirect_uri);
        json.end_object();
    }
    json.end_object();
}

void write_grants(Writer& json, const Records& records) {
    json.key("grants").begin_array();
    const Grants grants(records);
    for (const auto& [vehicles, given] : grants.all()) {
        json.begin_object().key("vehicles").begin_array();
        for (const VehicleIndex index : vehicles->order()) json.value(records.vehicles[index].vehicle->id);
        json.end_array();
        write_codes(json, given);
        write_expiries(json, "accessTokens", given.access_tokens);
        write_expiries(json, "refreshTokens", given.refresh_tokens);
        json.end_object();
    }
    json.end_array();
}

// --- the rest -------------------------------------------------------------------------------------------------

void write_executions(Writer& json, const Records& records) {
    json.key("executions").begin_array();
    for (const Execution& execution : records.executions) {
        json.begin_object().member("id", execution.id).member("vehicleId", execution.vehicle_id);
        json.member("command", execution.command).member("parameters", execution.parameters);
        write_instant(json, "at", execution.at);
        if (!execution.action.empty()) json.member("action", execution.action);
        if (!execution.schedule_id.empty()) json.member("scheduleId", execution.schedule_id);
        json.end_object();
    }
    json.end_array();
}

void write_counters(Writer& json, const Records& records, const Ordinals& ordinals) {
    json.key("counters").begin_object();
    write_count(json, "webhooks", records.webhooks_created);
    json.key("ids").begin_object();
    std::string_view kind;
    for (const auto& [key, count] : ordinals.all()) {
        if (key.first != kind) {
            if (!kind.empty()) json.end_object();
            kind = key.first;
            json.key(kind).begin_object();
        }
        write_count(json, key.second, count);
    }
    if (!kind.empty()) json.end_object();
    json.end_object().end_object();
}

}  // namespace

std::string write_snapshot(const Configuration& configuration, const Snapshot& snapshot) {
    const Records& records = snapshot.records;
    std::string text;
    Writer json(text);
    json.begin_object().member("formatVersion", kSnapshotFormat);
    write_instant(json, "now", snapshot.now);
    const auto external_id = records.external_ids.find(configuration.user_id);
    if (external_id != records.external_ids.end()) json.member("externalId", external_id->second);
    write_vehicles(json, records);
    json.key("webhooks").begin_array();
    for (const WebhookRecord& webhook : records.webhooks) write_webhook(json, records, webhook);
    json.end_array();
    write_grants(json, records);
    write_expiries(json, "applicationTokens", records.application_tokens);
    write_executions(json, records);
    write_counters(json, records, snapshot.ordinals);
    json.end_object();
    return text;
}

}  // namespace smartcar_sim::platform
