// The platform's time: an argument wherever time matters, never read from the machine elsewhere.
//
// Instants are milliseconds since the Unix epoch, UTC, because that is what the wire carries.
// VirtualClock may be used from any thread.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>

namespace smartcar_sim::base {

using Milliseconds = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Milliseconds>;

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
};

// Runs at the pace of the clock below it plus an offset, or stands still.
class VirtualClock final : public Clock {
public:
    // Running, in step with `wall`.
    explicit VirtualClock(const Clock& wall);
    // Standing still at `start`.
    VirtualClock(const Clock& wall, Instant start);

    [[nodiscard]] Instant now() const override;
    [[nodiscard]] bool frozen() const;

    void freeze();
    void resume();
    // Moves to `instant`, whether frozen or running; never back: an earlier instant changes nothing.
    void advance_to(Instant instant);
    // Moves to `instant`, back too; frozen or running it stays.
    void move_to(Instant instant);
    // Back to how it was made: in step with the wall, or standing still at its start.
    void reset();

private:
    [[nodiscard]] Instant read() const;  // mutex_ is held
    void show(Instant instant);          // mutex_ is held

    const Clock& wall_;
    const std::optional<Instant> start_;  // of a clock made standing still
    mutable std::mutex mutex_;
    Milliseconds offset_{0};  // guarded by mutex_
    Instant standing_{};      // guarded by mutex_, meaningful while frozen_
    bool frozen_ = false;     // guarded by mutex_
};

}  // namespace smartcar_sim::base
