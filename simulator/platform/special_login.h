// E-mail addresses that mean something at Connect's login (contract/api.md section 9.3); every other is just a user.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/text.h"
#include "contract/api_error.h"
#include "platform/connect_error.h"
#include "vehicle/test_mode.h"

namespace smartcar_sim::platform {

// <17 characters>@<level>.smartcar.com, and smartcar@successful-request.com: an account with that one vehicle.
struct OneVehicle {
    std::string vin;
    vehicle::Level level = vehicle::Level::kAll;
    bool operator==(const OneVehicle&) const = default;
};
// As many as a login can ask for: a page of more would serve nobody.
inline constexpr std::size_t kMostVehicles = 999;
// <n>-vehicles@smartcar.com: an account with so many, kMostVehicles at most. 0 is ours.
struct SeveralVehicles {
    std::size_t count = 0;
    bool operator==(const SeveralVehicles&) const = default;
};
// smartcar@vehicle-incompatible.com, <VIN>@incompatible.smartcar.com, smartcar@invalid-subscription.com;
// smartcar@server-error.com is ours.
struct FailingLogin {
    ConnectError error = ConnectError::kServer;
    std::string vin = {};
    bool operator==(const FailingLogin&) const = default;
};
// An error is that of TYPE.CODE@smartcar.com: what every endpoint but the static ones answers about the vehicles
// connected with it.
using SpecialLogin = std::variant<std::monostate, OneVehicle, SeveralVehicles, FailingLogin, contract::ApiError>;

// Letters of any case; a TYPE.CODE that the contract does not have means nothing.
[[nodiscard]] SpecialLogin parse_login(std::string_view username);

}  // namespace smartcar_sim::platform
