#include "app/workers.h"

#include <algorithm>
#include <system_error>

namespace smartcar_sim::app {

Workers::Workers(delivery::Dispatcher& dispatcher, const base::VirtualClock& clock, std::size_t most)
    : dispatcher_(dispatcher), clock_(clock), most_(std::max<std::size_t>(most, 1)) {
    const std::lock_guard lock(mutex_);
    start_another();
}

Workers::~Workers() { stop(); }

void Workers::wake() {
    {
        const std::lock_guard lock(mutex_);
        ++changes_;
        if (asleep_ == 0) return start_another();
    }
    changed_.notify_one();
}

void Workers::wake_all() {
    {
        const std::lock_guard lock(mutex_);
        ++changes_;
    }
    changed_.notify_all();
}

void Workers::start_another() {
    if (stopping_ || threads_.size() == most_) return;
    try {
        threads_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
        if (threads_.empty()) throw;  // else those there are do the work, one after another
    }
}

void Workers::take_no_more() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
}

void Workers::stop() {
    take_no_more();
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void Workers::work() {
    while (!stopping_) {
        if (!dispatcher_.run_one()) sleep();
    }
}

void Workers::sleep() {
    std::unique_lock lock(mutex_);
    const std::uint64_t seen = changes_;
    lock.unlock();
    const auto due = dispatcher_.next_due();
    const base::Milliseconds until = due ? *due - clock_.now() : base::Milliseconds::max();
    if (until <= base::Milliseconds(0)) return;  // it came after the last look
    lock.lock();

    ++asleep_;
    const auto changed = [&] { return stopping_ || changes_ != seen; };
    if (due && !clock_.frozen()) {
        changed_.wait_for(lock, until, changed);
    } else {
        changed_.wait(lock, changed);
    }
    --asleep_;
}

}  // namespace smartcar_sim::app
