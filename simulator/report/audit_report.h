// The reports of an audit: what `audit --report KIND=PATH` writes and `audit --json` prints.
//
// As with the report of a run, whatever is secret in findings and summary is masked by whoever hands them over.
#pragma once

#include <span>
#include <string>

#include "audit/finding.h"
#include "report/report.h"

namespace smartcar_sim::report {

// The whole text. JUnit: a suite a family, a case a check; what was skipped or is unknown counts as skipped.
[[nodiscard]] std::string audit_report(Kind kind, std::span<const audit::Finding> findings,
                                       const audit::Summary& summary);

// {"type":"check",…} and a line break. What was exchanged is told of one that failed or is unknown.
[[nodiscard]] std::string json_line(const audit::Finding& finding);

// {"type":"summary",…} and a line break.
[[nodiscard]] std::string json_line(const audit::Summary& summary);

}  // namespace smartcar_sim::report
