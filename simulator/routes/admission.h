// The door of the queue: a request that may send events is turned away while the queue is full, before it has changed
// anything. What was let in is then queued whole, so no answer leaves a change half told.
#pragma once

#include "contract/http.h"
#include "routes/context.h"
#include "routes/router.h"
#include "routes/sim_answer.h"

namespace smartcar_sim::routes {

// The handler behind the door; 503 "queue_full" with retry-after in front of it.
template <Handler kHandler>
contract::Response admitted(Context& context, const contract::Request& request, const Parameters& parameters) {
    if (const auto full = context.simulation.full()) return sim_error(*full);
    return kHandler(context, request, parameters);
}

}  // namespace smartcar_sim::routes
