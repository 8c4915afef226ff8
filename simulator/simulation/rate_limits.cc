#include "simulation/rate_limits.h"

#include <algorithm>

namespace smartcar_sim::simulation {
namespace {

std::optional<TooFast> too_fast(TooFast::Who who, base::Milliseconds wait) {
    if (wait == base::Milliseconds(0)) return std::nullopt;
    return TooFast{.who = who, .retry_after = std::chrono::ceil<std::chrono::seconds>(wait)};
}

}  // namespace

std::optional<TooFast> RateLimits::admit(std::string_view vehicle_id, std::int64_t requests) {
    const base::Instant now = clock_.now();
    const std::lock_guard lock(mutex_);
    if (options_.application) {
        if (!application_) application_.emplace(*options_.application, now);
        if (auto refused = too_fast(TooFast::Who::kApplication, application_->wait_for(requests, now))) return refused;
    }
    if (options_.vehicle && !vehicle_id.empty()) {
        fault::TokenBucket& bucket = bucket_of(vehicle_id, now);
        if (auto refused = too_fast(TooFast::Who::kVehicle, bucket.wait_for(requests, now))) return refused;
        bucket.take(requests, now);
    }
    if (application_) application_->take(requests, now);
    return std::nullopt;
}

fault::TokenBucket& RateLimits::bucket_of(std::string_view vehicle_id, base::Instant now) {
    const auto found = vehicles_.find(vehicle_id);
    if (found != vehicles_.end()) return found->second;
    return vehicles_.try_emplace(std::string(vehicle_id), *options_.vehicle, now).first->second;
}

void RateLimits::reset() {
    const std::lock_guard lock(mutex_);
    application_.reset();
    vehicles_.clear();
}

}  // namespace smartcar_sim::simulation
