// What the platform does because time passes, met on the way of the clock.
#include <string>
#include <vector>

#include "simulation/a_simulation.h"
#include "simulation/simulation.h"

namespace smartcar_sim::simulation {
namespace {

// Every event and when it was attempted; the verification is none.
std::vector<std::string> history(World& world) {
    std::vector<std::string> lines;
    for (const delivery::Delivery& delivery : world.running.journal.find({}).deliveries) {
        if (delivery.event_name == "verify") continue;
        for (const delivery::Attempt& attempt : delivery.attempts) {
            const auto after = attempt.at - kStart;
            lines.push_back(delivery.event_name + " " + base::format_duration(after));
        }
    }
    return lines;
}

}  // namespace

TEST_CASE("moving the clock meets readings on schedule at their instants, between attempts") {
    World world;
    world.add_verified(R"({"type":"schedule","interval":"10m"})");
    world.callback.then(answered(500));
    world.callback.always(answered(200));
    world.advance(std::chrono::minutes(20));
    CHECK(history(world) == std::vector<std::string>{"schedule 10m", "schedule 10m25s", "schedule 20m"});
}

TEST_CASE("settling waits for attempts and not for what goes on for ever") {
    World world;
    world.add_verified(R"({"type":"schedule","interval":"10m"})");
    world.callback.always(answered(200));
    world.settle();
    CHECK(world.running.clock.now() == kStart);
    CHECK(history(world).empty());
}

// Once the alarm of before the reset stayed, later than the one that was to be set.
TEST_CASE("after a reset what is due comes at its time again") {
    World world;
    world.add_verified(R"({"type":"schedule","interval":"1h"})");
    world.callback.always(answered(200));
    world.running.platform.keep_as_start();
    world.advance(std::chrono::hours(5));
    REQUIRE(world.running.simulation.reset().ok());
    world.advance(std::chrono::hours(2));
    CHECK(history(world) == std::vector<std::string>{"schedule 1h", "schedule 2h"});
}

}  // namespace smartcar_sim::simulation
