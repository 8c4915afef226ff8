// Duplicates, order and concurrency (contract/webhooks.md section 7): at least once, in any order, side by side. What
// came of it can only be seen with a probe; without one the answers are judged, and the rest is unknown.
#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "audit/difference.h"
#include "audit/families.h"
#include "audit/judging.h"

namespace smartcar_sim::audit {
namespace {

using contract::Version;
using Change = Examination::Change;
using Expected = Examination::Expected;

constexpr std::size_t kBurst = 20;
constexpr std::size_t kLargeBurst = 100;

std::string unseen(const Examination& examination, const std::string& what) {
    const Probe* probe = examination.probe();
    if (probe == nullptr || probe->shows() == Probe::Shows::kCalls) {
        return what + "; what came of it cannot be seen without --probe or --probe-url";
    }
    return what + "; what came of it cannot be seen: " + probe->name() + " does not show it";
}

// Charging has stopped, for the callback too: a start that comes next is one more session.
void stop_charging(Examination& examination) {
    examination.send(examination.honest("an event that charging stopped", examination.author().telling(false)));
}

// The second of two deliveries of one event is to change nothing.
Outcome handled_once(Examination& examination, bool new_delivery) {
    stop_charging(examination);
    const Event event = examination.author().telling(true);
    const auto at_first = examination.settled(event.id);
    const Sent first = examination.send(examination.honest("an event", event));
    const Change change = examination.change_since(at_first, event.id, Expected::kChange);

    const auto before = examination.settled(event.id);
    const Event again = new_delivery ? examination.author().redelivered(event) : event;
    const Sent second = examination.send(examination.honest("the same event again", again));
    Outcome outcome = accepted({first, second});
    if (outcome.verdict == Verdict::kFail) return outcome;
    if (change != Change::kSome) return unknown(unseen(examination, "Both were answered with 2xx"));
    if (examination.change_since(before, event.id, Expected::kNoChange) == Change::kSome) {
        return failed("Both were answered with 2xx, and " + examination.probe()->name() +
                      " shows that the second one was handled too: " + difference(*before, examination.shown_last()));
    }
    return passed("Both were answered with 2xx, and the second one changed nothing");
}

Outcome duplicate(Examination& examination) { return handled_once(examination, false); }
Outcome redelivered(Examination& examination) { return handled_once(examination, true); }

Outcome duplicates_at_once(Examination& examination) {
    const Event event = examination.author().next();
    std::vector<Letter> letters;
    letters.reserve(3);
    for (const char* title : {"an event", "the same event", "the same event once more"}) {
        letters.push_back(examination.honest(title, event));
    }
    return accepted(examination.together(letters));
}

// A, then B: what is told last holds. The newer one is a start: whoever shows sessions shows no stop.
Outcome in_order(Examination& examination) {
    const Event older = examination.author().telling(false);
    const Event newer = examination.author().telling(true);
    const Sent first = examination.send(examination.honest("the older event", older));
    const auto before = examination.settled(newer.id);
    const Sent second = examination.send(examination.honest("the newer event", newer));
    Outcome outcome = accepted({first, second});
    if (outcome.verdict == Verdict::kFail) return outcome;
    switch (examination.change_since(before, newer.id, Expected::kChange)) {
        case Change::kSome:
            return passed("Both were answered with 2xx, and the newer one took effect");
        case Change::kNone:
            // Not every event leads to a call.
            if (examination.probe()->shows() == Probe::Shows::kCalls) break;
            return failed("Both were answered with 2xx, and " + examination.probe()->name() +
                          " shows no effect of the newer one");
        case Change::kUnseen:
            break;
    }
    return unknown(unseen(examination, "Both were answered with 2xx"));
}

// B, then A: what was told before must not undo what is told now.
Outcome out_of_order(Examination& examination) {
    const Event newer = examination.author().next();
    const Event older = examination.author().earlier(std::chrono::seconds(2));
    const auto at_first = examination.settled(newer.id);
    const Sent first = examination.send(examination.honest("the newer event", newer));
    const Change change = examination.change_since(at_first, newer.id, Expected::kChange);
    const auto before = examination.settled(older.id);
    const Sent second = examination.send(examination.honest("the older event", older));
    Outcome outcome = accepted({first, second});
    if (outcome.verdict == Verdict::kFail) return outcome;
    const bool shows_state = examination.probe() != nullptr && examination.probe()->shows() == Probe::Shows::kState;
    if (!shows_state || change != Change::kSome) return unknown(unseen(examination, "Both were answered with 2xx"));
    if (examination.change_since(before, older.id, Expected::kMoreCounted) == Change::kSome) {
        return failed("Both were answered with 2xx, and " + examination.probe()->name() +
                      " shows that the older event changed what the newer one had told: " +
                      difference(*before, examination.shown_last()));
    }
    return passed("Both were answered with 2xx, and the older one changed nothing");
}

// Two events of one vehicle in flight: of 4.0 a state and an error, of 2.0 a start and a stop.
Outcome side_by_side(Examination& examination) {
    Author& author = examination.author();
    const Event event = author.next();
    const Event other = event.version == Version::k2_0
                            ? author.next()
                            : author.error({{.type = "VEHICLE_STATE", .code = "ASLEEP", .signals = std::nullopt}});
    return accepted(examination.together(
        {examination.honest("an event", event), examination.honest("another event of the vehicle", other)}));
}

Outcome burst(Examination& examination, std::size_t count) {
    std::vector<Letter> letters;
    letters.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        letters.push_back(examination.honest("event " + std::to_string(i + 1), examination.author().next()));
    }
    return accepted(examination.together(letters));
}

Outcome old_event(Examination& examination, base::Milliseconds age) {
    const Event event = examination.author().earlier(age);
    return accepts(examination, {examination.honest("an old event", event)});
}

constexpr std::string_view kBothAccepted = "2xx for each.";
constexpr std::string_view kFixIdempotent =
    "Remember the eventId of what was handled, for at least seven days, and answer 2xx to one that is known without "
    "handling it again.";

constexpr std::array kChecks{
    Check{.id = "duplicate-delivery",
          .severity = Severity::kHigh,
          .asks = "is an event that is delivered twice handled once?",
          .sends = "An event, and the same bytes again.",
          .expects = "2xx for both, and nothing done for the second.",
          .why = "Smartcar delivers at least once: an answer that is lost on its way back means a second delivery.",
          .fix = kFixIdempotent,
          .run = duplicate},
    Check{.id = "duplicate-event-id",
          .severity = Severity::kHigh,
          .asks = "is an event that comes in a new delivery handled once?",
          .sends = "An event, and the same eventId with another deliveryId and signature.",
          .expects = "2xx for both, and nothing done for the second.",
          .why = "A 4.0 retry keeps eventId alone; deliveryId, deliveredAt, body and signature are new.",
          .fix = "Go by eventId: deliveryId, the body's hash and the signature change with each attempt.",
          .run = redelivered,
          .of = Version::k4_0},
    Check{.id = "duplicates-at-once",
          .severity = Severity::kHigh,
          .asks = "are duplicates that come at once accepted?",
          .sends = "The same event three times at once, each on its own connection.",
          .expects = kBothAccepted,
          .why = "A retry may cross the first attempt; a unique key that is violated must not become a 500.",
          .fix = "Insert and ignore what is there already, then answer 2xx.",
          .run = duplicates_at_once},
    Check{.id = "order-kept",
          .severity = Severity::kHigh,
          .asks = "does a newer event take effect after an older one?",
          .sends = "Two events in the order in which they happened.",
          .expects = "2xx for both, and the newer one takes effect.",
          .why = "This is the ordinary case, which the next check is compared with.",
          .fix = "Handle every event whose eventId is new.",
          .run = in_order},
    Check{.id = "order-reversed",
          .severity = Severity::kHigh,
          .asks = "does an older event leave what a newer one told?",
          .sends = "Two events in the reverse of the order in which they happened.",
          .expects = "2xx for both, and the older one changes nothing.",
          .why = "Smartcar promises no order, and a retry comes up to three minutes late.",
          .fix =
              "Keep the time of the newest event for each vehicle and signal (oemUpdatedAt, eventTime), and let older "
              "ones change nothing.",
          .run = out_of_order},
    Check{.id = "events-at-once",
          .severity = Severity::kHigh,
          .asks = "are two events of one vehicle accepted at once?",
          .sends = "A VEHICLE_STATE and a VEHICLE_ERROR at once; of 2.0 a start and a stop.",
          .expects = kBothAccepted,
          .why = "Several events of one vehicle may be in flight.",
          .fix = "Let requests about one vehicle wait for each other instead of refusing one.",
          .run = side_by_side},
    Check{.id = "burst",
          .severity = Severity::kHigh,
          .asks = "are twenty events at once accepted?",
          .sends = "Twenty events at once, each on its own connection.",
          .expects = kBothAccepted,
          .why = "Events of different vehicles always come side by side; what is refused is retried, and piles up.",
          .fix = "Answer before the work is done, and queue it.",
          .run = [](Examination& examination) { return burst(examination, kBurst); }},
    Check{.id = "burst-large",
          .severity = Severity::kMedium,
          .asks = "are a hundred events at once accepted?",
          .sends = "A hundred events at once, each on its own connection.",
          .expects = kBothAccepted,
          .why = "A fleet that starts to charge at the same hour is such a burst.",
          .fix = "Answer before the work is done, queue it, and let the server accept as many connections.",
          .run = [](Examination& examination) { return burst(examination, kLargeBurst); },
          .part = Check::Part::kThorough},
    Check{.id = "event-late",
          .severity = Severity::kHigh,
          .asks = "is an event of an hour ago accepted?",
          .sends = "An event that happened an hour before the last one.",
          .expects = "2xx: it is rightly signed.",
          .why = "Some manufacturers report late, and a retry adds three minutes.",
          .fix = "Do not go by the age of events: the signature has no time in it, and nothing gets safer by it.",
          .run = [](Examination& examination) { return old_event(examination, std::chrono::hours(1)); }},
    Check{.id = "event-very-late",
          .severity = Severity::kLow,
          .asks = "is an event of eight days ago accepted?",
          .sends = "An event that happened eight days before the last one.",
          .expects = "2xx: it is rightly signed.",
          .why = "A vehicle that was out of reach for a week reports what happened then.",
          .fix = "Answer 2xx and let it change nothing: what is refused is sent three times more.",
          .run = [](Examination& examination) { return old_event(examination, std::chrono::hours(8 * 24)); }},
};

}  // namespace

std::span<const Check> replay_checks() { return kChecks; }

}  // namespace smartcar_sim::audit
