// An event that leaves in another manner than the platform would send it.
#include <vector>

#include "simulation/a_simulation.h"
#include "simulation/simulation.h"

namespace smartcar_sim::simulation {

TEST_CASE("a forgery is sent once and never retried") {
    const std::vector<fault::Plan> plans = {
        {.signature = fault::SignatureFault::kWrongKey},
        {.signature = fault::SignatureFault::kMissing},
        {.body = fault::BodyFault::kTampered},
    };
    for (const fault::Plan& plan : plans) {
        World world;
        world.add_verified();
        const Queued event = world.send("CHARGING_STARTED", {.fault = plan});
        CHECK(world.settle().now == kStart);
        const delivery::Delivery delivery = world.delivery(event);
        REQUIRE(delivery.attempts.size() == 1);
        const contract::Request& request = delivery.attempts[0].request;
        CHECK(signature_of(request) != honest_signature_of(request));
        CHECK(delivery.outcome == delivery::Outcome::kDropped);
        CHECK(std::get<contract::Response>(delivery.attempts[0].answer).status == 401);
    }
}

TEST_CASE("lost answers climb the ladder at a callback that answered each time") {
    World world;
    world.add_verified();
    const Queued event = world.send("CHARGING_STARTED", {.fault = {.lost_answers = 3}});
    world.settle();
    CHECK(world.instants(event) == after({0, 15 + 25, 40 + 15 + 50, 105 + 15 + 100}));
    CHECK(world.delivery(event).outcome == delivery::Outcome::kDelivered);
}

TEST_CASE("a duplicate follows at once, with the same bytes") {
    World world;
    world.add_verified();
    const Queued event = world.send("CHARGING_STARTED", {.fault = {.duplicates = 2}});
    CHECK(world.settle().now == kStart);
    const auto deliveries = world.running.journal.find({.event_id = event.event_id}).deliveries;
    REQUIRE(deliveries.size() == 3);
    for (const delivery::Delivery& delivery : deliveries) {
        REQUIRE(delivery.attempts.size() == 1);
        CHECK(delivery.attempts[0].request == deliveries[0].attempts[0].request);
    }
}

TEST_CASE("edits change the body before it is signed") {
    World world;
    world.add_verified();
    const Queued event =
        world.send("CHARGING_STARTED", {.edits = {{.pointer = "/payload/eventType", .value = "CHARGING_STARTLED"}}});
    world.settle();
    const contract::Request request = world.delivery(event).attempts.at(0).request;
    CHECK(member(request.body, "/payload/eventType") == R"("CHARGING_STARTLED")");
    CHECK(signature_of(request) == honest_signature_of(request));
}

TEST_CASE("an event that is refused is not queued, and says why") {
    World world;
    world.add_verified();
    const auto submit = [&](const Manner& manner) {
        auto fired = world.running.platform.fire({.vehicle = std::string(kTesla), .event = "CHARGING_STARTED"});
        REQUIRE(fired.ok());
        const auto sent = world.running.simulation.submit(std::move(fired).value(), manner);
        return sent.ok() ? "ok" : sent.error().code;
    };
    const contract::Edit long_text{.pointer = "/payload/eventType", .value = std::string(60'000, 'x')};
    CHECK(submit({.edits = {{.pointer = "/payload/nothing", .value = 1}}}) != "ok");
    CHECK(submit({.edits = {long_text}}) == "body_too_large");
    CHECK(world.running.dispatcher.waiting() == 0);
    CHECK(submit({.edits = {long_text}, .size = delivery::BodySize::kAny}) == "ok");
}

TEST_CASE("an edit that fails for one of the webhooks sends nothing to any of them") {
    World world;
    world.add_verified();
    world.add_verified(R"({"type":"schedule"})");
    const std::size_t challenges = world.sent().size();
    auto fired = world.running.platform.fire({.vehicle = std::string(kTesla), .event = "CHARGING_STARTED"});
    auto scheduled = world.running.platform.fire({.vehicle = std::string(kTesla), .event = "schedule"});
    std::ranges::move(scheduled.value().effects, std::back_inserter(fired.value().effects));
    REQUIRE(fired.value().effects.size() == 2);
    const contract::Edit edit{.pointer = "/payload/eventType", .value = "CHARGING_STOPPED"};
    const auto sent = world.running.simulation.submit(std::move(fired).value(), {.edits = {edit}});
    CHECK_FALSE(sent.ok());
    world.settle();
    CHECK(world.sent().size() == challenges);
}

// The platform had already taken it for told when the edit was found to be wrong.
TEST_CASE("a first delivery that could not be sent stays owed") {
    World world;
    const std::string webhook = world.add_verified(R"({"version":"4.0"})");
    REQUIRE(world.running.platform.disable_webhook(webhook).ok());
    REQUIRE(world.running.platform.enable_webhook(webhook).ok());
    auto fired = world.running.platform.fire({.vehicle = std::string(kTesla), .event = "VEHICLE_STATE"});
    const contract::Edit wrong{.pointer = "/nothing", .value = 1};
    const auto sent = world.running.simulation.submit(std::move(fired).value(), {.edits = {wrong}});
    REQUIRE_FALSE(sent.ok());

    const auto triggers_of_next = [&world] {
        const Queued event = world.send("VEHICLE_STATE");
        world.settle();
        return member(world.delivery(event).attempts.at(0).request.body, "/triggers/0/type");
    };
    CHECK(triggers_of_next() == R"("FIRST_DELIVERY")");
    CHECK(triggers_of_next() == R"("SIGNAL_UPDATED")");
}

}  // namespace smartcar_sim::simulation
