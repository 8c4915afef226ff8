// Steps that ask the application, and count what it asked of the platform. Private to scenario/.
#pragma once

#include "scenario/act.h"
#include "scenario/scenario.h"
#include "scenario/world.h"

namespace smartcar_sim::scenario {

// Asks until the answer is as expected or the time is over; at least once.
void ask(const Doing& doing, const Probe& probe, World& world);
void count_calls(const Doing& doing, const ExpectCalls& calls, World& world);
// The browser of the user who has been through Connect goes where it is sent.
void visit_redirect(const Doing& doing, World& world);

}  // namespace smartcar_sim::scenario
