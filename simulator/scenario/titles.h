// What a step is called in transcripts and failures. Private to scenario/.
#pragma once

#include <string>

#include "scenario/scenario.h"

namespace smartcar_sim::scenario {

// "send CHARGING_STARTED about car, signature wrong-key", "wait 38m".
[[nodiscard]] std::string title_of(const Step& step, contract::Version version);

}  // namespace smartcar_sim::scenario
