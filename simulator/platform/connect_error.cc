#include "platform/connect_error.h"

#include <algorithm>
#include <array>

namespace smartcar_sim::platform {
namespace {

// The last sentence is ours: the contract has none.
constexpr std::array kRows{
    ConnectErrorRow{ConnectError::kAccessDenied, "access_denied", "User denied access to application."},
    ConnectErrorRow{ConnectError::kInvalidSubscription, "invalid_subscription",
                    "User does not have an active connected vehicle subscription."},
    ConnectErrorRow{ConnectError::kNoVehicles, "no_vehicles",
                    "No vehicles found. Please add vehicles to your account and try again."},
    ConnectErrorRow{ConnectError::kVehicleIncompatible, "vehicle_incompatible",
                    "The user's vehicle is not compatible."},
    ConnectErrorRow{ConnectError::kConfiguration, "configuration_error",
                    "There has been an error in the configuration of your application."},
    ConnectErrorRow{ConnectError::kServer, "server_error", "Unexpected server error. Please try again."},
    ConnectErrorRow{ConnectError::kOemCancelledLogin, "oem_cancelled_login",
                    "The user did not complete authorization with the OEM"},
    ConnectErrorRow{ConnectError::kLeft, "user_manually_returned_to_application",
                    "The user exited Connect before granting your application access"},
    ConnectErrorRow{ConnectError::kNoCapacity, "battery_capacity_no_selection",
                    "The user left without choosing a battery capacity."},
};

}  // namespace

std::span<const ConnectErrorRow> connect_errors() { return kRows; }

const ConnectErrorRow& row_of(ConnectError error) { return kRows.at(static_cast<std::size_t>(error)); }

std::optional<ConnectError> parse_connect_error(std::string_view error) {
    const auto* const found = std::ranges::find(kRows, error, &ConnectErrorRow::error);
    return found == kRows.end() ? std::nullopt : std::optional(found->id);
}

}  // namespace smartcar_sim::platform
