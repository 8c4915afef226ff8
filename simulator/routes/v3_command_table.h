// The commands of v3, private to routes/: what their paths, executions and compatible vehicles call them.
#pragma once

#include <span>
#include <string_view>

#include "vehicle/commands.h"

namespace smartcar_sim::routes {

struct V3Command {
    std::string_view pattern;  // "/v3/vehicles/{id}/commands/charge/set-limit"
    std::string_view code;     // "charge-set-limit", the commandType of executions
    std::string_view name;     // "SetLimit"
    std::string_view group;    // "Charge"
    vehicle::CommandKind kind;
};
[[nodiscard]] std::span<const V3Command> v3_command_table();

}  // namespace smartcar_sim::routes
