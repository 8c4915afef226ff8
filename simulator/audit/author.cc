#include "audit/author.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <utility>

#include "base/text.h"
#include "contract/signals.h"
#include "document/json.h"
#include "document/pointer.h"
#include "document/writer.h"

namespace smartcar_sim::audit {
namespace {

using contract::Version;
using document::Value;

// The first event lies that far back: what follows stays in the past.
constexpr base::Milliseconds kBegan = std::chrono::hours(1);
constexpr base::Milliseconds kBetween = std::chrono::seconds(5);
constexpr base::Milliseconds kRetried = std::chrono::seconds(60);  // after the first delivery
constexpr int kLowestCharge = 20;
constexpr int kHighestCharge = 80;
constexpr std::size_t kLongChallenge = 128;

constexpr std::string_view kCharging = "charge-ischarging";
constexpr std::string_view kStateOfCharge = "tractionbattery-stateofcharge";

std::string_view event_type(bool charging) { return charging ? "CHARGING_STARTED" : "CHARGING_STOPPED"; }

contract::SignalReading reading(std::string_view code, const Value& state, base::Instant at) {
    const contract::Signal* signal = contract::find_signal(code);
    const base::Instant then = signal->is_static ? base::Instant() : at;
    return {.signal = contract::signal_name(code),
            .body = contract::signal_body(*signal, state),
            .oem_updated_at = then,
            .retrieved_at = then,
            .failure = std::nullopt};
}

// Replaces what stands there; where nothing does, the body stays as it is.
void replace(Value& body, std::string_view pointer, Value value) {
    (void)document::set(body, pointer, std::move(value), document::Missing::kError);
}

// An instant in the form that stands there.
void replace_time(Value& holder, std::string_view key, base::Instant at) {
    Value* time = holder.find(key);
    if (time == nullptr) return;
    *time = time->string() != nullptr ? Value(base::format_instant(at)) : Value(at.time_since_epoch().count());
}

void replace_signal(Value& signal, const Event& event) {
    const Value* code = signal.find("code");
    Value* body = signal.find("body");
    if (Value* meta = signal.find("meta")) {
        for (const std::string_view key : {"oemUpdatedAt", "retrievedAt", "fetchedAt"})
            replace_time(*meta, key, event.at);
    }
    if (code == nullptr || code->string() == nullptr || body == nullptr || body->find("value") == nullptr) return;
    if (*code->string() == kCharging) *body->find("value") = Value(event.charging);
    if (*code->string() == kStateOfCharge) *body->find("value") = Value(event.charge);
}

std::string text_of(const Value& body) {
    auto text = document::write(body);
    return text ? std::move(text).value() : std::string();
}

char alphanumeric(unsigned value) {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    return kLetters[value % kLetters.size()];
}

}  // namespace

std::string with_note(std::string body, std::string_view json) {
    body.insert(body.size() - 1, ",\"note\":" + std::string(json));
    return body;
}

Author::Author(const Subject& subject, const base::Ids& ids)
    : subject_(subject), ids_(ids.within("audit")), at_(subject.now - kBegan) {}

std::string Author::new_id(std::string_view kind) { return ids_.uuid(kind, subject_.envelope.webhook_id, ordinal_++); }

contract::Stamp Author::stamp(base::Instant at) { return {new_id("delivery"), at + std::chrono::seconds(1)}; }

base::Instant Author::tick() { return at_ += kBetween; }

Event Author::next() { return telling(!charging_); }

Event Author::telling(bool charging) {
    charging_ = charging;
    return made(charging_, tick(), charge());
}

Event Author::forged() { return made(!charging_, tick(), charge()); }

int Author::charge() { return charge_ = charge_ < kHighestCharge ? charge_ + 1 : kLowestCharge; }

Event Author::earlier(base::Milliseconds by) { return made(!charging_, at_ - by, charge_ - 1); }

Event Author::made(bool charging, base::Instant at, int charge) {
    Event event{.id = new_id("event"),
                .body = {},
                .version = subject_.version,
                .charging = charging,
                .at = at,
                .charge = charge};
    event.body = subject_.captured ? from_captured(event) : body_of(event);
    return event;
}

std::string Author::body_of(const Event& event) {
    if (event.version == Version::k2_0) {
        return contract::event_based(subject_.envelope, event.id, subject_.vehicle.id, event_type(event.charging),
                                     event.at)
            .render(stamp(event.at));
    }
    const contract::Triggers triggers{.first_delivery = false, .changed = {contract::signal_name(kCharging)}};
    return contract::vehicle_state(subject_.envelope, event.id, subject_.vehicle, ordinary_signals(event), triggers)
        .render(stamp(event.at));
}

std::vector<contract::SignalReading> Author::ordinary_signals(const Event& event) const {
    return {reading("charge-ischarging", Value(event.charging), event.at),
            reading("tractionbattery-stateofcharge", Value(event.charge), event.at),
            reading("odometer-traveleddistance", Value(18'342.4), event.at),
            reading("vehicleidentification-vin", Value("5YJ3E1EA1KF000316"), event.at)};
}

std::string Author::from_captured(const Event& event) {
    Value body = *subject_.captured;
    replace(body, "/eventId", Value(event.id));
    if (event.version == Version::k2_0) {
        replace(body, "/payload/eventId", Value(event.id));
        replace(body, "/payload/eventType", Value(std::string(event_type(event.charging))));
        if (Value* payload = body.find("payload")) replace_time(*payload, "eventTime", event.at);
        return text_of(body);
    }
    const contract::Stamp stamped = stamp(event.at);
    replace(body, "/meta/deliveryId", Value(stamped.delivery_id));
    if (Value* meta = body.find("meta")) replace_time(*meta, "deliveredAt", stamped.delivered_at);
    Value* data = body.find("data");
    Value* signals = data == nullptr ? nullptr : data->find("signals");
    if (signals != nullptr && signals->array() != nullptr) {
        for (Value& signal : *signals->array()) replace_signal(signal, event);
    }
    return text_of(body);
}

Event Author::redelivered(const Event& event) {
    Event again = event;
    if (event.version == Version::k2_0) return again;
    const auto parsed = document::parse(event.body);
    if (!parsed) return again;
    Value body = parsed.value();
    const contract::Stamp stamped = stamp(event.at + kRetried);
    replace(body, "/meta/deliveryId", Value(stamped.delivery_id));
    if (Value* meta = body.find("meta")) replace_time(*meta, "deliveredAt", stamped.delivered_at);
    again.body = text_of(body);
    return again;
}

Event Author::unwritten(Version version) {
    return {
        .id = new_id("event"), .body = {}, .version = version, .charging = charging_, .at = tick(), .charge = charge_};
}

Event Author::state_in(contract::Dialect dialect) {
    Event event = unwritten(Version::k4_0);
    contract::Envelope envelope = subject_.envelope;
    envelope.dialect = dialect;
    const contract::Triggers triggers{.first_delivery = false, .changed = {contract::signal_name(kStateOfCharge)}};
    event.body = contract::vehicle_state(envelope, event.id, subject_.vehicle, ordinary_signals(event), triggers)
                     .render(stamp(event.at));
    return event;
}

Event Author::event_2_0(std::string_view type, contract::Mode mode) {
    Event event = unwritten(Version::k2_0);
    contract::Envelope envelope = subject_.envelope;
    envelope.mode = mode;
    const std::string vehicle = mode == contract::Mode::kTest ? new_id("test-vehicle") : subject_.vehicle.id;
    event.body = contract::event_based(envelope, event.id, vehicle, type, event.at).render(stamp(event.at));
    return event;
}

Event Author::state(const std::vector<contract::SignalReading>& signals, const contract::Triggers& triggers,
                    contract::Mode mode) {
    Event event = unwritten(Version::k4_0);
    contract::Envelope envelope = subject_.envelope;
    envelope.mode = mode;
    contract::VehicleRef vehicle = subject_.vehicle;
    if (mode == contract::Mode::kTest) {
        vehicle.id = new_id("test-vehicle");
        vehicle.user_id = new_id("test-user");
    }
    event.body = contract::vehicle_state(envelope, event.id, vehicle, signals, triggers).render(stamp(event.at));
    return event;
}

Event Author::error(const std::vector<contract::VehicleFault>& faults) {
    Event event = unwritten(Version::k4_0);
    event.body = contract::vehicle_error(subject_.envelope, event.id, subject_.vehicle, faults).render(stamp(event.at));
    return event;
}

std::string Author::challenge(Look look) {
    std::string uuid = new_id("challenge");
    if (look == Look::kUuid) return uuid;
    if (look == Look::kPrefixed) return ids_.challenge(uuid, ordinal_++);
    if (look == Look::kAlphanumeric) {
        std::string text;
        for (std::size_t i = 0; i < uuid.size() && text.size() < 16; i += 2) {
            text += alphanumeric(static_cast<unsigned char>(uuid[i]) * 7U + static_cast<unsigned char>(uuid[i + 1]));
        }
        return text;
    }
    std::string text = "aZ0._-";
    while (text.size() < kLongChallenge) text += new_id("challenge") + "._";
    return text.substr(0, kLongChallenge);
}

std::string Author::challenge_body(Version version, std::string_view challenge) {
    if (version == Version::k2_0) {
        return contract::verify_2_0(subject_.envelope.webhook_id, challenge).render(stamp(at_));
    }
    return contract::verify_4_0(subject_.envelope, new_id("event"), challenge).render(stamp(at_));
}

}  // namespace smartcar_sim::audit
