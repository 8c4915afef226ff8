// SIGINT and SIGTERM as something to wait for. Construct it before any thread starts, so that every
// thread inherits the blocked mask and only wait() sees the signals.
#pragma once

#include <atomic>
#include <csignal>
#include <memory>

#include <pthread.h>
#include <sys/types.h>

namespace smartcar_sim::app {

class StopSignal {
public:
    StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    // Blocks until one of them arrives and returns it; 0 once release() was called. By the thread that constructed it.
    [[nodiscard]] int wait() const;
    // From any thread: nobody need wait any more.
    void release();
    // From now on a second one ends the process at once with 128 + its number, and kills with it the process group that
    // stands there by then; 0 is none.
    using Group = std::shared_ptr<const std::atomic<pid_t>>;
    void let_next_kill(Group group = nullptr) const;

private:
    sigset_t signals_;
    const pthread_t waiter_;
    std::atomic<bool> released_{false};
};

}  // namespace smartcar_sim::app
