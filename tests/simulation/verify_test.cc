// A challenge: what goes out, what its answer makes of the webhook, what the journal keeps.
#include "simulation/a_simulation.h"
#include "simulation/simulation.h"

namespace smartcar_sim::simulation {
namespace {

platform::WebhookStatus status_of(const World& world, const std::string& webhook_id) {
    return world.running.platform.webhook(webhook_id).value().status();
}

void answer_challenges_with(World& world, const std::string& text, int status = 200) {
    world.callback.answer_challenges(contract::json_response(status, R"({"challenge":")" + text + R"("})"));
}

// What a callback with that key answers to the webhook's first challenge.
std::string first_answer(const World& world, const std::string& webhook_id, std::string_view key) {
    return signature::hmac_sha256_hex(key, world.running.ids.challenge(webhook_id, 0));
}

std::vector<delivery::Delivery> journaled(const World& world) { return world.running.journal.find({}).deliveries; }

}  // namespace

TEST_CASE("a right answer verifies the webhook and is journaled as a delivery") {
    World world;
    const std::string webhook = world.add_webhook();
    const Verification verification = world.verify(webhook);

    CHECK(verification.verdict.verified);
    CHECK(verification.verdict.reason.empty());
    CHECK(verification.challenge == world.running.ids.challenge(webhook, 0));
    CHECK(verification.attempt.took == base::Milliseconds(1));
    CHECK(status_of(world, webhook) == platform::WebhookStatus::kVerified);

    REQUIRE(world.sent().size() == 1);
    const delivery::Outgoing sent = world.sent().front();
    CHECK(sent.request.body == R"({"version":"2.0","webhookId":")" + webhook +
                                   R"(","eventName":"verify","payload":{"challenge":")" + verification.challenge +
                                   R"("}})");
    CHECK(signature_of(sent.request) == "none");
    CHECK(sent.reuse == delivery::Outgoing::Reuse::kFresh);

    REQUIRE(journaled(world).size() == 1);
    const delivery::Delivery delivery = journaled(world).front();
    CHECK(delivery.event_name == "verify");
    CHECK(delivery.webhook_id == webhook);
    CHECK(delivery.vehicle_id.empty());
    CHECK(delivery.outcome == delivery::Outcome::kDelivered);
    REQUIRE(delivery.attempts.size() == 1);
    CHECK(delivery.attempts[0].at == kStart);
    CHECK(delivery.attempts[0].request == sent.request);
    // Ids the journal gives to messages without one never enter a body.
    CHECK(base::is_uuid(delivery.event_id));
    CHECK(sent.request.body.find(delivery.event_id) == std::string::npos);
    CHECK(sent.request.body.find(delivery.attempts[0].delivery_id) == std::string::npos);
}

TEST_CASE("a 4.0 challenge carries the ids under which it is journaled") {
    World world;
    world.verify(world.add_webhook(R"({"version":"4.0"})"));
    const delivery::Delivery delivery = journaled(world).front();
    const std::string& body = delivery.attempts.at(0).request.body;
    CHECK(member(body, "/eventType") == R"("VERIFY")");
    CHECK(member(body, "/eventId") == '"' + delivery.event_id + '"');
    CHECK(member(body, "/meta/deliveryId") == '"' + delivery.attempts[0].delivery_id + '"');
    CHECK(member(body, "/meta/deliveredAt") == R"("2026-01-01T00:00:00.000Z")");
}

TEST_CASE("a wrong answer leaves the webhook unverified and names the mistake") {
    World world;
    const std::string webhook = world.add_verified();
    answer_challenges_with(world, world.running.ids.challenge(webhook, 1));
    const Verification verification = world.verify(webhook);

    CHECK_FALSE(verification.verdict.verified);
    CHECK(verification.verdict.reason == "wrong-hash");
    CHECK(verification.verdict.mistake == "echoed-challenge");
    CHECK(verification.verdict.received == verification.challenge);
    CHECK(verification.verdict.expected ==
          signature::hmac_sha256_hex(platform::kDevelopmentToken, verification.challenge));
    CHECK(status_of(world, webhook) == platform::WebhookStatus::kUnverified);
    CHECK(journaled(world).at(1).outcome == delivery::Outcome::kDropped);
}

TEST_CASE("a hash made with the client secret is told apart from one made with the token") {
    World world;
    const std::string webhook = world.add_webhook();
    answer_challenges_with(world, first_answer(world, webhook, platform::kDevelopmentClientSecret));
    const delivery::Verdict verdict = world.verify(webhook).verdict;
    CHECK(verdict.reason == "wrong-hash");
    CHECK(verdict.mistake == "client-secret-as-key");
}

TEST_CASE("a callback that still has the token from before a rotation is told so") {
    World world;
    const std::string webhook = world.add_webhook();
    answer_challenges_with(world, first_answer(world, webhook, platform::kDevelopmentToken));
    world.running.simulation.rotate_token({"the new one", base::Secret::Origin::kInvented});
    const delivery::Verdict verdict = world.verify(webhook).verdict;
    CHECK(verdict.mistake == "stale-token");
    CHECK(verdict.fix.starts_with("Give the callback the token that signs now"));

    answer_challenges_with(world, std::string(64, 'a'));
    const delivery::Verdict unknown = world.verify(webhook).verdict;
    CHECK_FALSE(unknown.mistake);
    CHECK_FALSE(unknown.fix.starts_with(delivery::kKeyOfTheSimulator));
}

TEST_CASE("a callback that cannot be reached is journaled, and tried once only") {
    World world;
    const std::string webhook = world.add_webhook();
    const delivery::Answer refused =
        failed(delivery::Failure::Kind::kUnreachable, "127.0.0.1:3000: connection refused");
    world.callback.answer_challenges(refused);
    CHECK(world.verify(webhook).verdict.reason == "unreachable");
    CHECK(status_of(world, webhook) == platform::WebhookStatus::kUnverified);
    world.settle();
    CHECK(world.sent().size() == 1);
    const delivery::Delivery delivery = journaled(world).front();
    CHECK(delivery.outcome == delivery::Outcome::kDropped);
    CHECK(delivery.attempts.at(0).answer == refused);
}

TEST_CASE("each challenge is another, and all derive from the seed") {
    const auto challenges = [](std::uint64_t seed) {
        World world(fakes::RunningPlatform::inline_options(), {.seed = seed});
        const std::string webhook = world.add_webhook();
        return std::vector{world.verify(webhook).challenge, world.verify(webhook).challenge,
                           world.verify(world.add_webhook()).challenge};
    };
    const auto first = challenges(7);
    CHECK(first[0] != first[1]);
    CHECK(first[0] != first[2]);
    CHECK(challenges(7) == first);
    CHECK(challenges(8) != first);
}

TEST_CASE("challenges are signed and carry added headers when asked for") {
    Simulation::Options options = fakes::RunningPlatform::inline_options();
    options.verify_signature = Simulation::VerifySignature::kSigned;
    options.headers = {{"X-Team", "blue"}, {"User-Agent", "curl"}};
    options.timeout = seconds(3);
    World world(options);
    world.add_verified();
    const delivery::Outgoing sent = world.sent().at(0);
    CHECK(signature_of(sent.request) == honest_signature_of(sent.request));
    CHECK(sent.request.headers.get("x-team") == "blue");
    CHECK(sent.request.headers.get("user-agent") == "curl");
    CHECK(sent.timeout == seconds(3));

    world.settle();
    world.send();
    world.settle();
    CHECK(world.sent().at(1).request.headers.get("x-team") == "blue");
    CHECK(world.sent().at(1).request.headers.get("user-agent") == "curl");
}

TEST_CASE("strict, an answer that is right but not 200 does not verify") {
    for (const auto strictness : {delivery::Strictness::kLenient, delivery::Strictness::kStrict}) {
        Simulation::Options options = fakes::RunningPlatform::inline_options();
        options.strictness = strictness;
        World world(options);
        const std::string webhook = world.add_webhook();
        answer_challenges_with(world, first_answer(world, webhook, platform::kDevelopmentToken), 201);
        CHECK(world.verify(webhook).verdict.verified == (strictness == delivery::Strictness::kLenient));
    }
}

TEST_CASE("verification sends the first deliveries that 4.0 subscriptions were waiting for") {
    World world;
    const std::string webhook = world.add_webhook(R"({"version":"4.0"})");
    const Verification verification = world.verify(webhook);
    REQUIRE(verification.first_deliveries.queued.size() == 1);
    world.settle();
    const delivery::Delivery delivery = world.delivery(verification.first_deliveries.queued[0]);
    CHECK(delivery.outcome == delivery::Outcome::kDelivered);
    CHECK(member(delivery.attempts.at(0).request.body, "/triggers") == R"([{"type":"FIRST_DELIVERY"}])");
    CHECK(world.verify(webhook).first_deliveries.queued.empty());
}

TEST_CASE("nobody can verify a webhook that does not exist") {
    World world;
    const auto refused = world.running.simulation.verify("nobody");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == "not_found");
    CHECK(world.sent().empty());
    CHECK(journaled(world).empty());
}

// The answer proves nothing about the new address.
TEST_CASE("a callback that changed while its challenge was under way stays unverified") {
    World world;
    const std::string webhook = world.add_webhook();
    world.callback.meanwhile([&] {
        const document::Value patch(document::Object{{"callbackUri", "http://127.0.0.1:4000/"}});
        REQUIRE(world.running.platform.update_webhook(webhook, patch).ok());
    });
    CHECK(world.verify(webhook).verdict.verified);
    CHECK(status_of(world, webhook) == platform::WebhookStatus::kUnverified);
}

TEST_CASE("a verification is an attempt under way, and its delivery is final when it has ended") {
    World world;
    const std::string webhook = world.add_webhook();
    delivery::Dispatcher& dispatcher = world.running.dispatcher;
    world.callback.meanwhile([&] {
        CHECK(dispatcher.under_way() == 1);
        CHECK(dispatcher.waiting() == 0);
        CHECK_FALSE(dispatcher.wait_quiet(base::Instant::min(), base::Milliseconds(0)));
        CHECK_FALSE(dispatcher.wait_final(journaled(world).front().position, base::Milliseconds(0)));
    });
    world.verify(webhook);
    CHECK(dispatcher.under_way() == 0);
    CHECK(dispatcher.wait_quiet(base::Instant::min(), base::Milliseconds(0)));
    CHECK(dispatcher.wait_final(journaled(world).front().position, base::Milliseconds(0)));
}

TEST_CASE("a listener is told of each verification that was judged") {
    World world;
    const std::string webhook = world.add_webhook();
    std::vector<std::string> told;
    world.running.simulation.on_verification([&](const platform::Webhook& of, const Verification& verification) {
        CHECK(of.id == webhook);
        told.push_back(verification.verdict.verified ? "verified" : verification.verdict.reason);
    });
    world.verify(webhook);
    world.callback.answer_challenges(contract::json_response(500, "{}"));
    world.verify(webhook);
    world.callback.answer_challenges(failed(delivery::Failure::Kind::kCalledOff, "called off"));
    world.verify(webhook);
    CHECK(told == std::vector<std::string>{"verified", "status"});
}

// Once the callback was blamed, and the webhook unverified.
TEST_CASE("a verification that was called off proves nothing") {
    World world;
    const std::string webhook = world.add_verified();
    world.callback.answer_challenges(failed(delivery::Failure::Kind::kCalledOff, "called off"));
    const delivery::Verdict verdict = world.verify(webhook).verdict;
    CHECK_FALSE(verdict.verified);
    CHECK(verdict.says == "The exchange was called off, because the simulator was being stopped.");
    CHECK(status_of(world, webhook) == platform::WebhookStatus::kVerified);
}

}  // namespace smartcar_sim::simulation
