// When a failed delivery is tried again (contract/webhooks.md section 7): at most four attempts,
// waits of 25, 50 and 100 s counted from the failure, then the event is dropped.
#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"

namespace smartcar_sim::delivery {

struct RetryPolicy {
    std::vector<base::Milliseconds> waits{std::chrono::seconds(25), std::chrono::seconds(50),
                                          std::chrono::seconds(100)};

    [[nodiscard]] int attempts() const { return static_cast<int>(waits.size()) + 1; }
    [[nodiscard]] static RetryPolicy never() { return {.waits = {}}; }
};

// The instant of the next attempt after `attempts` failed ones, or nothing when the event is dropped.
[[nodiscard]] std::optional<base::Instant> next_attempt(const RetryPolicy& policy, std::size_t attempts,
                                                        base::Instant failed_at);

}  // namespace smartcar_sim::delivery
