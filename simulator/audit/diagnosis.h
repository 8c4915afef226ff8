// Which mistake a callback makes, found out from what it accepts. Private to audit/.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "audit/check.h"
#include "audit/examination.h"
#include "audit/finding.h"

namespace smartcar_sim::audit {

// A callback that refuses a rightly signed event computes another hash. Nobody sees which; so it is offered those that
// known mistakes make of the event, and the one it accepts names its mistake in `outcome`. When its answer has nothing
// to do with the signature, nothing is offered, and the fix is that of the status.
void diagnose(Examination& examination, const Event& event, const Sent& refused, Outcome& outcome);

// A callback that hashes its own print of the parsed body accepts those bodies that it prints as they came: whose print
// that is, if what it accepted and refused says so.
[[nodiscard]] std::optional<std::string> print_told_by(std::span<const Finding> findings);

}  // namespace smartcar_sim::audit
