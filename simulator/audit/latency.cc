#include "audit/latency.h"

#include <algorithm>
#include <cstddef>

namespace smartcar_sim::audit {

Latency latency_of(std::vector<base::Milliseconds> times) {
    Latency latency;
    latency.limit = kAllowed;
    latency.answers = times.size();
    if (times.empty()) return latency;
    std::ranges::sort(times);
    // The smallest time that `percent` of them do not exceed.
    const auto rank = [&](std::size_t percent) { return times[(times.size() * percent + 99) / 100 - 1]; };
    latency.median = rank(50);
    latency.p95 = rank(95);
    latency.slowest = times.back();
    return latency;
}

}  // namespace smartcar_sim::audit
