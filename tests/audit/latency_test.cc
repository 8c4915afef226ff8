#include "audit/latency.h"

#include <chrono>
#include <cstddef>
#include <vector>

#include "catch.h"

namespace smartcar_sim::audit {
namespace {

using base::Milliseconds;

// 1 ms to `count` ms, the longest first.
std::vector<Milliseconds> up_to(int count) {
    std::vector<Milliseconds> times;
    times.reserve(static_cast<std::size_t>(count));
    for (int i = count; i > 0; --i) times.emplace_back(i);
    return times;
}

}  // namespace

TEST_CASE("median and 95th percentile are times that were measured, by nearest rank") {
    struct Row {
        int count, median, p95;
    };
    for (const auto& [count, median, p95] : {
             Row{1, 1, 1},
             Row{2, 1, 2},
             Row{3, 2, 3},
             Row{4, 2, 4},
             Row{19, 10, 19},
             Row{20, 10, 19},
             Row{21, 11, 20},
             Row{40, 20, 38},
             Row{100, 50, 95},
             Row{101, 51, 96},
         }) {
        CAPTURE(count);
        const Latency latency = latency_of(up_to(count));
        CHECK(latency.answers == static_cast<std::size_t>(count));
        CHECK(latency.median == Milliseconds(median));
        CHECK(latency.p95 == Milliseconds(p95));
        CHECK(latency.slowest == Milliseconds(count));
        CHECK(latency.limit == std::chrono::seconds(15));
    }
}

TEST_CASE("no times are zero answers within the same limit") {
    const Latency latency = latency_of({});
    CHECK(latency.answers == 0);
    CHECK(latency.median == Milliseconds(0));
    CHECK(latency.slowest == Milliseconds(0));
    CHECK(latency.limit == kAllowed);
}

}  // namespace smartcar_sim::audit
