#include "store/memory_journal.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace smartcar_sim::store {
namespace {

std::size_t bytes_of(const contract::Headers& headers) {
    std::size_t bytes = 0;
    for (const auto& [name, value] : headers) bytes += name.size() + value.size();
    return bytes;
}

std::size_t bytes_of(const delivery::Attempt& attempt) {
    const std::size_t sent =
        attempt.request.target.size() + bytes_of(attempt.request.headers) + attempt.request.body.size();
    const auto* response = std::get_if<contract::Response>(&attempt.answer);
    if (response == nullptr) return sent + std::get<delivery::Failure>(attempt.answer).detail.size();
    return sent + bytes_of(response->headers) + response->body.size();
}

}  // namespace

delivery::Position MemoryJournal::open(delivery::Delivery delivery) {
    Evicted gone;
    const std::lock_guard lock(mutex_);
    const delivery::Position position = ++last_;
    delivery.position = position;
    deliveries_.emplace_hint(deliveries_.end(), position, Kept{.delivery = std::move(delivery), .bytes = 0});
    evict(gone);
    return position;
}

void MemoryJournal::attempted(delivery::Position position, delivery::Attempt attempt, delivery::Outcome outcome) {
    const std::size_t bytes = bytes_of(attempt);
    Evicted gone;
    const std::lock_guard lock(mutex_);
    const auto found = deliveries_.find(position);
    if (found == deliveries_.end()) return;
    found->second.delivery.attempts.push_back(std::move(attempt));
    found->second.bytes += bytes;
    bytes_ += bytes;
    evict(gone);  // still pending, it is not itself what gives way
    set_outcome(*found, outcome);
}

void MemoryJournal::dropped(delivery::Position position) {
    Evicted gone;
    const std::lock_guard lock(mutex_);
    const auto found = deliveries_.find(position);
    if (found == deliveries_.end()) return;
    set_outcome(*found, delivery::Outcome::kDropped);
    evict(gone);
}

delivery::Page MemoryJournal::find(const delivery::Query& query) const {
    const std::lock_guard lock(mutex_);
    delivery::Page page{.deliveries = {}, .next = query.after, .evicted = evicted_};
    auto entry = deliveries_.upper_bound(query.after);
    for (; entry != deliveries_.end() && page.deliveries.size() < query.limit; ++entry) {
        const auto& [position, kept] = *entry;
        if (query.event_id && *query.event_id != kept.delivery.event_id) continue;
        if (query.webhook_id && *query.webhook_id != kept.delivery.webhook_id) continue;
        page.deliveries.push_back(kept.delivery);
        page.next = position;
    }
    return page;
}

std::optional<delivery::Delivery> MemoryJournal::at(delivery::Position position) const {
    const std::lock_guard lock(mutex_);
    const auto found = deliveries_.find(position);
    if (found == deliveries_.end()) return std::nullopt;
    return found->second.delivery;
}

std::optional<delivery::Delivery> MemoryJournal::with_attempt(const std::string& delivery_id) const {
    const std::lock_guard lock(mutex_);
    for (const auto& [position, kept] : deliveries_) {
        const auto& attempts = kept.delivery.attempts;
        if (std::ranges::find(attempts, delivery_id, &delivery::Attempt::delivery_id) != attempts.end())
            return kept.delivery;
    }
    return std::nullopt;
}

void MemoryJournal::clear() {
    Evicted gone;
    const std::lock_guard lock(mutex_);
    while (!final_.empty()) gone.push_back(remove_oldest_final());
    evicted_ = 0;
}

void MemoryJournal::set_outcome(Deliveries::reference kept, delivery::Outcome outcome) {
    auto& [position, entry] = kept;
    assert(entry.delivery.outcome == delivery::Outcome::kPending && "nothing follows what is final");
    if (outcome != delivery::Outcome::kPending) final_.push(position);
    entry.delivery.outcome = outcome;
}

void MemoryJournal::evict(Evicted& gone) {
    while (!final_.empty() && (deliveries_.size() > limits_.deliveries || bytes_ > limits_.bytes)) {
        gone.push_back(remove_oldest_final());
        ++evicted_;
    }
}

MemoryJournal::Deliveries::node_type MemoryJournal::remove_oldest_final() {
    auto removed = deliveries_.extract(final_.top());
    bytes_ -= removed.mapped().bytes;
    final_.pop();
    return removed;
}

}  // namespace smartcar_sim::store
