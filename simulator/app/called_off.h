// Why a run ends before its time, told once and heeded by everyone: a signal, --max-time, an application that is gone.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "app/pause.h"

namespace smartcar_sim::app {

// May be used from any thread.
class CalledOff {
public:
    enum class Kind { kNot, kSignal, kTime, kApplication };

    // Called once, when the run is called off. Set before any thread runs.
    void on_call_off(std::function<void()> listener) { listener_ = std::move(listener); }

    // The first reason counts.
    void call_off(Kind kind, std::string why) {
        {
            const std::lock_guard lock(mutex_);
            if (kind_ != Kind::kNot) return;
            kind_ = kind;
            why_ = std::move(why);
        }
        pause_.call_off();
        if (listener_) listener_();
    }

    [[nodiscard]] Kind kind() const {
        const std::lock_guard lock(mutex_);
        return kind_;
    }
    [[nodiscard]] std::string why() const {
        const std::lock_guard lock(mutex_);
        return why_;
    }
    // Lets wall time pass; false when it is called off.
    bool pause(base::Milliseconds time) { return pause_.wait(time); }

private:
    std::function<void()> listener_;
    Pause pause_;
    mutable std::mutex mutex_;
    Kind kind_ = Kind::kNot;  // guarded by mutex_
    std::string why_;         // guarded by mutex_
};

}  // namespace smartcar_sim::app
