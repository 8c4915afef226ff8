// A command line taken apart by the option table. The only user of cxxopts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command.h"

namespace smartcar_sim::cli {

struct ParsedLine {
    std::vector<Given> given;            // in order
    std::vector<std::string> arguments;  // what is no option, and all after "--"
};

// `arguments` are those after the command's name. Codes: "unknown_option", "missing_value",
// "missing_argument", "too_many_arguments", "unknown_argument", "given_twice".
[[nodiscard]] base::Result<ParsedLine> parse_line(const Command& command, std::span<const std::string> arguments);

// "cxxopts 1.2.3", as compiled in.
[[nodiscard]] std::string library_version();

}  // namespace smartcar_sim::cli
