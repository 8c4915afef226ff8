#include "delivery/retry.h"

namespace smartcar_sim::delivery {

std::optional<base::Instant> next_attempt(const RetryPolicy& policy, std::size_t attempts, base::Instant failed_at) {
    if (attempts == 0 || attempts > policy.waits.size()) return std::nullopt;
    return failed_at + policy.waits[attempts - 1];
}

}  // namespace smartcar_sim::delivery
