// The audit's way to a callback over sockets: all at once, within bounds, to be called off.
#include "app/audit_line.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "base/url.h"
#include "catch.h"
#include "fakes/raw_peer.h"
#include "http/server.h"

namespace smartcar_sim::app {
namespace {

constexpr base::Milliseconds kPatience = std::chrono::seconds(30);  // never reached when all is well

delivery::Outgoing outgoing_to(const std::string& origin, const std::string& body) {
    delivery::Outgoing outgoing{.url = base::parse_url(origin + "/webhooks").value(),
                                .request = {},
                                .timeout = kPatience,
                                .reuse = delivery::Outgoing::Reuse::kFresh};
    outgoing.request.method = "POST";
    outgoing.request.target = "/webhooks";
    outgoing.request.body = body;
    return outgoing;
}

// Answers nobody before that many have asked.
class Assembly {
public:
    explicit Assembly(std::size_t count) : count_(count) {
        auto started = http::Server::start({}, [this](const contract::Request& request) { return handle(request); });
        REQUIRE(started.ok());
        server_ = std::move(started).value();
    }
    [[nodiscard]] const std::string& origin() const { return server_->origin(); }

private:
    contract::Response handle(const contract::Request& request) {
        std::unique_lock lock(mutex_);
        ++there_;
        all_there_.notify_all();
        const bool all = all_there_.wait_for(lock, kPatience, [this] { return there_ >= count_; });
        return contract::Response{all ? 200 : 503, {}, request.body};
    }

    const std::size_t count_;
    std::mutex mutex_;
    std::condition_variable all_there_;
    std::size_t there_ = 0;                 // guarded by mutex_
    std::unique_ptr<http::Server> server_;  // last: it stops before what its handler uses goes
};

delivery::Failure::Kind kind_of(const delivery::Exchange& exchange) {
    const auto* failure = std::get_if<delivery::Failure>(&exchange.answer);
    REQUIRE(failure != nullptr);
    return failure->kind;
}

}  // namespace

TEST_CASE("what is sent together is under way at once, and its answers come in the order of the questions",
          "[app][audit]") {
    constexpr std::size_t kCount = 100;
    const Assembly assembly(kCount);
    CalledOff called_off;
    AuditLine line({}, called_off);
    std::vector<delivery::Outgoing> outgoing;
    outgoing.reserve(kCount);
    for (std::size_t i = 0; i < kCount; ++i) outgoing.push_back(outgoing_to(assembly.origin(), std::to_string(i)));
    const auto exchanges = line.together(outgoing);
    REQUIRE(exchanges.size() == kCount);
    for (std::size_t i = 0; i < kCount; ++i) {
        REQUIRE(std::holds_alternative<contract::Response>(exchanges[i].answer));
        const auto& response = std::get<contract::Response>(exchanges[i].answer);
        CHECK(response.status == 200);
        CHECK(response.body == std::to_string(i));
    }
}

TEST_CASE("nothing sent together is nothing answered", "[app][audit]") {
    CalledOff called_off;
    AuditLine line({}, called_off);
    CHECK(line.together({}).empty());
}

TEST_CASE("an audit that is called off ends exchanges of every kind that are under way, and later ones at once",
          "[app][audit]") {
    std::counting_semaphore<> heard(0);
    const fakes::RawPeer silent([&](fakes::RawConnection& connection, int) {
        static_cast<void>(connection.read_message());
        heard.release();
        static_cast<void>(connection.ends());
    });
    CalledOff called_off;
    AuditLine line({}, called_off);
    called_off.on_call_off([&] { line.abort(); });
    const auto outgoing = outgoing_to(silent.origin(), "{}");
    delivery::RawRequest raw;
    raw.url = outgoing.url;
    raw.pieces = {{.bytes = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"}};
    raw.timeout = kPatience;

    std::vector<delivery::Exchange> exchanges;
    delivery::RawAnswer answer;
    std::thread by_transport([&] { exchanges = line.together({outgoing, outgoing}); });
    std::thread by_bytes([&] { answer = line.exchange(raw); });
    bool all_heard = true;
    for (int i = 0; i < 3; ++i) all_heard = heard.try_acquire_for(kPatience) && all_heard;
    CHECK_FALSE(line.called_off());
    called_off.call_off(CalledOff::Kind::kSignal, "interrupted");
    by_transport.join();
    by_bytes.join();

    CHECK(all_heard);
    CHECK(line.called_off());
    REQUIRE(exchanges.size() == 2);
    for (const delivery::Exchange& exchange : exchanges)
        CHECK(kind_of(exchange) == delivery::Failure::Kind::kCalledOff);
    REQUIRE(answer.failure.has_value());
    CHECK(answer.failure->kind == delivery::Failure::Kind::kCalledOff);
    CHECK(kind_of(line.exchange(outgoing)) == delivery::Failure::Kind::kCalledOff);
    CHECK(line.exchange(raw).failure.has_value());
    line.pause(kPatience);
    CHECK(line.elapsed() < kPatience);
}

TEST_CASE("the time of an audit counts from its beginning", "[app][audit]") {
    CalledOff called_off;
    AuditLine line({}, called_off);
    line.pause(base::Milliseconds(20));
    CHECK(line.elapsed() >= base::Milliseconds(20));
    const auto begin = std::chrono::steady_clock::now();
    line.begin();
    const auto elapsed = line.elapsed();
    CHECK(elapsed <= std::chrono::steady_clock::now() - begin);
}

}  // namespace smartcar_sim::app
