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

}  // namespace

std::span<const std::string_view> permissions() { return kPermissions; }

bool is_permission(std::string_view name) { return std::ranges::find(kPermissions, name) != kPermissions.end(); }

}  // namespace smartcar_sim::vehicle
