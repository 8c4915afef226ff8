// What the /_sim API says of events that were sent: ids, who was skipped and why, outcomes.
#pragma once

#include "base/clock.h"
#include "contract/http.h"
#include "document/writer.h"
#include "routes/context.h"
#include "simulation/simulation.h"

namespace smartcar_sim::routes {

// "eventIds":[…] and "skipped":[{"webhookId","reason"}], as members of an object begun by the caller.
void write_sent(document::Writer& json, const simulation::Sent& sent);

// 202 with the members above, or 409 with an error besides when no webhook was reached. After a
// `wait`, "outcomes":[{"eventId","webhookId","outcome"}] as far as they got.
[[nodiscard]] contract::Response answer_sent(Context& context, const simulation::Sent& sent, base::Milliseconds wait);

}  // namespace smartcar_sim::routes
