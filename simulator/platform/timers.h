// What is to happen at an instant without anybody asking for it, private to platform/: values, and no clock.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace smartcar_sim::platform {

// Whose timer it is; each has one at most.
struct TimerKey {
    std::uint32_t vehicle = 0;    // its VehicleIndex
    std::string webhook_id = {};  // that reads the vehicle; empty: the vehicle charges
    auto operator<=>(const TimerKey&) const = default;
};

class Timers {
public:
    void set(const TimerKey& key, base::Instant due);
    void cancel(const TimerKey& key);
    void cancel_webhook(const std::string& webhook_id);
    void clear();

    [[nodiscard]] std::optional<base::Instant> due(const TimerKey& key) const;
    [[nodiscard]] std::optional<base::Instant> next() const;
    // The first of those that are due at `now`, with its instant, in the order of their instants; it is set no more.
    [[nodiscard]] std::optional<std::pair<base::Instant, TimerKey>> take(base::Instant now);

private:
    std::map<TimerKey, base::Instant> due_;
    std::set<std::pair<base::Instant, TimerKey>> order_;
};

}  // namespace smartcar_sim::platform
