// What `help` prints, and --version: made from the tables.
#pragma once

#include <string>

#include "cli/command.h"

namespace smartcar_sim::cli {

// Every command in a line, and how to read on.
[[nodiscard]] std::string overview();
// Usage, details, options with default and environment variable, examples.
[[nodiscard]] std::string help_for(const Command& command);
// "smartcar-sim send [EVENT|FILE] [options]"
[[nodiscard]] std::string usage_of(const Command& command);
// The version, the commit and a line for each library.
[[nodiscard]] std::string version_text(const Surroundings& surroundings);

}  // namespace smartcar_sim::cli
