// What happened to every delivery: written by the dispatcher, read by routes, reports and people.
//
// An implementation may be called from several threads at once; readers get copies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "contract/http.h"
#include "delivery/transport.h"

namespace smartcar_sim::delivery {

// A place in the journal: the numbers only grow, so a reader can ask for what came after.
using Position = std::uint64_t;

enum class Outcome { kPending, kDelivered, kDropped };
[[nodiscard]] std::string_view name_of(Outcome outcome);  // "pending", "delivered", "dropped"

// One try at sending one event: the bytes that went out and what came back.
struct Attempt {
    std::string delivery_id;     // in the body of a 4.0 message; the journal's own for the rest
    base::Instant at;            // platform time
    base::Milliseconds took{0};  // wall time
    base::Url url;
    contract::Request request;
    Answer answer;
    bool lost = false;  // the callback did answer, and the fault "answer": "lost" made a timeout of it

    [[nodiscard]] bool succeeded() const;  // any 2xx
};

struct Delivery {
    Position position = 0;  // given by the journal when it opens the delivery
    std::string event_id;   // the journal's own for messages that carry none; never in such a body
    std::string webhook_id;
    std::string event_name;  // "verify", "CHARGING_STARTED", "VEHICLE_STATE", …
    std::string vehicle_id;  // empty when the message is about none
    Outcome outcome = Outcome::kPending;
    std::vector<Attempt> attempts;
};

struct Query {
    std::optional<std::string> event_id = std::nullopt;
    std::optional<std::string> webhook_id = std::nullopt;
    Position after = 0;
    std::size_t limit = 100;
};

struct Page {
    std::vector<Delivery> deliveries;  // oldest first
    Position next = 0;                 // give this as `after` to continue
    std::uint64_t evicted = 0;         // how many were dropped from the journal since the start
};

class Journal {
public:
    virtual ~Journal() = default;

    // A pending delivery, under a new position. One event to one webhook is one delivery.
    virtual Position open(Delivery delivery) = 0;
    // Files an attempt and what it made of a pending delivery: pending when another will follow.
    virtual void attempted(Position position, Attempt attempt, Outcome outcome) = 0;
    // Files that no other attempt will follow at a pending delivery.
    virtual void dropped(Position position) = 0;

    [[nodiscard]] virtual Page find(const Query& query) const = 0;
    [[nodiscard]] virtual std::optional<Delivery> at(Position position) const = 0;
    // The delivery that holds the attempt of that delivery id.
    [[nodiscard]] virtual std::optional<Delivery> with_attempt(const std::string& delivery_id) const = 0;
    virtual void clear() = 0;  // forgets all but pending deliveries
};

}  // namespace smartcar_sim::delivery
