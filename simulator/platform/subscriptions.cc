#include "platform/subscriptions.h"

#include <utility>

#include "base/ids.h"
#include "platform/access.h"
#include "platform/events.h"
#include "signature/hmac.h"

namespace smartcar_sim::platform {

void subscribe(WebhookRecord& webhook, const std::string& vehicle_id) {
    if (webhook.has_subscribed(vehicle_id)) return;
    webhook.webhook.subscriptions.push_back(vehicle_id);
    if (webhook.webhook.settings.type == WebhookType::kSignals) webhook.first_delivery_due.insert(vehicle_id);
}

void unsubscribe(WebhookRecord& webhook, std::string_view vehicle_id) {
    std::erase(webhook.webhook.subscriptions, vehicle_id);
    webhook.first_delivery_due.erase(std::string(vehicle_id));
}

void subscribe_connected(const Records& records, WebhookRecord& webhook) {
    for (const VehicleRecord& record : records.vehicles) {
        if (record.granted) subscribe(webhook, record.vehicle->id);
    }
}

// --- the dashboard's button -------------------------------------------------------------------

base::Result<Fired> Platform::subscribe_vehicle(std::string_view webhook_id, std::string_view vehicle) {
    const std::lock_guard lock(mutex_);
    const auto webhook = require_webhook(*records_, webhook_id);
    if (!webhook.ok()) return webhook.error();
    const auto record = require_vehicle(*records_, vehicle);
    if (!record.ok()) return record.error();
    if (!record.value()->granted) return not_connected(*record.value());
    platform::subscribe(*webhook.value(), record.value()->vehicle->id);
    Turn now = turn();
    return deliver_first(now, *webhook.value());
}

base::Result<std::string> Platform::unsubscribe_vehicle(std::string_view webhook_id, std::string_view vehicle) {
    const std::lock_guard lock(mutex_);
    const auto webhook = require_webhook(*records_, webhook_id);
    if (!webhook.ok()) return webhook.error();
    const auto record = require_vehicle(*records_, vehicle);
    if (!record.ok()) return record.error();
    platform::unsubscribe(*webhook.value(), record.value()->vehicle->id);
    return record.value()->vehicle->id;
}

// --- the API's two requests (webhooks.md section 8.1) --------------------------------------------
// Ids are looked at after the credentials, as the SDKs' end-to-end tests saw; a well-formed webhook id that
// nobody made is a VALIDATION error, which is our reading.

Allowed<Fired> Platform::subscribe(std::string_view access_token, std::string_view vehicle_id,
                                   std::string_view webhook_id) {
    const std::lock_guard lock(mutex_);
    Turn now = turn();
    const Grant* const grant = find_grant(*records_, access_token, now.now);
    if (grant == nullptr) return Denial::kAuthentication;
    if (!base::is_uuid(vehicle_id) || !base::is_uuid(webhook_id)) return Denial::kValidation;
    if (!covers(*grant, vehicle_id)) return Denial::kPermission;
    WebhookRecord* const webhook = records_->find_webhook(webhook_id);
    if (webhook == nullptr) return Denial::kValidation;
    platform::subscribe(*webhook, std::string(vehicle_id));
    return deliver_first(now, *webhook);
}

Allowed<base::Done> Platform::unsubscribe(std::string_view application_management_token, std::string_view vehicle_id,
                                          std::string_view webhook_id) {
    const std::lock_guard lock(mutex_);
    if (!signature::equal(application_management_token, application_management_token_.reveal())) {
        return Denial::kAuthentication;
    }
    if (!base::is_uuid(vehicle_id) || !base::is_uuid(webhook_id)) return Denial::kValidation;
    const VehicleRecord* const record = records_->find_vehicle(vehicle_id);
    if (record == nullptr || !record->granted) return Denial::kPermission;
    WebhookRecord* const webhook = records_->find_webhook(webhook_id);
    if (webhook == nullptr) return Denial::kValidation;
    platform::unsubscribe(*webhook, vehicle_id);
    return base::Done{};
}

}  // namespace smartcar_sim::platform
