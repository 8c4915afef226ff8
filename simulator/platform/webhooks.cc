#include <algorithm>
#include <utility>

#include "platform/acting.h"
#include "platform/changes.h"
#include "platform/events.h"
#include "platform/platform.h"
#include "platform/records.h"
#include "platform/subscriptions.h"

namespace smartcar_sim::platform {
namespace {

std::string webhook_id(const Configuration& configuration, std::uint64_t ordinal) {
    const auto& chosen = configuration.webhook_ids;
    return ordinal < chosen.size() ? chosen[ordinal] : development_webhook_id(ordinal - chosen.size());
}

// A snapshot may have come from a platform that was told other ids: one that is there is passed over.
std::string next_webhook_id(Turn& turn) {
    std::string id = webhook_id(turn.configuration, turn.records.webhooks_created++);
    while (turn.records.find_webhook(id) != nullptr) {
        id = webhook_id(turn.configuration, turn.records.webhooks_created++);
    }
    return id;
}

// What a webhook starts to say after silence begins with FIRST_DELIVERY.
void owe_first_deliveries(WebhookRecord& record) {
    const Webhook& webhook = record.webhook;
    if (webhook.settings.type != WebhookType::kSignals) return;
    record.first_delivery_due.insert(webhook.subscriptions.begin(), webhook.subscriptions.end());
}

// At another callback nobody was told anything yet.
void start_anew(WebhookRecord& record) {
    record.webhook.verified = false;
    record.failing.clear();
    owe_first_deliveries(record);
}

void time_readings_anew(Turn& turn, const Webhook& webhook) {
    turn.records.timers.cancel_webhook(webhook.id);
    for (const std::string& vehicle_id : webhook.subscriptions) {
        time_reading(turn, webhook, *turn.records.index_of(vehicle_id));
    }
}

}  // namespace

Webhook Platform::create_webhook(WebhookSettings settings) {
    const Acting acting(*this);
    Turn now = turn();
    WebhookRecord record;
    record.webhook.id = next_webhook_id(now);
    record.webhook.settings = std::move(settings);
    record.webhook.created_at = now.now;
    records_->webhooks.push_back(std::move(record));
    WebhookRecord& created = records_->webhooks.back();
    if (created.webhook.settings.auto_subscribe) subscribe_connected(now, created);
    return created.webhook;
}

base::Result<Webhook> Platform::update_webhook(std::string_view id, const document::Value& patch) {
    const Acting acting(*this);
    const auto record = require_webhook(*records_, id);
    if (!record.ok()) return record.error();
    Webhook& webhook = record.value()->webhook;
    auto settings = patch_webhook(webhook.settings, patch);
    if (!settings.ok()) return settings.error();
    const WebhookSettings before = std::exchange(webhook.settings, std::move(settings).value());
    if (webhook.settings.callback != before.callback) start_anew(*record.value());
    Turn now = turn();
    if (webhook.settings.interval != before.interval) time_readings_anew(now, webhook);
    if (webhook.settings.auto_subscribe) subscribe_connected(now, *record.value());
    return webhook;
}

base::Result<Webhook> Platform::webhook(std::string_view id) const {
    const std::lock_guard lock(mutex_);
    const auto record = require_webhook(*records_, id);
    if (!record.ok()) return record.error();
    return record.value()->webhook;
}

std::vector<Webhook> Platform::webhooks() const {
    const std::lock_guard lock(mutex_);
    std::vector<Webhook> webhooks;
    for (const WebhookRecord& record : records_->webhooks) webhooks.push_back(record.webhook);
    return webhooks;
}

base::Result<base::Done> Platform::remove_webhook(std::string_view id) {
    const std::lock_guard lock(mutex_);
    const auto record = require_webhook(*records_, id);
    if (!record.ok()) return record.error();
    records_->timers.cancel_webhook(record.value()->webhook.id);
    std::erase_if(records_->webhooks, [&](const WebhookRecord& each) { return each.webhook.id == id; });
    return base::Done{};
}

base::Result<Fired> Platform::record_verification(std::string_view id, const base::Url& callback, Verified verified) {
    const std::lock_guard lock(mutex_);
    const auto record = require_webhook(*records_, id);
    if (!record.ok()) return record.error();
    Webhook& webhook = record.value()->webhook;
    if (webhook.settings.callback != callback) return Fired{};
    webhook.verified = verified == Verified::kYes;
    if (WebhookRecord* const start = start_->find_webhook(id);
        webhook.verified && start != nullptr && start->webhook.settings.callback == callback) {
        start->webhook.verified = true;
        start->first_delivery_due.clear();
    }
    Turn now = turn();
    Fired fired = deliver_first(now, *record.value());
    // It was told of what fails in the start-up state too.
    if (WebhookRecord* const start = start_->find_webhook(id); start != nullptr && start->webhook.verified) {
        start->failing = record.value()->failing;
    }
    return fired;
}

base::Result<Webhook> Platform::enable_webhook(std::string_view id) {
    const std::lock_guard lock(mutex_);
    const auto record = require_webhook(*records_, id);
    if (!record.ok()) return record.error();
    if (!std::exchange(record.value()->webhook.enabled, true)) owe_first_deliveries(*record.value());
    return record.value()->webhook;
}

base::Result<Webhook> Platform::disable_webhook(std::string_view id) {
    const std::lock_guard lock(mutex_);
    const auto record = require_webhook(*records_, id);
    if (!record.ok()) return record.error();
    record.value()->webhook.enabled = false;
    return record.value()->webhook;
}

}  // namespace smartcar_sim::platform
