// What the dashboard and people send without a vehicle of the fleet: the test payload, mode test, about a vehicle
// that no account owns (webhooks.md section 2.6), and bytes of their own.
#include <utility>

#include "platform/messages.h"
#include "platform/platform.h"
#include "platform/records.h"
#include "vehicle/sample.h"

namespace smartcar_sim::platform {
namespace {

std::optional<base::Error> objection(const Webhook& webhook) {
    switch (webhook.status()) {
        case WebhookStatus::kVerified:
            return std::nullopt;
        case WebhookStatus::kUnverified:
            return base::Error{.code = "unverified",
                               .message = "the webhook is not verified yet; verify it before sending it anything"};
        case WebhookStatus::kDisabled:
            break;
    }
    return base::Error{.code = "disabled", .message = "the webhook is disabled; enable it before sending it anything"};
}

Effect test_effect(Turn& turn, const Webhook& webhook, const VehicleRecord& sample) {
    switch (webhook.settings.type) {
        case WebhookType::kEventBased:
            return charging_event_effect(turn, webhook, sample, webhook.settings.events.front());
        case WebhookType::kSchedule:
        case WebhookType::kDynamic:
            return readings_effect(turn, webhook, sample);
        case WebhookType::kSignals:
            break;
    }
    return state_effect(turn, webhook, sample,
                        {.first_delivery = false, .changed = names_of(webhook.settings.triggers)});
}

}  // namespace

base::Result<Webhook> Platform::ready_webhook(std::string_view id) const {
    const std::lock_guard lock(mutex_);
    const auto record = require_webhook(*records_, id);
    if (!record.ok()) return record.error();
    if (auto complaint = objection(record.value()->webhook)) return *std::move(complaint);
    return record.value()->webhook;
}

base::Result<Effect> Platform::test_payload(std::string_view webhook_id) {
    const std::lock_guard lock(mutex_);
    const auto record = require_webhook(*records_, webhook_id);
    if (!record.ok()) return record.error();
    const Webhook& webhook = record.value()->webhook;
    if (auto complaint = objection(webhook)) return *std::move(complaint);
    Turn now = turn();
    const vehicle::Vehicle vehicle = vehicle::sample_vehicle(now.next_id("test vehicle", webhook.id), now.now);
    VehicleRecord sample;
    sample.user_id = std::make_shared<const std::string>(now.next_id("test user", webhook.id));
    sample.granted = vehicle.permissions;
    sample.vehicle = std::make_shared<const vehicle::Vehicle>(vehicle);
    return test_effect(now, webhook, sample);
}

base::Result<Effect> Platform::raw_payload(std::string_view webhook_id, std::string bytes) {
    const std::lock_guard lock(mutex_);
    const auto record = require_webhook(*records_, webhook_id);
    if (!record.ok()) return record.error();
    const Webhook& webhook = record.value()->webhook;
    if (auto complaint = objection(webhook)) return *std::move(complaint);
    Turn now = turn();
    return Effect{.webhook_id = webhook.id,
                  .callback = webhook.settings.callback,
                  .event_id = now.next_id("payload", webhook.id),
                  .event_name = "payload",
                  .vehicle_id = {},
                  .version = webhook.settings.version(),
                  .message = contract::Message(std::move(bytes))};
}

}  // namespace smartcar_sim::platform
