#include "delivery/lanes.h"

#include <algorithm>
#include <utility>

namespace smartcar_sim::delivery {

Lanes::Lanes(std::size_t senders, bool ordered) : senders_(std::max<std::size_t>(senders, 1)), ordered_(ordered) {}

void Lanes::add(std::unique_ptr<Pending> pending) {
    Lane& lane = lanes_.try_emplace(pending->event.webhook_id, ordered_).first->second;
    const Turn turn{pending->due, pending->order, pending->position};
    lane.waiting.emplace_hint(lane.waiting.end(), turn, std::move(pending));
}

std::unique_ptr<Pending> Lanes::take(base::Instant now) {
    Lane* lane = ready(now);
    if (lane == nullptr) return nullptr;
    std::unique_ptr<Pending> taken = std::move(lane->waiting.extract(lane->waiting.begin()).mapped());
    lane->under_way.push_back(taken.get());
    ++under_way_;
    return taken;
}

void Lanes::release(const Pending& taken) {
    const auto lane = lanes_.find(taken.event.webhook_id);
    std::erase(lane->second.under_way, &taken);
    --under_way_;
    if (lane->second.idle()) lanes_.erase(lane);
}

std::optional<base::Instant> Lanes::next_due() const {
    std::optional<base::Instant> next;
    for (const auto& [webhook_id, lane] : lanes_) {
        if (lane.waiting.empty() || !may_start(lane)) continue;
        const base::Instant at = lane.waiting.begin()->first.due;
        next = next ? std::min(*next, at) : at;
    }
    return next;
}

bool Lanes::due_by(base::Instant until) const {
    return std::ranges::any_of(lanes_, [until](const auto& entry) { return entry.second.due_by(until); });
}

bool Lanes::may_start(const Lane& lane) const {
    if (under_way_ >= senders_) return false;
    if (ordered_) return lane.under_way.empty();
    const std::size_t left_by_others = senders_ - (under_way_ - lane.under_way.size());
    return lane.under_way.size() < (left_by_others + 1) / 2;
}

Lanes::Lane* Lanes::ready(base::Instant now) {
    Lane* first = nullptr;
    for (auto& [webhook_id, lane] : lanes_) {
        if (!lane.due_by(now) || !may_start(lane)) continue;
        if (first == nullptr || lane.waiting.begin()->first < first->waiting.begin()->first) first = &lane;
    }
    return first;
}

std::vector<std::unique_ptr<Pending>> Lanes::cancel(const Scope& scope) {
    std::vector<std::unique_ptr<Pending>> cancelled;
    for (auto& [webhook_id, lane] : lanes_) {
        for (Pending* taken : lane.under_way) taken->cancelled = taken->cancelled || scope.covers(taken->event);
        for (auto at = lane.waiting.begin(); at != lane.waiting.end();) {
            const auto entry = at++;
            if (scope.covers(entry->second->event))
                cancelled.push_back(std::move(lane.waiting.extract(entry).mapped()));
        }
    }
    std::erase_if(lanes_, [](const auto& entry) { return entry.second.idle(); });
    return cancelled;
}

}  // namespace smartcar_sim::delivery
