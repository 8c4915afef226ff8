// The same object with attempts made by the product's own threads. What they do is checked, never when.
#include "app/workers.h"

#include <memory>
#include <vector>

#include "simulation/a_simulation.h"
#include "simulation/simulation.h"

namespace smartcar_sim::simulation {

TEST_CASE("threads of their own climb the same ladders, at the same instants") {
    Simulation::Options options;
    options.drive = Simulation::Drive::kWorkers;
    World world(options);
    std::unique_ptr<app::Workers> workers;
    world.running.dispatcher.on_change([&] { workers->wake(); });
    world.running.simulation.on_clock_moved([&] { workers->wake_all(); });
    workers = std::make_unique<app::Workers>(world.running.dispatcher, world.running.clock, 4);
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
