#include "vehicle/permissions.h"

#include <algorithm>
#include <array>

namespace smartcar_sim::vehicle {
namespace {

constexpr std::array<std::string_view, 28> kPermissions{
    "read_alerts",
    "read_battery",
    "read_charge",
    "read_charge_events",
    "read_charge_locations",
    "read_charge_records",
    "read_climate",
    "read_compass",
    "read_diagnostics",
    "read_engine_oil",
    "read_extended_vehicle_info",
    "read_fuel",
    "read_location",
    "read_odometer",
    "read_security",
    "read_service_history",
    "read_speedometer",
    "read_thermometer",
    "read_tires",
    "read_user_profile",
    "read_vehicle_info",
    "read_vin",
    "control_charge",
    "control_climate",
    "control_navigation",
    "control_pin",
    "control_security",
    "control_trunk",
};
static_assert(kPermissions.size() < 32, "a set holds one bit for each");

// 0 for a name that is no permission.
std::uint32_t bit_of(std::string_view name) {
    const auto* const found = std::ranges::find(kPermissions, name);
    if (found == kPermissions.end()) return 0;
    return std::uint32_t{1} << static_cast<unsigned>(found - kPermissions.begin());
}

}  // namespace

std::span<const std::string_view> permissions() { return kPermissions; }

bool is_permission(std::string_view name) { return bit_of(name) != 0; }

PermissionSet PermissionSet::all() {
    PermissionSet set;
    set.bits_ = (std::uint32_t{1} << kPermissions.size()) - 1;
    return set;
}

void PermissionSet::add(std::string_view name) { bits_ |= bit_of(name); }

void PermissionSet::remove(std::string_view name) { bits_ &= ~bit_of(name); }

bool PermissionSet::contains(std::string_view name) const { return (bits_ & bit_of(name)) != 0; }

std::vector<std::string> PermissionSet::names() const {
    std::vector<std::string> names;
    names.reserve(kPermissions.size());
    for (const std::string_view name : kPermissions) {
        if (contains(name)) names.emplace_back(name);
    }
    return names;
}

PermissionSet PermissionSet::both(const PermissionSet& other) const {
    PermissionSet set;
    set.bits_ = bits_ & other.bits_;
    return set;
}

PermissionSet PermissionSet::either(const PermissionSet& other) const {
    PermissionSet set;
    set.bits_ = bits_ | other.bits_;
    return set;
}

}  // namespace smartcar_sim::vehicle
