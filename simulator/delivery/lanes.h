// Which attempt goes next: one lane for each webhook, kept fair. Values and rules only, no locks and no
// clock; Dispatcher guards it with its mutex.
//
// Due work is taken in (due, order) order, across lanes too, subject to how many senders a lane may hold: ordered,
// one; else half, rounded up, of those that the other lanes leave. So a lane never holds more than half of all, and
// some are free for the next one: an attempt under way cannot be called back, and lanes whose callbacks hang would
// otherwise keep every other webhook waiting for the whole timeout. Of 32 senders three such lanes hold 16, 8 and 4.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "contract/http.h"
#include "delivery/event.h"
#include "delivery/journal.h"

namespace smartcar_sim::delivery {

// An event between submit() and its outcome.
struct Pending {
    Event event;
    Position position = 0;
    // Submission order: the original's position, for its retries and duplicates too.
    Position order = 0;
    base::Instant due;
    std::size_t attempts = 0;                   // made so far
    std::vector<Position> duplicates;           // opened in the journal, sent right after the first attempt
    std::optional<contract::Request> verbatim;  // a duplicate: these bytes, signature included
    bool cancelled = false;                     // Lanes' own: ends with the attempt under way
};

// Which events: all, those of a webhook, or those of a vehicle for that webhook.
struct Scope {
    std::string webhook_id = {};  // empty: of all webhooks
    std::string vehicle_id = {};  // empty: of all vehicles

    [[nodiscard]] bool covers(const Event& event) const {
        return (webhook_id.empty() || event.webhook_id == webhook_id) &&
               (vehicle_id.empty() || event.vehicle_id == vehicle_id);
    }
};

class Lanes {
public:
    Lanes(std::size_t senders, bool ordered);

    void add(std::unique_ptr<Pending> pending);
    // The next attempt that may start at `now`; its lane holds one more sender until release() of the same object.
    [[nodiscard]] std::unique_ptr<Pending> take(base::Instant now);
    void release(const Pending& taken);

    // When take() will next give something, if nothing is added or released: an instant in the past means at once.
    [[nodiscard]] std::optional<base::Instant> next_due() const;
    // Whether some lane's next attempt is due at `until`; ordered, what waits behind it does not count.
    [[nodiscard]] bool due_by(base::Instant until) const;
    [[nodiscard]] std::size_t under_way() const { return under_way_; }

    // Takes out what waits within the scope, and marks what is under way there as cancelled.
    [[nodiscard]] std::vector<std::unique_ptr<Pending>> cancel(const Scope& scope);

private:
    // When it is the turn of an event that waits; no two are equal.
    struct Turn {
        base::Instant due;
        Position order;
        Position position;
        auto operator<=>(const Turn&) const = default;
    };
    // Within an ordered lane the submission order comes first, so a retry that is not due holds the rest back.
    struct Before {
        bool ordered;
        bool operator()(const Turn& left, const Turn& right) const {
            return ordered && left.order != right.order ? left.order < right.order : left < right;
        }
    };
    struct Lane {
        explicit Lane(bool ordered) : waiting(Before{ordered}) {}

        std::map<Turn, std::unique_ptr<Pending>, Before> waiting;
        std::vector<Pending*> under_way;  // owned by whoever took them

        [[nodiscard]] bool idle() const { return waiting.empty() && under_way.empty(); }
        [[nodiscard]] bool due_by(base::Instant until) const {
            return !waiting.empty() && waiting.begin()->first.due <= until;
        }
    };

    [[nodiscard]] bool may_start(const Lane& lane) const;
    [[nodiscard]] Lane* ready(base::Instant now);

    const std::size_t senders_;
    const bool ordered_;
    std::unordered_map<std::string, Lane> lanes_;  // only those with something waiting or under way
    std::size_t under_way_ = 0;
};

}  // namespace smartcar_sim::delivery
