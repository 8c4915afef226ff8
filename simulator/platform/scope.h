// The permissions an application asks for, private to platform/.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::platform {

struct Scope {
    std::vector<std::string> permissions;  // each once, without "required:"
    std::vector<std::string> required;     // those of them that had it

    // Whether the vehicle has all that is required and at least one of the rest: of another there is nothing to share.
    [[nodiscard]] bool suits(const vehicle::Vehicle& vehicle) const;
};

// Code "bad_scope", unless the contract knows a permission of that name.
[[nodiscard]] std::optional<base::Error> unknown_permission(std::string_view name);

// An empty list asks for every permission there is. Code "bad_scope" for an unknown one.
[[nodiscard]] base::Result<Scope> parse_scope(std::span<const std::string> words);

}  // namespace smartcar_sim::platform
