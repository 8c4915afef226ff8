#include "store/memory_journal.h"

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
    const std::lock_guard lock(mutex_);
    const delivery::Position position = ++last_;
    delivery.position = position;
    by_event_.add(delivery.event_id, position);
    by_webhook_.add(delivery.webhook_id, position);
    deliveries_.emplace_hint(deliveries_.end(), position, Kept{.delivery = std::move(delivery), .bytes = 0});
    evict();
    return position;
}

void MemoryJournal::attempted(delivery::Position position, delivery::Attempt attempt) {
    const std::size_t bytes = bytes_of(attempt);
    const std::lock_guard lock(mutex_);
    const auto found = deliveries_.find(position);
    if (found == deliveries_.end()) return;
    by_attempt_.add(attempt.delivery_id, position);
    found->second.delivery.attempts.push_back(std::move(attempt));
    found->second.bytes += bytes;
    bytes_ += bytes;
    evict();
}

void MemoryJournal::closed(delivery::Position position, delivery::Outcome outcome) {
    const std::lock_guard lock(mutex_);
    const auto found = deliveries_.find(position);
    if (found == deliveries_.end()) return;
    found->second.delivery.outcome = outcome;
    final_.insert(position);
    evict();
}

delivery::Page MemoryJournal::find(const delivery::Query& query) const {
    const std::lock_guard lock(mutex_);
    delivery::Page page{.deliveries = {}, .next = query.after, .evicted = evicted_};
    const auto put = [&](delivery::Position position, const delivery::Delivery& delivery) {
        page.deliveries.push_back(delivery);
        page.next = position;
    };
    if (!query.event_id && !query.webhook_id) {
        auto entry = deliveries_.upper_bound(query.after);
        for (; entry != deliveries_.end() && page.deliveries.size() < query.limit; ++entry) {
            put(entry->first, entry->second.delivery);
        }
        return page;
    }
    const auto* positions = query.event_id ? by_event_.of(*query.event_id) : by_webhook_.of(*query.webhook_id);
    if (positions == nullptr) return page;
    auto position = positions->upper_bound(query.after);
    for (; position != positions->end() && page.deliveries.size() < query.limit; ++position) {
        const delivery::Delivery& delivery = deliveries_.at(*position).delivery;
        if (!query.webhook_id || *query.webhook_id == delivery.webhook_id) put(*position, delivery);
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
    const auto* positions = by_attempt_.of(delivery_id);
    if (positions == nullptr) return std::nullopt;
    return deliveries_.at(*positions->begin()).delivery;
}

void MemoryJournal::clear() {
    const std::lock_guard lock(mutex_);
    while (!final_.empty()) remove_oldest_final();
    evicted_ = 0;
}

void MemoryJournal::evict() {
    while (!final_.empty() && (deliveries_.size() > limits_.deliveries || bytes_ > limits_.bytes)) {
        remove_oldest_final();
        ++evicted_;
    }
}

void MemoryJournal::remove_oldest_final() {
    const delivery::Position position = *final_.begin();
    const auto found = deliveries_.find(position);
    const auto& [delivery, bytes] = found->second;
    by_event_.remove(delivery.event_id, position);
    by_webhook_.remove(delivery.webhook_id, position);
    for (const delivery::Attempt& attempt : delivery.attempts) by_attempt_.remove(attempt.delivery_id, position);
    bytes_ -= bytes;
    deliveries_.erase(found);
    final_.erase(final_.begin());
}

}  // namespace smartcar_sim::store
