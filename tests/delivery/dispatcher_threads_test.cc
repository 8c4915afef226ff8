// The dispatcher under real threads. What they do is checked, never when.
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
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

constexpr base::Milliseconds kPatience = seconds(30);  // never reached by a correct dispatcher

// Threads as app/ has them: they sleep until the listener says that there may be work.
class Senders {
public:
    Senders(Dispatcher& dispatcher, std::size_t count) : dispatcher_(dispatcher) {
        dispatcher.on_change([this] { wake(); });
        for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
    }
    ~Senders() {
        stopping_ = true;
        wake();
        for (std::thread& thread : threads_) thread.join();
    }
    Senders(const Senders&) = delete;
    Senders& operator=(const Senders&) = delete;

    void wake() {
        {
            const std::lock_guard lock(mutex_);
            ++changes_;
        }
        changed_.notify_all();
    }

private:
    void work() {
        while (!stopping_) {
            std::unique_lock lock(mutex_);
            const int seen = changes_;
            lock.unlock();
            if (dispatcher_.run_one()) continue;
            lock.lock();
            changed_.wait(lock, [&] { return stopping_ || changes_ != seen; });
        }
    }

    Dispatcher& dispatcher_;
    std::mutex mutex_;
    std::condition_variable changed_;
    int changes_ = 0;  // guarded by mutex_
    std::atomic<bool> stopping_{false};
    std::vector<std::thread> threads_;
};

}  // namespace

TEST_CASE("eight threads deliver a thousand events, each exactly once") {
    FakeTransport callback;
    DeliveryBench bench(callback);
    {
        Senders senders(bench.dispatcher, 8);
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
        DeliveryBench bench(callback);
        {
            Senders senders(bench.dispatcher, threads);
            for (int i = 0; i < 1'000; ++i) {
                REQUIRE(bench.dispatcher.submit(vehicle_state("event-" + std::to_string(i))).ok());
            }
            for (const int instant : {0, 25, 75}) {
                bench.clock.advance_to(kStart + seconds(instant));
                senders.wake();
                REQUIRE(bench.dispatcher.wait_quiet(bench.clock.now(), kPatience));
            }
            REQUIRE(bench.dispatcher.waiting() == 0);
        }
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
    DeliveryBench bench(callback);
    Senders senders(bench.dispatcher, Dispatcher::Options{}.senders);
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
    DeliveryBench bench(callback);
    Senders senders(bench.dispatcher, 2);
    for (int i = 0; i < 200; ++i) {
        const Position position = bench.dispatcher.submit(charging_started("webhook-1", std::to_string(i))).value();
        REQUIRE(bench.dispatcher.wait_final(position, kPatience));
        REQUIRE(bench.journal.at(position)->outcome == Outcome::kDelivered);
    }
}

TEST_CASE("cancelling while attempts are made leaves nothing behind") {
    FakeTransport callback({answered(500)});
    DeliveryBench bench(callback);
    Senders senders(bench.dispatcher, 4);
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
