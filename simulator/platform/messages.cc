#include "platform/messages.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "contract/api_error.h"
#include "contract/signals.h"
#include "vehicle/api_v2.h"
#include "vehicle/signals.h"

namespace smartcar_sim::platform {
namespace {

contract::VehicleRef reference_to(const VehicleRecord& record) {
    const vehicle::Vehicle& vehicle = *record.vehicle;
    return {.id = vehicle.id,
            .user_id = *record.user_id,
            .make = vehicle.make,
            .model = vehicle.model,
            .year = vehicle.year};
}

// The parent names both, so that webhooks and vehicles that fire at the same time do not share a count.
Effect addressed(Turn& turn, const Webhook& webhook, const vehicle::Vehicle& vehicle, std::string_view event_name) {
    return {.webhook_id = webhook.id,
            .callback = webhook.settings.callback,
            .event_id = turn.next_id("event", webhook.id + '/' + vehicle.id),
            .event_name = std::string(event_name),
            .vehicle_id = vehicle.id,
            .version = webhook.settings.version(),
            .message = {}};
}

contract::Reading refused(std::string_view path, const contract::ApiError& error, std::string_view request_id) {
    return {.path = std::string(path),
            .code = contract::error_kind(error.type, error.code).status,
            .body = contract::error_body(error, request_id),
            .headers = {{"sc-unit-system", "metric"}}};
}

contract::Reading answered(std::string_view path, vehicle::View view) {
    contract::Reading reading{.path = std::string(path), .code = 200, .body = std::move(view.body), .headers = {}};
    if (view.recorded_at) reading.headers.emplace_back("sc-data-age", base::format_instant(*view.recorded_at));
    if (view.has_units) reading.headers.emplace_back("sc-unit-system", "metric");
    return reading;
}

contract::Reading read_endpoint(const VehicleRecord& record, std::string_view path, std::string_view request_id,
                                base::Instant now) {
    const vehicle::Endpoint& endpoint = *vehicle::find_endpoint(path);  // the webhook's settings were checked
    if (!record.granted->contains(endpoint.permission)) return refused(path, {.type = "PERMISSION"}, request_id);
    if (record.forced_error && !endpoint.is_static()) return refused(path, *record.forced_error, request_id);
    const VehiclePtr vehicle = as_of(record.vehicle, now);
    auto answer = vehicle::read(endpoint, *vehicle, {.units = vehicle::UnitSystem::kMetric, .now = now});
    if (const auto* const error = std::get_if<contract::ApiError>(&answer)) return refused(path, *error, request_id);
    return answered(path, std::get<vehicle::View>(std::move(answer)));
}

// Schedule payloads say which units their entries are in (webhooks.md section 3.3), dynamic ones do not (clients.md
// section 5).
void leave_out_units(contract::Reading& reading) {
    std::erase_if(reading.headers, [](const auto& header) { return header.first == "sc-unit-system"; });
}

contract::VehicleReadings read_endpoints(Turn& turn, const Webhook& webhook, const VehicleRecord& record) {
    contract::VehicleReadings readings{
        .vehicle_id = record.vehicle->id, .request_id = turn.next_id("request", webhook.id), .data = {}};
    for (const std::string& path : webhook.settings.paths) {
        readings.data.push_back(read_endpoint(record, path, readings.request_id, turn.now));
        if (webhook.settings.type == WebhookType::kDynamic) leave_out_units(readings.data.back());
    }
    return readings;
}

}  // namespace

contract::Envelope envelope_of(const Webhook& webhook, contract::Mode mode) {
    return {.webhook_id = webhook.id,
            .webhook_name = webhook.settings.name,
            .dialect = webhook.settings.dialect,
            .mode = mode};
}

Effect charging_event_effect(Turn& turn, const Webhook& webhook, const VehicleRecord& record, std::string_view event) {
    const vehicle::Vehicle& vehicle = *record.vehicle;
    Effect effect = addressed(turn, webhook, vehicle, event);
    effect.message =
        contract::event_based(envelope_of(webhook, vehicle.mode), effect.event_id, vehicle.id, event, turn.now);
    return effect;
}

Effect state_effect(Turn& turn, const Webhook& webhook, const VehicleRecord& record,
                    const contract::Triggers& triggers) {
    const vehicle::Vehicle& vehicle = *record.vehicle;
    const auto signals = signals_of(turn, webhook, record);
    Effect effect = addressed(turn, webhook, vehicle, "VEHICLE_STATE");
    effect.message = contract::vehicle_state(envelope_of(webhook, vehicle.mode), effect.event_id, reference_to(record),
                                             signals, triggers);
    return effect;
}

Effect error_effect(Turn& turn, const Webhook& webhook, const VehicleRecord& record,
                    std::vector<contract::VehicleFault> errors) {
    const vehicle::Vehicle& vehicle = *record.vehicle;
    for (contract::VehicleFault& error : errors) {
        if (!error.signals) error.signals = names_of(webhook.settings.data);
    }
    Effect effect = addressed(turn, webhook, vehicle, "VEHICLE_ERROR");
    effect.callback = webhook.settings.error_callback.value_or(webhook.settings.callback);
    effect.message =
        contract::vehicle_error(envelope_of(webhook, vehicle.mode), effect.event_id, reference_to(record), errors);
    return effect;
}

Effect readings_effect(Turn& turn, const Webhook& webhook, const VehicleRecord& record) {
    const std::string_view event_name = name_of(webhook.settings.type);
    Effect effect = addressed(turn, webhook, *record.vehicle, event_name);
    const contract::VehicleReadings readings = read_endpoints(turn, webhook, record);
    effect.message = contract::readings_2_0(envelope_of(webhook, record.vehicle->mode), event_name, {&readings, 1});
    return effect;
}

std::vector<contract::SignalReading> signals_of(const Turn& turn, const Webhook& webhook, const VehicleRecord& record) {
    const VehiclePtr vehicle = as_of(record.vehicle, turn.now);
    auto readings = vehicle::read_signals(*vehicle, webhook.settings.data, *record.granted, turn.now);
    if (!record.forced_error) return readings;
    for (contract::SignalReading& reading : readings) {
        if (reading.failure || contract::find_signal(reading.signal.code)->is_static) continue;
        reading.failure = {.type = record.forced_error->type, .code = record.forced_error->code};
    }
    return readings;
}

std::vector<contract::SignalName> names_of(std::span<const std::string> codes) {
    std::vector<contract::SignalName> names;
    for (const std::string& code : codes) names.push_back(contract::signal_name(code));
    return names;
}

}  // namespace smartcar_sim::platform
