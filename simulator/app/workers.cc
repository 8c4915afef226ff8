#include "app/workers.h"

#include <algorithm>

namespace smartcar_sim::app {

Workers::Workers(delivery::Dispatcher& dispatcher, const base::VirtualClock& clock, std::size_t count)
    : dispatcher_(dispatcher), clock_(clock) {
    threads_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
}

Workers::~Workers() { stop(); }

void Workers::wake() {
    note_change();
    changed_.notify_one();
}

void Workers::wake_all() {
    note_change();
    changed_.notify_all();
}

void Workers::note_change() {
    const std::lock_guard lock(mutex_);
    ++changes_;
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
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        const std::uint64_t seen = changes_;
        lock.unlock();
        const bool worked = dispatcher_.run_one();
        const auto due = worked ? std::nullopt : dispatcher_.next_due();
        const base::Instant now = clock_.now();
        lock.lock();
        if (worked) continue;

        const auto changed = [&] { return stopping_ || changes_ != seen; };
        if (due && !clock_.frozen()) {
            changed_.wait_for(lock, std::max(*due - now, base::Milliseconds(0)), changed);
        } else {
            changed_.wait(lock, changed);
        }
    }
}

}  // namespace smartcar_sim::app
