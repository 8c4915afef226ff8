// An earlier audit, read back from its JSON report, and what has changed since.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "audit/finding.h"
#include "base/result.h"

namespace smartcar_sim::audit {

using Baseline = std::map<std::string, Verdict, std::less<>>;  // by the check's id

// The lines of `audit --json` or --report json=FILE. Codes "bad_baseline" and those of the JSON reader, with the place.
[[nodiscard]] base::Result<Baseline> parse_baseline(std::string_view lines, const std::string& file);

// A check that the baseline does not know is worse when it fails.
[[nodiscard]] Comparison compare(std::span<const Finding> findings, const Baseline& baseline);

}  // namespace smartcar_sim::audit
