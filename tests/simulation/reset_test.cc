// Back to the start, and the same again.
#include <set>

#include "simulation/a_simulation.h"
#include "simulation/simulation.h"

namespace smartcar_sim::simulation {
namespace {

// All that leaves while a story runs: bodies with their signatures.
std::multiset<std::string> story(World& world) {
    const std::string old = world.add_verified();
    world.add_verified(R"({"version":"4.0"})");
    world.callback.then(answered(500));
    world.callback.then(kTimedOut);
    world.send("CHARGING_STARTED");
    world.send("VEHICLE_STATE");
    world.settle();
    REQUIRE(world.running.platform.test_payload(old).ok());
    std::multiset<std::string> bytes;
    for (const delivery::Outgoing& sent : world.sent()) bytes.insert(sent.request.body + signature_of(sent.request));
    return bytes;
}

}  // namespace

TEST_CASE("the same seed gives the same bytes, another seed others") {
    const auto bytes = [](std::uint64_t seed) {
        World world(fakes::RunningPlatform::inline_options(), {.seed = seed});
        return story(world);
    };
    const auto first = bytes(7);
    CHECK(first.size() == 7);
    CHECK(bytes(7) == first);
    CHECK(bytes(8) != first);
}

// Before, a clock that had been made standing still ran at wall speed after a reset.
TEST_CASE("reset drops what waits, empties the journal and puts the clock back to its start") {
    World world;
    world.running.platform.keep_as_start();
    world.add_verified();
    world.callback.always(answered(500));
    world.send();
    world.advance(seconds(30));
    REQUIRE(world.running.simulation.reset().ok());

    CHECK(world.running.dispatcher.waiting() == 0);
    CHECK(world.running.journal.find({}).deliveries.empty());
    CHECK(world.running.platform.webhooks().empty());
    CHECK(world.running.clock.now() == kStart);
    CHECK(world.running.clock.frozen());
    const std::size_t before = world.sent().size();
    CHECK(world.advance(seconds(300)).pending == 0);
    CHECK(world.sent().size() == before);
}

TEST_CASE("after a reset no event id and no challenge comes twice") {
    World world;
    world.running.platform.keep_as_start();
    std::set<std::string> ids;
    std::set<std::string> challenges;
    for (int round = 0; round < 3; ++round) {
        challenges.insert(world.verify(world.add_webhook()).challenge);
        ids.insert(world.send().event_id);
        world.settle();
        REQUIRE(world.running.simulation.reset().ok());
    }
    CHECK(ids.size() == 3);
    CHECK(challenges.size() == 3);
}

}  // namespace smartcar_sim::simulation
