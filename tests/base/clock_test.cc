#include "base/clock.h"

#include "catch.h"

using namespace std::chrono_literals;
using smartcar_sim::base::Clock;
using smartcar_sim::base::Instant;
using smartcar_sim::base::SystemClock;
using smartcar_sim::base::VirtualClock;

namespace {

constexpr Instant kStart = std::chrono::sys_days(std::chrono::January / 1 / 2026);

// A wall that moves when told.
class Wall final : public Clock {
public:
    [[nodiscard]] Instant now() const override { return time_; }
    void pass(std::chrono::milliseconds duration) { time_ += duration; }

private:
    Instant time_ = kStart;
};

}  // namespace

TEST_CASE("a running clock keeps in step with the wall") {
    Wall wall;
    const VirtualClock clock(wall);
    CHECK(clock.now() == kStart);
    wall.pass(5s);
    CHECK(clock.now() == kStart + 5s);
    CHECK_FALSE(clock.frozen());
}

TEST_CASE("a clock with a start stands still there") {
    Wall wall;
    const VirtualClock clock(wall, kStart + 1h);
    wall.pass(5s);
    CHECK(clock.now() == kStart + 1h);
    CHECK(clock.frozen());
}

TEST_CASE("a frozen clock that resumes runs on from where it stood") {
    Wall wall;
    VirtualClock clock(wall);
    clock.freeze();
    wall.pass(10s);
    CHECK(clock.now() == kStart);
    clock.resume();
    CHECK(clock.now() == kStart);
    wall.pass(3s);
    CHECK(clock.now() == kStart + 3s);
}

TEST_CASE("resuming a running clock changes nothing") {
    Wall wall;
    VirtualClock clock(wall);
    clock.advance_to(kStart + 1h);
    clock.resume();
    CHECK(clock.now() == kStart + 1h);
}

TEST_CASE("advancing moves a frozen clock and leaves it frozen") {
    Wall wall;
    VirtualClock clock(wall, kStart);
    clock.advance_to(kStart + 25s);
    CHECK(clock.now() == kStart + 25s);
    CHECK(clock.frozen());
}

TEST_CASE("advancing moves a running clock and leaves it running") {
    Wall wall;
    VirtualClock clock(wall);
    clock.advance_to(kStart + 1h);
    wall.pass(2s);
    CHECK(clock.now() == kStart + 1h + 2s);
    CHECK_FALSE(clock.frozen());
}

TEST_CASE("a clock never goes back") {
    Wall wall;
    SECTION("frozen") {
        VirtualClock clock(wall, kStart);
        clock.advance_to(kStart - 1ms);
        CHECK(clock.now() == kStart);
    }
    SECTION("running") {
        VirtualClock clock(wall);
        clock.advance_to(kStart - 1ms);
        CHECK(clock.now() == kStart);
    }
}

TEST_CASE("a clock that is moved shows that instant, also an earlier one, and stands or runs as before") {
    Wall wall;
    SECTION("frozen") {
        VirtualClock clock(wall, kStart);
        clock.move_to(kStart - 24h);
        wall.pass(1h);
        CHECK(clock.now() == kStart - 24h);
        clock.move_to(kStart + 24h);
        CHECK(clock.now() == kStart + 24h);
        CHECK(clock.frozen());
    }
    SECTION("running") {
        VirtualClock clock(wall);
        clock.move_to(kStart - 24h);
        wall.pass(1h);
        CHECK(clock.now() == kStart - 23h);
        CHECK_FALSE(clock.frozen());
    }
}

TEST_CASE("reset puts a clock back in step with the wall") {
    Wall wall;
    VirtualClock clock(wall);
    clock.advance_to(kStart + 24h);
    clock.freeze();
    clock.reset();
    CHECK(clock.now() == kStart);
    CHECK_FALSE(clock.frozen());
}

TEST_CASE("reset stands a clock that was made standing still at its start again") {
    Wall wall;
    VirtualClock clock(wall, kStart + 24h);
    clock.advance_to(kStart + 48h);
    clock.resume();
    clock.reset();
    wall.pass(1h);
    CHECK(clock.now() == kStart + 24h);
    CHECK(clock.frozen());
}

TEST_CASE("the system clock tells the time since 1970 in milliseconds") {
    const auto before = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const Instant now = SystemClock().now();
    CHECK(now >= before);
    CHECK(now <= std::chrono::system_clock::now());
}
