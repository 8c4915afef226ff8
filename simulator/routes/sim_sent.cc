#include "routes/sim_sent.h"

#include <string>
#include <utility>

namespace smartcar_sim::routes {

namespace {

void write_outcomes(document::Writer& json, const delivery::Journal& journal, const simulation::Sent& sent) {
    json.key("outcomes").begin_array();
    for (const simulation::Queued& queued : sent.queued) {
        const auto delivery = journal.at(queued.position);
        json.begin_object().member("eventId", queued.event_id).member("webhookId", queued.webhook_id);
        json.member("outcome", delivery ? name_of(delivery->outcome) : std::string_view("evicted")).end_object();
    }
    json.end_array();
}

}  // namespace

void write_sent(document::Writer& json, const simulation::Sent& sent) {
    json.key("eventIds").begin_array();
    for (const simulation::Queued& queued : sent.queued) json.value(queued.event_id);
    json.end_array();
    json.key("skipped").begin_array();
    for (const platform::Skipped& skipped : sent.skipped) {
        json.begin_object().member("webhookId", skipped.webhook_id).member("reason", name_of(skipped.reason));
        json.end_object();
    }
    json.end_array();
}

contract::Response answer_sent(Context& context, const simulation::Sent& sent, base::Milliseconds wait) {
    const bool reached = !sent.queued.empty();
    std::string body;
    document::Writer json(body);
    json.begin_object();
    if (!reached) {
        json.key("error").begin_object().member("code", "reached_nobody");
        json.member("message", sent.skipped.empty() ? "no webhook exists; create one with POST /_sim/webhooks"
                                                    : "no webhook took the event; \"skipped\" says why for each");
        json.end_object();
    }
    write_sent(json, sent);
    if (wait > base::Milliseconds(0)) {
        context.simulation.wait_final(sent.queued, wait);
        write_outcomes(json, context.journal, sent);
    }
    json.end_object();
    return contract::json_response(reached ? 202 : 409, std::move(body));
}

}  // namespace smartcar_sim::routes
