#include "platform/subscriptions.h"

#include <utility>

#include "base/ids.h"
#include "platform/access.h"
#include "platform/acting.h"
#include "platform/changes.h"
#include "platform/events.h"

namespace smartcar_sim::platform {

void subscribe(Turn& turn, WebhookRecord& webhook, VehicleIndex vehicle) {
    if (webhook.has_subscribed(vehicle)) return;
    const std::string& id = turn.records.vehicles[vehicle].vehicle->id;
    if (vehicle >= webhook.subscribed.size()) webhook.subscribed.resize(vehicle + 1);
    webhook.subscribed[vehicle] = true;
    if (vehicle >= webhook.enrolments.size()) webhook.enrolments.resize(vehicle + 1);
    Enrolment& enrolment = webhook.enrolments[vehicle];
    enrolment = {.since = turn.now, .ordinal = enrolment.ordinal + 1};
    webhook.webhook.subscriptions.push_back(id);
    if (webhook.webhook.settings.type == WebhookType::kSignals) webhook.first_delivery_due.insert(id);
    time_reading(turn, webhook.webhook, vehicle);
}

void unsubscribe(Records& records, WebhookRecord& webhook, VehicleIndex vehicle) {
    if (!webhook.has_subscribed(vehicle)) return;
    const std::string& id = records.vehicles[vehicle].vehicle->id;
    webhook.subscribed[vehicle] = false;
    std::erase(webhook.webhook.subscriptions, id);
    webhook.first_delivery_due.erase(id);
    webhook.failing.erase(id);
    records.timers.cancel({.vehicle = vehicle, .webhook_id = webhook.webhook.id});
}

void subscribe_connected(Turn& turn, WebhookRecord& webhook) {
    for (const VehicleRecord& record : turn.records.vehicles) {
        if (record.granted) subscribe(turn, webhook, turn.records.index_of(record));
    }
}

// --- the dashboard's button -------------------------------------------------------------------

base::Result<Fired> Platform::subscribe_vehicle(std::string_view webhook_id, std::string_view vehicle) {
    const Acting acting(*this);
    const auto webhook = require_webhook(*records_, webhook_id);
    if (!webhook.ok()) return webhook.error();
    const auto record = require_vehicle(*records_, vehicle);
    if (!record.ok()) return record.error();
    if (!record.value()->granted) return not_connected(*record.value());
    Turn now = turn();
    platform::subscribe(now, *webhook.value(), records_->index_of(*record.value()));
    return deliver_first(now, *webhook.value());
}

base::Result<std::string> Platform::unsubscribe_vehicle(std::string_view webhook_id, std::string_view vehicle) {
    const std::lock_guard lock(mutex_);
    const auto webhook = require_webhook(*records_, webhook_id);
    if (!webhook.ok()) return webhook.error();
    const auto record = require_vehicle(*records_, vehicle);
    if (!record.ok()) return record.error();
    platform::unsubscribe(*records_, *webhook.value(), records_->index_of(*record.value()));
    return record.value()->vehicle->id;
}

// --- the API's two requests (webhooks.md section 8.1) --------------------------------------------
// Ids are looked at after the credentials, as the SDKs' end-to-end tests saw; a well-formed webhook id that
// nobody made is a VALIDATION error, which is our reading.

Allowed<Fired> Platform::subscribe(std::string_view access_token, std::string_view vehicle_id,
                                   std::string_view webhook_id) {
    const Acting acting(*this);
    Turn now = turn();
    const Grant* const grant = find_grant(*records_, access_token, now.now);
    if (grant == nullptr) return Denial::kAuthentication;
    if (!base::is_uuid(webhook_id)) return Denial::kValidation;
    const auto opened = open(*records_, *grant, vehicle_id);
    if (const auto* const denial = std::get_if<Denial>(&opened)) return *denial;
    const VehicleRecord& record = *std::get<const VehicleRecord*>(opened);
    if (!record.granted) return Denial::kPermission;
    WebhookRecord* const webhook = records_->find_webhook(webhook_id);
    if (webhook == nullptr) return Denial::kValidation;
    platform::subscribe(now, *webhook, records_->index_of(record));
    return deliver_first(now, *webhook);
}

Allowed<base::Done> Platform::unsubscribe(std::string_view application_management_token, std::string_view vehicle_id,
                                          std::string_view webhook_id) {
    const std::lock_guard lock(mutex_);
    if (!management_tokens_.accepts(application_management_token)) return Denial::kAuthentication;
    if (!base::is_uuid(vehicle_id) || !base::is_uuid(webhook_id)) return Denial::kValidation;
    const VehicleRecord* const record = records_->find_vehicle(vehicle_id);
    if (record == nullptr || !record->granted) return Denial::kPermission;
    WebhookRecord* const webhook = records_->find_webhook(webhook_id);
    if (webhook == nullptr) return Denial::kValidation;
    platform::unsubscribe(*records_, *webhook, records_->index_of(*record));
    return base::Done{};
}

}  // namespace smartcar_sim::platform
