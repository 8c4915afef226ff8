#include "platform/special_login.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "contract/api_error.h"

namespace smartcar_sim::platform {
namespace {

constexpr std::size_t kVinLength = 17;
constexpr std::string_view kDomain = "smartcar.com";

struct FixedLogin {
    std::string_view domain;
    std::optional<ConnectError> error;  // nothing: it works
    std::string_view vin;
};
constexpr std::array kFixed{
    FixedLogin{"successful-request.com", std::nullopt, "0SCAUDI037A5ADB1C"},
    FixedLogin{"vehicle-incompatible.com", ConnectError::kVehicleIncompatible, "0SCAUDI012FE3B132"},
    FixedLogin{"invalid-subscription.com", ConnectError::kInvalidSubscription, "0SCAUDI0155C49A95"},
    FixedLogin{"server-error.com", ConnectError::kServer, ""},
};

SpecialLogin fixed_login(std::string_view domain) {
    const auto* const found = std::ranges::find(kFixed, domain, &FixedLogin::domain);
    if (found == kFixed.end()) return {};
    const std::string vin(found->vin);
    if (found->error) return FailingLogin{.error = *found->error, .vin = vin};
    return OneVehicle{.vin = vin};
}

// "bev" of "bev.smartcar.com".
std::optional<vehicle::Level> level_of(std::string_view domain) {
    if (!domain.ends_with(kDomain)) return std::nullopt;
    domain.remove_suffix(kDomain.size());
    return domain.ends_with('.') ? vehicle::parse_level(domain.substr(0, domain.size() - 1)) : std::nullopt;
}

// "12-vehicles".
SpecialLogin several_vehicles(std::string_view name) {
    constexpr std::string_view kWord = "-vehicles";
    if (!name.ends_with(kWord)) return {};
    name.remove_suffix(kWord.size());
    const auto count = base::parse_number<std::size_t>(name);
    return count && *count <= kMostVehicles ? SpecialLogin(SeveralVehicles{*count}) : SpecialLogin();
}

SpecialLogin forced_error(std::string_view name) {
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return {};
    contract::ApiError error{.type = base::upper_case(name.substr(0, dot)),
                             .code = base::upper_case(name.substr(dot + 1))};
    if (error.code == "NULL") error.code.reset();
    if (contract::find_error_kind(error.type, error.code) == nullptr) return {};
    return error;
}

}  // namespace

SpecialLogin parse_login(std::string_view username) {
    const std::size_t at = username.rfind('@');
    if (at == std::string_view::npos) return {};
    const std::string name = base::lower_case(username.substr(0, at));
    const std::string domain = base::lower_case(username.substr(at + 1));
    if (name == "smartcar") return fixed_login(domain);
    if (name.size() == kVinLength && std::ranges::all_of(name, base::is_alphanumeric)) {
        const std::string vin = base::upper_case(name);
        if (const auto level = level_of(domain)) return OneVehicle{.vin = vin, .level = *level};
        if (domain == "incompatible.smartcar.com") {
            return FailingLogin{.error = ConnectError::kVehicleIncompatible, .vin = vin};
        }
    }
    if (domain != kDomain) return {};
    const SpecialLogin several = several_vehicles(name);
    return std::holds_alternative<std::monostate>(several) ? forced_error(name) : several;
}

}  // namespace smartcar_sim::platform
