// The journal in memory: the newest deliveries up to a number and a number of bytes.
//
// What is final is evicted, oldest first, as soon as either limit is passed; what is pending never is, so with enough
// of it the limits give way. May be used from any thread; what it returns is a copy. Writing is quick, because every
// sender waits for it; a search walks the deliveries, and copies what it finds, under the same mutex, so a reader
// should ask for pages and not for everything.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "delivery/journal.h"

namespace smartcar_sim::store {

class MemoryJournal final : public delivery::Journal {
public:
    struct Limits {
        std::size_t deliveries = 10'000;
        std::size_t bytes = std::size_t{64} * 1024 * 1024;  // of the bodies, headers and targets kept
    };

    MemoryJournal() : MemoryJournal(Limits{}) {}
    explicit MemoryJournal(Limits limits) : limits_(limits) {}

    delivery::Position open(delivery::Delivery delivery) override;
    void attempted(delivery::Position position, delivery::Attempt attempt, delivery::Outcome outcome) override;
    void dropped(delivery::Position position) override;

    [[nodiscard]] delivery::Page find(const delivery::Query& query) const override;
    [[nodiscard]] std::optional<delivery::Delivery> at(delivery::Position position) const override;
    // The oldest of them, when a resend or a duplicate carried the id again.
    [[nodiscard]] std::optional<delivery::Delivery> with_attempt(const std::string& delivery_id) const override;
    // Positions go on growing; the count of evicted ones starts again.
    void clear() override;

private:
    struct Kept {
        delivery::Delivery delivery;
        std::size_t bytes = 0;  // of its attempts
    };

    using Deliveries = std::map<delivery::Position, Kept>;
    // Destroyed by the caller once the mutex is released: senders wait for it, and freeing is half of the work.
    using Evicted = std::vector<Deliveries::node_type>;

    void set_outcome(Deliveries::reference kept, delivery::Outcome outcome);  // requires mutex_
    void evict(Evicted& gone);                                                // requires mutex_
    [[nodiscard]] Deliveries::node_type remove_oldest_final();                // requires mutex_

    const Limits limits_;

    mutable std::mutex mutex_;
    Deliveries deliveries_;  // guarded by mutex_, like all below
    std::priority_queue<delivery::Position, std::vector<delivery::Position>, std::greater<>> final_;  // oldest on top
    delivery::Position last_ = 0;
    std::size_t bytes_ = 0;
    std::uint64_t evicted_ = 0;
};

}  // namespace smartcar_sim::store
