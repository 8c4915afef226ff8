#include "platform/access.h"

#include <algorithm>

#include "base/ids.h"

namespace smartcar_sim::platform {
namespace {

bool holds(const std::vector<std::string>& list, std::string_view item) {
    return std::ranges::find(list, item) != list.end();
}

}  // namespace

const Grant* find_grant(const Records& records, std::string_view access_token, base::Instant now) {
    const auto found = records.access_tokens.find(access_token);
    if (found == records.access_tokens.end() || found->second.expires_at <= now) return nullptr;
    return &found->second;
}

bool covers(const Grant& grant, std::string_view vehicle_id) { return holds(grant.vehicle_ids, vehicle_id); }

Allowed<VehiclePage> Platform::vehicles(std::string_view access_token, std::size_t limit, std::size_t offset) const {
    const std::lock_guard lock(mutex_);
    const Grant* const grant = find_grant(*records_, access_token, clock_.now());
    if (grant == nullptr) return Denial::kAuthentication;
    const auto& ids = grant->vehicle_ids;
    const std::size_t first = std::min(offset, ids.size());
    const std::size_t last = first + std::min(limit, ids.size() - first);
    const auto at = [&](std::size_t index) { return ids.begin() + static_cast<std::ptrdiff_t>(index); };
    return VehiclePage{.count = ids.size(), .ids = {at(first), at(last)}};
}

Allowed<VehiclePtr> Platform::read_vehicle(std::string_view access_token, std::string_view vehicle_id,
                                           std::string_view permission) const {
    const std::lock_guard lock(mutex_);
    const Grant* const grant = find_grant(*records_, access_token, clock_.now());
    if (grant == nullptr) return Denial::kAuthentication;
    if (!base::is_uuid(vehicle_id)) return Denial::kValidation;
    if (!covers(*grant, vehicle_id)) return Denial::kPermission;
    const VehicleRecord& record = *records_->find_vehicle(vehicle_id);
    const bool granted = permission.empty() || (record.granted && holds(*record.granted, permission));
    if (!granted) return Denial::kPermission;
    return record.vehicle;
}

}  // namespace smartcar_sim::platform
