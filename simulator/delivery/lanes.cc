#include "delivery/lanes.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace smartcar_sim::delivery {
namespace {

using Waiting = std::vector<std::unique_ptr<Pending>>;

bool is_due(const Waiting& waiting, base::Instant now) { return !waiting.empty() && waiting.front()->due <= now; }

// The order among the heads of different lanes.
bool sooner(const Pending& left, const Pending& right) {
    return std::tie(left.due, left.order, left.position) < std::tie(right.due, right.order, right.position);
}

}  // namespace

Lanes::Lanes(std::size_t senders, bool ordered) : senders_(std::max<std::size_t>(senders, 1)), ordered_(ordered) {}

// Within an ordered lane the submission order comes first, so a retry that is not due holds the rest back.
auto Lanes::later() const {
    return [ordered = ordered_](const std::unique_ptr<Pending>& left, const std::unique_ptr<Pending>& right) {
        if (ordered && left->order != right->order) return left->order > right->order;
        return sooner(*right, *left);
    };
}

void Lanes::add(std::unique_ptr<Pending> pending) {
    Lane& lane = lanes_[pending->event.webhook_id];
    lane.waiting.push_back(std::move(pending));
    std::ranges::push_heap(lane.waiting, later());
}

std::unique_ptr<Pending> Lanes::take(base::Instant now) {
    Lane* lane = ready(now);
    if (lane == nullptr) return nullptr;
    std::ranges::pop_heap(lane->waiting, later());
    std::unique_ptr<Pending> taken = std::move(lane->waiting.back());
    lane->waiting.pop_back();
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
        const base::Instant at = lane.waiting.front()->due;
        next = next ? std::min(*next, at) : at;
    }
    return next;
}

bool Lanes::due_by(base::Instant until) const {
    return std::ranges::any_of(lanes_, [until](const auto& entry) { return is_due(entry.second.waiting, until); });
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
        if (!is_due(lane.waiting, now) || !may_start(lane)) continue;
        if (first == nullptr || sooner(*lane.waiting.front(), *first->waiting.front())) first = &lane;
    }
    return first;
}

std::vector<std::unique_ptr<Pending>> Lanes::cancel(const Scope& scope) {
    Waiting taken;
    for (auto& [webhook_id, lane] : lanes_) cancel(lane, scope, taken);
    std::erase_if(lanes_, [](const auto& entry) { return entry.second.idle(); });
    return taken;
}

void Lanes::cancel(Lane& lane, const Scope& scope, std::vector<std::unique_ptr<Pending>>& into) {
    for (Pending* taken : lane.under_way) taken->cancelled = taken->cancelled || scope.covers(taken->event);
    const auto stays = [&scope](const auto& pending) { return !scope.covers(pending->event); };
    const auto leaving = std::ranges::stable_partition(lane.waiting, stays);
    std::ranges::move(leaving, std::back_inserter(into));
    lane.waiting.erase(leaving.begin(), leaving.end());
    std::ranges::make_heap(lane.waiting, later());
}

}  // namespace smartcar_sim::delivery
