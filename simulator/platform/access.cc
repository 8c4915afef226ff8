#include "platform/access.h"

#include <algorithm>

#include "base/ids.h"

namespace smartcar_sim::platform {

const Grant* find_grant(const Records& records, std::string_view access_token, base::Instant now) {
    const auto found = records.access_tokens.find(access_token);
    if (found == records.access_tokens.end() || found->second.expires_at <= now) return nullptr;
    return &found->second;
}

Allowed<const VehicleRecord*> open(const Records& records, const Grant& grant, std::string_view vehicle_id) {
    if (!base::is_uuid(vehicle_id)) return Denial::kValidation;
    const auto index = records.index_of(vehicle_id);
    if (!index || !grant.vehicles->contains(*index)) return Denial::kPermission;
    return &records.vehicles[*index];
}

Sight sight_of(const VehicleRecord& record, base::Instant now) {
    return {.vehicle = as_of(record.vehicle, now),
            .granted = *record.granted,
            .seen_at = now,
            .forced_error = record.forced_error};
}

Allowed<std::string> Platform::user(std::string_view access_token) const {
    const std::lock_guard lock(mutex_);
    if (find_grant(*records_, access_token, clock_.now()) == nullptr) return Denial::kAuthentication;
    return configuration_.user_id;
}

Allowed<VehiclePage> Platform::vehicles(std::string_view access_token, std::size_t limit, std::size_t offset) const {
    const std::lock_guard lock(mutex_);
    const Grant* const grant = find_grant(*records_, access_token, clock_.now());
    if (grant == nullptr) return Denial::kAuthentication;
    const auto& order = grant->vehicles->order();
    VehiclePage page{.count = order.size(), .ids = {}};
    const std::size_t first = std::min(offset, order.size());
    const std::size_t last = first + std::min(limit, order.size() - first);
    page.ids.reserve(last - first);
    for (std::size_t i = first; i < last; ++i) page.ids.push_back(records_->vehicles[order[i]].vehicle->id);
    return page;
}

Allowed<Sight> Platform::read_vehicle(std::string_view access_token, std::string_view vehicle_id,
                                      std::string_view permission) const {
    const std::lock_guard lock(mutex_);
    const base::Instant now = clock_.now();
    const Grant* const grant = find_grant(*records_, access_token, now);
    if (grant == nullptr) return Denial::kAuthentication;
    const auto opened = open(*records_, *grant, vehicle_id);
    if (const auto* const denial = std::get_if<Denial>(&opened)) return *denial;
    const VehicleRecord& record = *std::get<const VehicleRecord*>(opened);
    if (!record.granted) return Denial::kPermission;
    if (!permission.empty() && !record.granted->contains(permission)) return Denial::kPermission;
    return sight_of(record, now);
}

}  // namespace smartcar_sim::platform
