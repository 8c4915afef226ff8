// Plausible readings of a vehicle nobody owns, for test payloads (contract/webhooks.md section 2.6).
#pragma once

#include "contract/signals.h"
#include "document/value.h"

namespace smartcar_sim::vehicle {

// A body of the documented shape for every signal of the catalogue.
[[nodiscard]] document::Value sample_body(const contract::Signal& signal);

}  // namespace smartcar_sim::vehicle
