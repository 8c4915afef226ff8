// What a step sends: events by name, payloads, and what a change of state sets off. Private to scenario/.
#pragma once

#include "base/result.h"
#include "platform/effect.h"
#include "scenario/scenario.h"
#include "scenario/world.h"
#include "simulation/simulation.h"

namespace smartcar_sim::scenario {

// Of a "send", "set" or "test": the events, which exist from now on, and how they are to leave.
struct Volley {
    platform::Fired fired;
    simulation::Manner manner;
};
// Codes of the platform's own and of names that stand for nothing.
[[nodiscard]] base::Result<Volley> fire(const Step& step, World& world);

// What was queued of it.
struct Fallout {
    std::set<std::string> event_ids;
    std::vector<platform::Skipped> skipped;
};
[[nodiscard]] base::Result<Fallout> submit(Volley volley, const World& world);

}  // namespace smartcar_sim::scenario
