// An audit written by hand: failures of every severity, what is unknown and what was skipped, and a callback that
// answers with everything a report could be misled by.
#pragma once

#include <string>
#include <vector>

#include "audit/finding.h"

namespace smartcar_sim::report::samples {

[[nodiscard]] std::vector<audit::Finding> audit_findings();
[[nodiscard]] audit::Summary audit_summary();

// One that passed, to be changed.
[[nodiscard]] audit::Finding plain_finding();
[[nodiscard]] audit::Sent sent(std::string title, std::string body, delivery::Answer answer);

}  // namespace smartcar_sim::report::samples
