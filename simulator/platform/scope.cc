#include "platform/scope.h"

#include <algorithm>
#include <string_view>

#include "document/pointer.h"
#include "vehicle/permissions.h"

namespace smartcar_sim::platform {

bool Scope::suits(const vehicle::Vehicle& vehicle) const {
    const auto can = [&](const std::string& permission) { return vehicle.can(permission); };
    return std::ranges::all_of(required, can) && std::ranges::any_of(permissions, can);
}

std::optional<base::Error> unknown_permission(std::string_view name) {
    if (vehicle::is_permission(name)) return std::nullopt;
    return base::Error{.code = "bad_scope",
                       .message = "unknown permission \"" + std::string(name) + "\"" +
                                  document::did_you_mean(name, vehicle::permissions())};
}

base::Result<Scope> parse_scope(std::span<const std::string> words) {
    constexpr std::string_view kRequired = "required:";
    Scope scope;
    if (words.empty()) scope.permissions.assign(vehicle::permissions().begin(), vehicle::permissions().end());
    for (const std::string_view word : words) {
        const bool required = word.starts_with(kRequired);
        const std::string permission(required ? word.substr(kRequired.size()) : word);
        if (auto unknown = unknown_permission(permission)) return *std::move(unknown);
        const bool known = std::ranges::find(scope.permissions, permission) != scope.permissions.end();
        if (!known) scope.permissions.push_back(permission);
        if (required) scope.required.push_back(permission);
    }
    return scope;
}

}  // namespace smartcar_sim::platform
