// How an instance ends: what is under way, what waits, who waits for it.
#include "app/instance.h"

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <thread>

#include "app/an_instance.h"
#include "app/api_client.h"
#include "catch.h"
#include "fakes/gate.h"
#include "fakes/live_callback.h"
#include "http/server.h"

using namespace smartcar_sim;
using namespace smartcar_sim::app;

namespace {

// A callback that verifies and then holds every event at a gate.
class HangingCallback {
public:
    HangingCallback() {
        auto started = http::Server::start({}, [this](const contract::Request&) {
            gate.pass();
            return contract::Response{};
        });
        REQUIRE(started.ok());
        server_ = std::move(started).value();
    }
    ~HangingCallback() { gate.open(); }
    HangingCallback(const HangingCallback&) = delete;
    HangingCallback& operator=(const HangingCallback&) = delete;

    [[nodiscard]] std::string url() const { return server_->origin() + "/webhooks"; }

    Gate gate;

private:
    std::unique_ptr<http::Server> server_;
};

// An instance with one event on its way to the callback.
std::unique_ptr<Instance> sending_to(const std::string& callback) {
    std::unique_ptr<Instance> instance = an_instance();
    platform::Platform& platform = instance->platform();
    const document::Value wanted(document::Object{{"callbackUri", callback}});
    const auto settings = platform::parse_webhook(wanted, platform.configuration()).value();
    const std::string id = platform.create_webhook(settings).id;
    REQUIRE(platform.record_verification(id, settings.callback, platform::Verified::kYes).ok());
    platform::Fired fired;
    fired.effects.push_back(platform.test_payload(id).value());
    const auto submitted = instance->simulation().submit(std::move(fired));
    REQUIRE(submitted.ok());
    return instance;
}

}  // namespace

TEST_CASE("an attempt under way may end within the grace") {
    HangingCallback callback;
    const auto instance = sending_to(callback.url());
    REQUIRE(callback.gate.reached());
    auto stopped = std::async(std::launch::async, [&] { return instance->stop(std::chrono::seconds(60)); });
    callback.gate.open();
    CHECK(stopped.get().empty());
    CHECK(instance->journal().find({}).deliveries.front().outcome == delivery::Outcome::kDelivered);
}

TEST_CASE("an attempt that does not end within the grace is cut, and its delivery reported") {
    HangingCallback callback;
    const auto instance = sending_to(callback.url());
    REQUIRE(callback.gate.reached());
    const auto unfinished = instance->stop(base::Milliseconds(0));
    REQUIRE(unfinished.size() == 1);
    CHECK(unfinished.front().event_name == "CHARGING_STARTED");
    REQUIRE(unfinished.front().attempts.size() == 1);
    const auto* failure = std::get_if<delivery::Failure>(&unfinished.front().attempts.front().answer);
    REQUIRE(failure != nullptr);
    CHECK(failure->detail.ends_with("called off"));
}

// It was once cut at once, and the callback was blamed for it.
TEST_CASE("a verification under way may end within the grace") {
    HangingCallback callback;
    const auto instance = an_instance();
    const document::Value wanted(document::Object{{"callbackUri", callback.url()}});
    const auto settings = platform::parse_webhook(wanted, instance->platform().configuration()).value();
    const std::string id = instance->platform().create_webhook(settings).id;
    auto verifying = std::async(std::launch::async, [&] { return instance->simulation().verify(id); });
    REQUIRE(callback.gate.reached());
    auto stopped = std::async(std::launch::async, [&] { return instance->stop(std::chrono::seconds(60)); });
    callback.gate.open();
    CHECK(stopped.get().empty());
    CHECK(verifying.get().value().verdict.reason == "not-json");  // it answered
}

// An event that came after the others had been dropped waited for a sender that was gone.
TEST_CASE("events that come during the stop do not hold it up") {
    const auto instance = an_instance();
    fakes::LiveCallback callback;
    ApiClient api(instance->origin());
    const Answered added = api.post("/_sim/webhooks", R"({"callbackUri":")" + callback.url() + "\"}");
    const std::string test = "/_sim/webhooks/" + added.text("/id") + "/test?wait=60s";
    REQUIRE(api.post("/_sim/webhooks/" + added.text("/id") + "/verify", "").status == 200);
    std::promise<void> sending;
    auto client = std::async(std::launch::async, [&] {
        sending.set_value();
        http::ClientTransport transport{{}};
        delivery::Outgoing outgoing;
        outgoing.url = base::parse_url(instance->origin() + test).value();
        outgoing.request.method = "POST";
        outgoing.request.target = test;
        while (std::holds_alternative<contract::Response>(transport.exchange(outgoing).answer)) {
        }
    });
    sending.get_future().wait();
    const auto before = std::chrono::steady_clock::now();
    instance->stop(std::chrono::seconds(1));
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(30));
    client.wait();
}

// It stopped short, an hour before its target, when an event was submitted between two looks at the queue.
TEST_CASE("a move of the clock arrives whatever comes meanwhile") {
    fakes::LiveCallback callback;
    const auto instance = an_instance();
    ApiClient api(instance->origin());
    const Answered added = api.post("/_sim/webhooks", R"({"callbackUri":")" + callback.url() + "\"}");
    const std::string id = added.text("/id");
    REQUIRE(api.post("/_sim/webhooks/" + id + "/verify", "").status == 200);
    std::atomic<bool> enough{false};
    std::thread sender([&] {
        while (!enough) {
            platform::Fired fired;
            fired.effects.push_back(instance->platform().test_payload(id).value());
            const auto sent = instance->simulation().submit(std::move(fired));
            if (!sent.ok()) std::abort();
            instance->simulation().wait_final(sent.value().queued, std::chrono::seconds(30));
        }
    });
    for (int i = 0; i < 200; ++i) {
        const auto moved = instance->simulation().advance(std::chrono::hours(1), std::chrono::seconds(30));
        CHECK(moved.value().now >= moved.value().target);
    }
    enough = true;
    sender.join();
}

// stop() used to stop the server first, which waits for its handlers, one of which waited for an outcome: a minute.
TEST_CASE("a request that waits for an outcome does not hold the stop up") {
    HangingCallback callback;
    const auto instance = sending_to(callback.url());
    REQUIRE(callback.gate.reached());
    auto waiting = std::async(std::launch::async, [&] {
        http::ClientTransport client{{}};
        delivery::Outgoing outgoing;
        outgoing.url = base::parse_url(instance->origin() + "/_sim/deliveries?wait=60s").value();
        outgoing.request.method = "GET";
        outgoing.request.target = outgoing.url.target;
        outgoing.timeout = std::chrono::seconds(90);
        return client.exchange(outgoing).took;
    });
    // Its arrival cannot be seen from here; whether it comes before or during the stop, it must not take the minute.
    instance->stop(base::Milliseconds(0));
    CHECK(waiting.get() < std::chrono::seconds(30));
}

TEST_CASE("an answer that a fault slows does not hold the stop up, nor another answer") {
    const auto instance = an_instance();
    fault::ApiFault slow{.endpoint = "/nowhere", .answer = fault::BareAnswer{.status = 503}};
    slow.latency = fault::kLongestLatency;
    REQUIRE(instance->simulation().api_faults().add(slow).ok());
    auto slowed = std::async(std::launch::async, [&] { return ApiClient(instance->origin()).get("/v2.0/nowhere"); });
    const auto is_met = [&] { return instance->simulation().api_faults().all().front().applied == 1; };
    ApiClient other(instance->origin());
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!is_met() && std::chrono::steady_clock::now() < limit) CHECK(other.get("/_sim/health").status == 200);
    REQUIRE(is_met());
    CHECK(other.get("/v2.0/vehicles").status == 401);
    CHECK(slowed.wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
    instance->stop(std::chrono::seconds(30));
    CHECK(slowed.get().status == 503);
}

TEST_CASE("an instance that is called off slows no answer any more") {
    const auto instance = an_instance();
    fault::ApiFault slow{.endpoint = "*", .answer = fault::BareAnswer{.status = 503}};
    slow.latency = fault::kLongestLatency;
    REQUIRE(instance->simulation().api_faults().add(slow).ok());
    instance->abort();
    CHECK(ApiClient(instance->origin()).get("/v2.0/nowhere").status == 503);
}

TEST_CASE("a delivery that waits for its next attempt is reported and not tried again") {
    int asked = 0;
    const auto refusing = http::Server::start({}, [&asked](const contract::Request&) {
        ++asked;
        return contract::Response{.status = 500, .headers = {}, .body = {}};
    });
    REQUIRE(refusing.ok());
    const auto instance = sending_to(refusing.value()->origin());
    const auto advanced = instance->simulation().advance(std::chrono::seconds(25), std::chrono::seconds(30));
    REQUIRE(advanced.ok());
    const auto unfinished = instance->stop(std::chrono::seconds(30));
    REQUIRE(unfinished.size() == 1);
    CHECK(unfinished.front().attempts.size() == 2);
    CHECK(asked == 2);
}

TEST_CASE("an instance may be stopped twice, and answers no more") {
    const auto instance = an_instance();
    const base::Url origin = base::parse_url(instance->origin()).value();
    CHECK(ApiClient(instance->origin()).get("/_sim/health").status == 200);
    CHECK(instance->stop(base::Milliseconds(0)).empty());
    CHECK(instance->stop(base::Milliseconds(0)).empty());
    CHECK(http::ClientTransport({}).obstacle(origin).has_value());
}

TEST_CASE("a port that is taken is an error before anything runs") {
    const auto first = an_instance();
    InstanceOptions options = instance_options();
    options.listen->port = base::parse_url(first->origin()).value().port;
    const auto second = Instance::start(std::move(options));
    REQUIRE(!second.ok());
    CHECK(second.error().code == "port_taken");
}

// Once its own origin answered 403.
TEST_CASE("the address an instance listens on is a host of its own") {
    InstanceOptions options = instance_options();
    options.listen->host = "127.0.0.2";
    const auto instance = an_instance(std::move(options));
    CHECK(instance->origin().starts_with("http://127.0.0.2:"));
    CHECK(ApiClient(instance->origin()).get("/_sim/health").status == 200);
}

TEST_CASE("somebody may be told of every attempt") {
    fakes::LiveCallback callback;
    std::mutex mutex;
    std::vector<std::string> told;
    InstanceOptions options = instance_options();
    options.on_attempt = [&](const delivery::Delivery& delivery) {
        const std::lock_guard lock(mutex);
        told.push_back(delivery.event_name);
    };
    const auto instance = an_instance(std::move(options));
    ApiClient api(instance->origin());
    const Answered added = api.post("/_sim/webhooks", R"({"callbackUri":")" + callback.url() + "\"}");
    REQUIRE(added.status == 201);
    CHECK(api.post("/_sim/webhooks/" + added.text("/id") + "/verify", "").status == 200);
    CHECK(api.post("/_sim/webhooks/" + added.text("/id") + "/test?wait=30s", "").status == 202);
    const std::lock_guard lock(mutex);
    CHECK(told == std::vector<std::string>{"verify", "CHARGING_STARTED"});
}
