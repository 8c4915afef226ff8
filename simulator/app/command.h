// A shell command that is run to its end for what it prints: probes of scenarios and audits.
#pragma once

#include <string>

#include "app/called_off.h"
#include "base/clock.h"
#include "base/result.h"

namespace smartcar_sim::app {

struct CommandAnswer {
    int exit_code = 0;
    std::string output;  // both streams, without the last line break
};

// `sh -c`, ended after `limit` or when the run is called off: then code "command_failed", as when it cannot be started.
[[nodiscard]] base::Result<CommandAnswer> run_command(const std::string& line, base::Milliseconds limit,
                                                      const CalledOff& called_off);

}  // namespace smartcar_sim::app
