// The dispatcher under real threads. What they do is checked, never when.
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "catch.h"
#include "delivery/dispatcher.h"
#include "delivery/working_bench.h"

using namespace smartcar_sim;
using namespace smartcar_sim::delivery;
using fakes::answered;
using fakes::FakeTransport;
using std::chrono::seconds;

TEST_CASE("eight threads deliver a thousand events, each exactly once") {
    FakeTransport callback;
    WorkingBench working(callback, 8);
    DeliveryBench& bench = working.bench;
    std::vector<std::thread> submitters;
    submitters.reserve(4);
    for (int submitter = 0; submitter < 4; ++submitter) {
        submitters.emplace_back([&bench, submitter] {
            for (int i = 0; i < 250; ++i) {
                const std::string event_id = std::to_string(submitter) + "-" + std::to_string(i);
                const auto submitted =
                    bench.dispatcher.submit(charging_started("webhook-" + std::to_string(i % 5), event_id));
                if (!submitted.ok()) std::abort();
            }
        });
    }
    for (std::thread& submitter : submitters) submitter.join();
    REQUIRE(bench.dispatcher.wait_quiet(kStart, kPatience));
    // Quiet means filed: nothing is pending in the journal any more.
    for (const Delivery& delivery : bench.journal.find({.limit = 1'000}).deliveries) {
        REQUIRE(delivery.outcome == Outcome::kDelivered);
        REQUIRE(delivery.attempts.size() == 1);
    }
    CHECK(callback.sent().size() == 1'000);
    CHECK(bench.journal.find({.limit = 2'000}).deliveries.size() == 1'000);
    CHECK(bench.dispatcher.waiting() == 0);
}

TEST_CASE("eight threads climb a thousand ladders to the same bytes as one thread") {
    const auto bodies = [](std::size_t threads) {
        std::mutex mutex;
        std::map<std::string, int> tries;
        // Fails each event twice, whatever the order.
        FakeTransport callback([&](const Outgoing& outgoing) {
            const auto at = outgoing.request.body.find(R"("eventId":")") + 11;
            const std::string event_id = outgoing.request.body.substr(at, outgoing.request.body.find('"', at) - at);
            const std::lock_guard lock(mutex);
            return answered(++tries[event_id] <= 2 ? 500 : 200);
        });
        WorkingBench working(callback, threads);
        DeliveryBench& bench = working.bench;
        for (int i = 0; i < 1'000; ++i) {
            REQUIRE(bench.dispatcher.submit(vehicle_state("event-" + std::to_string(i))).ok());
        }
        for (const int instant : {0, 25, 75}) {
            bench.clock.advance_to(kStart + seconds(instant));
            working.workers->wake_all();
            REQUIRE(bench.dispatcher.wait_quiet(bench.clock.now(), kPatience));
        }
        REQUIRE(bench.dispatcher.waiting() == 0);
        std::multiset<std::string> sent;
        for (const Outgoing& outgoing : callback.sent()) {
            sent.insert(outgoing.request.body + std::string(*outgoing.request.headers.get("SC-Signature")));
        }
        REQUIRE(sent.size() == 3'000);
        return sent;
    };
    CHECK(bodies(8) == bodies(1));
}

TEST_CASE("callbacks that hang do not keep another webhook waiting") {
    std::mutex mutex;
    std::condition_variable released;
    bool open = false;
    FakeTransport callback([&](const Outgoing& outgoing) {
        if (outgoing.url.port == 3000) {
            std::unique_lock lock(mutex);
            released.wait(lock, [&] { return open; });
        }
        return answered(200);
    });
    WorkingBench working(callback, Dispatcher::Options{}.senders);
    DeliveryBench& bench = working.bench;
    for (int i = 0; i < 60; ++i) {
        const std::string hanging = "hanging-" + std::to_string(i % 3);
        REQUIRE(bench.dispatcher.submit(charging_started(hanging, "event-" + std::to_string(i))).ok());
    }
    for (int i = 0; i < 20; ++i) {
        Event event = charging_started("prompt", "other-" + std::to_string(i));
        event.url.port = 4000;
        const Position position = bench.dispatcher.submit(std::move(event)).value();
        CHECK(bench.dispatcher.wait_final(position, kPatience));
    }
    {
        const std::lock_guard lock(mutex);
        open = true;
    }
    released.notify_all();
    CHECK(bench.dispatcher.wait_quiet(kStart, kPatience));
    CHECK(callback.sent().size() == 80);
}

TEST_CASE("whoever waits for a delivery is woken by its end, and finds it filed") {
    FakeTransport callback;
    WorkingBench working(callback, 2);
    DeliveryBench& bench = working.bench;
    for (int i = 0; i < 200; ++i) {
        const Position position = bench.dispatcher.submit(charging_started("webhook-1", std::to_string(i))).value();
        REQUIRE(bench.dispatcher.wait_final(position, kPatience));
        REQUIRE(bench.journal.at(position)->outcome == Outcome::kDelivered);
    }
}

TEST_CASE("cancelling while attempts are made leaves nothing behind") {
    FakeTransport callback({answered(500)});
    WorkingBench working(callback, 4);
    DeliveryBench& bench = working.bench;
    for (int i = 0; i < 300; ++i) {
        REQUIRE(bench.dispatcher.submit(charging_started("webhook-" + std::to_string(i % 3), std::to_string(i))).ok());
        if (i % 10 == 0) bench.dispatcher.cancel({.webhook_id = "webhook-1"});
        if (i % 50 == 0) bench.dispatcher.cancel({});
    }
    REQUIRE(bench.dispatcher.wait_quiet(kStart, kPatience));
    bench.dispatcher.cancel({});
    CHECK(bench.dispatcher.waiting() == 0);
    for (const Delivery& delivery : bench.journal.find({.limit = 300}).deliveries) {
        REQUIRE(delivery.outcome == Outcome::kDropped);
    }
}
