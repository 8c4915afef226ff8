// A wait that another thread can call off: what stands between a stop signal and a thread that has time.
#pragma once

#include <condition_variable>
#include <mutex>

#include "base/clock.h"

namespace smartcar_sim::app {

// May be used from any thread, by several at once.
class Pause {
public:
    // True when the time has passed, false at once when the pause was called off, now or before.
    bool wait(base::Milliseconds time) {
        std::unique_lock lock(mutex_);
        return !called_off_changed_.wait_for(lock, time, [this] { return called_off_; });
    }

    void call_off() {
        const std::lock_guard lock(mutex_);
        called_off_ = true;
        called_off_changed_.notify_all();
    }

    [[nodiscard]] bool called_off() {
        const std::lock_guard lock(mutex_);
        return called_off_;
    }

private:
    std::mutex mutex_;
    std::condition_variable called_off_changed_;
    bool called_off_ = false;  // guarded by mutex_
};

}  // namespace smartcar_sim::app
