// An audit as a person reads it on a terminal. As in text.h, what others wrote is printable in it.
#pragma once

#include <span>
#include <string>

#include "audit/finding.h"
#include "report/text.h"

namespace smartcar_sim::report {

// "failed   critical  signature-missing  is an event without SC-Signature refused?" and, below it, what was sent, what
// had to come and why, what came and what to do about it. Of one that did not fail nothing, or, with kEverySteps, the
// same. kEverySteps also tells each exchange. Ends with a line break unless it is empty.
[[nodiscard]] std::string finding_text(const audit::Finding& finding, Detail detail, const Paint& paint);

// The end of an audit: a line a family, what follows from all of it, how fast answers came, what has changed since the
// baseline, the grade, the counts, and how to repeat it. Ends with a line break.
[[nodiscard]] std::string summary_text(std::span<const audit::Finding> findings, const audit::Summary& summary,
                                       const Paint& paint);

}  // namespace smartcar_sim::report
