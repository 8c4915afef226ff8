// The permissions (scopes) of API v2.0 (contract/api.md section 2.8).
#pragma once

#include <span>
#include <string_view>

namespace smartcar_sim::vehicle {

[[nodiscard]] std::span<const std::string_view> permissions();
[[nodiscard]] bool is_permission(std::string_view name);

}  // namespace smartcar_sim::vehicle
