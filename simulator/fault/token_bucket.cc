#include "fault/token_bucket.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <string>

#include "base/text.h"

namespace smartcar_sim::fault {
namespace {

base::Error bad_rate(std::string_view text, std::string_view why) {
    return {.code = "bad_rate", .message = base::quoted(text) + " is not a rate: " + std::string(why)};
}

}  // namespace

base::Result<Rate> parse_rate(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return bad_rate(text, "write it like 10/1m, ten requests a minute");
    const auto requests = base::parse_number<std::int64_t>(text.substr(0, slash));
    if (!requests || *requests < 1 || *requests > kMostRequests) {
        return bad_rate(text, "before the slash stands a whole number from 1 to " + std::to_string(kMostRequests));
    }
    const auto per = base::parse_duration(text.substr(slash + 1));
    if (!per) return bad_rate(text, per.error().message);
    if (per.value() == base::Milliseconds(0)) return bad_rate(text, "the time behind the slash is at least 1ms");
    return Rate{.capacity = *requests, .refill = *requests, .per = per.value()};
}

TokenBucket::TokenBucket(const Rate& rate, base::Instant now)
    : rate_(rate), looked_at_(now), level_(in_units(rate.capacity)) {}

std::int64_t TokenBucket::level_at(base::Instant now) const {
    const std::int64_t full = in_units(rate_.capacity);
    const std::int64_t passed = std::max<std::int64_t>((now - looked_at_).count(), 0);
    // Asked so because the product may be larger than any integer.
    if (passed > (full - level_) / rate_.refill) return full;
    return level_ + passed * rate_.refill;
}

base::Milliseconds TokenBucket::wait_for(std::int64_t requests, base::Instant now) const {
    const std::int64_t lacking = in_units(std::min(requests, rate_.capacity)) - level_at(now);
    if (lacking > 0) return base::Milliseconds((lacking + rate_.refill - 1) / rate_.refill);
    return base::Milliseconds(requests > rate_.capacity ? 1 : 0);
}

void TokenBucket::take(std::int64_t requests, base::Instant now) {
    assert(wait_for(requests, now) == base::Milliseconds(0));
    level_ = level_at(now) - in_units(requests);
    looked_at_ = std::max(looked_at_, now);
}

}  // namespace smartcar_sim::fault
