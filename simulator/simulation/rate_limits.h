// How fast the application may call, on the platform's clock: one bucket for all it asks, one for each vehicle.
//
// contract/api.md section 3.4; the number for a vehicle is not published. Off unless asked for. May be used from any
// thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "fault/token_bucket.h"

namespace smartcar_sim::simulation {

// The published one: 120 at once, and two more a minute.
inline constexpr fault::Rate kPublishedRate{.capacity = 120, .refill = 2, .per = std::chrono::minutes(1)};

// Who comes too fast, and when to come again: whole seconds, at least one, after which it is let in if nothing else
// came.
struct TooFast {
    enum class Who { kApplication, kVehicle } who = Who::kApplication;
    std::chrono::seconds retry_after{1};

    bool operator==(const TooFast&) const = default;
};

class RateLimits {
public:
    struct Options {
        std::optional<fault::Rate> application = std::nullopt;
        std::optional<fault::Rate> vehicle = std::nullopt;  // of each
    };

    // `clock` outlives it.
    RateLimits(const base::Clock& clock, const Options& options) : clock_(clock), options_(options) {}

    [[nodiscard]] bool of_application() const { return options_.application.has_value(); }
    [[nodiscard]] bool of_vehicles() const { return options_.vehicle.has_value(); }

    // Counts so many requests about that vehicle, or about none when it is empty. What is turned away costs nothing.
    [[nodiscard]] std::optional<TooFast> admit(std::string_view vehicle_id, std::int64_t requests);
    // All buckets are full.
    void reset();

private:
    [[nodiscard]] fault::TokenBucket& bucket_of(std::string_view vehicle_id, base::Instant now);  // requires mutex_

    const base::Clock& clock_;
    const Options options_;
    std::mutex mutex_;
    std::optional<fault::TokenBucket> application_;                    // guarded by mutex_
    std::map<std::string, fault::TokenBucket, std::less<>> vehicles_;  // guarded by mutex_: those that were asked about
};

}  // namespace smartcar_sim::simulation
