#include "platform/changes.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "platform/acting.h"
#include "platform/events.h"
#include "platform/platform.h"
#include "vehicle/charging.h"

namespace smartcar_sim::platform {
namespace {

bool is_plugged_in(const vehicle::Vehicle& vehicle) {
    return vehicle.state.flag("charge-ischargingcableconnected").value_or(false);
}

// Every hour, or as often as the webhook says; dynamic ones every half hour while the vehicle is plugged in
// (webhooks.md section 3.4).
base::Milliseconds interval_of(const Webhook& webhook, const vehicle::Vehicle& vehicle) {
    constexpr base::Milliseconds kPluggedIn = std::chrono::minutes(30);
    const bool dynamic = webhook.settings.type == WebhookType::kDynamic;
    return dynamic && is_plugged_in(vehicle) ? kPluggedIn : webhook.settings.interval;
}

// A reading that is due later than the webhook's interval from now is due then.
void read_sooner(Turn& turn, const VehicleRecord& record) {
    const VehicleIndex vehicle = turn.records.index_of(record);
    for (const WebhookRecord& webhook : turn.records.webhooks) {
        const auto due = turn.records.timers.due({.vehicle = vehicle, .webhook_id = webhook.webhook.id});
        if (due && *due > turn.now + interval_of(webhook.webhook, *record.vehicle)) {
            time_reading(turn, webhook.webhook, vehicle);
        }
    }
}

Fired charge_on(Turn& turn, VehicleRecord& record) {
    const vehicle::State& state = record.vehicle->state;
    std::vector<std::string> moved = vehicle::moving_signals(state);
    if (vehicle::is_charged(state, turn.now)) {
        return change(turn, record, {vehicle::change_to("charge-ischarging", false)}, std::move(moved));
    }
    time_charging(turn, record);
    return fire_change(turn, record, {.event = std::nullopt, .signals = std::move(moved)});
}

Fired read_on(Turn& turn, const TimerKey& timer) {
    const WebhookRecord* const webhook = turn.records.find_webhook(timer.webhook_id);
    if (webhook == nullptr || !webhook->has_subscribed(timer.vehicle)) return {};
    time_reading(turn, webhook->webhook, timer.vehicle);
    return fire_reading(turn, *webhook, turn.records.vehicles[timer.vehicle]);
}

// Its charge grows from now. At the start it does already, with readings that its kind shares.
void time_charging_from(Turn& turn, VehicleRecord& record) {
    if (record.vehicle->state.find("charge-ischarging")->oem_updated_at != turn.now) {
        auto present = std::make_shared<vehicle::Vehicle>(*record.vehicle);
        present->state.touch(turn.now);
        record.vehicle = std::move(present);
    }
    time_charging(turn, record);
}

}  // namespace

Fired change(Turn& turn, VehicleRecord& record, const vehicle::Changes& changes, std::vector<std::string> moved) {
    const VehiclePtr before = as_of(record.vehicle, turn.now);
    const vehicle::Changes all = vehicle::with_consequences(before->state, changes);
    // What does not bear on the charge leaves it anchored where it was, so that nothing is rounded on the way.
    auto after = std::make_shared<vehicle::Vehicle>(vehicle::bears_on_charging(all) ? *before : *record.vehicle);
    auto changed = after->state.apply(all, turn.now);
    std::ranges::copy_if(moved, std::back_inserter(changed),
                         [&](const std::string& code) { return std::ranges::find(changed, code) == changed.end(); });
    record.vehicle = after;
    time_charging(turn, record);
    if (is_plugged_in(*after) && !is_plugged_in(*before)) read_sooner(turn, record);
    Fired fired =
        fire_change(turn, record, {.event = vehicle::charging_event(before->state, after->state), .signals = changed});
    // What it never reported fails no longer.
    if (after->state.size() != before->state.size() && record.granted) fired.append(fire_failures(turn, record));
    return fired;
}

void time_charging(Turn& turn, const VehicleRecord& record) {
    const TimerKey key{.vehicle = turn.records.index_of(record)};
    const auto next = vehicle::next_charging_step(record.vehicle->state, turn.now);
    next ? turn.records.timers.set(key, *next) : turn.records.timers.cancel(key);
}

void time_reading(Turn& turn, const Webhook& webhook, VehicleIndex vehicle) {
    const WebhookType type = webhook.settings.type;
    if (type != WebhookType::kSchedule && type != WebhookType::kDynamic) return;
    turn.records.timers.set({.vehicle = vehicle, .webhook_id = webhook.id},
                            turn.now + interval_of(webhook, *turn.records.vehicles[vehicle].vehicle));
}

base::Result<Fired> Platform::set_state(std::string_view vehicle, const vehicle::Changes& changes) {
    const Acting acting(*this);
    const auto record = require_vehicle(*records_, vehicle);
    if (!record.ok()) return record.error();
    Turn now = turn();
    return change(now, *record.value(), changes);
}

std::variant<Commanded, contract::ApiError> Platform::command(std::string_view vehicle_id, const Order& order) {
    const Acting acting(*this);
    VehicleRecord* const record = records_->find_vehicle(vehicle_id);
    if (record == nullptr || !record->granted) return contract::ApiError{.type = "PERMISSION"};
    Turn now = turn();
    const VehiclePtr present = as_of(record->vehicle, now.now);
    auto ordered = order(*present);
    if (auto* const error = std::get_if<contract::ApiError>(&ordered)) return std::move(*error);
    if (record->forced_error) return *record->forced_error;
    auto obeyed = vehicle::obey(*present, std::get<vehicle::Command>(ordered));
    if (auto* const error = std::get_if<contract::ApiError>(&obeyed)) return std::move(*error);
    const auto& [changes, destination] = std::get<vehicle::Obeyed>(obeyed);
    if (destination) {
        auto sent = std::make_shared<vehicle::Vehicle>(*record->vehicle);
        sent->destination = destination;
        record->vehicle = std::move(sent);
    }
    Commanded commanded{.vehicle = {}, .fired = change(now, *record, changes)};
    commanded.vehicle = record->vehicle;
    return commanded;
}

std::optional<base::Instant> Platform::next_timer() const {
    const std::lock_guard lock(mutex_);
    return records_->timers.next();
}

Fired Platform::run_timers() {
    const std::lock_guard lock(mutex_);
    Turn now = turn();
    const base::Instant present = now.now;
    Fired fired;
    while (const auto timer = records_->timers.take(present)) {
        now.now = timer->first;
        const TimerKey& key = timer->second;
        fired.append(key.webhook_id.empty() ? charge_on(now, records_->vehicles[key.vehicle]) : read_on(now, key));
    }
    return fired;
}

void Platform::restart_timers() {
    const Acting acting(*this);
    Turn now = turn();
    records_->timers.clear();
    for (VehicleRecord& record : records_->vehicles) {
        if (!record.vehicle->state.flag("charge-ischarging").value_or(false)) continue;
        time_charging_from(now, record);
    }
    for (const WebhookRecord& webhook : records_->webhooks) {
        for (const std::string& id : webhook.webhook.subscriptions) {
            time_reading(now, webhook.webhook, *records_->index_of(id));
        }
    }
}

}  // namespace smartcar_sim::platform
