// Room, order, fairness and cancellation, with one thread: callbacks look at the dispatcher while they are being
// called.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "delivery/delivery_bench.h"
#include "delivery/dispatcher.h"

using namespace smartcar_sim;
using namespace smartcar_sim::delivery;
using fakes::answered;
using fakes::FakeTransport;
using std::chrono::seconds;

namespace {

constexpr base::Milliseconds kAtOnce{0};

void queue(DeliveryBench& bench, Event event) {
    const auto queued = bench.dispatcher.submit(std::move(event));
    REQUIRE(queued.ok());
}

}  // namespace

TEST_CASE("at its capacity the queue is full, and has room again after a delivery") {
    FakeTransport callback;
    DeliveryBench bench(callback, {.capacity = 2});
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "event-1")).ok());
    CHECK_FALSE(bench.dispatcher.full());
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "event-2")).ok());

    const auto full = bench.dispatcher.full();
    REQUIRE(full);
    CHECK(full->code == "queue_full");
    CHECK(full->message == "2 events are waiting for their callbacks already, of 2 at most; try again later");

    CHECK(bench.dispatcher.run_one());
    CHECK_FALSE(bench.dispatcher.full());
}

// What was let in has changed the platform already: losing a part of its events would leave half a story.
TEST_CASE("what was let in before the queue was full is queued whole") {
    FakeTransport callback;
    DeliveryBench bench(callback, {.capacity = 1});
    std::vector<Event> events;
    events.push_back(charging_started("webhook-1", "event-1"));
    events.push_back(charging_started("webhook-2", "event-2"));
    const auto queued = bench.dispatcher.submit(std::move(events));
    CHECK(queued.value().size() == 2);
    CHECK(bench.dispatcher.waiting() == 2);
    CHECK(bench.dispatcher.full());
}

TEST_CASE("of events submitted together all are queued or none") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    std::vector<Event> events;
    events.push_back(charging_started("webhook-1", "event-1"));
    events.push_back(charging_started("webhook-2", "event-2"));
    events.back().edits = {{.pointer = "/payload/nothing", .value = 1}};
    const auto queued = bench.dispatcher.submit(std::move(events));
    CHECK_FALSE(queued.ok());
    CHECK(bench.dispatcher.waiting() == 0);
    CHECK(bench.journal.find({}).deliveries.empty());
}

TEST_CASE("an event that waits for its retry and each duplicate take room") {
    FakeTransport callback({answered(500)});
    DeliveryBench bench(callback, {.capacity = 2});
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "event-1")).ok());
    bench.run_what_is_due();
    CHECK_FALSE(bench.dispatcher.full());
    Event twice = charging_started("webhook-1", "event-2");
    twice.fault.duplicates = 1;
    queue(bench, std::move(twice));
    CHECK(bench.dispatcher.waiting() == 3);
}

TEST_CASE("an attempt under way is counted apart from what waits") {
    std::vector<std::size_t> counts;
    DeliveryBench* running = nullptr;
    FakeTransport callback([&](const Outgoing&) {
        counts = {running->dispatcher.waiting(), running->dispatcher.under_way()};
        return answered(200);
    });
    DeliveryBench bench(callback);
    running = &bench;
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "event-1")).ok());
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "event-2")).ok());
    CHECK(bench.dispatcher.run_one());
    CHECK(counts == std::vector<std::size_t>{1, 1});
    CHECK(bench.dispatcher.under_way() == 0);
}

TEST_CASE("events of one webhook overlap, unless the lanes are ordered") {
    for (const bool ordered : {false, true}) {
        CAPTURE(ordered);
        bool overlapped = false;
        DeliveryBench* running = nullptr;
        FakeTransport callback([&](const Outgoing&) {
            overlapped = running->dispatcher.run_one() || overlapped;
            return answered(200);
        });
        DeliveryBench bench(callback, {.ordered = ordered});
        running = &bench;
        REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "event-1")).ok());
        REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "event-2")).ok());
        bench.run_what_is_due();
        CHECK(overlapped == !ordered);
        CHECK(callback.sent().size() == 2);
    }
}

TEST_CASE("ordered, a retry holds later events of its webhook back and no other's") {
    FakeTransport callback({answered(500), answered(200)});
    DeliveryBench bench(callback, {.ordered = true});
    const Position first = bench.dispatcher.submit(charging_started("webhook-1", "event-1")).value();
    const Position second = bench.dispatcher.submit(charging_started("webhook-1", "event-2")).value();
    const Position other = bench.dispatcher.submit(charging_started("webhook-2", "event-3")).value();
    bench.run_to_the_end();
    CHECK(bench.instants(first) == std::vector<base::Milliseconds>{seconds(0), seconds(25)});
    CHECK(bench.instants(second) == std::vector<base::Milliseconds>{seconds(25)});
    CHECK(bench.instants(other) == std::vector<base::Milliseconds>{seconds(0)});
}

TEST_CASE("cancelling drops what waits, duplicates included") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    Event twice = charging_started("webhook-1", "event-1");
    twice.fault.duplicates = 1;
    queue(bench, std::move(twice));
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-2", "event-2")).ok());

    SECTION("of one webhook") {
        bench.dispatcher.cancel({.webhook_id = "webhook-1"});
        CHECK(bench.dispatcher.waiting() == 1);
        bench.run_to_the_end();
        CHECK(callback.sent().size() == 1);
        const auto deliveries = bench.journal.find({}).deliveries;
        CHECK(deliveries.at(0).outcome == Outcome::kDropped);
        CHECK(deliveries.at(1).outcome == Outcome::kDropped);
        CHECK(deliveries.at(2).outcome == Outcome::kDelivered);
    }
    SECTION("of all") {
        bench.dispatcher.cancel({});
        CHECK(bench.dispatcher.waiting() == 0);
        CHECK(bench.dispatcher.next_due() == std::nullopt);
        for (const Delivery& delivery : bench.journal.find({}).deliveries) CHECK(delivery.outcome == Outcome::kDropped);
    }
}

TEST_CASE("an attempt under way when its webhook is cancelled ends, and is neither retried nor duplicated") {
    for (const int status : {500, 200}) {
        CAPTURE(status);
        DeliveryBench* running = nullptr;
        FakeTransport callback([&](const Outgoing&) {
            running->dispatcher.cancel({.webhook_id = "webhook-1"});
            return answered(status);
        });
        DeliveryBench bench(callback);
        running = &bench;
        Event twice = charging_started();
        twice.fault.duplicates = 1;
        queue(bench, std::move(twice));
        bench.run_to_the_end();
        CHECK(callback.sent().size() == 1);
        CHECK(bench.dispatcher.waiting() == 0);
        const auto deliveries = bench.journal.find({}).deliveries;
        CHECK(deliveries.at(0).outcome == (status == 200 ? Outcome::kDelivered : Outcome::kDropped));
        CHECK(deliveries.at(1).outcome == Outcome::kDropped);
        CHECK(bench.dispatcher.submit(charging_started()).ok());
    }
}

TEST_CASE("quiet means nothing under way and nothing due by then") {
    FakeTransport callback({answered(500), answered(200)});
    DeliveryBench bench(callback);
    CHECK(bench.dispatcher.wait_quiet(kStart, kAtOnce));
    REQUIRE(bench.dispatcher.submit(charging_started()).ok());
    CHECK_FALSE(bench.dispatcher.wait_quiet(kStart, kAtOnce));
    bench.run_what_is_due();
    CHECK(bench.dispatcher.wait_quiet(kStart + seconds(24), kAtOnce));
    CHECK_FALSE(bench.dispatcher.wait_quiet(kStart + seconds(25), kAtOnce));
}

TEST_CASE("a delivery is final after its last attempt") {
    FakeTransport callback({answered(500), answered(200)});
    DeliveryBench bench(callback);
    const Position position = bench.dispatcher.submit(charging_started()).value();
    bench.run_what_is_due();
    CHECK_FALSE(bench.dispatcher.wait_final(position, kAtOnce));
    bench.run_to_the_end();
    CHECK(bench.dispatcher.wait_final(position, kAtOnce));
}

TEST_CASE("the listener hears of work that can start sooner than before and of work left over, and of nothing else") {
    FakeTransport callback({answered(500)});
    DeliveryBench bench(callback);
    int heard = 0;
    bench.dispatcher.on_change([&] { ++heard; });
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "event-1")).ok());
    CHECK(heard == 1);
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "event-2")).ok());
    CHECK(heard == 1);  // whoever takes event-1 passes it on
    CHECK(bench.dispatcher.run_one());
    CHECK(heard == 2);
    CHECK(bench.dispatcher.run_one());
    CHECK(heard == 3);  // of the retry of event-1, whose sender is busy with event-2
    // Two retries wait; what comes before them is news, what comes after is not.
    bench.clock.advance_to(kStart + seconds(1));
    Event later = charging_started("webhook-2", "event-3");
    later.fault.delay = seconds(60);
    queue(bench, std::move(later));
    CHECK(heard == 3);
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-2", "event-4")).ok());
    CHECK(heard == 4);
}

// Whoever takes what is due may be busy with it for the whole timeout.
TEST_CASE("who takes an event tells of what falls due later") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    Event later = charging_started("webhook-1", "event-1");
    later.fault.delay = seconds(10);
    queue(bench, std::move(later));
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-2", "event-2")).ok());
    int heard = 0;
    bench.dispatcher.on_change([&] { ++heard; });
    REQUIRE(bench.dispatcher.run_one());
    CHECK(heard == 1);
}

// Two senders end at the same time, and two events wait: each of them takes one, nobody else need come.
TEST_CASE("the listener is not told of what those who ended an attempt will find") {
    DeliveryBench* running = nullptr;
    bool nested = false;
    FakeTransport callback([&](const Outgoing&) {
        if (!std::exchange(nested, true)) CHECK(running->dispatcher.run_one());
        return answered(200);
    });
    DeliveryBench bench(callback, {.senders = 4});  // two for one webhook
    running = &bench;
    int heard = 0;
    for (int i = 0; i < 4; ++i) {
        REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "event-" + std::to_string(i))).ok());
    }
    REQUIRE(bench.dispatcher.run_one());  // and, within it, another
    bench.dispatcher.on_change([&] { ++heard; });
    REQUIRE(bench.dispatcher.run_one());
    CHECK(heard == 0);  // the other who ended an attempt takes the last
}

TEST_CASE("the listener is left alone while a lane is at its limit") {
    DeliveryBench* running = nullptr;
    int heard = 0;
    int heard_before = 0;
    int heard_after = 0;
    FakeTransport callback([&](const Outgoing&) {
        heard_before = heard;
        CHECK(running->dispatcher.submit(charging_started("webhook-1", "event-2")).ok());
        heard_after = heard;
        return answered(200);
    });
    DeliveryBench bench(callback, {.senders = 1});
    running = &bench;
    bench.dispatcher.on_change([&] { ++heard; });
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "event-1")).ok());
    CHECK(bench.dispatcher.run_one());
    CHECK(heard_after == heard_before);
}

TEST_CASE("ordered, the listener hears of what a cancelled retry held back") {
    FakeTransport callback({answered(500)});
    DeliveryBench bench(callback, {.ordered = true});
    int heard = 0;
    bench.dispatcher.on_change([&] { ++heard; });
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "event-1")).ok());
    REQUIRE(bench.dispatcher.run_one());
    Event of_another = charging_started("webhook-1", "event-2");
    of_another.vehicle_id = "vehicle-2";
    queue(bench, std::move(of_another));
    CHECK(heard == 1);
    CHECK_FALSE(bench.dispatcher.run_one());
    bench.dispatcher.cancel({.webhook_id = "webhook-1", .vehicle_id = "vehicle-1"});
    CHECK(heard == 2);
    CHECK(bench.dispatcher.run_one());
}

TEST_CASE("the listener may call the dispatcher") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    bench.dispatcher.on_change([&] { bench.run_what_is_due(); });
    const Position position = bench.dispatcher.submit(charging_started()).value();
    CHECK(bench.journal.at(position)->outcome == Outcome::kDelivered);
}

TEST_CASE("a closed queue drops what waits and what comes later, at once") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    const Position before = bench.dispatcher.submit(charging_started("webhook-1", "event-1")).value();
    bench.dispatcher.close();
    const Position after = bench.dispatcher.submit(charging_started("webhook-1", "event-2")).value();
    for (const Position position : {before, after}) {
        CHECK(bench.dispatcher.wait_final(position, kAtOnce));
        CHECK(bench.journal.at(position)->outcome == Outcome::kDropped);
    }
    CHECK_FALSE(bench.dispatcher.run_one());
    CHECK(bench.dispatcher.waiting() == 0);
}

TEST_CASE("unless told otherwise the queue is full at 10,000 events, and one webhook has 16 senders") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    for (int i = 0; i < 9'999; ++i) {
        if (!bench.dispatcher.submit(charging_started("webhook-1", std::to_string(i))).ok()) FAIL("refused");
    }
    CHECK_FALSE(bench.dispatcher.full());
    REQUIRE(bench.dispatcher.submit(charging_started("webhook-1", "last")).ok());
    CHECK(bench.dispatcher.full());

    Lanes lanes(Dispatcher::Options{}.senders, false);
    std::vector<std::unique_ptr<Pending>> taken;
    for (Position position = 1; position <= 100; ++position) {
        lanes.add(std::make_unique<Pending>());
        if (auto next = lanes.take({})) taken.push_back(std::move(next));
    }
    CHECK(taken.size() == 16);
}
