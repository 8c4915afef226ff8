// Which scenarios a command plays: named, read, and chosen from by --tag, --filter, --shard and --webhook-version.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/scenario_files.h"
#include "app/scenario_run.h"
#include "cli/command.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::cli {

// What a command has to know of a scenario before it plays it.
struct Chosen {
    std::string path;
    std::string name;
    std::vector<std::string> tags;
    std::vector<std::string> environment;     // the variables it names
    std::vector<std::string> secrets;         // those among them that are tokens
    std::vector<contract::Version> versions;  // it is played in; more than one only of a file that says so
    bool runs_commands = false;
    bool counts_calls = false;  // or fails them: of the application, which reaches one platform alone
};

struct Selection {
    std::vector<Chosen> scenarios;               // in the order of their paths
    std::vector<app::Performance> performances;  // of them
};

// Says what is wrong and gives the exit code that says so: every error of every file that was named, or that nothing
// was chosen.
struct Selected {
    std::optional<ExitCode> failed;
    std::vector<scenario::Result> invalid;  // a result in error for every error of a file
    Selection selection;
};
[[nodiscard]] Selected select(const Invocation& invocation, const std::vector<std::string>& wanted,
                              const std::vector<vehicle::Vehicle>& fixtures);

}  // namespace smartcar_sim::cli
