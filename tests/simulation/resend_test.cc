// An attempt's bytes once more, as a delivery of its own.
#include "simulation/a_simulation.h"
#include "simulation/simulation.h"

namespace smartcar_sim::simulation {
namespace {

Queued resend(World& world, const std::string& delivery_id) {
    const auto queued = world.running.simulation.resend(delivery_id);
    REQUIRE(queued.ok());
    return queued.value();
}

}  // namespace

TEST_CASE("a resend repeats the bytes as a new delivery of the same event") {
    for (const std::string version : {"2.0", "4.0"}) {
        CAPTURE(version);
        World world;
        world.add_verified(R"({"version":")" + version + R"("})");
        world.settle();
        const Queued event = world.send(version == "2.0" ? "CHARGING_STARTED" : "VEHICLE_STATE");
        world.settle();
        world.advance(seconds(60));
        const delivery::Delivery original = world.delivery(event);
        const Queued again = resend(world, original.attempts.at(0).delivery_id);
        CHECK(again.event_id == event.event_id);
        CHECK(again.webhook_id == event.webhook_id);
        CHECK(again.position != event.position);
        world.settle();

        const delivery::Delivery repeated = world.delivery(again);
        CHECK(repeated.event_id == original.event_id);
        CHECK(repeated.event_name == original.event_name);
        CHECK(repeated.vehicle_id == original.vehicle_id);
        CHECK(repeated.outcome == delivery::Outcome::kDelivered);
        REQUIRE(repeated.attempts.size() == 1);
        CHECK(repeated.attempts[0].request == original.attempts[0].request);
        CHECK(repeated.attempts[0].at == kStart + seconds(60));
        CHECK(world.delivery(event).attempts.size() == 1);
    }
}

TEST_CASE("a resent attempt climbs the ladder with the same bytes each time") {
    World world;
    world.add_verified(R"({"version":"4.0"})");
    world.settle();
    const Queued event = world.send("VEHICLE_STATE");
    world.settle();
    const delivery::Attempt original = world.delivery(event).attempts.at(0);
    world.callback.then(answered(500));
    const Queued again = resend(world, original.delivery_id);
    world.settle();
    const auto attempts = world.delivery(again).attempts;
    REQUIRE(attempts.size() == 2);
    for (const delivery::Attempt& attempt : attempts) {
        CHECK(attempt.request == original.request);
        CHECK(attempt.delivery_id == original.delivery_id);
    }
}

TEST_CASE("what was sent as a forgery is signed honestly when resent, over the bytes that went out") {
    World world;
    world.add_verified();
    const Queued forged =
        world.send("CHARGING_STARTED",
                   {.fault = {.signature = fault::SignatureFault::kWrongKey, .body = fault::BodyFault::kTampered}});
    world.settle();
    const delivery::Delivery refused = world.delivery(forged);
    REQUIRE(refused.outcome == delivery::Outcome::kDropped);

    const Queued again = resend(world, refused.attempts.at(0).delivery_id);
    world.settle();
    const contract::Request sent = world.delivery(again).attempts.at(0).request;
    CHECK(sent.body == refused.attempts[0].request.body);
    CHECK(signature_of(sent) == honest_signature_of(sent));
    CHECK(signature_of(sent) != signature_of(refused.attempts[0].request));
    CHECK(sent.headers.count("SC-Signature") == 1);
    CHECK(world.delivery(again).outcome == delivery::Outcome::kDelivered);
}

TEST_CASE("of several attempts the one asked for is repeated") {
    World world;
    world.add_verified(R"({"version":"4.0"})");
    world.settle();
    world.callback.then(answered(500));
    const Queued event = world.send("VEHICLE_STATE");
    world.settle();
    const auto attempts = world.delivery(event).attempts;
    REQUIRE(attempts.size() == 2);
    for (const delivery::Attempt& attempt : attempts) {
        const Queued again = resend(world, attempt.delivery_id);
        world.settle();
        CHECK(world.delivery(again).attempts.at(0).request == attempt.request);
    }
}

TEST_CASE("an attempt that the journal does not hold cannot be resent") {
    World world;
    const auto refused = world.running.simulation.resend("nothing");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error() == base::Error{"not_found", "the journal holds no attempt with delivery id nothing"});
}

TEST_CASE("nothing is resent to a webhook that was disabled or removed") {
    World world;
    world.add_verified(R"({"version":"2.0"})");
    const Queued event = world.send("CHARGING_STARTED");
    world.settle();
    const std::string delivery_id = world.delivery(event).attempts.at(0).delivery_id;
    simulation::Simulation& simulation = world.running.simulation;

    REQUIRE(world.running.platform.disable_webhook(event.webhook_id).ok());
    const auto disabled = simulation.resend(delivery_id);
    REQUIRE_FALSE(disabled.ok());
    CHECK(disabled.error() == base::Error{"disabled", "the webhook is disabled; enable it before sending it anything"});

    REQUIRE(world.running.platform.remove_webhook(event.webhook_id).ok());
    const auto removed = simulation.resend(delivery_id);
    REQUIRE_FALSE(removed.ok());
    CHECK(removed.error().code == "not_found");
}

// Once it was signed, climbed the ladder and was called delivered without a look at the hash.
TEST_CASE("a verification is not resent") {
    World world;
    world.add_verified();
    const delivery::Delivery verification = world.running.journal.find({}).deliveries.front();
    const auto refused = world.running.simulation.resend(verification.attempts.at(0).delivery_id);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == "not_an_event");
    CHECK(world.running.dispatcher.waiting() == 0);
}

TEST_CASE("nothing is resent to a webhook that is no longer verified") {
    World world;
    const std::string webhook = world.add_verified();
    const Queued event = world.send();
    world.settle();
    world.callback.answer_challenges(answered(500));
    REQUIRE_FALSE(world.verify(webhook).verdict.verified);
    const auto refused = world.running.simulation.resend(world.delivery(event).attempts.at(0).delivery_id);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == "unverified");
}

}  // namespace smartcar_sim::simulation
