// Wrong ways to take an event whose signature is right, and whose body is JSON.
#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "receiver/behaviours.h"
#include "receiver/message.h"
#include "receiver/steps.h"

namespace smartcar_sim::receiver {
namespace {

using document::Value;

bool has_only(const Value* object, const std::set<std::string_view>& known) {
    if (object == nullptr || object->object() == nullptr) return true;
    return std::ranges::all_of(*object->object(), [&](const auto& member) { return known.contains(member.first); });
}

// --- duplicates, order, time ---------------------------------------------------------------------

std::string id_of(const Circumstances& now) { return particulars_of(*now.body).event_id; }

MaybeResponse refuses_duplicates(const Circumstances& now) {
    return error_if(!id_of(now).empty() && !now.memory.first_time(id_of(now)), 409, "this event is known");
}

std::optional<base::Instant> happened(const Circumstances& now) {
    if (const auto time = text_at(*now.body, "/payload/eventTime")) return base::parse_instant(*time);
    const Value* updated = value_at(*now.body, "/data/signals/0/meta/oemUpdatedAt");
    if (updated == nullptr || updated->integer() == nullptr || *updated->integer() == 0) return std::nullopt;
    return base::Instant(base::Milliseconds(*updated->integer()));
}

// It goes by the newest event and not by its own clock, which need not be the platform's.
MaybeResponse refuses_old(const Circumstances& now) {
    const auto time = happened(now);
    if (!time) return std::nullopt;
    const auto minutes = std::chrono::floor<std::chrono::minutes>(time->time_since_epoch()).count();
    constexpr std::int64_t kTooOld = 10;
    std::int64_t newest = now.memory.newest_minute;
    while (minutes > newest && !now.memory.newest_minute.compare_exchange_weak(newest, minutes)) {
    }
    return error_if(minutes < now.memory.newest_minute - kTooOld, 400, "this event is too old");
}

// --- shape -------------------------------------------------------------------------------------

MaybeResponse strict_members(const Circumstances& now) {
    const std::set<std::string_view> top{"version", "webhookId", "eventName", "mode",     "payload",
                                         "eventId", "eventType", "data",      "triggers", "meta"};
    const std::set<std::string_view> inner{"eventId", "vehicleId", "eventType", "eventTime",
                                           "user",    "vehicle",   "signals",   "errors"};
    const bool known = has_only(now.body, top) && has_only(value_at(*now.body, "/payload"), inner) &&
                       has_only(value_at(*now.body, "/data"), inner);
    return error_if(!known, 422, "unknown member");
}

MaybeResponse known_types(const Circumstances& now) {
    const std::set<std::string_view> known{"CHARGING_STARTED", "CHARGING_STOPPED", "CHARGING_COMPLETED",
                                           "VEHICLE_STATE", "VEHICLE_ERROR"};
    auto type = text_at(*now.body, "/payload/eventType");
    if (!type) type = text_at(*now.body, "/eventType");
    return error_if(!known.contains(type.value_or("")), 400, "unknown event type");
}

MaybeResponse start_and_stop(const Circumstances& now) {
    return broken_if(text_at(*now.body, "/payload/eventType") == "CHARGING_COMPLETED");
}

MaybeResponse known_values(const Circumstances& now) {
    const std::set<std::string_view> modes{"live", "test", "simulated", "LIVE", "TEST", "SIMULATED"};
    const auto is_known = [&](std::string_view pointer) {
        const auto mode = text_at(*now.body, pointer);
        return !mode || modes.contains(*mode);
    };
    return error_if(!is_known("/mode") || !is_known("/meta/mode"), 422, "unknown mode");
}

MaybeResponse own_vehicles(const Circumstances& now) {
    const bool test = text_at(*now.body, "/mode") == "test" || text_at(*now.body, "/meta/mode") == "TEST";
    return error_if(test, 404, "unknown vehicle");
}

bool is_null(const Value* value) { return value != nullptr && value->is_null(); }

// error.code.toLowerCase()
MaybeResponse needs_codes(const Circumstances& now) {
    for (const Value& signal : elements_at(*now.body, "/data/signals")) {
        if (is_null(value_at(signal, "/status/error/code"))) return broken_if(true);
    }
    for (const Value& error : elements_at(*now.body, "/data/errors")) {
        if (is_null(error.find("code"))) return broken_if(true);
    }
    return std::nullopt;
}

// trigger["signal"]["name"]
MaybeResponse needs_trigger_names(const Circumstances& now) {
    for (const char* pointer : {"/triggers", "/data/triggers"}) {
        for (const Value& trigger : elements_at(*now.body, pointer)) {
            if (value_at(trigger, "/signal/name") == nullptr && trigger.find("name") == nullptr) return broken_if(true);
        }
    }
    return std::nullopt;
}

MaybeResponse needs_of_each_signal(const Circumstances& now, std::string_view pointer) {
    for (const Value& signal : elements_at(*now.body, "/data/signals")) {
        if (value_at(signal, pointer) == nullptr) return broken_if(true);
    }
    return std::nullopt;
}

MaybeResponse needs_status(const Circumstances& now) { return needs_of_each_signal(now, "/status/value"); }
MaybeResponse needs_bodies(const Circumstances& now) { return needs_of_each_signal(now, "/body"); }

MaybeResponse needs_unit(const Circumstances& now) {
    for (const Value& signal : elements_at(*now.body, "/data/signals")) {
        const bool charge = text_at(signal, "/code") == "tractionbattery-stateofcharge";
        if (charge && signal.find("body") != nullptr && value_at(signal, "/body/unit") == nullptr)
            return broken_if(true);
    }
    return std::nullopt;
}

MaybeResponse needs_resolution(const Circumstances& now) {
    for (const Value& error : elements_at(*now.body, "/data/errors")) {
        if (error.find("resolution") == nullptr) return broken_if(true);
    }
    return std::nullopt;
}

MaybeResponse needs_error_signals(const Circumstances& now) {
    for (const Value& error : elements_at(*now.body, "/data/errors")) {
        if (error.find("signals") == nullptr) return broken_if(true);
    }
    return std::nullopt;
}

MaybeResponse signals_are_objects(const Circumstances& now) {
    for (const Value& error : elements_at(*now.body, "/data/errors")) {
        for (const Value& signal : elements_at(error, "/signals")) {
            if (signal.object() == nullptr) return broken_if(true);
        }
    }
    return std::nullopt;
}

MaybeResponse no_errors(const Circumstances& now) {
    return broken_if(text_at(*now.body, "/eventType") == "VEHICLE_ERROR");
}

// As captured, or as documented: retrievedAt or fetchedAt.
MaybeResponse needs_time(const Circumstances& now, std::string_view pointer) {
    for (const Value& signal : elements_at(*now.body, "/data/signals")) {
        if (signal.find("meta") != nullptr && value_at(signal, pointer) == nullptr) return broken_if(true);
    }
    return std::nullopt;
}

MaybeResponse small_bodies(const Circumstances& now) {
    constexpr std::size_t kSmall = std::size_t{10} * 1024;
    return error_if(now.request.body.size() > kSmall, 413, "too large");
}

// Smartcar gives up after 15 seconds.
constexpr base::Milliseconds kTooLong = std::chrono::seconds(20);
constexpr base::Milliseconds kLong = std::chrono::seconds(6);

constexpr std::array kBehaviours{
    Behaviour{
        .id = "counts-duplicates", .says = "handles an event as often as it comes", .effects = Effects::kEachTime},
    Behaviour{.id = "goes-by-delivery-id",
              .says = "knows an event by its deliveryId, which is new with every attempt",
              .effects = Effects::kOncePerDelivery},
    Behaviour{.id = "last-told-wins",
              .says = "lets an event that comes late undo what a newer one told",
              .effects = Effects::kLastTold},
    Behaviour{.id = "first-event-only",
              .says = "takes in a vehicle's first event and no other",
              .effects = Effects::kFirstAlone},
    Behaviour{.id = "refuses-duplicates", .says = "answers 409 to an event that it knows", .event = refuses_duplicates},
    Behaviour{.id = "refuses-old-events",
              .says = "answers 400 to an event that happened long before the newest",
              .event = refuses_old},
    Behaviour{
        .id = "strict-members", .says = "refuses an event with a member it does not know", .event = strict_members},
    Behaviour{.id = "known-types-only", .says = "refuses an event of a type it does not know", .event = known_types},
    Behaviour{.id = "start-and-stop-only", .says = "breaks on CHARGING_COMPLETED", .event = start_and_stop},
    Behaviour{.id = "known-values-only", .says = "refuses an event of a mode it does not know", .event = known_values},
    Behaviour{.id = "own-vehicles-only", .says = "answers 404 to a test payload", .event = own_vehicles},
    Behaviour{.id = "needs-codes", .says = "breaks on an error whose code is null", .event = needs_codes},
    Behaviour{.id = "needs-trigger-names",
              .says = "breaks on a trigger without a name, as a first delivery has",
              .event = needs_trigger_names},
    Behaviour{.id = "needs-status", .says = "breaks on a signal without status", .event = needs_status},
    Behaviour{
        .id = "needs-bodies", .says = "breaks on a signal without a body, as a failed one is", .event = needs_bodies},
    Behaviour{.id = "needs-units", .says = "breaks on a state of charge without a unit", .event = needs_unit},
    Behaviour{.id = "needs-resolution",
              .says = "breaks on an error without a resolution, as a resolved one is",
              .event = needs_resolution},
    Behaviour{.id = "needs-error-signals", .says = "breaks on an error without signals", .event = needs_error_signals},
    Behaviour{.id = "error-signals-are-objects",
              .says = "breaks on an error whose signals are strings",
              .event = signals_are_objects},
    Behaviour{.id = "no-errors", .says = "breaks on every VEHICLE_ERROR", .event = no_errors},
    Behaviour{.id = "needs-retrieved-at",
              .says = "breaks on 4.0 events as documented, with fetchedAt",
              .event = [](const Circumstances& now) { return needs_time(now, "/meta/retrievedAt"); }},
    Behaviour{.id = "needs-fetched-at",
              .says = "breaks on 4.0 events as captured, with retrievedAt",
              .event = [](const Circumstances& now) { return needs_time(now, "/meta/fetchedAt"); }},
    Behaviour{.id = "small-bodies-only", .says = "answers 413 to more than 10 KB", .event = small_bodies},
    Behaviour{.id = "sluggish", .says = "does some of its work before it answers: after 6 seconds", .delay = kLong},
    Behaviour{.id = "slow", .says = "does its work before it answers: after 20 seconds", .delay = kTooLong},
};

}  // namespace

std::span<const Behaviour> event_behaviours() { return kBehaviours; }

}  // namespace smartcar_sim::receiver
