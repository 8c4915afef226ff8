#include "platform/timers.h"

namespace smartcar_sim::platform {

void Timers::set(const TimerKey& key, base::Instant due) {
    cancel(key);
    due_[key] = due;
    order_.emplace(due, key);
}

void Timers::cancel(const TimerKey& key) {
    const auto found = due_.find(key);
    if (found == due_.end()) return;
    order_.erase({found->second, key});
    due_.erase(found);
}

void Timers::cancel_webhook(const std::string& webhook_id) {
    std::erase_if(due_, [&](const auto& timer) { return timer.first.webhook_id == webhook_id; });
    std::erase_if(order_, [&](const auto& timer) { return timer.second.webhook_id == webhook_id; });
}

void Timers::clear() {
    due_.clear();
    order_.clear();
}

std::optional<base::Instant> Timers::due(const TimerKey& key) const {
    const auto found = due_.find(key);
    return found == due_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<base::Instant> Timers::next() const {
    if (order_.empty()) return std::nullopt;
    return order_.begin()->first;
}

std::optional<std::pair<base::Instant, TimerKey>> Timers::take(base::Instant now) {
    if (order_.empty() || order_.begin()->first > now) return std::nullopt;
    auto first = order_.extract(order_.begin());
    due_.erase(first.value().second);
    return std::move(first.value());
}

}  // namespace smartcar_sim::platform
