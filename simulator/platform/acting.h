// One call that changes the records, private to platform/.
#pragma once

#include <mutex>
#include <optional>

#include "base/clock.h"
#include "platform/platform.h"
#include "platform/records.h"

namespace smartcar_sim::platform {

// Holds the platform's mutex for its life, and tells the timer listener afterwards, without it, when the next timer is
// an earlier one now.
class Platform::Acting {
public:
    explicit Acting(Platform& platform)
        : platform_(platform), lock_(platform.mutex_), before_(platform.records_->timers.next()) {}
    ~Acting() {
        const auto next = platform_.records_->timers.next();
        lock_.unlock();
        const bool earlier = next && (!before_ || *next < *before_);
        if (earlier && platform_.timer_set_) platform_.timer_set_();
    }
    Acting(const Acting&) = delete;
    Acting& operator=(const Acting&) = delete;

private:
    Platform& platform_;
    std::unique_lock<std::mutex> lock_;
    const std::optional<base::Instant> before_;
};

}  // namespace smartcar_sim::platform
