#include "base/clock.h"

#include <algorithm>

namespace smartcar_sim::base {

Instant SystemClock::now() const { return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()); }

VirtualClock::VirtualClock(const Clock& wall) : wall_(wall) {}

VirtualClock::VirtualClock(const Clock& wall, Instant start)
    : wall_(wall), start_(start), standing_(start), frozen_(true) {}

Instant VirtualClock::now() const {
    const std::lock_guard lock(mutex_);
    return read();
}

bool VirtualClock::frozen() const {
    const std::lock_guard lock(mutex_);
    return frozen_;
}

void VirtualClock::freeze() {
    const std::lock_guard lock(mutex_);
    standing_ = read();
    frozen_ = true;
}

void VirtualClock::resume() {
    const std::lock_guard lock(mutex_);
    if (frozen_) {
        offset_ = standing_ - wall_.now();
        frozen_ = false;
    }
}

void VirtualClock::advance_to(Instant instant) {
    const std::lock_guard lock(mutex_);
    show(std::max(read(), instant));
}

void VirtualClock::move_to(Instant instant) {
    const std::lock_guard lock(mutex_);
    show(instant);
}

void VirtualClock::reset() {
    const std::lock_guard lock(mutex_);
    offset_ = Milliseconds{0};
    standing_ = start_.value_or(Instant{});
    frozen_ = start_.has_value();
}

void VirtualClock::show(Instant instant) {
    if (frozen_) {
        standing_ = instant;
    } else {
        offset_ = instant - wall_.now();
    }
}

Instant VirtualClock::read() const { return frozen_ ? standing_ : wall_.now() + offset_; }

}  // namespace smartcar_sim::base
