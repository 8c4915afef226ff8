// Where one thread is held until another lets it go. Waits are bounded.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

class Gate {
public:
    // Blocks until open().
    void pass() {
        std::unique_lock lock(mutex_);
        ++arrived_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    // False when nobody has come to the gate within 30 s.
    [[nodiscard]] bool reached() {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(30), [this] { return arrived_ > 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int arrived_ = 0;    // guarded by mutex_
    bool open_ = false;  // guarded by mutex_
};
