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
bool Lanes::later(const Pending& left, const Pending& right) const {
    if (ordered_ && left.order != right.order) return left.order > right.order;
    return sooner(right, left);
}

void Lanes::add(std::unique_ptr<Pending> pending) {
    Lane& lane = lanes_[pending->event.webhook_id];
    pending->epoch = lane.epoch;
    lane.waiting.push_back(std::move(pending));
    std::ranges::push_heap(lane.waiting, [this](const auto& left, const auto& right) { return later(*left, *right); });
}

std::unique_ptr<Pending> Lanes::take(base::Instant now) {
    Lane* lane = ready(now);
    if (lane == nullptr) return nullptr;
    std::ranges::pop_heap(lane->waiting, [this](const auto& left, const auto& right) { return later(*left, *right); });
    std::unique_ptr<Pending> taken = std::move(lane->waiting.back());
    lane->waiting.pop_back();
    ++lane->under_way;
    ++under_way_;
    return taken;
}

void Lanes::release(const std::string& webhook_id) {
    --lanes_.at(webhook_id).under_way;
    --under_way_;
    drop_if_idle(webhook_id);
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
    if (ordered_) return lane.under_way == 0;
    const std::size_t left_by_others = senders_ - (under_way_ - lane.under_way);
    return lane.under_way < (left_by_others + 1) / 2;
}

Lanes::Lane* Lanes::ready(base::Instant now) {
    Lane* first = nullptr;
    for (auto& [webhook_id, lane] : lanes_) {
        if (!is_due(lane.waiting, now) || !may_start(lane)) continue;
        if (first == nullptr || sooner(*lane.waiting.front(), *first->waiting.front())) first = &lane;
    }
    return first;
}

std::vector<std::unique_ptr<Pending>> Lanes::cancel() {
    Waiting taken;
    for (auto& [webhook_id, lane] : lanes_) empty(lane, taken);
    std::erase_if(lanes_, [](const auto& entry) { return entry.second.under_way == 0; });
    return taken;
}

std::vector<std::unique_ptr<Pending>> Lanes::cancel(const std::string& webhook_id) {
    Waiting taken;
    const auto found = lanes_.find(webhook_id);
    if (found == lanes_.end()) return taken;
    empty(found->second, taken);
    drop_if_idle(webhook_id);
    return taken;
}

void Lanes::empty(Lane& lane, std::vector<std::unique_ptr<Pending>>& into) {
    ++lane.epoch;
    std::ranges::move(lane.waiting, std::back_inserter(into));
    lane.waiting.clear();
}

bool Lanes::cancelled(const Pending& pending) const {
    return lanes_.at(pending.event.webhook_id).epoch != pending.epoch;
}

void Lanes::drop_if_idle(const std::string& webhook_id) {
    const auto found = lanes_.find(webhook_id);
    if (found->second.waiting.empty() && found->second.under_way == 0) lanes_.erase(found);
}

}  // namespace smartcar_sim::delivery
