// The messages of webhooks.md section 2. The two dialects differ in key order more than in content, so
// each piece of a message is one function that holds both orders side by side.
#include <cassert>

#include "contract/api_error.h"
#include "contract/message.h"
#include "document/writer.h"

namespace smartcar_sim::contract {
namespace {

// The texts a message comes in. VERIFY and test payloads are sent by a button of the dashboard and were
// seen with another meta than what a live vehicle causes (clients.md section 5).
enum class Form { kVehicle, kDashboard, kDoc };

Form form_of(const Envelope& envelope) {
    if (envelope.dialect == Dialect::kDoc) return Form::kDoc;
    return envelope.mode == Mode::kTest ? Form::kDashboard : Form::kVehicle;
}

std::string_view mode_4_0(Mode mode) {
    switch (mode) {
        case Mode::kTest:
            return "TEST";
        case Mode::kSimulated:
            return "SIMULATED";
        case Mode::kLive:
            break;
    }
    return "LIVE";
}

std::int64_t milliseconds(base::Instant instant) { return instant.time_since_epoch().count(); }

// --- meta ----------------------------------------------------------------------------------------

struct Meta {
    const Envelope& envelope;
    Form form = Form::kVehicle;
    std::optional<Mode> mode;  // absent in VERIFY
    std::optional<std::size_t> signal_count;
};

class Draft {
public:
    document::Writer& json() { return json_; }

    // deliveryId and deliveredAt, left open for each attempt.
    void stamp(Message::Time form) {
        gaps_.form = form;
        json_.key("deliveryId").raw("\"\"");
        gaps_.id = text_.size() - 1;
        const bool iso = form == Message::Time::kIso;
        json_.key("deliveredAt").raw(iso ? "\"\"" : "");
        gaps_.time = text_.size() - (iso ? 1 : 0);
    }

    Message finish() && {
        assert(!json_.failed());
        return {std::move(text_), gaps_};
    }

private:
    std::string text_;
    document::Writer json_{text_};
    Message::Gaps gaps_;
};

void write_webhook(document::Writer& json, const Envelope& envelope) {
    json.member("webhookId", envelope.webhook_id);
    json.member("webhookName", envelope.webhook_name);
}

void write_mode(document::Writer& json, const Meta& meta) {
    if (meta.mode) json.member("mode", mode_4_0(*meta.mode));
}

void write_count(document::Writer& json, const Meta& meta) {
    if (meta.signal_count) json.member("signalCount", static_cast<std::int64_t>(*meta.signal_count));
}

void write_meta(Draft& draft, const Meta& meta) {
    document::Writer& json = draft.json();
    json.key("meta").begin_object();
    switch (meta.form) {
        case Form::kVehicle:
            draft.stamp(Message::Time::kMilliseconds);
            json.member("version", name_of(Version::k4_0));
            write_webhook(json, meta.envelope);
            write_mode(json, meta);
            write_count(json, meta);
            break;
        case Form::kDashboard:
            json.member("version", name_of(Version::k4_0));
            write_webhook(json, meta.envelope);
            draft.stamp(Message::Time::kIso);
            write_mode(json, meta);
            write_count(json, meta);
            break;
        case Form::kDoc:
            json.member("version", name_of(Version::k4_0));
            draft.stamp(Message::Time::kMilliseconds);
            write_webhook(json, meta.envelope);
            write_count(json, meta);
            write_mode(json, meta);
            break;
    }
    json.end_object();
}

// --- data ----------------------------------------------------------------------------------------

void begin_vehicle_event(document::Writer& json, Form form, std::string_view event_id, std::string_view event_type,
                         const VehicleRef& vehicle) {
    json.begin_object();
    json.member("eventId", event_id);
    json.member("eventType", event_type);
    if (form == Form::kDoc) json.member("vehicleId", vehicle.id);
    json.key("data").begin_object();
    json.key("user").begin_object().member("id", vehicle.user_id).end_object();
    json.key("vehicle").begin_object();
    json.member("id", vehicle.id);
    json.member("make", vehicle.make);
    json.member("model", vehicle.model);
    json.member("year", vehicle.year);
    json.end_object();
}

void write_code_name_group(document::Writer& json, const SignalName& signal) {
    json.member("code", signal.code);
    json.member("name", signal.name);
    json.member("group", signal.group);
}

// The documentation writes `unit` before `value`; test payloads have none.
void write_body(document::Writer& json, Form form, const document::Value& body) {
    json.key("body");
    const document::Object* members = body.object();
    const document::Value* unit = body.find("unit");
    const bool unit_first = form == Form::kDoc && body.find("value") != nullptr;
    const bool unit_dropped = form == Form::kDashboard;
    if (members == nullptr || unit == nullptr || !(unit_first || unit_dropped)) {
        json.value(body);
        return;
    }
    json.begin_object();
    if (unit_first) json.member("unit", *unit);
    for (const auto& [name, value] : *members) {
        if (name != "unit") json.member(name, value);
    }
    json.end_object();
}

void write_good_signal(document::Writer& json, Form form, const SignalReading& reading) {
    json.begin_object();
    write_code_name_group(json, reading.signal);
    write_body(json, form, reading.body);
    json.key("meta").begin_object();
    json.member("oemUpdatedAt", milliseconds(reading.oem_updated_at));
    json.member(form == Form::kDoc ? "fetchedAt" : "retrievedAt", milliseconds(reading.retrieved_at));
    json.end_object();
    if (form == Form::kVehicle) json.key("status").begin_object().member("value", "SUCCESS").end_object();
    json.end_object();
}

void write_code(document::Writer& json, const std::optional<std::string>& code) {
    json.key("code");
    if (code) {
        json.value(*code);
    } else {
        json.null();
    }
}

void write_failed_signal(document::Writer& json, Form form, const SignalName& signal, const SignalFailure& failure) {
    json.begin_object();
    if (form == Form::kDoc) {
        write_code_name_group(json, signal);
        json.key("status").begin_object().key("error").begin_object();
        write_code(json, failure.code);
        json.member("type", failure.type);
        json.end_object().member("value", "ERROR").end_object();
    } else {
        json.member("name", signal.name);
        json.member("group", signal.group);
        json.member("code", signal.code);
        json.key("status").begin_object().member("value", "ERROR").key("error").begin_object();
        json.member("type", failure.type);
        write_code(json, failure.code);
        json.end_object().end_object();
    }
    json.end_object();
}

void write_signals(document::Writer& json, Form form, std::span<const SignalReading> signals) {
    json.key("signals").begin_array();
    for (const SignalReading& reading : signals) {
        if (reading.failure) {
            write_failed_signal(json, form, reading.signal, *reading.failure);
        } else {
            write_good_signal(json, form, reading);
        }
    }
    json.end_array();
}

// --- triggers ------------------------------------------------------------------------------------

void write_changed(document::Writer& json, Form form, const SignalName& signal) {
    json.begin_object();
    if (form == Form::kDoc) {
        write_code_name_group(json, signal);
    } else {
        // The captured test payload says Hvac here and HVAC among the signals.
        const bool respelled = form == Form::kDashboard && signal.group == "HVAC";
        json.member("type", "SIGNAL_UPDATED");
        json.key("signal").begin_object();
        json.member("name", signal.name);
        json.member("code", signal.code);
        json.member("group", respelled ? std::string_view("Hvac") : std::string_view(signal.group));
        json.end_object();
    }
    json.end_object();
}

void write_triggers(document::Writer& json, Form form, const Triggers& triggers) {
    json.key("triggers").begin_array();
    if (triggers.first_delivery) {
        json.begin_object().member(form == Form::kDoc ? "code" : "type", "FIRST_DELIVERY").end_object();
    }
    for (const SignalName& signal : triggers.changed) write_changed(json, form, signal);
    json.end_array();
}

// --- errors --------------------------------------------------------------------------------------

void write_resolution(document::Writer& json, Form form, const ErrorKind& kind) {
    // The one row where the documentation and the wire disagree (webhooks.md section 13, 12).
    const bool documented_otherwise = form == Form::kDoc && kind.code == "VEHICLE_NOT_CAPABLE";
    const std::string_view type = documented_otherwise ? "CONTACT_SUPPORT" : kind.resolution;
    json.key("resolution").begin_object().key("type");
    if (type.empty()) {
        json.null();
    } else {
        json.value(type);
    }
    json.end_object();
}

void write_user_message(document::Writer& json, const ErrorKind& kind) {
    if (!kind.user_message.empty()) json.member("suggestedUserMessage", kind.user_message);
}

void write_failed_names(document::Writer& json, Form form, const VehicleFault& fault) {
    if (!fault.signals || fault.signals->empty()) return;
    json.key("signals").begin_array();
    for (const SignalName& signal : *fault.signals) {
        json.begin_object();
        if (form == Form::kDoc) {
            write_code_name_group(json, signal);
        } else {
            json.member("name", signal.name);
            json.member("group", signal.group);
            json.member("code", signal.code);
        }
        json.end_object();
    }
    json.end_array();
}

void write_standing(document::Writer& json, Form form, const ErrorKind& kind) {
    if (form == Form::kDoc) {
        json.member("state", "ERROR");
        json.member("description", kind.description);
        write_user_message(json, kind);
        json.member("docURL", doc_url(kind));
        write_resolution(json, form, kind);
    } else {
        json.member("description", kind.description);
        json.member("docURL", doc_url(kind));
        write_resolution(json, form, kind);
        write_user_message(json, kind);
        json.member("state", "ERROR");
    }
}

void write_resolved(document::Writer& json, Form form) {
    constexpr std::string_view kDescription = "This error is over and the vehicle can answer again.";
    if (form == Form::kDoc) {
        json.member("state", "RESOLVED");
        json.member("description", kDescription);
    } else {
        json.member("description", kDescription);
        json.member("state", "RESOLVED");
    }
}

void write_error(document::Writer& json, Form form, const VehicleFault& fault) {
    const ErrorKind& kind = error_kind(fault.type, fault.code);
    json.begin_object();
    json.member("type", fault.type);
    write_code(json, fault.code);
    if (fault.state == VehicleFault::State::kResolved) {
        write_resolved(json, form);
    } else {
        write_standing(json, form, kind);
    }
    write_failed_names(json, form, fault);
    json.end_object();
}

}  // namespace

Message verify_4_0(const Envelope& envelope, std::string_view event_id, std::string_view challenge) {
    Draft draft;
    document::Writer& json = draft.json();
    json.begin_object();
    json.member("eventId", event_id);
    json.member("eventType", "VERIFY");
    json.key("data").begin_object().member("challenge", challenge).end_object();
    const Form form = envelope.dialect == Dialect::kDoc ? Form::kDoc : Form::kDashboard;
    write_meta(draft, {.envelope = envelope, .form = form, .mode = std::nullopt, .signal_count = std::nullopt});
    json.end_object();
    return std::move(draft).finish();
}

Message vehicle_state(const Envelope& envelope, std::string_view event_id, const VehicleRef& vehicle,
                      std::span<const SignalReading> signals, const Triggers& triggers) {
    const Form form = form_of(envelope);
    Draft draft;
    document::Writer& json = draft.json();
    begin_vehicle_event(json, form, event_id, "VEHICLE_STATE", vehicle);
    if (form == Form::kDoc) write_triggers(json, form, triggers);
    write_signals(json, form, signals);
    json.end_object();
    if (form != Form::kDoc) write_triggers(json, form, triggers);
    write_meta(draft, {.envelope = envelope, .form = form, .mode = envelope.mode, .signal_count = signals.size()});
    json.end_object();
    return std::move(draft).finish();
}

Message vehicle_error(const Envelope& envelope, std::string_view event_id, const VehicleRef& vehicle,
                      std::span<const VehicleFault> errors) {
    const Form form = form_of(envelope);
    Draft draft;
    document::Writer& json = draft.json();
    begin_vehicle_event(json, form, event_id, "VEHICLE_ERROR", vehicle);
    json.key("errors").begin_array();
    for (const VehicleFault& fault : errors) write_error(json, form, fault);
    json.end_array();
    json.end_object();
    write_meta(draft, {.envelope = envelope, .form = form, .mode = envelope.mode, .signal_count = std::nullopt});
    json.end_object();
    return std::move(draft).finish();
}

}  // namespace smartcar_sim::contract
