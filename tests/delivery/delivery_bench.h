// A dispatcher on a clock that stands still, with a fake callback and a real journal.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/secret.h"
#include "contract/delivery_headers.h"
#include "contract/message.h"
#include "delivery/dispatcher.h"
#include "fakes/fake_transport.h"
#include "store/memory_journal.h"

namespace smartcar_sim::delivery {

inline constexpr base::Instant kStart{std::chrono::seconds(1'767'225'600)};  // 2026-01-01T00:00:00Z
inline const std::string kToken = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10";

inline Event charging_started(std::string webhook_id = "webhook-1", std::string event_id = "event-1") {
    Event event;
    event.event_id = std::move(event_id);
    event.webhook_id = std::move(webhook_id);
    event.event_name = "CHARGING_STARTED";
    event.vehicle_id = "vehicle-1";
    event.url = {.scheme = "http", .host = "127.0.0.1", .port = 3000, .target = "/webhooks"};
    event.message = contract::Message(R"({"eventName":"eventBased"})");
    event.headers = contract::delivery_headers(contract::Version::k2_0);
    return event;
}

// A 4.0 message, whose delivery id and time change with each attempt.
inline Event vehicle_state(std::string event_id = "event-1") {
    Event event = charging_started("webhook-1", std::move(event_id));
    event.event_name = "VEHICLE_STATE";
    event.headers = contract::delivery_headers(contract::Version::k4_0);
    event.message = contract::vehicle_state(
        {.webhook_id = "webhook-1", .webhook_name = "Test"}, event.event_id,
        {.id = "vehicle-1", .user_id = "user-1", .make = "TESLA", .model = "3", .year = 2020}, {}, {});
    return event;
}

struct DeliveryBench {
    explicit DeliveryBench(fakes::FakeTransport& callback, Dispatcher::Options options = {}, std::uint64_t seed = 7)
        : ids(seed),
          dispatcher(clock, ids, callback, journal, base::Secret(kToken, base::Secret::Origin::kInvented), options) {}

    void run_what_is_due() {
        while (dispatcher.run_one()) {
        }
    }

    // Moves the clock from one due instant to the next until nothing waits.
    void run_to_the_end() {
        while (const auto due = dispatcher.next_due()) {
            clock.advance_to(*due);
            run_what_is_due();
        }
    }

    [[nodiscard]] std::vector<base::Milliseconds> instants(Position position) const {
        std::vector<base::Milliseconds> since_start;
        const Delivery delivery = journal.at(position).value();
        since_start.reserve(delivery.attempts.size());
        for (const Attempt& attempt : delivery.attempts) since_start.push_back(attempt.at - kStart);
        return since_start;
    }

    base::SystemClock wall;
    base::VirtualClock clock{wall, kStart};
    base::Ids ids;
    store::MemoryJournal journal;
    Dispatcher dispatcher;
};

}  // namespace smartcar_sim::delivery
