// How many requests may come how fast, as a value: a bucket that holds so many and fills at a steady pace.
//
// contract/api.md section 3.4 has the one that is published. Exact: what was taken and what came back are whole numbers
// of a unit in which both are, so no rounding lets a request through too soon or keeps it out too long. Not for several
// threads at once.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace smartcar_sim::fault {

struct Rate {
    std::int64_t capacity = 0;  // requests that may come at once after a rest, from 1 to kMostRequests
    std::int64_t refill = 0;    // as many more in each `per`, from 1 to kMostRequests
    base::Milliseconds per{0};  // from 1 ms to a year

    bool operator==(const Rate&) const = default;
};

inline constexpr std::int64_t kMostRequests = 1'000'000;

// "10/1m": ten at once, and ten more each minute. Code "bad_rate".
[[nodiscard]] base::Result<Rate> parse_rate(std::string_view text);

class TokenBucket {
public:
    // Full at `now`.
    TokenBucket(const Rate& rate, base::Instant now);

    // How long until so many can be taken: zero when they can be taken now. More than the bucket ever holds are never
    // there; then it is how long until it is full.
    [[nodiscard]] base::Milliseconds wait_for(std::int64_t requests, base::Instant now) const;
    // Only after wait_for() said zero.
    void take(std::int64_t requests, base::Instant now);

private:
    [[nodiscard]] std::int64_t level_at(base::Instant now) const;
    [[nodiscard]] std::int64_t in_units(std::int64_t requests) const { return requests * rate_.per.count(); }

    Rate rate_;
    base::Instant looked_at_;
    // In the per-th part of a request, of which each millisecond brings `refill`. At most a million times the 3.2e10
    // milliseconds of a year, 3.2e16: far from the end of the integers.
    std::int64_t level_;
};

}  // namespace smartcar_sim::fault
