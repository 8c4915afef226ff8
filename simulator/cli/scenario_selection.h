// Which scenarios a command plays: named, read, and chosen from by --tag, --filter, --shard and --webhook-version.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/scenario_files.h"
#include "app/scenario_run.h"
#include "cli/command.h"
#include "scenario/scenario.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::cli {

struct Selection {
    std::vector<scenario::Scenario> scenarios;        // those that were chosen
    std::vector<app::Performance> performances;       // of them, in the order of their paths
};

// Says what is wrong and gives the exit code that says so: every error of every file that was named, or that nothing
// was chosen.
struct Selected {
    std::optional<ExitCode> failed;
    Selection selection;
};
[[nodiscard]] Selected select(const Invocation& invocation, const std::vector<std::string>& wanted,
                              const std::vector<vehicle::Vehicle>& fixtures);

}  // namespace smartcar_sim::cli
