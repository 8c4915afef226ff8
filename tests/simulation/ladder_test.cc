// Time: what is due when, and how far advance() and settle() go. Nothing here waits for the wall.
#include <future>

#include "simulation/a_simulation.h"
#include "simulation/simulation.h"

namespace smartcar_sim::simulation {

TEST_CASE("advance climbs a whole ladder and stops where it was told") {
    World world;
    world.add_verified();
    world.callback.always(answered(500));
    const Queued event = world.send();

    CHECK(world.instants(event).empty());
    const Moved moved = world.advance(seconds(200));
    CHECK(moved.now == kStart + seconds(200));
    CHECK(moved.target == kStart + seconds(200));
    CHECK(moved.pending == 0);
    CHECK(world.instants(event) == after({0, 25, 75, 175}));
    CHECK(world.delivery(event).outcome == delivery::Outcome::kDropped);
    CHECK(world.running.clock.now() == kStart + seconds(200));
    CHECK(world.running.clock.frozen());
}

TEST_CASE("settle goes as far as the last attempt and no further") {
    World world;
    world.add_verified();
    world.callback.always(answered(503));
    const Queued event = world.send();
    const Moved moved = world.settle();
    CHECK(moved.now == kStart + seconds(175));
    CHECK(moved.pending == 0);
    CHECK(world.instants(event) == after({0, 25, 75, 175}));
    CHECK(world.settle().now == kStart + seconds(175));
}

TEST_CASE("a timeout costs exactly 15 s, answers and refused connections nothing") {
    World world;
    world.add_verified();
    for (const delivery::Answer& answer :
         {kTimedOut, failed(delivery::Failure::Kind::kUnreachable), kTimedOut, answered(204)}) {
        world.callback.then(answer);
    }
    const Queued event = world.send();
    CHECK(world.settle().now == kStart + seconds(15 + 25 + 50 + 15 + 100));
    CHECK(world.instants(event) == after({0, 15 + 25, 40 + 50, 90 + 15 + 100}));
    CHECK(world.delivery(event).outcome == delivery::Outcome::kDelivered);
}

TEST_CASE("advancing to exactly a due instant makes the attempt, a millisecond less does not") {
    World world;
    world.add_verified();
    world.callback.always(answered(500));
    const Queued event = world.send();
    CHECK(world.advance(seconds(25) - base::Milliseconds(1)).pending == 1);
    CHECK(world.instants(event) == after({0}));
    CHECK(world.advance(base::Milliseconds(1)).pending == 1);
    CHECK(world.instants(event) == after({0, 25}));
}

TEST_CASE("advancing by nothing makes what is due now") {
    World world;
    world.add_verified();
    const Queued event = world.send();
    const Moved moved = world.advance(seconds(0));
    CHECK(moved.now == kStart);
    CHECK(world.delivery(event).outcome == delivery::Outcome::kDelivered);
}

TEST_CASE("what falls due at one instant goes in the order it was sent in") {
    World world;
    world.add_verified();
    world.callback.then(answered(500));
    world.callback.then(answered(500));
    const Queued first = world.send("CHARGING_STARTED");
    const Queued second = world.send("CHARGING_STOPPED");
    const Queued later = world.send("CHARGING_COMPLETED", {.fault = {.delay = seconds(25)}});
    world.settle();
    for (const Queued& event : {first, second}) CHECK(world.instants(event) == after({0, 25}));
    CHECK(world.instants(later) == after({25}));

    const auto sent = world.sent();
    REQUIRE(sent.size() == 6);  // the challenge came first
    std::vector<std::string> order;
    for (std::size_t i = 1; i < sent.size(); ++i) order.push_back(member(sent[i].request.body, "/payload/eventId"));
    std::vector<std::string> expected;
    for (const Queued& event : {first, second, first, second, later}) expected.push_back('"' + event.event_id + '"');
    CHECK(order == expected);
}

TEST_CASE("an event is dated when it was fired, and its delivery when it was made") {
    World world;
    world.add_verified();
    world.advance(seconds(60));
    const Queued event = world.send("CHARGING_STARTED", {.fault = {.delay = seconds(5)}});
    world.settle();
    const delivery::Attempt attempt = world.delivery(event).attempts.at(0);
    CHECK(member(attempt.request.body, "/payload/eventTime") == R"("2026-01-01T00:01:00.000Z")");
    CHECK(attempt.at == kStart + seconds(65));
}

TEST_CASE("a 2.0 retry repeats the same bytes") {
    World world;
    world.add_verified();
    world.callback.then(answered(500));
    const Queued event = world.send();
    world.settle();
    const auto attempts = world.delivery(event).attempts;
    REQUIRE(attempts.size() == 2);
    CHECK(attempts[0].request == attempts[1].request);
    CHECK(signature_of(attempts[0].request) == honest_signature_of(attempts[0].request));
}

TEST_CASE("a 4.0 retry keeps the event id and changes delivery id, delivery time and signature") {
    World world;
    world.add_verified(R"({"version":"4.0"})");
    world.settle();
    world.callback.then(answered(500));
    const Queued event = world.send("VEHICLE_STATE");
    world.settle();
    const auto attempts = world.delivery(event).attempts;
    REQUIRE(attempts.size() == 2);
    for (const delivery::Attempt& attempt : attempts) {
        const std::string& body = attempt.request.body;
        CHECK(member(body, "/eventId") == '"' + event.event_id + '"');
        CHECK(member(body, "/meta/deliveryId") == '"' + attempt.delivery_id + '"');
        CHECK(member(body, "/meta/deliveredAt") == std::to_string(attempt.at.time_since_epoch().count()));
        CHECK(signature_of(attempt.request) == honest_signature_of(attempt.request));
    }
    CHECK(attempts[0].delivery_id != attempts[1].delivery_id);
    CHECK(attempts[1].at - attempts[0].at == seconds(25));
    CHECK(signature_of(attempts[0].request) != signature_of(attempts[1].request));
}

TEST_CASE("a move says clock_busy while another is under way") {
    World world;
    world.add_verified();
    std::vector<std::string> codes;
    world.callback.meanwhile([&] {
        auto& simulation = world.running.simulation;
        // Another thread: the mutex of the move under way is this one's.
        const auto code = [](const auto& result) { return result.ok() ? "ok" : result.error().code; };
        std::async(std::launch::async, [&] {
            codes.push_back(code(simulation.advance(seconds(1), kPatience)));
            codes.push_back(code(simulation.settle(kPatience)));
            codes.push_back(code(simulation.reset()));
        }).get();
    });
    const Queued event = world.send();
    const Moved moved = world.advance(seconds(10));
    CHECK(codes == std::vector<std::string>{"clock_busy", "clock_busy", "clock_busy"});
    CHECK(moved.now == kStart + seconds(10));
    CHECK(world.delivery(event).outcome == delivery::Outcome::kDelivered);
    CHECK(world.running.simulation.advance(seconds(1), kPatience).ok());
}

TEST_CASE("a move that runs out of wall time says how far it came") {
    World world;
    world.add_verified();
    world.callback.always(answered(500));
    const Queued event = world.send();
    const auto moved = world.running.simulation.advance(seconds(25), base::Milliseconds(0));
    REQUIRE(moved.ok());
    CHECK(moved.value().now == kStart);
    CHECK(moved.value().target == kStart + seconds(25));
    CHECK(moved.value().pending == 1);
    CHECK(world.instants(event) == after({0}));
}

TEST_CASE("a running clock runs on from where a move arrived") {
    World world;
    world.running.clock.resume();
    const base::Instant before = world.running.clock.now();
    const Moved moved = world.advance(std::chrono::hours(1));
    CHECK(moved.now >= before + std::chrono::hours(1));
    CHECK_FALSE(world.running.clock.frozen());
    CHECK(world.running.clock.now() >= moved.now);
}

TEST_CASE("waiting for an outcome makes what is due and tells whether that was enough") {
    World world;
    const std::string webhook = world.add_verified();
    world.callback.then(answered(200));
    world.callback.then(answered(500));
    auto& simulation = world.running.simulation;
    CHECK(simulation.wait_final({world.send()}, kPatience));
    const Queued failing = world.send();
    CHECK_FALSE(simulation.wait_final({failing}, base::Milliseconds(1)));
    CHECK_FALSE(simulation.wait_final(delivery::Query{.webhook_id = webhook}, base::Milliseconds(1)));
    world.settle();
    CHECK(simulation.wait_final(delivery::Query{.webhook_id = webhook}, kPatience));
    CHECK(simulation.wait_final(delivery::Query{.webhook_id = "nobody"}, kPatience));
}

TEST_CASE("what waits for a webhook is dropped when it is forgotten") {
    World world;
    const std::string webhook = world.add_verified();
    world.callback.always(answered(500));
    const Queued event = world.send();
    world.advance(seconds(0));
    world.running.simulation.forget_waiting({.webhook_id = webhook});
    CHECK(world.advance(seconds(300)).pending == 0);
    CHECK(world.instants(event) == after({0}));
    CHECK(world.delivery(event).outcome == delivery::Outcome::kDropped);
}

}  // namespace smartcar_sim::simulation
