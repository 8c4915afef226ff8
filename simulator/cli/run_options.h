// What `run` was told beside what every command that talks is told.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/scenario_run.h"
#include "base/result.h"
#include "cli/command.h"
#include "cli/scenario_selection.h"
#include "report/report.h"

namespace smartcar_sim::cli {

struct ReportFile {
    report::Kind kind = report::Kind::kJson;
    std::string path;
};

// Codes "bad_value", and "file_unwritable" for a path that cannot be written to.
[[nodiscard]] base::Result<std::vector<ReportFile>> report_files(const Settings& settings);

// --start-at, --seed, --realtime and --speed.
[[nodiscard]] base::Result<base::Done> set_time(const Settings& settings, app::ScenarioRun::Options& options);

// The variables that the scenarios name; their values are concealed where a name says that they are secret. Code
// "no_variable", with the place.
[[nodiscard]] base::Result<std::map<std::string, std::string>> variables_named(const std::vector<Chosen>& scenarios,
                                                                               const Invocation& invocation);

// How many scenarios are played at once: one when an application reaches the platform. Code "bad_arguments" for what
// needs --allow-commands, and for several --jobs on the command line with what goes one at a time.
[[nodiscard]] base::Result<std::size_t> jobs_for(const std::vector<Chosen>& scenarios, const Settings& settings);

}  // namespace smartcar_sim::cli
