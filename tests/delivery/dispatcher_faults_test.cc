// What a fault plan does to a delivery.
#include <string>

#include "catch.h"
#include "delivery/delivery_bench.h"
#include "delivery/dispatcher.h"
#include "signature/hmac.h"

using namespace smartcar_sim;
using namespace smartcar_sim::delivery;
using fakes::answered;
using fakes::FakeTransport;
using std::chrono::seconds;

namespace {

Event faulty(fault::Plan plan) {
    Event event = vehicle_state();
    event.fault = plan;
    return event;
}

}  // namespace

TEST_CASE("a forgery is sent once: its outcome is its answer") {
    for (const auto& [status, outcome] : {std::pair{401, Outcome::kDropped}, std::pair{200, Outcome::kDelivered}}) {
        CAPTURE(status);
        FakeTransport callback({answered(status)});
        DeliveryBench bench(callback);
        const Position position =
            bench.dispatcher.submit(faulty({.signature = fault::SignatureFault::kWrongKey})).value();
        bench.run_to_the_end();
        REQUIRE(callback.sent().size() == 1);
        const contract::Request sent = callback.sent().at(0).request;
        CHECK(sent.headers.get("SC-Signature") != signature::hmac_sha256_hex(kToken, sent.body));
        CHECK(bench.journal.at(position)->outcome == outcome);
    }
}

TEST_CASE("a missing signature leaves the header out") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    REQUIRE(bench.dispatcher.submit(faulty({.signature = fault::SignatureFault::kMissing})).ok());
    bench.run_to_the_end();
    CHECK(callback.sent().at(0).request.headers.count("SC-Signature") == 0);
}

TEST_CASE("a tampered body carries the signature of the body before it") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    REQUIRE(bench.dispatcher.submit(faulty({.body = fault::BodyFault::kTampered})).ok());
    bench.run_to_the_end();

    const contract::Request sent = callback.sent().at(0).request;
    const std::string delivery_id = bench.ids.uuid("delivery", "event-1", 1);
    const std::string before = vehicle_state().message.render({delivery_id, kStart});
    CHECK(sent.body != before);
    CHECK(sent.headers.get("SC-Signature") == signature::hmac_sha256_hex(kToken, before));
}

TEST_CASE("lost answers climb the ladder like timeouts, and the journal says what was ignored") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    const Position position = bench.dispatcher.submit(faulty({.lost_answers = 3})).value();
    bench.run_to_the_end();

    const Delivery delivery = *bench.journal.at(position);
    CHECK(delivery.outcome == Outcome::kDelivered);
    CHECK(bench.instants(position) ==
          std::vector<base::Milliseconds>{seconds(0), seconds(40), seconds(40 + 65), seconds(105 + 115)});
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(delivery.attempts.at(i).answer ==
              fakes::failed(
                  Failure::Kind::kTimeout,
                  "the callback answered 200; the fault \"answer: lost\" ignored that as if it had come too late"));
    }
    CHECK(delivery.attempts.at(2).lost);
    CHECK(delivery.attempts.at(3).answer == answered(200));
    CHECK_FALSE(delivery.attempts.at(3).lost);
}

TEST_CASE("an answer that never came cannot be lost") {
    FakeTransport callback(
        {fakes::failed(Failure::Kind::kUnreachable, "127.0.0.1:3000: connection refused"), answered(200)});
    DeliveryBench bench(callback);
    const Position position = bench.dispatcher.submit(faulty({.lost_answers = 1})).value();
    bench.run_to_the_end();
    CHECK(bench.journal.at(position)->attempts.at(0).answer ==
          fakes::failed(Failure::Kind::kUnreachable, "127.0.0.1:3000: connection refused"));
    CHECK(bench.journal.at(position)->attempts.at(1).at == kStart + seconds(25));
}

TEST_CASE("duplicates are the first attempt's bytes again, each a delivery of its own") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    REQUIRE(bench.dispatcher.submit(faulty({.duplicates = 2})).ok());
    CHECK(bench.dispatcher.waiting() == 3);
    CHECK(bench.journal.find({.event_id = "event-1"}).deliveries.size() == 3);
    bench.run_what_is_due();

    const auto sent = callback.sent();
    REQUIRE(sent.size() == 3);
    CHECK(sent[0].request == sent[1].request);
    CHECK(sent[0].request == sent[2].request);
    for (const Delivery& delivery : bench.journal.find({.event_id = "event-1"}).deliveries) {
        CHECK(delivery.outcome == Outcome::kDelivered);
        REQUIRE(delivery.attempts.size() == 1);
        CHECK(delivery.attempts[0].delivery_id == bench.ids.uuid("delivery", "event-1", 1));
    }
}

TEST_CASE("a duplicate is not retried, its original is") {
    FakeTransport callback({answered(500), answered(500), answered(200)});
    DeliveryBench bench(callback);
    const Position original = bench.dispatcher.submit(faulty({.duplicates = 1})).value();
    bench.run_to_the_end();
    const auto deliveries = bench.journal.find({}).deliveries;
    REQUIRE(deliveries.size() == 2);
    CHECK(bench.instants(original) == std::vector<base::Milliseconds>{seconds(0), seconds(25)});
    CHECK(deliveries[0].outcome == Outcome::kDelivered);
    CHECK(deliveries[1].attempts.size() == 1);
    CHECK(deliveries[1].outcome == Outcome::kDropped);
}

TEST_CASE("a delay moves the first attempt, and the ladder with it") {
    FakeTransport callback({answered(500), answered(200)});
    DeliveryBench bench(callback);
    const Position position = bench.dispatcher.submit(faulty({.delay = seconds(5)})).value();
    bench.run_what_is_due();
    CHECK(callback.sent().empty());
    CHECK(bench.dispatcher.next_due() == kStart + seconds(5));
    bench.run_to_the_end();
    CHECK(bench.instants(position) == std::vector<base::Milliseconds>{seconds(5), seconds(30)});
}
