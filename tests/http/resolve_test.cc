#include "http/resolve.h"

#include <memory>
#include <thread>

#include "catch.h"
#include "fakes/gate.h"

namespace smartcar_sim::http {
namespace {

const base::Url kNamed = base::parse_url("http://callback.test:3000/").value();

Resolved one_address(const base::Url& url) {
    Address address;
    address.text = url.authority();
    return std::vector{address};
}

// A system that does not answer before the end of the test. The thread that asks it is left behind, so it shares the
// gate.
class SilentSystem {
public:
    SilentSystem() = default;
    ~SilentSystem() { gate_->open(); }
    SilentSystem(const SilentSystem&) = delete;
    SilentSystem& operator=(const SilentSystem&) = delete;

    [[nodiscard]] auto ask() const {
        return [gate = gate_](const base::Url& url) {
            gate->pass();
            return one_address(url);
        };
    }

private:
    std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
};

}  // namespace

TEST_CASE("what the system finds is what is resolved, its failures too") {
    const Wait wait{within(std::chrono::seconds(30))};
    const auto found = resolve(kNamed, wait, one_address);
    REQUIRE(std::holds_alternative<std::vector<Address>>(found));
    CHECK(std::get<std::vector<Address>>(found).front().text == "callback.test:3000");

    const delivery::Failure unknown{delivery::Failure::Kind::kUnreachable, "callback.test: Name or service not known"};
    const auto failed = resolve(kNamed, wait, [&](const base::Url&) -> Resolved { return unknown; });
    CHECK((std::get<delivery::Failure>(failed) == unknown));
}

// Once it was: a name server that was silent held a sender for its own half minute, far beyond the 15 s of an attempt.
TEST_CASE("a system that is silent does not outlive the deadline") {
    const SilentSystem silent;
    const auto resolved = resolve(kNamed, {within(base::Milliseconds(10))}, silent.ask());
    const delivery::Failure late{delivery::Failure::Kind::kTimeout, "callback.test: its address was not found in time"};
    CHECK((std::get<delivery::Failure>(resolved) == late));
}

TEST_CASE("waiting for a silent system can be called off") {
    const SilentSystem silent;
    Interrupt called_off;
    called_off.trip();
    const auto resolved = resolve(kNamed, {within(std::chrono::seconds(30)), &called_off}, silent.ask());
    CHECK((std::get<delivery::Failure>(resolved).kind == delivery::Failure::Kind::kCalledOff));
}

TEST_CASE("a numeric host is looked at by the caller's own thread") {
    for (const char* url : {"http://127.0.0.1:3000/", "http://[::1]:3000/"}) {
        CAPTURE(url);
        std::thread::id asked;
        const auto note = [&](const base::Url& given) {
            asked = std::this_thread::get_id();
            return one_address(given);
        };
        const auto parsed = base::parse_url(url);
        REQUIRE(parsed.ok());
        CHECK(std::holds_alternative<std::vector<Address>>(
            resolve(parsed.value(), {within(base::Milliseconds(0))}, note)));
        CHECK((asked == std::this_thread::get_id()));
    }
}

// Once it was what /etc/hosts said, which on some machines names one of the two.
TEST_CASE("localhost and names below it are both loopback addresses, without a question") {
    for (const char* url : {"http://localhost:3000/", "http://App.LocalHost:3000/"}) {
        CAPTURE(url);
        const auto resolved = resolve(base::parse_url(url).value(), {within(base::Milliseconds(0))}, one_address);
        REQUIRE(std::holds_alternative<std::vector<Address>>(resolved));
        const auto& addresses = std::get<std::vector<Address>>(resolved);
        REQUIRE(addresses.size() == 2);
        CHECK(addresses[0].text == "127.0.0.1:3000");
        CHECK(addresses[1].text == "[::1]:3000");
    }
    const auto other =
        resolve(base::parse_url("http://notlocalhost:3000/").value(), {within(std::chrono::seconds(30))}, one_address);
    CHECK(std::get<std::vector<Address>>(other).size() == 1);
}

}  // namespace smartcar_sim::http
