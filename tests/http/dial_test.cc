#include "http/dial.h"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "catch.h"
#include "fakes/raw_peer.h"
#include "http/listener.h"

namespace smartcar_sim::http {
namespace {

const Wait kPatient{within(std::chrono::hours(1))};

bool sends_at_once(const Socket& socket) {
    int on = 0;
    socklen_t size = sizeof on;
    return ::getsockopt(socket.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, &size) == 0 && on != 0;
}

}  // namespace

TEST_CASE("this machine and private addresses are near") {
    for (const std::string_view address :
         {"127.0.0.1", "127.255.255.255", "0.0.0.0", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255",
          "192.168.0.1", "::1", "::", "fd00::1", "fc00::1", "::ffff:10.0.0.1"}) {
        CAPTURE(address);
        CHECK(is_near(address));
    }
}

TEST_CASE("every other address is far") {
    for (const std::string_view address :
         {"8.8.8.8", "11.0.0.1", "172.15.255.255", "172.32.0.1", "192.167.255.255", "192.169.0.1", "169.254.169.254",
          "fe80::1", "fe80::1%eth0", "128.0.0.1", "100.64.0.1", "255.255.255.255", "2001:db8::1", "fec0::1",
          "::ffff:8.8.8.8", "::2", "localhost", ""}) {
        CAPTURE(address);
        CHECK_FALSE(is_near(address));
    }
}

TEST_CASE("an address outside the private ranges is refused before anything is sent to it") {
    const auto dialled =
        dial(base::parse_url("http://203.0.113.7:9/").value(), Reach::kNear, {within(base::Milliseconds(5000))});
    const auto expected = delivery::Failure{delivery::Failure::Kind::kRefusedByPolicy,
                                            "203.0.113.7:9: outside loopback and private ranges"};
    CHECK((std::get<delivery::Failure>(dialled) == expected));
}

// A broadcast: no connection can be made to one, so nothing leaves this machine.
TEST_CASE("an address outside the private ranges is tried when that was allowed") {
    const auto dialled = dial(base::parse_url("http://255.255.255.255:9/").value(), Reach::kAnywhere,
                              {within(base::Milliseconds(5000))});
    CHECK((std::get<delivery::Failure>(dialled).kind == delivery::Failure::Kind::kUnreachable));
}

TEST_CASE("a host whose ports nobody listens on lists every address that was tried") {
    const fakes::ClosedPort closed;
    const std::string port = std::to_string(closed.port());
    const auto dialled =
        dial(base::parse_url("http://localhost:" + port).value(), Reach::kNear, {within(base::Milliseconds(5000))});
    const auto& failure = std::get<delivery::Failure>(dialled);
    CHECK((failure.kind == delivery::Failure::Kind::kUnreachable));
    CHECK(failure.detail.find("127.0.0.1:" + port + ": connection refused") != std::string::npos);
}

TEST_CASE("localhost reaches a receiver that listens on one address family only") {
    for (const std::string address : {"127.0.0.1", "::1"}) {
        CAPTURE(address);
        const auto listener = listen_on(address, 0);
        if (!listener) {
            WARN("this machine has no " << address);
            continue;
        }
        const std::string port = std::to_string(listener.value().port);
        for (const std::string host : {"localhost", "app.localhost"}) {
            const auto dialled = dial(base::parse_url("http://" + host + ":" + port).value(), Reach::kNear, kPatient);
            REQUIRE(std::holds_alternative<Dialled>(dialled));
            CHECK(
                std::get<Dialled>(dialled).address.ends_with(address == "::1" ? "[::1]:" + port : "127.0.0.1:" + port));
        }
    }
}

// With Nagle's algorithm on either side every answer takes 40 ms.
TEST_CASE("accepted and dialled connections send without waiting for delayed ACKs") {
    const auto listener = listen_on("127.0.0.1", 0);
    REQUIRE(listener.ok());
    const auto dialled = dial(base::parse_url("http://127.0.0.1:" + std::to_string(listener.value().port)).value(),
                              Reach::kNear, kPatient);
    REQUIRE(std::holds_alternative<Dialled>(dialled));
    const Accepted accepted = accept_on(listener.value(), Interrupt());
    REQUIRE((accepted.outcome == Io::kDone));
    CHECK(sends_at_once(std::get<Dialled>(dialled).socket));
    CHECK(sends_at_once(accepted.socket));
}

TEST_CASE("a hundred clients that connect in one burst need not wait until they are accepted") {
    const auto listener = listen_on("127.0.0.1", 0);
    REQUIRE(listener.ok());
    const base::Url url = base::parse_url("http://127.0.0.1:" + std::to_string(listener.value().port)).value();
    std::vector<Socket> connected;
    for (int at = 0; at < 100; ++at) {
        auto dialled = dial(url, Reach::kNear, {within(base::Milliseconds(5000))});
        REQUIRE(std::holds_alternative<Dialled>(dialled));
        connected.push_back(std::move(std::get<Dialled>(dialled).socket));
    }
}

TEST_CASE("a host that does not exist is named") {
    const auto dialled =
        dial(base::parse_url("http://no-such-host.invalid/").value(), Reach::kNear, {within(base::Milliseconds(5000))});
    const auto& failure = std::get<delivery::Failure>(dialled);
    CHECK((failure.kind == delivery::Failure::Kind::kUnreachable));
    CHECK(failure.detail.starts_with("no-such-host.invalid: "));
}

}  // namespace smartcar_sim::http
