#include "cli/received_text.h"

#include <string_view>

#include "document/writer.h"

namespace smartcar_sim::cli {

namespace {

std::string_view name_of(receiver::Received::Kind kind) {
    switch (kind) {
        case receiver::Received::Kind::kVerification:
            return "verification";
        case receiver::Received::Kind::kEvent:
            return "event";
        case receiver::Received::Kind::kLook:
            return "look";
        case receiver::Received::Kind::kRefused:
            break;
    }
    return "refused";
}

}  // namespace

std::string describe(const receiver::Handled& handled, const Terminal& terminal) {
    const bool good = contract::is_success(handled.response.status);
    return terminal.paint(good ? Colour::kGood : Colour::kBad, std::to_string(handled.response.status)) + "  " +
           handled.received.summary;
}

std::string received_object(const receiver::Handled& handled) {
    const receiver::Received& received = handled.received;
    std::string line;
    document::Writer json(line);
    json.begin_object().member("type", "received").member("kind", name_of(received.kind));
    json.member("status", handled.response.status);
    json.text_or_null("event", received.message.event_name);
    json.text_or_null("eventType", received.message.event_type);
    json.text_or_null("eventId", received.message.event_id);
    json.text_or_null("vehicleId", received.message.vehicle_id);
    json.text_or_null("why", received.why);
    json.text_or_null("mistake", received.mistake.value_or(""));
    json.end_object();
    return line;
}

}  // namespace smartcar_sim::cli
