// The threads that make attempts: a dozen lines around the dispatcher, which owns none.
//
// They sleep until the dispatcher's next due instant, on the clock it was given, or until told that
// there may be work. One is there from the start, another comes when there is work and none is asleep.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "delivery/dispatcher.h"

namespace smartcar_sim::app {

class Workers {
public:
    // At most `most` threads, and at least one. `clock` is the dispatcher's own. Throws std::system_error when not even
    // one can be had.
    Workers(delivery::Dispatcher& dispatcher, const base::VirtualClock& clock, std::size_t most);
    ~Workers();  // stop()
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // Somebody is to look for work: a thread that sleeps, or else a new one.
    void wake();
    void wake_all();  // all that sleep: the clock was moved
    void take_no_more();
    // take_no_more(), and waits for the attempts under way.
    void stop();

private:
    void work();
    void sleep();
    void start_another();  // requires mutex_

    delivery::Dispatcher& dispatcher_;
    const base::VirtualClock& clock_;
    const std::size_t most_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t asleep_ = 0;             // guarded by mutex_
    std::uint64_t changes_ = 0;          // guarded by mutex_: a wake between looking and sleeping is not lost
    std::atomic<bool> stopping_{false};  // set under mutex_, for the same reason
    std::vector<std::thread> threads_;   // guarded by mutex_ until stopping_
};

}  // namespace smartcar_sim::app
