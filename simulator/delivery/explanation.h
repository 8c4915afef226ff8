// What signature::explain() is told of a callback, and how its answer is written. Pure.
#pragma once

#include "contract/http.h"
#include "document/writer.h"
#include "signature/explain.h"

namespace smartcar_sim::delivery {

// By its Server and X-Powered-By.
[[nodiscard]] signature::Language language_of(const contract::Response& answer);

// The members of the object that `explain --json` and POST /_sim/explain give, "type" left out.
void write_members(document::Writer& object, const signature::Explanation& explanation);

}  // namespace smartcar_sim::delivery
