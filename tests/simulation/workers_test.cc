// The same object with attempts made by threads of their own. What they do is checked, never when.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "simulation/a_simulation.h"
#include "simulation/simulation.h"

namespace smartcar_sim::simulation {
namespace {

// Threads as app/ has them, on a clock that stands still between moves.
class Workers {
public:
    Workers(fakes::RunningPlatform& running, std::size_t count) : dispatcher_(running.dispatcher) {
        dispatcher_.on_change([this] { wake(); });
        running.simulation.on_clock_moved([this] { wake(); });
        for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
    }
    ~Workers() {
        stopping_ = true;
        wake();
        for (std::thread& thread : threads_) thread.join();
    }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

private:
    void wake() {
        {
            const std::lock_guard lock(mutex_);
            ++changes_;
        }
        changed_.notify_all();
    }

    void work() {
        while (!stopping_) {
            std::unique_lock lock(mutex_);
            const int seen = changes_;
            lock.unlock();
            if (dispatcher_.run_one()) continue;
            lock.lock();
            changed_.wait(lock, [&] { return stopping_ || changes_ != seen; });
        }
    }

    delivery::Dispatcher& dispatcher_;
    std::mutex mutex_;
    std::condition_variable changed_;
    int changes_ = 0;  // guarded by mutex_
    std::atomic<bool> stopping_{false};
    std::vector<std::thread> threads_;
};

}  // namespace

TEST_CASE("threads of their own climb the same ladders, at the same instants") {
    Simulation::Options options;
    options.drive = Simulation::Drive::kWorkers;
    World world(options);
    const Workers workers(world.running, 4);
    world.add_verified();
    world.callback.always(kTimedOut);
    std::vector<Queued> events;
    for (int i = 0; i < 20; ++i) events.push_back(world.send());
    CHECK(world.advance(seconds(200)).pending == 20);
    world.callback.always(answered(200));
    CHECK(world.settle().pending == 0);
    for (const Queued& event : events) {
        REQUIRE(world.instants(event) == after({0, 15 + 25, 40 + 15 + 50, 105 + 15 + 100}));
        REQUIRE(world.delivery(event).outcome == delivery::Outcome::kDelivered);
    }
    CHECK(world.sent().size() == 1 + 20 * 4);

    const std::vector<Queued> more{world.send(), world.send()};
    CHECK(world.running.simulation.wait_final(more, kPatience));
}

}  // namespace smartcar_sim::simulation
