#include "platform/events.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <span>
#include <utility>

#include "contract/api_error.h"
#include "contract/events.h"
#include "contract/signals.h"
#include "document/pointer.h"
#include "platform/messages.h"

namespace smartcar_sim::platform {
namespace {

constexpr std::string_view kFirstDelivery = "FIRST_DELIVERY";

// Whether somebody asked for a first delivery that nothing owes.
enum class FirstDelivery { kIfDue, kAnyway };

// What every kind of event asks of a webhook before it looks at its selection.
std::optional<SkipReason> obstacle(const Turn& turn, const WebhookRecord& webhook, const VehicleRecord& record,
                                   WebhookType carrier) {
    if (webhook.webhook.settings.type != carrier) return SkipReason::kOtherType;
    if (!webhook.webhook.enabled) return SkipReason::kDisabled;
    if (!webhook.webhook.verified) return SkipReason::kUnverified;
    if (!webhook.has_subscribed(turn.records.index_of(record))) return SkipReason::kNotSubscribed;
    return std::nullopt;
}

void skip(Fired& fired, const WebhookRecord& webhook, const VehicleRecord& record, SkipReason reason) {
    fired.skipped.push_back({.webhook_id = webhook.webhook.id, .vehicle_id = record.vehicle->id, .reason = reason});
}

bool holds(std::span<const std::string> list, std::string_view item) {
    return std::ranges::find(list, item) != list.end();
}

void tell_event(Turn& turn, Fired& fired, const WebhookRecord& webhook, const VehicleRecord& record,
                std::string_view event) {
    if (const auto reason = obstacle(turn, webhook, record, WebhookType::kEventBased)) {
        skip(fired, webhook, record, *reason);
    } else if (!holds(webhook.webhook.settings.events, event)) {
        skip(fired, webhook, record, SkipReason::kEventNotSelected);
    } else if (record.vehicle->mode != contract::Mode::kLive) {
        skip(fired, webhook, record, SkipReason::kVehicleNotLive);
    } else {
        fired.effects.push_back(charging_event_effect(turn, webhook.webhook, record, event));
    }
}

// --- what fails -------------------------------------------------------------------------------

Failures failures_of(const Turn& turn, const Webhook& webhook, const VehicleRecord& record) {
    Failures failures;
    for (const contract::SignalReading& reading : signals_of(turn, webhook, record)) {
        if (reading.failure) {
            failures[reading.signal.code] = {reading.failure->type, reading.failure->code.value_or("")};
        }
    }
    return failures;
}

// Those of `some` that are not the same in `others`, one fault for each type and code.
void add_faults(std::vector<contract::VehicleFault>& faults, const Failures& some, const Failures& others,
                contract::VehicleFault::State state) {
    std::map<std::pair<std::string, std::string>, std::vector<contract::SignalName>> signals;
    for (const auto& [code, failure] : some) {
        const auto same = others.find(code);
        if (same == others.end() || same->second != failure) signals[failure].push_back(contract::signal_name(code));
    }
    for (auto& [failure, names] : signals) {
        const auto& [type, code] = failure;
        faults.push_back({.type = type,
                          .code = code.empty() ? std::nullopt : std::optional(code),
                          .state = state,
                          .signals = std::move(names)});
    }
}

void tell_failures(Turn& turn, Fired& fired, WebhookRecord& webhook, const VehicleRecord& record) {
    Failures failures = failures_of(turn, webhook.webhook, record);
    const Failures told = std::exchange(webhook.failing[record.vehicle->id], failures);
    std::vector<contract::VehicleFault> faults;
    add_faults(faults, failures, told, contract::VehicleFault::State::kError);
    add_faults(faults, told, failures, contract::VehicleFault::State::kResolved);
    if (!faults.empty()) fired.effects.push_back(error_effect(turn, webhook.webhook, record, std::move(faults)));
}

// A first delivery takes the place of the changes: it carries every signal anyway.
void tell_state(Turn& turn, Fired& fired, WebhookRecord& webhook, const VehicleRecord& record,
                std::span<const std::string> changed, FirstDelivery asked) {
    if (const auto reason = obstacle(turn, webhook, record, WebhookType::kSignals)) {
        skip(fired, webhook, record, *reason);
        return;
    }
    std::vector<std::string> selected;
    std::ranges::copy_if(changed, std::back_inserter(selected),
                         [&](const std::string& code) { return holds(webhook.webhook.settings.triggers, code); });
    if (selected.empty() && asked == FirstDelivery::kIfDue) {
        skip(fired, webhook, record, SkipReason::kEventNotSelected);
        return;
    }
    contract::Triggers triggers;
    const bool due = webhook.first_delivery_due.erase(record.vehicle->id) > 0;
    triggers.first_delivery = due || asked == FirstDelivery::kAnyway;
    if (!triggers.first_delivery) triggers.changed = names_of(selected);
    fired.effects.push_back(state_effect(turn, webhook.webhook, record, triggers));
    fired.effects.back().was_owed = due;
    if (triggers.first_delivery) tell_failures(turn, fired, webhook, record);
}

void tell_readings(Turn& turn, Fired& fired, const WebhookRecord& webhook, const VehicleRecord& record,
                   WebhookType type) {
    if (const auto reason = obstacle(turn, webhook, record, type)) {
        skip(fired, webhook, record, *reason);
    } else {
        fired.effects.push_back(readings_effect(turn, webhook.webhook, record));
    }
}

void tell_error(Turn& turn, Fired& fired, const WebhookRecord& webhook, const VehicleRecord& record,
                std::vector<contract::VehicleFault> errors) {
    if (const auto reason = obstacle(turn, webhook, record, WebhookType::kSignals)) {
        skip(fired, webhook, record, *reason);
        return;
    }
    if (errors.empty()) {
        errors.push_back({.type = "CONNECTED_SERVICES_ACCOUNT", .code = "AUTHENTICATION_FAILED", .signals = {}});
    }
    fired.effects.push_back(error_effect(turn, webhook.webhook, record, std::move(errors)));
}

// --- an event by name -------------------------------------------------------------------------

enum class EventKind { kCharging, kSchedule, kDynamic, kState, kError };

base::Result<EventKind> kind_of(std::string_view event) {
    if (contract::find_event(event) != nullptr) return EventKind::kCharging;
    if (event == "schedule") return EventKind::kSchedule;
    if (event == "dynamic") return EventKind::kDynamic;
    if (event == "VEHICLE_STATE") return EventKind::kState;
    if (event == "VEHICLE_ERROR") return EventKind::kError;
    std::vector<std::string_view> known{"schedule", "dynamic", "VEHICLE_STATE", "VEHICLE_ERROR"};
    for (const contract::EventType& type : contract::events()) {
        if (!type.name.empty()) known.push_back(type.name);
    }
    return base::Error{
        .code = "unknown_event",
        .message = "unknown event \"" + std::string(event) + "\"" + document::did_you_mean(event, known)};
}

std::optional<base::Error> complaint_about(const Firing& firing) {
    std::vector<std::string_view> known{kFirstDelivery};
    for (const contract::Signal& signal : contract::signals()) known.push_back(signal.code);
    for (const std::string& trigger : firing.triggers) {
        if (std::ranges::find(known, trigger) == known.end()) {
            return base::Error{
                .code = "unknown_signal",
                .message = "unknown trigger \"" + trigger + "\"" + document::did_you_mean(trigger, known)};
        }
    }
    for (const contract::VehicleFault& error : firing.errors) {
        if (contract::find_error_kind(error.type, error.code) == nullptr) {
            return contract::no_such_error_kind(error.type, error.code);
        }
    }
    return std::nullopt;
}

void tell(Turn& turn, Fired& fired, WebhookRecord& webhook, const VehicleRecord& record, const Firing& firing,
          EventKind kind) {
    switch (kind) {
        case EventKind::kCharging:
            return tell_event(turn, fired, webhook, record, firing.event);
        case EventKind::kSchedule:
            return tell_readings(turn, fired, webhook, record, WebhookType::kSchedule);
        case EventKind::kDynamic:
            return tell_readings(turn, fired, webhook, record, WebhookType::kDynamic);
        case EventKind::kState: {
            const auto& triggers = firing.triggers.empty() ? webhook.webhook.settings.triggers : firing.triggers;
            return tell_state(turn, fired, webhook, record, triggers,
                              holds(triggers, kFirstDelivery) ? FirstDelivery::kAnyway : FirstDelivery::kIfDue);
        }
        case EventKind::kError:
            return tell_error(turn, fired, webhook, record, firing.errors);
    }
}

}  // namespace

Fired fire_change(Turn& turn, const VehicleRecord& record, const StateChange& change) {
    Fired fired;
    for (WebhookRecord& webhook : turn.records.webhooks) {
        const WebhookType type = webhook.webhook.settings.type;
        if (type == WebhookType::kEventBased && change.event) tell_event(turn, fired, webhook, record, *change.event);
        if (type == WebhookType::kSignals && !change.signals.empty()) {
            tell_state(turn, fired, webhook, record, change.signals, FirstDelivery::kIfDue);
        }
    }
    return fired;
}

Fired fire_reading(Turn& turn, const WebhookRecord& webhook, const VehicleRecord& record) {
    Fired fired;
    if (webhook.can_deliver()) fired.effects.push_back(readings_effect(turn, webhook.webhook, record));
    return fired;
}

Fired fire_failures(Turn& turn, const VehicleRecord& record) {
    Fired fired;
    for (WebhookRecord& webhook : turn.records.webhooks) {
        const bool owes_first = webhook.first_delivery_due.contains(record.vehicle->id);
        if (owes_first || obstacle(turn, webhook, record, WebhookType::kSignals)) continue;
        tell_failures(turn, fired, webhook, record);
    }
    return fired;
}

Fired deliver_first(Turn& turn, WebhookRecord& webhook) {
    Fired fired;
    if (!webhook.can_deliver()) return fired;
    for (const std::string& vehicle_id : std::exchange(webhook.first_delivery_due, {})) {
        const VehicleRecord& record = *turn.records.find_vehicle(vehicle_id);
        fired.effects.push_back(state_effect(turn, webhook.webhook, record, {.first_delivery = true, .changed = {}}));
        fired.effects.back().was_owed = true;
        tell_failures(turn, fired, webhook, record);
    }
    return fired;
}

void Platform::owe_again(std::span<const Effect> effects) {
    const std::lock_guard lock(mutex_);
    for (const Effect& effect : effects) {
        WebhookRecord* const webhook = records_->find_webhook(effect.webhook_id);
        const auto vehicle = records_->index_of(effect.vehicle_id);
        if (!effect.was_owed || webhook == nullptr || !vehicle || !webhook->has_subscribed(*vehicle)) continue;
        webhook->first_delivery_due.insert(effect.vehicle_id);
    }
}

base::Result<Fired> Platform::fire(const Firing& firing) {
    const std::lock_guard lock(mutex_);
    const auto kind = kind_of(firing.event);
    if (!kind.ok()) return kind.error();
    if (auto complaint = complaint_about(firing)) return *std::move(complaint);
    const auto record = require_vehicle(*records_, firing.vehicle);
    if (!record.ok()) return record.error();
    if (firing.to) {
        const auto webhook = require_webhook(*records_, *firing.to);
        if (!webhook.ok()) return webhook.error();
    }
    Turn now = turn();
    Fired fired;
    for (WebhookRecord& webhook : records_->webhooks) {
        if (!firing.to || webhook.webhook.id == *firing.to) {
            tell(now, fired, webhook, *record.value(), firing, kind.value());
        }
    }
    return fired;
}

}  // namespace smartcar_sim::platform
