// How a visit to Connect can fail: the errors a redirect carries (contract/api.md section 2.3).
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace smartcar_sim::platform {

enum class ConnectError {
    kAccessDenied,         // the user denied
    kInvalidSubscription,  // the account's subscription has run out
    kNoVehicles,           // the account is empty
    kVehicleIncompatible,  // with make, vin, model and year if the user agrees
    kConfiguration,        // the request was not in order; with status_code and error_message
    kServer,
    kOemCancelledLogin,  // "cancel" on the login page
    kLeft,               // "return to application" on any page
    kNoCapacity,         // the battery capacity page was left without a choice; with vehicle_id
};

struct ConnectErrorRow {
    ConnectError id;
    std::string_view error;        // "access_denied"
    std::string_view description;  // error_description
};

// In the order of ConnectError.
[[nodiscard]] std::span<const ConnectErrorRow> connect_errors();
[[nodiscard]] const ConnectErrorRow& row_of(ConnectError error);
[[nodiscard]] std::optional<ConnectError> parse_connect_error(std::string_view error);

}  // namespace smartcar_sim::platform
