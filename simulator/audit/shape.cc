// Rightly signed events of every shape that Smartcar sends, and some that it may send tomorrow (contract/webhooks.md
// sections 2 and 3).
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audit/diagnosis.h"
#include "audit/families.h"
#include "audit/judging.h"
#include "contract/events.h"
#include "contract/signals.h"

namespace smartcar_sim::audit {
namespace {

using contract::Dialect;
using contract::Mode;
using contract::Version;
using document::Value;

constexpr std::size_t kMostFailing = 85;                   // what captures show
constexpr std::size_t kMostBody = std::size_t{50} * 1024;  // Smartcar's limit
constexpr std::size_t kLargeBody = std::size_t{200} * 1024;

contract::SignalReading failing(contract::SignalName signal, std::string type, std::optional<std::string> code) {
    return {.signal = std::move(signal),
            .body = nullptr,
            .oem_updated_at = {},
            .retrieved_at = {},
            .failure = contract::SignalFailure{.type = std::move(type), .code = std::move(code)}};
}

Outcome accepts_event(Examination& examination, std::string title, const Event& event) {
    return accepts(examination, {examination.honest(std::move(title), event)});
}

// The event with that put there; nothing when it has nothing there, as a template may not.
std::optional<Event> with(Event event, std::vector<contract::Edit> edits) {
    auto body = contract::apply(edits, std::move(event.body));
    if (!body) return std::nullopt;
    event.body = std::move(body).value();
    return event;
}

Outcome accepts_changed(Examination& examination, std::string title, const std::optional<Event>& event) {
    if (!event) return unknown("The template has nothing there that could be changed");
    return accepts_event(examination, std::move(title), *event);
}

Event with_every(Event event, std::string_view what, std::string_view by) {
    for (std::size_t at = event.body.find(what); at != std::string::npos; at = event.body.find(what, at + by.size())) {
        event.body.replace(at, what.size(), by);
    }
    return event;
}

Event padded(Event event, std::size_t size) {
    const std::size_t least = with_note(event.body, "\"\"").size();
    if (least < size) event.body = with_note(std::move(event.body), '"' + std::string(size - least, 'x') + '"');
    return event;
}

const contract::Triggers& charge_changed() {
    static const contract::Triggers triggers{.first_delivery = false,
                                             .changed = {contract::signal_name("tractionbattery-stateofcharge")}};
    return triggers;
}

// --- the rows' checks ---------------------------------------------------------------------------

// Its effect is looked for as well: a probe that does not show an honest event shows no forged one either.
Outcome event_accepted(Examination& examination) {
    const Event event = examination.author().next();
    const auto before = examination.settled(event.id);
    const Sent sent = examination.send(examination.honest("an event", event));
    Outcome outcome = accepted({sent});
    if (outcome.verdict == Verdict::kFail) {
        diagnose(examination, event, sent, outcome);
        return outcome;
    }
    if (examination.change_since(before, event.id, Examination::Expected::kChange) == Examination::Change::kNone) {
        examination.probe_is_blind();
        outcome.note =
            "Nothing that " + examination.probe()->name() + " shows has changed, so nothing is concluded from it.";
    }
    return outcome;
}

Outcome all_event_types(Examination& examination) {
    std::vector<Letter> letters;
    for (const contract::EventType& type : contract::events()) {
        if (type.name.empty()) continue;
        letters.push_back(
            examination.honest(std::string(type.name), examination.author().event_2_0(type.name, Mode::kLive)));
    }
    return accepts(examination, letters);
}

Outcome test_payload_2_0(Examination& examination) {
    return accepts_event(examination, "a test payload",
                         examination.author().event_2_0("CHARGING_STARTED", Mode::kTest));
}

Outcome test_payload_4_0(Examination& examination) {
    Author& author = examination.author();
    return accepts_event(examination, "a test payload",
                         author.state(author.ordinary_signals(author.next()), charge_changed(), Mode::kTest));
}

Outcome in_dialect(Examination& examination, Dialect dialect, std::string title) {
    return accepts_event(examination, std::move(title), examination.author().state_in(dialect));
}

Outcome without_status(Examination& examination) {
    const Event event = examination.author().state_in(Dialect::kWire);
    return accepts_event(examination, "an event without status in its signals",
                         with_every(event, R"(,"status":{"value":"SUCCESS"})", ""));
}

Outcome without_unit(Examination& examination) {
    const Event event = examination.author().state_in(Dialect::kWire);
    return accepts_event(examination, "an event without units", with_every(event, R"(,"unit":"percent")", ""));
}

Outcome first_delivery(Examination& examination) {
    Author& author = examination.author();
    const contract::Triggers first{.first_delivery = true, .changed = {}};
    return accepts_event(examination, "a first delivery", author.state(author.ordinary_signals(author.next()), first));
}

Outcome null_codes(Examination& examination) {
    Author& author = examination.author();
    std::vector<contract::SignalReading> signals = author.ordinary_signals(author.next());
    signals.insert(signals.begin(), failing(contract::signal_name("diagnostics-dtccount"), "PERMISSION", std::nullopt));
    return accepts(
        examination,
        {examination.honest("a signal without permission", author.state(signals, charge_changed())),
         examination.honest("a permission error",
                            author.error({{.type = "PERMISSION",
                                           .code = std::nullopt,
                                           .signals = {{contract::signal_name("odometer-traveleddistance")}}}}))});
}

contract::VehicleFault asleep(contract::VehicleFault::State state) {
    return {.type = "VEHICLE_STATE",
            .code = "ASLEEP",
            .state = state,
            .signals = {
                {contract::signal_name("tractionbattery-stateofcharge"), contract::signal_name("charge-ischarging")}}};
}

Outcome vehicle_error(Examination& examination) {
    return accepts_event(examination, "a VEHICLE_ERROR",
                         examination.author().error({asleep(contract::VehicleFault::State::kError)}));
}

Outcome resolved(Examination& examination) {
    return accepts_event(examination, "a VEHICLE_ERROR that is resolved",
                         examination.author().error({asleep(contract::VehicleFault::State::kResolved)}));
}

Outcome without_signals(Examination& examination) {
    return accepts_event(
        examination, "a VEHICLE_ERROR without signals",
        examination.author().error({{.type = "VEHICLE_STATE", .code = "ASLEEP", .signals = std::nullopt}}));
}

Outcome signals_as_strings(Examination& examination) {
    Event event = examination.author().error({asleep(contract::VehicleFault::State::kError)});
    const contract::Edit edit{
        .pointer = "/data/errors/0/signals",
        .value = Value(document::Array{Value("tractionbattery-stateofcharge"), Value("charge-ischarging")})};
    return accepts_changed(examination, "a VEHICLE_ERROR whose signals are strings", with(event, {edit}));
}

Outcome many_failing(Examination& examination) {
    std::vector<contract::SignalReading> signals;
    signals.reserve(kMostFailing);
    for (const contract::Signal& signal : contract::signals()) {
        if (signals.size() == kMostFailing) break;
        signals.push_back(failing(contract::signal_name(signal.code), "COMPATIBILITY", "VEHICLE_NOT_CAPABLE"));
    }
    return accepts_event(examination, "an event of failing signals",
                         examination.author().state(signals, charge_changed()));
}

// Its last signal is a text as long as it takes.
Outcome largest(Examination& examination) {
    Author& author = examination.author();
    std::vector<contract::SignalReading> signals = author.ordinary_signals(author.next());
    const base::Instant at = examination.subject().now;
    const auto nickname = [&](std::size_t length) {
        return contract::SignalReading{.signal = contract::signal_name("vehicleidentification-nickname"),
                                       .body = Value(document::Object{{"value", Value(std::string(length, 'x'))}}),
                                       .oem_updated_at = at,
                                       .retrieved_at = at,
                                       .failure = std::nullopt};
    };
    signals.push_back(nickname(0));
    const std::size_t size = author.state(signals, charge_changed()).body.size();
    signals.back() = nickname(kMostBody - size);
    return accepts_event(examination, "an event of 50 KB", author.state(signals, charge_changed()));
}

Outcome of_size(Examination& examination, std::size_t size, std::string title) {
    return accepts_event(examination, std::move(title), padded(examination.author().next(), size));
}

Outcome unknown_fields(Examination& examination) {
    const Event event = examination.author().next();
    const std::string holder = event.version == Version::k2_0 ? "/payload" : "/data";
    const Value added(document::Object{{"in", Value(document::Array{Value("time")})}});
    return accepts_changed(
        examination, "an event with members nobody knows",
        with(event, {{.pointer = holder + "/added", .value = added, .missing = document::Missing::kAdd},
                     {.pointer = "/addedToo", .value = Value(nullptr), .missing = document::Missing::kAdd}}));
}

Outcome unknown_event(Examination& examination) {
    const Event event = examination.author().next();
    const bool old = event.version == Version::k2_0;
    return accepts_changed(examination, "an event of a type nobody knows",
                           with(event, {{.pointer = old ? "/payload/eventType" : "/eventType",
                                         .value = Value(old ? "TRUNK_OPENED" : "VEHICLE_MOOD")}}));
}

Outcome unknown_values(Examination& examination) {
    const Event event = examination.author().next();
    const bool old = event.version == Version::k2_0;
    return accepts_changed(
        examination, "an event with a mode nobody knows",
        with(event, {{.pointer = old ? "/mode" : "/meta/mode", .value = Value(old ? "shadow" : "SHADOW")}}));
}

constexpr std::string_view kExpects = "2xx: the signature is right.";
constexpr std::string_view kLostEvent = "What is refused is sent three times more and then dropped for good.";
constexpr std::string_view kFixTolerant =
    "Check the signature, answer 2xx, and read only the members that you need: take absent ones as absent and unknown "
    "ones as none of your business.";

constexpr Check row(std::string_view id, Severity severity, std::string_view asks, std::string_view sends,
                    std::string_view why, Outcome (*run)(Examination&), std::optional<Version> of = std::nullopt) {
    return {.id = id,
            .severity = severity,
            .asks = asks,
            .sends = sends,
            .expects = kExpects,
            .why = why,
            .fix = kFixTolerant,
            .run = run,
            .of = of};
}

constexpr std::array kChecks{
    Check{
        .id = "event-accepted",
        .severity = Severity::kHigh,
        .asks = "is an event accepted?",
        .sends = "An ordinary event, rightly signed.",
        .expects = "2xx within 15 s.",
        .why = kLostEvent,
        .fix =
            "If the challenge was answered rightly, the token is right, and the bytes that are hashed differ. Hash the "
            "raw body as it arrived, before anything parses it.",
        .run = event_accepted,
        .part = Check::Part::kPreflight},
    row("event-types", Severity::kHigh, "is every 2.0 event accepted?", "Each event type of 2.0.", kLostEvent,
        all_event_types, Version::k2_0),
    row("test-payload-2.0", Severity::kHigh, "is the 2.0 test payload accepted?",
        "An event of mode \"test\", about a vehicle nobody owns.",
        "The dashboard's test button sends it; a strict callback makes the set-up look broken.", test_payload_2_0,
        Version::k2_0),
    row("test-payload-4.0", Severity::kHigh, "is the 4.0 test payload accepted?",
        "An event of mode TEST, about a vehicle nobody owns, with fewer members than live ones.",
        "The dashboard's test button sends it; a strict callback makes the set-up look broken.", test_payload_4_0,
        Version::k4_0),
    row(
        "dialect-wire", Severity::kHigh, "is a 4.0 event as captured accepted?",
        "A VEHICLE_STATE with triggers beside data, and retrievedAt.", "That is what receivers have logged.",
        [](Examination& examination) { return in_dialect(examination, Dialect::kWire, "an event as captured"); },
        Version::k4_0),
    row(
        "dialect-doc", Severity::kMedium, "is a 4.0 event as documented accepted?",
        "A VEHICLE_STATE with triggers within data, and fetchedAt.",
        "Smartcar's newer reference shows it; no capture of it is known.",
        [](Examination& examination) { return in_dialect(examination, Dialect::kDoc, "an event as documented"); },
        Version::k4_0),
    row("first-delivery", Severity::kHigh, "is a first delivery accepted?",
        "A VEHICLE_STATE whose trigger is FIRST_DELIVERY, without a signal's name.",
        "It is the first event of every subscription: code that reads each trigger's name fails at once.",
        first_delivery, Version::k4_0),
    row("status-missing", Severity::kHigh, "are signals without status accepted?",
        "A VEHICLE_STATE whose good signals carry no status.",
        "Before 17 November 2025 they had none, and test payloads have none still.", without_status, Version::k4_0),
    row("unit-missing", Severity::kHigh, "are signals without a unit accepted?",
        "A VEHICLE_STATE with percentages that do not say so.", "Captured payloads lack units here and there.",
        without_unit, Version::k4_0),
    row("null-codes", Severity::kHigh, "is an error without a code accepted?",
        "A signal and a VEHICLE_ERROR of type PERMISSION, whose code is null.",
        "Every signal the user has not granted arrives like that.", null_codes, Version::k4_0),
    row("vehicle-error", Severity::kHigh, "is a VEHICLE_ERROR accepted?",
        "A VEHICLE_ERROR of a vehicle that is asleep.", kLostEvent, vehicle_error, Version::k4_0),
    row("error-resolved", Severity::kHigh, "is a resolved error without a resolution accepted?",
        "A VEHICLE_ERROR of state RESOLVED, without docURL, resolution and user message.",
        "The documented shape leaves the three out.", resolved, Version::k4_0),
    row("error-without-signals", Severity::kHigh, "is an error without signals accepted?",
        "A VEHICLE_ERROR of the whole vehicle, without the member signals.", "Captured errors lack it.",
        without_signals, Version::k4_0),
    row("error-signals-as-strings", Severity::kHigh, "are an error's signals accepted as strings?",
        "A VEHICLE_ERROR whose signals are codes and not objects.",
        "Captured errors have strings, documented ones objects.", signals_as_strings, Version::k4_0),
    row("failing-signals", Severity::kHigh, "are 85 failing signals accepted?",
        "A VEHICLE_STATE in which no signal has a body.",
        "A webhook with all signals selected gets one of these from most vehicles.", many_failing, Version::k4_0),
    row("body-50-kb", Severity::kHigh, "are 50 KB accepted?", "A VEHICLE_STATE of 50 KB, most of them in one text.",
        "That is Smartcar's limit.", largest, Version::k4_0),
    row("unknown-fields", Severity::kMedium, "are unknown members accepted?",
        "An event with two members that nobody knows.", "Members were added to live payloads with five days' notice.",
        unknown_fields),
    row("unknown-event", Severity::kMedium, "is an unknown event accepted?", "An event of a type that nobody knows.",
        "New types come with new products; what is refused is retried and looks like an outage.", unknown_event),
    row("unknown-values", Severity::kMedium, "are unknown values accepted?", "An event with a mode that nobody knows.",
        "Enumerations grow; one sample's \"shadow\" is another year's mode.", unknown_values),
    Check{.id = "body-200-kb",
          .severity = Severity::kLow,
          .asks = "are 200 KB accepted?",
          .sends = "An event of 200 KB.",
          .expects = kExpects,
          .why = "Smartcar's limit is 50 KB; a framework's own is often 100 KB and leaves little room.",
          .fix = "Raise the limit of the body for this path: to 1 MB, say.",
          .run = [](Examination& examination) { return of_size(examination, kLargeBody, "an event of 200 KB"); },
          .part = Check::Part::kThorough},
};

}  // namespace

std::span<const Check> shape_checks() { return kChecks; }

}  // namespace smartcar_sim::audit
