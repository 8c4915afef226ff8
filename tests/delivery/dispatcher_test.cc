// One event from submit() to its outcome, without waiting.
#include "delivery/dispatcher.h"

#include <set>
#include <string>

#include "catch.h"
#include "delivery/delivery_bench.h"
#include "document/value.h"
#include "signature/hmac.h"

using namespace smartcar_sim;
using namespace smartcar_sim::delivery;
using fakes::answered;
using fakes::FakeTransport;
using std::chrono::seconds;

namespace {

std::string signature_of(const Outgoing& outgoing) {
    return std::string(outgoing.request.headers.get("SC-Signature").value_or("none"));
}

std::vector<base::Milliseconds> after(std::initializer_list<int> instants) {
    std::vector<base::Milliseconds> all;
    for (const int instant : instants) all.emplace_back(seconds(instant));
    return all;
}

}  // namespace

TEST_CASE("an event is posted to its URL, signed over exactly its bytes, and journaled") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    const Position position = bench.dispatcher.submit(charging_started()).value();
    CHECK(bench.journal.at(position)->outcome == Outcome::kPending);
    CHECK(bench.dispatcher.waiting() == 1);
    bench.run_what_is_due();

    REQUIRE(callback.sent().size() == 1);
    const Outgoing sent = callback.sent().front();
    CHECK(sent.request.method == "POST");
    CHECK(sent.request.target == "/webhooks");
    CHECK(sent.request.body == "{\"eventName\":\"eventBased\"}");
    CHECK(sent.timeout == seconds(15));
    CHECK(sent.reuse == Outgoing::Reuse::kKeepAlive);

    // "SC-Signature" in this spelling, after what the contract asks for.
    contract::Headers headers = contract::delivery_headers(contract::Version::k2_0);
    headers.add("SC-Signature", signature::hmac_sha256_hex(kToken, sent.request.body));
    CHECK(sent.request.headers == headers);

    const Delivery delivery = *bench.journal.at(position);
    CHECK(delivery.outcome == Outcome::kDelivered);
    CHECK(delivery.event_id == "event-1");
    CHECK(delivery.webhook_id == "webhook-1");
    CHECK(delivery.event_name == "CHARGING_STARTED");
    CHECK(delivery.vehicle_id == "vehicle-1");
    REQUIRE(delivery.attempts.size() == 1);
    CHECK(delivery.attempts[0].request == sent.request);
    CHECK(delivery.attempts[0].answer == answered(200));
    CHECK(delivery.attempts[0].at == kStart);
    CHECK(delivery.attempts[0].took == base::Milliseconds(1));
    CHECK(bench.dispatcher.waiting() == 0);
    CHECK(bench.dispatcher.next_due() == std::nullopt);
}

TEST_CASE("a whole ladder of answered failures: waits of 25, 50 and 100 s, then dropped") {
    FakeTransport callback({answered(500), answered(302), answered(410), answered(404)});
    DeliveryBench bench(callback);
    const Position position = bench.dispatcher.submit(charging_started()).value();
    bench.run_to_the_end();
    CHECK(bench.instants(position) == after({0, 25, 75, 175}));
    CHECK(bench.journal.at(position)->outcome == Outcome::kDropped);
    CHECK(callback.sent().size() == 4);
}

TEST_CASE("a timeout costs exactly the timeout, an answer nothing") {
    FakeTransport callback(
        {fakes::failed(Failure::Kind::kTimeout), answered(500), fakes::failed(Failure::Kind::kTimeout), answered(204)});
    DeliveryBench bench(callback);
    const Position position = bench.dispatcher.submit(charging_started()).value();
    bench.run_to_the_end();
    CHECK(bench.instants(position) == after({0, 15 + 25, 40 + 50, 90 + 15 + 100}));
    CHECK(bench.journal.at(position)->outcome == Outcome::kDelivered);
}

TEST_CASE("on a clock that moved while an attempt timed out, the wait counts from the later instant") {
    DeliveryBench* running = nullptr;
    FakeTransport callback([&](const Outgoing&) {
        running->clock.advance_to(kStart + seconds(16));
        return fakes::failed(Failure::Kind::kTimeout);
    });
    DeliveryBench bench(callback);
    running = &bench;
    REQUIRE(bench.dispatcher.submit(charging_started()).ok());
    CHECK(bench.dispatcher.run_one());
    CHECK(bench.dispatcher.next_due() == kStart + seconds(16 + 25));
}

TEST_CASE("refused connections and resets cost no time either") {
    FakeTransport callback(
        {fakes::failed(Failure::Kind::kUnreachable), fakes::failed(Failure::Kind::kReset), answered(200)});
    DeliveryBench bench(callback);
    const Position position = bench.dispatcher.submit(charging_started()).value();
    bench.run_to_the_end();
    CHECK(bench.instants(position) == after({0, 25, 75}));
}

TEST_CASE("an event that may not be retried is sent once") {
    FakeTransport callback({answered(500)});
    DeliveryBench bench(callback);
    Event event = charging_started();
    event.retry = RetryPolicy::never();
    const Position position = bench.dispatcher.submit(std::move(event)).value();
    bench.run_to_the_end();
    CHECK(callback.sent().size() == 1);
    CHECK(bench.journal.at(position)->outcome == Outcome::kDropped);
}

TEST_CASE("a 2.0 retry repeats the same bytes and signature, under another delivery id in the journal") {
    FakeTransport callback({answered(500), answered(200)});
    DeliveryBench bench(callback);
    const Position position = bench.dispatcher.submit(charging_started()).value();
    bench.run_to_the_end();
    const auto sent = callback.sent();
    REQUIRE(sent.size() == 2);
    CHECK(sent[0].request == sent[1].request);
    const auto attempts = bench.journal.at(position)->attempts;
    CHECK(attempts[0].delivery_id == bench.ids.uuid("delivery", "event-1", 1));
    CHECK(attempts[1].delivery_id == bench.ids.uuid("delivery", "event-1", 2));
}

TEST_CASE("a 4.0 retry keeps the event id and changes delivery id, delivery time and signature") {
    FakeTransport callback({answered(500), answered(200)});
    DeliveryBench bench(callback);
    const Position position = bench.dispatcher.submit(vehicle_state()).value();
    bench.run_to_the_end();
    const auto sent = callback.sent();
    const auto attempts = bench.journal.at(position)->attempts;
    REQUIRE(sent.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CAPTURE(i, sent[i].request.body);
        const std::string delivered_at = std::to_string(attempts[i].at.time_since_epoch().count());
        CHECK(sent[i].request.body.find("\"eventId\":\"event-1\"") != std::string::npos);
        CHECK(sent[i].request.body.find("\"deliveryId\":\"" + attempts[i].delivery_id + "\"") != std::string::npos);
        CHECK(sent[i].request.body.find("\"deliveredAt\":" + delivered_at) != std::string::npos);
        CHECK(signature_of(sent[i]) == signature::hmac_sha256_hex(kToken, sent[i].request.body));
    }
    CHECK(attempts[1].at == kStart + seconds(25));
    CHECK(signature_of(sent[0]) != signature_of(sent[1]));
}

TEST_CASE("the same seed gives the same bytes, another seed others") {
    const auto bytes = [](std::uint64_t seed) {
        FakeTransport callback({answered(500), answered(503), answered(200)});
        DeliveryBench bench(callback, {}, seed);
        REQUIRE(bench.dispatcher.submit(vehicle_state("event-1")).ok());
        REQUIRE(bench.dispatcher.submit(vehicle_state("event-2")).ok());
        bench.run_to_the_end();
        std::multiset<std::string> bodies;
        for (const Outgoing& sent : callback.sent()) bodies.insert(sent.request.body + signature_of(sent));
        return bodies;
    };
    CHECK(bytes(7) == bytes(7));
    CHECK(bytes(7) != bytes(8));
}

TEST_CASE("edits change the body before it is signed") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    Event event = charging_started();
    event.edits = {{.pointer = "/eventName", .value = "schedule"}};
    const auto queued = bench.dispatcher.submit(std::move(event));
    REQUIRE(queued.ok());
    bench.run_what_is_due();
    const Outgoing sent = callback.sent().at(0);
    CHECK(sent.request.body == "{\"eventName\":\"schedule\"}");
    CHECK(signature_of(sent) == signature::hmac_sha256_hex(kToken, sent.request.body));
}

TEST_CASE("an edit that matches nothing is refused at once, and nothing is queued") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    Event event = charging_started();
    event.edits = {{.pointer = "/payload/eventType", .value = "x"}};
    const auto expected = contract::apply(event.edits, R"({"eventName":"eventBased"})");
    const auto submitted = bench.dispatcher.submit(std::move(event));
    REQUIRE_FALSE(submitted.ok());
    CHECK(submitted.error() == expected.error());
    CHECK(bench.journal.find({}).deliveries.empty());
    CHECK(bench.dispatcher.waiting() == 0);
}

TEST_CASE("a signature among the event's headers gives way to that of the bytes sent") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    Event resent = charging_started();
    resent.headers.add("sc-signature", "stale");
    resent.delivery_id = "11111111-2222-3333-4444-555555555555";
    const Position position = bench.dispatcher.submit(std::move(resent)).value();
    bench.run_what_is_due();
    const Outgoing sent = callback.sent().at(0);
    CHECK(sent.request.headers.count("SC-Signature") == 1);
    CHECK(signature_of(sent) == signature::hmac_sha256_hex(kToken, sent.request.body));
    CHECK(bench.journal.at(position)->attempts.at(0).delivery_id == "11111111-2222-3333-4444-555555555555");
}

TEST_CASE("a retry is signed with the key of its time") {
    FakeTransport callback({answered(500), answered(200)});
    DeliveryBench bench(callback);
    REQUIRE(bench.dispatcher.submit(charging_started()).ok());
    bench.run_what_is_due();
    bench.dispatcher.set_token(base::Secret("rotated", base::Secret::Origin::kInvented));
    bench.run_to_the_end();
    const auto sent = callback.sent();
    CHECK(signature_of(sent.at(0)) == signature::hmac_sha256_hex(kToken, sent.at(0).request.body));
    CHECK(signature_of(sent.at(1)) == signature::hmac_sha256_hex("rotated", sent.at(1).request.body));
}

TEST_CASE("the body that fits in 50 KiB is sent, one byte more is refused") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    Event event = charging_started();
    event.message = contract::Message(std::string(51'200, 'x'));
    CHECK(bench.dispatcher.submit(event).ok());

    event.message = contract::Message(std::string(51'201, 'x'));
    const auto refused = bench.dispatcher.submit(event);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == "body_too_large");
    CHECK(refused.error().message ==
          "the body is 51201 bytes, and Smartcar sends at most 50 KB (51200 bytes); leave some signals out");

    SECTION("unless the bytes were chosen on purpose") {
        event.size = BodySize::kAny;
        CHECK(bench.dispatcher.submit(event).ok());
    }
    SECTION("unless it is a forgery") {
        event.fault.signature = fault::SignatureFault::kWrongKey;
        CHECK(bench.dispatcher.submit(event).ok());
    }
}
