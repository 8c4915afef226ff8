#include "platform/records.h"

#include <algorithm>

#include "document/pointer.h"

namespace smartcar_sim::platform {

bool WebhookRecord::has_subscribed(std::string_view vehicle_id) const {
    const auto& ids = webhook.subscriptions;
    return std::ranges::find(ids, vehicle_id) != ids.end();
}

VehicleRecord* Records::find_vehicle(std::string_view name) {
    const auto found = std::ranges::find_if(vehicles, [&](const VehicleRecord& record) {
        return record.vehicle->id == name || record.vehicle->fixture == name;
    });
    return found == vehicles.end() ? nullptr : &*found;
}

WebhookRecord* Records::find_webhook(std::string_view id) {
    const auto found =
        std::ranges::find_if(webhooks, [&](const WebhookRecord& record) { return record.webhook.id == id; });
    return found == webhooks.end() ? nullptr : &*found;
}

const WebhookRecord* Records::find_webhook(std::string_view id) const {
    const auto found =
        std::ranges::find_if(webhooks, [&](const WebhookRecord& record) { return record.webhook.id == id; });
    return found == webhooks.end() ? nullptr : &*found;
}

std::string Ordinals::next_id(const base::Ids& ids, std::string_view kind, std::string_view parent) {
    const std::uint64_t ordinal = next_[{std::string(kind), std::string(parent)}]++;
    return ids.uuid(kind, parent, ordinal);
}

base::Result<VehicleRecord*> require_vehicle(Records& records, std::string_view name) {
    if (VehicleRecord* const record = records.find_vehicle(name)) return record;
    std::vector<std::string_view> fixtures;
    fixtures.reserve(records.vehicles.size());
    for (const VehicleRecord& record : records.vehicles) fixtures.push_back(record.vehicle->fixture);
    return base::Error{
        .code = "not_found",
        .message = "there is no vehicle \"" + std::string(name) + "\"" + document::did_you_mean(name, fixtures)};
}

base::Result<WebhookRecord*> require_webhook(Records& records, std::string_view id) {
    if (WebhookRecord* const record = records.find_webhook(id)) return record;
    return base::Error{.code = "not_found", .message = "there is no webhook \"" + std::string(id) + "\""};
}

base::Error not_connected(const VehicleRecord& record) {
    return {.code = "not_connected",
            .message = record.vehicle->fixture + " is not connected; connect it before anything else"};
}

}  // namespace smartcar_sim::platform
