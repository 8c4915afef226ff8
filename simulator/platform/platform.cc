#include "platform/platform.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/ids.h"
#include "document/pointer.h"
#include "platform/access.h"
#include "platform/connections.h"
#include "platform/events.h"
#include "platform/records.h"
#include "platform/scope.h"
#include "platform/subscriptions.h"

namespace smartcar_sim::platform {
namespace {

FleetEntry entry_of(const VehicleRecord& record, base::Instant now) {
    return {.vehicle = as_of(record.vehicle, now),
            .connected = record.granted.has_value(),
            .granted = record.granted.value_or(vehicle::PermissionSet{}),
            .forced_error = record.forced_error ? std::optional(*record.forced_error) : std::nullopt};
}

// Readings that were all recorded at one instant. Vehicles of one fixture share theirs, before and after.
class FreshStates {
public:
    explicit FreshStates(base::Instant now) : now_(now) {}

    vehicle::State of(const vehicle::State& stale) {
        const auto known = std::ranges::find_if(seen_, [&](const auto& pair) { return pair.first.is_same_as(stale); });
        if (known != seen_.end()) return known->second;
        vehicle::State fresh = stale;
        fresh.touch(now_);
        seen_.emplace_back(stale, fresh);
        return fresh;
    }

private:
    const base::Instant now_;
    std::vector<std::pair<vehicle::State, vehicle::State>> seen_;
};

// No code or token opens the vehicle any more. What one visit gave out goes on sharing its set.
void take_back(Records& records, VehicleIndex vehicle) {
    std::map<VehicleSetPtr, VehicleSetPtr> smaller;
    const auto shrink = [&](Grant& grant) {
        if (!grant.vehicles->contains(vehicle)) return;
        VehicleSetPtr& without = smaller[grant.vehicles];
        if (!without) without = std::make_shared<const VehicleSet>(grant.vehicles->without(vehicle));
        grant.vehicles = without;
    };
    for (auto& [code, grant] : records.codes) shrink(grant.grant);
    for (auto& [token, grant] : records.access_tokens) shrink(grant);
    for (auto& [token, grant] : records.refresh_tokens) shrink(grant);
}

}  // namespace

void end_connection(Records& records, VehicleRecord& record) {
    const VehicleIndex index = records.index_of(record);
    record.granted.reset();
    record.forced_error = nullptr;
    for (WebhookRecord& webhook : records.webhooks) unsubscribe(records, webhook, index);
    take_back(records, index);
}

Platform::Platform(Configuration configuration, std::vector<vehicle::Vehicle> vehicles, const base::Clock& clock,
                   const base::Ids& ids)
    : configuration_(std::move(configuration)),
      clock_(clock),
      ids_(ids),
      records_(std::make_unique<Records>()),
      management_tokens_(configuration_.application_management_token),
      ordinals_(std::make_unique<Ordinals>()) {
    const auto owner = std::make_shared<const std::string>(configuration_.user_id);
    FreshStates states(clock.now());
    for (vehicle::Vehicle& vehicle : vehicles) {
        vehicle.state = states.of(vehicle.state);
        records_->enlist({.vehicle = std::make_shared<const vehicle::Vehicle>(std::move(vehicle)), .user_id = owner});
    }
    restart_timers();
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
    entries.reserve(records_->vehicles.size());
    const base::Instant now = clock_.now();
    for (const VehicleRecord& record : records_->vehicles) entries.push_back(entry_of(record, now));
    return entries;
}

base::Result<FleetEntry> Platform::fleet_entry(std::string_view vehicle) const {
    const std::lock_guard lock(mutex_);
    const auto record = require_vehicle(*records_, vehicle);
    if (!record.ok()) return record.error();
    return entry_of(*record.value(), clock_.now());
}

base::Result<Fired> Platform::set_permissions(std::string_view vehicle, const PermissionChange& change) {
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
    for (const std::string& permission : change.revoke) granted->remove(permission);
    for (const std::string& permission : change.grant) granted->add(permission);
    Turn now = turn();
    record.value()->updated_at = now.now;
    return fire_failures(now, *record.value());
}

base::Result<std::string> Platform::disconnect(std::string_view vehicle) {
    const std::lock_guard lock(mutex_);
    const auto record = require_vehicle(*records_, vehicle);
    if (!record.ok()) return record.error();
    if (!record.value()->granted) return not_connected(*record.value());
    end_connection(*records_, *record.value());
    return record.value()->vehicle->id;
}

Allowed<base::Done> Platform::disconnect(std::string_view token, std::string_view vehicle_id) {
    const std::lock_guard lock(mutex_);
    const Grant* const grant = find_grant(*records_, token, clock_.now());
    const bool manages = management_tokens_.accepts(token);
    if (grant == nullptr && !manages) return Denial::kAuthentication;
    if (!base::is_uuid(vehicle_id)) return Denial::kValidation;
    const auto index = records_->index_of(vehicle_id);
    if (!index || !records_->vehicles[*index].granted) return Denial::kPermission;
    if (!manages && !grant->vehicles->contains(*index)) return Denial::kPermission;
    end_connection(*records_, records_->vehicles[*index]);
    return base::Done{};
}

base::Secret Platform::application_management_token() const {
    const std::lock_guard lock(mutex_);
    return management_tokens_.signing();
}

std::optional<base::Secret> Platform::other_application_management_token() const {
    const std::lock_guard lock(mutex_);
    return management_tokens_.not_signing();
}

void Platform::rotate_application_management_token(base::Secret token, TokenWindow window) {
    const std::lock_guard lock(mutex_);
    management_tokens_.rotate(std::move(token), window);
}

TokenWindow Platform::token_window() const {
    const std::lock_guard lock(mutex_);
    return management_tokens_.window();
}

base::Result<base::Done> Platform::set_token_window(TokenWindow window) {
    const std::lock_guard lock(mutex_);
    if (!management_tokens_.not_signing()) {
        return base::Error{
            "not_rotated",
            "the application management token was not rotated yet, so there is no old one: rotate it first"};
    }
    management_tokens_.set(window);
    return base::Done{};
}

bool Platform::accepts_management_token(std::string_view token) const {
    const std::lock_guard lock(mutex_);
    return management_tokens_.accepts(token);
}

void Platform::keep_as_start() {
    const std::lock_guard lock(mutex_);
    *start_ = *records_;
}

void Platform::reset() {
    const std::lock_guard lock(mutex_);
    *records_ = *start_;
    records_->timers.clear();
    management_tokens_ = ManagementTokens(configuration_.application_management_token);
}

}  // namespace smartcar_sim::platform
