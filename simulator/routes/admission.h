// Doors in front of handlers.
#pragma once

#include "contract/http.h"
#include "routes/context.h"
#include "routes/router.h"
#include "routes/sim_answer.h"
#include "routes/sim_body.h"

namespace smartcar_sim::routes {

// For what may send events: while the queue is full it is turned away with 503 "queue_full" and retry-after, before it
// has changed anything. What was let in is then queued whole, so no answer leaves a change half told.
template <Handler kHandler>
contract::Response admitted(Context& context, const contract::Request& request, const Parameters& parameters) {
    if (const auto full = context.simulation.full()) return sim_error(*full);
    return kHandler(context, request, parameters);
}

// For what takes neither a query nor members of a body: 400 when one is there.
template <Handler kHandler>
contract::Response bare(Context& context, const contract::Request& request, const Parameters& parameters) {
    const auto said = read(request, {});
    return said ? kHandler(context, request, parameters) : sim_error(said.error());
}

}  // namespace smartcar_sim::routes
