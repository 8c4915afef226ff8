// What the reports of `run` and `audit` need of the command line.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "report/text.h"

namespace smartcar_sim::cli {

// The terminal's colours for a report's text; the terminal outlives it.
[[nodiscard]] report::Paint paint_of(const Terminal& terminal);

// Whether this is a job of GitHub Actions.
[[nodiscard]] bool on_github(const Environment& environment);
// Adds to the summary of the job's step, cut to what GitHub takes; nothing elsewhere. Code "file_unwritable".
[[nodiscard]] base::Result<base::Done> write_summary_of_step(const Environment& environment, std::string markdown);

}  // namespace smartcar_sim::cli
