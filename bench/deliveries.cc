// deliveries URL SENDERS SECONDS   sends events as the platform does: built, signed, queued, sent, journaled; twice as
//                                  many senders are there, of which one webhook holds half
// deliveries --body                prints the body of one of them, for the yardsticks to post
//
// The object graph is the one of app/instance.cc without its server. A feeder keeps the queue from running dry.

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

#include "app/workers.h"
#include "contract/delivery_headers.h"
#include "contract/message.h"
#include "delivery/dispatcher.h"
#include "http/client_transport.h"
#include "platform/development_values.h"
#include "store/memory_journal.h"

namespace {

using namespace smartcar_sim;

constexpr std::string_view kWebhookId = "5a8e5e38-1e12-4011-a36d-56f120053f9e";
constexpr std::string_view kVehicleId = "9af13248-3b73-4c9d-9a4b-d937ce6bc8e2";
// Enough that no sender waits for the feeder, few enough that a run ends promptly.
constexpr std::size_t kQueued = 256;

contract::Message charging_started(const std::string& event_id, base::Instant at) {
    const contract::Envelope envelope{.webhook_id = std::string(kWebhookId), .webhook_name = "Benchmark"};
    return contract::event_based(envelope, event_id, kVehicleId, "CHARGING_STARTED", at);
}

delivery::Event event(const base::Ids& ids, std::uint64_t ordinal, const base::Url& url, base::Instant at) {
    delivery::Event event;
    event.event_id = ids.uuid("event", kWebhookId, ordinal);
    event.webhook_id = kWebhookId;
    event.event_name = "CHARGING_STARTED";
    event.vehicle_id = kVehicleId;
    event.url = url;
    event.message = charging_started(event.event_id, at);
    event.headers = contract::delivery_headers(contract::Version::k2_0);
    event.retry = delivery::RetryPolicy::never();
    return event;
}

// Counts outcomes on their way into the journal.
class CountingJournal final : public delivery::Journal {
public:
    delivery::Position open(delivery::Delivery delivery) override { return kept_.open(std::move(delivery)); }
    void attempted(delivery::Position position, delivery::Attempt attempt, delivery::Outcome outcome) override {
        (attempt.succeeded() ? delivered : failed)++;
        kept_.attempted(position, std::move(attempt), outcome);
    }
    void dropped(delivery::Position position) override { kept_.dropped(position); }
    [[nodiscard]] delivery::Page find(const delivery::Query& query) const override { return kept_.find(query); }
    [[nodiscard]] std::optional<delivery::Delivery> at(delivery::Position position) const override {
        return kept_.at(position);
    }
    [[nodiscard]] std::optional<delivery::Delivery> with_attempt(const std::string& delivery_id) const override {
        return kept_.with_attempt(delivery_id);
    }
    void clear() override { kept_.clear(); }

    std::atomic<long> delivered{0};
    std::atomic<long> failed{0};

private:
    store::MemoryJournal kept_;
};

int measure(const base::Url& url, std::size_t senders, std::chrono::seconds duration) {
    const base::SystemClock wall;
    base::VirtualClock clock(wall);
    const base::Ids ids(1);
    http::ClientTransport transport{http::ClientTransport::Options{}};
    CountingJournal journal;
    delivery::Dispatcher dispatcher(
        clock, ids, transport, journal,
        base::Secret(std::string(platform::kDevelopmentToken), base::Secret::Origin::kInvented),
        {.senders = 2 * senders});
    app::Workers workers(dispatcher, clock, 2 * senders);
    dispatcher.on_change([&workers] { workers.wake(); });

    const auto start = std::chrono::steady_clock::now();
    for (std::uint64_t ordinal = 1; std::chrono::steady_clock::now() - start < duration; ++ordinal) {
        while (dispatcher.waiting() >= kQueued) std::this_thread::sleep_for(std::chrono::microseconds(500));
        if (!dispatcher.submit(event(ids, ordinal, url, clock.now()))) return 1;
    }
    dispatcher.wait_quiet(base::Instant::max(), base::Milliseconds(10'000));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    workers.stop();
    std::printf("{\"answered\":%ld,\"failed\":%ld,\"seconds\":%.6f}\n", journal.delivered.load(), journal.failed.load(),
                took.count());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::string(argv[1]) == "--body") {
        const base::Ids ids(1);
        std::cout << charging_started(ids.uuid("event", kWebhookId, 1), base::SystemClock().now()).render({});
        return 0;
    }
    const auto url = argc == 4 ? base::parse_url(argv[1]) : base::Error{"usage", "", {}};
    if (!url) {
        std::fputs("deliveries URL SENDERS SECONDS | deliveries --body\n", stderr);
        return 1;
    }
    return measure(url.value(), std::strtoul(argv[2], nullptr, 10), std::chrono::seconds(std::atoi(argv[3])));
}
