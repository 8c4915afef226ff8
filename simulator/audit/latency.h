// What a list of times comes to.
#pragma once

#include <chrono>
#include <vector>

#include "audit/finding.h"
#include "base/clock.h"

namespace smartcar_sim::audit {

// What Smartcar allows for an answer (contract/webhooks.md section 7).
inline constexpr base::Milliseconds kAllowed = std::chrono::seconds(15);

// Median and 95th percentile by nearest rank: a time that was measured, never one between two.
[[nodiscard]] Latency latency_of(std::vector<base::Milliseconds> times);

}  // namespace smartcar_sim::audit
