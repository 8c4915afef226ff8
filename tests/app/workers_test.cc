// The threads around the dispatcher. What they do is checked, never when.
#include "app/workers.h"

#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "catch.h"
#include "delivery/working_bench.h"
#include "fakes/gate.h"

using namespace smartcar_sim;
using namespace smartcar_sim::delivery;
using fakes::answered;
using fakes::FakeTransport;
using std::chrono::seconds;

TEST_CASE("no event is left lying while workers sleep, however many threads submit") {
    constexpr std::size_t kThreads = 4;
    constexpr std::size_t kEach = 100;
    FakeTransport callback;
    WorkingBench working(callback, 3);
    std::vector<std::thread> submitters;
    for (std::size_t thread = 0; thread < kThreads; ++thread) {
        submitters.emplace_back([&working, thread] {
            for (std::size_t i = 0; i < kEach; ++i) {
                const std::string id = std::to_string(thread) + "-" + std::to_string(i);
                static_cast<void>(working.bench.dispatcher.submit(charging_started("webhook-" + id, "event-" + id)));
            }
        });
    }
    for (std::thread& submitter : submitters) submitter.join();
    CHECK(working.bench.dispatcher.wait_quiet(working.bench.clock.now(), kPatience));
    CHECK(callback.sent().size() == kThreads * kEach);
}

TEST_CASE("each single event wakes a sleeping worker") {
    FakeTransport callback;
    WorkingBench working(callback, 2);
    for (int i = 0; i < 200; ++i) {
        const auto position = working.bench.dispatcher.submit(charging_started());
        REQUIRE(position.ok());
        REQUIRE(working.bench.dispatcher.wait_final(position.value(), kPatience));
    }
}

TEST_CASE("a retry is made when the clock has been moved to it, and not before") {
    FakeTransport callback({answered(500), answered(200)});
    WorkingBench working(callback, 2);
    const auto position = working.bench.dispatcher.submit(charging_started());
    REQUIRE(position.ok());
    REQUIRE(working.bench.dispatcher.wait_quiet(kStart, kPatience));
    CHECK(callback.sent().size() == 1);

    working.bench.clock.advance_to(kStart + std::chrono::seconds(25));
    working.workers->wake_all();
    CHECK(working.bench.dispatcher.wait_final(position.value(), kPatience));
    CHECK(callback.sent().size() == 2);
}

TEST_CASE("on a running clock a retry is made by itself when it falls due") {
    FakeTransport callback({answered(500), answered(200)});
    WorkingBench working(callback, 2);
    working.bench.clock.resume();
    Event event = charging_started();
    event.retry.waits = {base::Milliseconds(1)};
    const auto position = working.bench.dispatcher.submit(std::move(event));
    REQUIRE(position.ok());
    CHECK(working.bench.dispatcher.wait_final(position.value(), kPatience));
    CHECK(callback.sent().size() == 2);
}

TEST_CASE("as many events are under way as threads were allowed, each on its own") {
    constexpr std::size_t kMost = 3;
    std::mutex mutex;
    std::set<std::thread::id> seen;
    Gate gate;
    FakeTransport callback([&](const Outgoing&) {
        {
            const std::lock_guard lock(mutex);
            seen.insert(std::this_thread::get_id());
        }
        gate.pass();
        return answered(200);
    });
    WorkingBench working(callback, kMost);
    for (int i = 0; i < 10; ++i) {
        static_cast<void>(working.bench.dispatcher.submit(charging_started("webhook-" + std::to_string(i), "event")));
    }
    CHECK(gate.reached(kMost));
    CHECK(working.bench.dispatcher.under_way() == kMost);
    gate.open();
    CHECK(working.bench.dispatcher.wait_quiet(working.bench.clock.now(), kPatience));
    CHECK(seen.size() == kMost);
}

// The one who knows when the retry is due takes an event, and its callback hangs: somebody else has to be there.
TEST_CASE("a retry is made in time while the sender that waited for it is held up elsewhere") {
    Gate gate;
    FakeTransport callback([&](const Outgoing& outgoing) {
        if (outgoing.url.host == "hangs") gate.pass();
        return answered(outgoing.url.host == "fails" ? 500 : 200);
    });
    WorkingBench working(callback, 4);
    Event failing = charging_started("webhook-1", "event-1");
    failing.url.host = "fails";
    failing.retry.waits = {seconds(25)};
    const auto retried = working.bench.dispatcher.submit(std::move(failing));
    CHECK(working.bench.dispatcher.wait_quiet(kStart, kPatience));

    Event hanging = charging_started("webhook-2", "event-2");
    hanging.url.host = "hangs";
    static_cast<void>(working.bench.dispatcher.submit(std::move(hanging)));
    CHECK(gate.reached());
    working.bench.clock.advance_to(kStart + seconds(26));
    working.workers->wake_all();
    CHECK(working.bench.dispatcher.wait_final(retried.value(), kPatience));
    const auto later = working.bench.dispatcher.submit(charging_started("webhook-3", "event-3"));
    CHECK(working.bench.dispatcher.wait_final(later.value(), kPatience));
    gate.open();
}

TEST_CASE("stop waits for the attempt under way and makes no other") {
    Gate gate;
    FakeTransport callback([&gate](const Outgoing&) {
        gate.pass();
        return answered(200);
    });
    WorkingBench working(callback, 1);
    const auto first = working.bench.dispatcher.submit(charging_started("webhook-1", "event-1"));
    const auto second = working.bench.dispatcher.submit(charging_started("webhook-1", "event-2"));
    REQUIRE(first.ok());
    REQUIRE(second.ok());
    REQUIRE(gate.reached());
    working.workers->take_no_more();
    gate.open();
    working.workers->stop();
    CHECK(working.bench.journal.at(first.value())->outcome == Outcome::kDelivered);
    CHECK(working.bench.journal.at(second.value())->outcome == Outcome::kPending);
    CHECK(callback.sent().size() == 1);
}

TEST_CASE("workers may be stopped twice, and by going out of scope") {
    FakeTransport callback;
    WorkingBench working(callback, 2);
    working.workers->stop();
    working.workers->stop();
    const auto position = working.bench.dispatcher.submit(charging_started());
    REQUIRE(position.ok());
    CHECK(callback.sent().empty());
}
