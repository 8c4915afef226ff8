#include "http/dial.h"

#include <string_view>

#include "catch.h"
#include "fakes/raw_peer.h"

namespace smartcar_sim::http {

TEST_CASE("this machine, private and link-local addresses are near") {
    for (const std::string_view address : {"127.0.0.1", "127.255.255.255", "0.0.0.0", "10.0.0.1", "10.255.255.255",
                                           "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "::1",
                                           "::", "fe80::1", "fe80::1%eth0", "fd00::1", "fc00::1", "::ffff:10.0.0.1"}) {
        CAPTURE(address);
        CHECK(is_near(address));
    }
}

TEST_CASE("every other address is far") {
    for (const std::string_view address : {"8.8.8.8", "11.0.0.1", "172.15.255.255", "172.32.0.1", "192.167.255.255",
                                           "192.169.0.1", "169.253.0.1", "128.0.0.1", "100.64.0.1", "255.255.255.255",
                                           "2001:db8::1", "fec0::1", "::ffff:8.8.8.8", "::2", "localhost", ""}) {
        CAPTURE(address);
        CHECK_FALSE(is_near(address));
    }
}

TEST_CASE("an address outside the private ranges is refused before anything is sent to it") {
    const auto dialled =
        dial(base::parse_url("http://203.0.113.7:9/").value(), Reach::kNear, {within(base::Milliseconds(5000))});
    const auto expected =
        delivery::Failure{delivery::Failure::Kind::kRefusedByPolicy,
                          "203.0.113.7:9: outside loopback and private ranges, allow it with --remote"};
    CHECK((std::get<delivery::Failure>(dialled) == expected));
}

TEST_CASE("a host whose ports nobody listens on lists every address that was tried") {
    const std::string port = std::to_string(fakes::free_port());
    const auto dialled =
        dial(base::parse_url("http://localhost:" + port).value(), Reach::kNear, {within(base::Milliseconds(5000))});
    const auto& failure = std::get<delivery::Failure>(dialled);
    CHECK((failure.kind == delivery::Failure::Kind::kUnreachable));
    CHECK(failure.detail.find("127.0.0.1:" + port + ": connection refused") != std::string::npos);
}

TEST_CASE("localhost reaches a receiver that listens on one address family only") {
    const fakes::RawPeer peer([](fakes::RawConnection& connection, int) { static_cast<void>(connection.ends()); });
    const auto dialled = dial(base::parse_url("http://localhost:" + std::to_string(peer.port())).value(), Reach::kNear,
                              {within(base::Milliseconds(5000))});
    REQUIRE(std::holds_alternative<Dialled>(dialled));
    CHECK(std::get<Dialled>(dialled).address == "127.0.0.1:" + std::to_string(peer.port()));
}

TEST_CASE("a host that does not exist is named") {
    const auto dialled =
        dial(base::parse_url("http://no-such-host.invalid/").value(), Reach::kNear, {within(base::Milliseconds(5000))});
    const auto& failure = std::get<delivery::Failure>(dialled);
    CHECK((failure.kind == delivery::Failure::Kind::kUnreachable));
    CHECK(failure.detail.starts_with("no-such-host.invalid: "));
}

}  // namespace smartcar_sim::http
