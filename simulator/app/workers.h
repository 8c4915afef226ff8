// The threads that make attempts: a dozen lines around the dispatcher, which owns none.
//
// They sleep until the dispatcher's next due instant, on the clock it was given, or until told that
// there may be work.
#pragma once

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
    // Starts `count` threads. `clock` is the dispatcher's own.
    Workers(delivery::Dispatcher& dispatcher, const base::VirtualClock& clock, std::size_t count);
    ~Workers();  // stop()
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    void wake();      // one more attempt may be due: an event came, an attempt ended
    void wake_all();  // any number may be: the clock was moved
    void take_no_more();
    // take_no_more(), and waits for the attempts under way.
    void stop();

private:
    void work();
    void note_change();

    delivery::Dispatcher& dispatcher_;
    const base::VirtualClock& clock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t changes_ = 0;  // guarded by mutex_: a wake between looking and sleeping is not lost
    bool stopping_ = false;      // guarded by mutex_
    std::vector<std::thread> threads_;
};

}  // namespace smartcar_sim::app
