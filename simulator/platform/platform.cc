#include "platform/platform.h"

#include <algorithm>
#include <utility>

#include "document/pointer.h"
#include "platform/events.h"
#include "platform/records.h"
#include "platform/scope.h"
#include "platform/subscriptions.h"
#include "vehicle/charging.h"

namespace smartcar_sim::platform {
namespace {

FleetEntry entry_of(const VehicleRecord& record) {
    return {.vehicle = record.vehicle,
            .connected = record.granted.has_value(),
            .granted = record.granted.value_or(std::vector<std::string>{})};
}

}  // namespace

Platform::Platform(Configuration configuration, std::vector<vehicle::Vehicle> vehicles, const base::Clock& clock,
                   const base::Ids& ids)
    : configuration_(std::move(configuration)),
      clock_(clock),
      ids_(ids),
      records_(std::make_unique<Records>()),
      application_management_token_(configuration_.application_management_token),
      ordinals_(std::make_unique<Ordinals>()) {
    for (vehicle::Vehicle& vehicle : vehicles) {
        vehicle.state.touch(clock.now());
        records_->vehicles.push_back({.vehicle = std::make_shared<const vehicle::Vehicle>(std::move(vehicle)),
                                      .user_id = configuration_.user_id,
                                      .granted = std::nullopt});
    }
    start_ = std::make_unique<Records>(*records_);
}

Platform::~Platform() = default;

Turn Platform::turn() {
    return {.configuration = configuration_,
            .records = *records_,
            .ordinals = *ordinals_,
            .ids = ids_,
            .now = clock_.now()};
}

std::vector<FleetEntry> Platform::fleet() const {
    const std::lock_guard lock(mutex_);
    std::vector<FleetEntry> entries;
    for (const VehicleRecord& record : records_->vehicles) entries.push_back(entry_of(record));
    return entries;
}

base::Result<FleetEntry> Platform::fleet_entry(std::string_view vehicle) const {
    const std::lock_guard lock(mutex_);
    const auto record = require_vehicle(*records_, vehicle);
    if (!record.ok()) return record.error();
    return entry_of(*record.value());
}

base::Result<Fired> Platform::set_state(std::string_view vehicle, const vehicle::Changes& changes) {
    const std::lock_guard lock(mutex_);
    const auto record = require_vehicle(*records_, vehicle);
    if (!record.ok()) return record.error();
    Turn now = turn();
    const VehiclePtr before = record.value()->vehicle;
    auto after = std::make_shared<vehicle::Vehicle>(*before);
    const auto changed = after->state.apply(vehicle::with_consequences(before->state, changes), now.now);
    record.value()->vehicle = after;
    return fire_change(now, *record.value(),
                       {.event = vehicle::charging_event(before->state, after->state), .signals = changed});
}

base::Result<base::Done> Platform::set_permissions(std::string_view vehicle, const PermissionChange& change) {
    const std::lock_guard lock(mutex_);
    const auto record = require_vehicle(*records_, vehicle);
    if (!record.ok()) return record.error();
    auto& granted = record.value()->granted;
    if (!granted) return not_connected(*record.value());
    for (const auto* const list : {&change.grant, &change.revoke}) {
        for (const std::string& permission : *list) {
            if (auto unknown = unknown_permission(permission)) return *std::move(unknown);
        }
    }
    for (const std::string& permission : change.revoke) std::erase(*granted, permission);
    for (const std::string& permission : change.grant) {
        if (std::ranges::find(*granted, permission) == granted->end()) granted->push_back(permission);
    }
    return base::Done{};
}

base::Result<std::string> Platform::disconnect(std::string_view vehicle) {
    const std::lock_guard lock(mutex_);
    const auto record = require_vehicle(*records_, vehicle);
    if (!record.ok()) return record.error();
    if (!record.value()->granted) return not_connected(*record.value());
    const std::string id = record.value()->vehicle->id;
    record.value()->granted.reset();
    for (WebhookRecord& webhook : records_->webhooks) platform::unsubscribe(webhook, id);
    const auto take_back = [&](Grant& grant) { std::erase(grant.vehicle_ids, id); };
    for (auto& [code, grant] : records_->codes) take_back(grant.grant);
    for (auto& [token, grant] : records_->access_tokens) take_back(grant);
    for (auto& [token, grant] : records_->refresh_tokens) take_back(grant);
    return id;
}

base::Secret Platform::application_management_token() const {
    const std::lock_guard lock(mutex_);
    return application_management_token_;
}

void Platform::rotate_application_management_token(base::Secret token) {
    const std::lock_guard lock(mutex_);
    application_management_token_ = std::move(token);
}

void Platform::keep_as_start() {
    const std::lock_guard lock(mutex_);
    *start_ = *records_;
}

void Platform::reset() {
    const std::lock_guard lock(mutex_);
    *records_ = *start_;
    application_management_token_ = configuration_.application_management_token;
}

}  // namespace smartcar_sim::platform
