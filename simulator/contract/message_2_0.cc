// The messages of webhooks.md section 3.
#include <cassert>

#include "base/text.h"
#include "contract/message.h"
#include "document/writer.h"

namespace smartcar_sim::contract {
namespace {

// What every 2.0 message begins with: version, webhookId, eventName.
void begin(document::Writer& json, std::string_view webhook_id, std::string_view event_name) {
    json.begin_object();
    json.member("version", name_of(Version::k2_0));
    json.member("webhookId", webhook_id);
    json.member("eventName", event_name);
}

// As the API answers it, but for /battery: captured payloads begin with the range, the API's answer ends with it.
void write_body(document::Writer& json, const Reading& reading) {
    json.key("body");
    const document::Value* const range = reading.path == "/battery" ? reading.body.find("range") : nullptr;
    if (range == nullptr) {
        json.value(reading.body);
        return;
    }
    json.begin_object();
    json.member("range", *range);
    for (const auto& [name, value] : *reading.body.object()) {
        if (name != "range") json.member(name, value);
    }
    json.end_object();
}

void write_reading(document::Writer& json, const Reading& reading) {
    json.begin_object();
    json.member("path", reading.path);
    json.member("code", reading.code);
    write_body(json, reading);
    json.key("headers").begin_object();
    for (const auto& [name, value] : reading.headers) json.member(name, value);
    json.end_object();
    json.end_object();
}

void write_vehicle(document::Writer& json, const VehicleReadings& vehicle) {
    json.begin_object();
    json.member("vehicleId", vehicle.vehicle_id);
    json.member("requestId", vehicle.request_id);
    json.key("data").begin_array();
    for (const Reading& reading : vehicle.data) write_reading(json, reading);
    json.end_array();
    json.end_object();
}

}  // namespace

Message verify_2_0(std::string_view webhook_id, std::string_view challenge) {
    std::string text;
    document::Writer json(text);
    begin(json, webhook_id, "verify");
    json.key("payload").begin_object().member("challenge", challenge).end_object();
    json.end_object();
    assert(!json.failed());
    return Message(std::move(text));
}

Message event_based(const Envelope& envelope, std::string_view event_id, std::string_view vehicle_id,
                    std::string_view event_type, base::Instant event_time) {
    std::string text;
    text.reserve(512);  // one allocation for what is usual
    document::Writer json(text);
    begin(json, envelope.webhook_id, "eventBased");
    json.member("mode", name_of(envelope.mode));
    json.key("payload").begin_object();
    json.member("eventId", event_id);
    json.member("vehicleId", vehicle_id);
    json.member("eventType", event_type);
    json.member("eventTime", base::format_instant(event_time));
    json.end_object();
    json.end_object();
    assert(!json.failed());
    return Message(std::move(text));
}

Message readings_2_0(const Envelope& envelope, std::string_view event_name, std::span<const VehicleReadings> vehicles) {
    std::string text;
    document::Writer json(text);
    begin(json, envelope.webhook_id, event_name);
    json.member("mode", name_of(envelope.mode));
    json.key("payload").begin_object().key("vehicles").begin_array();
    for (const VehicleReadings& vehicle : vehicles) write_vehicle(json, vehicle);
    json.end_array().end_object();
    json.end_object();
    assert(!json.failed());
    return Message(std::move(text));
}

}  // namespace smartcar_sim::contract
