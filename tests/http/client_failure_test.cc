// What a transport says of receivers that do not answer as they should.
#include <chrono>
#include <future>
#include <string>
#include <vector>

#include "catch.h"
#include "fakes/raw_peer.h"
#include "fakes/tls_peer.h"
#include "http/client_transport.h"
#include "http/exchanging.h"

namespace smartcar_sim::http {
namespace {

using base::Milliseconds;
using delivery::Failure;
using delivery::Outgoing;
using fakes::RawConnection;
using fakes::RawPeer;
using fakes::TlsPeer;

Failure failure_of(const RawPeer& peer, Milliseconds timeout = Milliseconds(20'000)) {
    ClientTransport transport({});
    Outgoing outgoing = post_to(peer.origin());
    outgoing.timeout = timeout;
    Failure failure = failure_in(transport.exchange(outgoing));
    const std::string address = "127.0.0.1:" + std::to_string(peer.port()) + ": ";
    REQUIRE(failure.detail.starts_with(address));
    failure.detail.erase(0, address.size());
    return failure;
}

std::string interim_answers(int count) {
    std::string answers;
    for (int at = 0; at < count; ++at) answers += "HTTP/1.1 100 Continue\r\n\r\n";
    return answers;
}

// Reads the request, says this and keeps the connection open.
RawPeer::Script saying(std::string bytes) {
    return [bytes = std::move(bytes)](RawConnection& connection, int) {
        static_cast<void>(connection.read_message());
        connection.send_what_it_takes(bytes);
        static_cast<void>(connection.ends());
    };
}

}  // namespace

TEST_CASE("a silent receiver times out, and the time is the timeout") {
    const RawPeer peer(saying(""));
    ClientTransport transport({});
    Outgoing outgoing = post_to(peer.origin());
    outgoing.timeout = Milliseconds(30);
    const delivery::Exchange exchange = transport.exchange(outgoing);
    CHECK(failure_in(exchange) ==
          Failure{Failure::Kind::kTimeout, "127.0.0.1:" + std::to_string(peer.port()) + ": no answer within 30ms"});
    CHECK(exchange.took >= Milliseconds(30));
}

TEST_CASE("a receiver that drips a byte at a time does not outlive the deadline") {
    const auto dripping = [](std::string start, std::string rest) {
        return [start = std::move(start), rest = std::move(rest)](RawConnection& connection, int) {
            static_cast<void>(connection.read_message());
            connection.send(start);
            for (std::size_t at = 0; !connection.readable(); ++at) connection.send({&rest[at % rest.size()], 1});
        };
    };
    // Heads of interim answers, because a single head is cut off at 64 KiB.
    const RawPeer in_head(dripping("", "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"));
    CHECK(failure_of(in_head, Milliseconds(50)).kind == Failure::Kind::kTimeout);
    const RawPeer in_body(dripping("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n", "x"));
    CHECK(failure_of(in_body, Milliseconds(50)) ==
          Failure{Failure::Kind::kTimeout, "the answer did not end within 50ms"});
}

// Once it did: as long as bytes were there to read, nobody looked at the clock.
TEST_CASE("a receiver that floods with interim answers does not outlive the deadline") {
    const RawPeer peer([block = interim_answers(10'000)](RawConnection& connection, int) {
        static_cast<void>(connection.read_message());
        const auto began = std::chrono::steady_clock::now();
        while (std::chrono::steady_clock::now() - began < std::chrono::seconds(5)) connection.send(block);
    });
    CHECK(failure_of(peer, Milliseconds(50)).kind == Failure::Kind::kTimeout);
}

TEST_CASE("a receiver that floods over TLS does not outlive the deadline") {
    const TlsPeer peer({.says = TlsPeer::Options::Says::kOnAndOn}, interim_answers(10'000));
    ClientTransport transport({.insecure = true});
    Outgoing outgoing = post_to(peer.origin_at("127.0.0.1"));
    outgoing.timeout = Milliseconds(200);
    CHECK(failure_in(transport.exchange(outgoing)).kind == Failure::Kind::kTimeout);
}

TEST_CASE("a receiver that reads nothing times out") {
    const RawPeer peer([](RawConnection& connection, int) { static_cast<void>(connection.read_until("never said")); });
    ClientTransport transport({});
    Outgoing outgoing = post_to("http://127.0.0.1:" + std::to_string(peer.port()));
    outgoing.timeout = Milliseconds(50);
    CHECK(failure_in(transport.exchange(outgoing)).kind == Failure::Kind::kTimeout);
}

TEST_CASE("closed and reset connections are told apart from answers") {
    CHECK(failure_of(RawPeer([](RawConnection& connection, int) { static_cast<void>(connection.read_message()); })) ==
          Failure{Failure::Kind::kReset, "the connection was closed without an answer"});
    CHECK(failure_of(RawPeer([](RawConnection& connection, int) {
              static_cast<void>(connection.read_message());
              connection.reset();
          })) == Failure{Failure::Kind::kReset, "the connection was reset without an answer"});
    for (const std::string cut : {"HTTP/1.1 200 OK\r\ncontent-le", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe",
                                  "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhe",
                                  "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"}) {
        CAPTURE(cut);
        CHECK(failure_of(RawPeer([&](RawConnection& connection, int) {
                  static_cast<void>(connection.read_message());
                  connection.send(cut);
              })) == Failure{Failure::Kind::kReset, "the connection was closed within the answer"});
    }
}

TEST_CASE("what is not HTTP, or too much of it, is malformed") {
    const auto malformed = [](const std::string& answer, const std::string& detail) {
        CAPTURE(detail);
        CHECK(failure_of(RawPeer(saying(answer))) == Failure{Failure::Kind::kMalformed, detail});
    };
    malformed("SSH-2.0-OpenSSH_9.2\r\n\r\n", "the answer is not HTTP/1.1: the first line is not an HTTP status line");
    malformed("HTTP/1.1 200 OK\n",
              "the answer is not HTTP/1.1: a line holds a control character or does not end in CRLF");
    malformed("HTTP/1.1 200 OK\r\ncontent-length: abc\r\n\r\n",
              "the answer is not HTTP/1.1: Content-Length is not a number");
    malformed("HTTP/1.1 101 Switching Protocols\r\n\r\n", "switched to a protocol nobody asked for");
    malformed("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nheXX",
              "the answer's body is not chunked as it says");
    malformed("HTTP/1.1 200 OK\r\nx: " + std::string(70'000, 'a'), "the head of the answer is longer than 64 KiB");
}

TEST_CASE("an answer of 1 MiB is read, and the connection used again") {
    const RawPeer peer([](RawConnection& connection, int) {
        while (true) {
            static_cast<void>(connection.read_message());
            connection.send("HTTP/1.1 200 OK\r\ncontent-length: 1048576\r\n\r\n" + std::string(1'048'576, 'a'));
        }
    });
    ClientTransport transport({});
    for (int at = 0; at < 2; ++at) {
        CHECK(answer_in(transport.exchange(post_to(peer.origin()))).body.size() == 1'048'576);
    }
    CHECK(peer.connections() == 1);
}

// Once it was a failure, although the callback had said 200 in time.
TEST_CASE("of an answer larger than 1 MiB the first 1 MiB is read, and the connection closed") {
    const std::string first(1'048'576, 'a');
    const std::vector<std::string> answers = {
        "content-length: 1048577\r\n\r\n" + first,
        "content-length: 4000000\r\n\r\n" + first + first,
        "transfer-encoding: chunked\r\n\r\n200000\r\n" + first,
        "\r\n" + first,
        "\r\n" + first + first,
    };
    for (const std::string& answer : answers) {
        CAPTURE(answer.substr(0, 40));
        const RawPeer peer(saying("HTTP/1.1 200 OK\r\n" + answer));
        ClientTransport transport({});
        for (int at = 0; at < 2; ++at) {
            const contract::Response response = answer_in(transport.exchange(post_to(peer.origin())));
            CHECK(response.status == 200);
            CHECK((response.body == first));
        }
        CHECK(peer.connections() == 2);
    }
}

TEST_CASE("a line break in a header, the method or the target is not sent") {
    const RawPeer peer(saying(""));
    ClientTransport transport({});
    const auto refused = [&](auto change, const std::string& detail) {
        Outgoing outgoing = post_to(peer.origin());
        change(outgoing.request);
        CHECK(failure_in(transport.exchange(outgoing)) == Failure{Failure::Kind::kMalformed, detail});
    };
    refused([](contract::Request& r) { r.headers.add("x", "a\r\nb: c"); },
            "not sent: the value of x holds a control character");
    refused([](contract::Request& r) { r.headers.add("x\r\nb", "c"); },
            "not sent: a header field's name is not a token");
    refused([](contract::Request& r) { r.target = "/ HTTP/1.1\r\nx: y"; },
            "not sent: the request target holds a blank or a control character");
    refused([](contract::Request& r) { r.method = "GET /"; }, "not sent: the method is not a word");
    CHECK(peer.connections() == 0);
}

TEST_CASE("nobody listening is unreachable and says which address was tried") {
    const fakes::ClosedPort closed;
    const std::string address = "127.0.0.1:" + std::to_string(closed.port());
    ClientTransport transport({});
    CHECK(failure_in(transport.exchange(post_to("http://" + address))) ==
          Failure{Failure::Kind::kUnreachable, address + ": connection refused"});
}

TEST_CASE("addresses outside the private ranges need --remote") {
    ClientTransport transport({});
    CHECK(failure_in(transport.exchange(post_to("http://203.0.113.7"))) ==
          Failure{Failure::Kind::kRefusedByPolicy, "203.0.113.7:80: outside loopback and private ranges"});
}

TEST_CASE("abort() ends an exchange that waits, and refuses later ones") {
    std::promise<void> arrived;
    const RawPeer peer([&](RawConnection& connection, int ordinal) {
        static_cast<void>(connection.read_message());
        if (ordinal == 0) arrived.set_value();
        static_cast<void>(connection.ends());
    });
    ClientTransport transport({});
    auto exchange = std::async(std::launch::async, [&] { return transport.exchange(post_to(peer.origin())); });
    arrived.get_future().wait();
    transport.abort();
    CHECK(failure_in(exchange.get()).detail.ends_with("called off"));
    CHECK(failure_in(transport.exchange(post_to(peer.origin()))).detail.ends_with("called off"));
}

TEST_CASE("a receiver that is gone when the request is written kills nobody") {
    const RawPeer peer([](RawConnection& connection, int) { connection.reset(); });
    ClientTransport transport({});
    for (int at = 0; at < 20; ++at) {
        Outgoing outgoing = post_to(peer.origin());
        outgoing.request.body = std::string(1'000'000, 'x');
        CHECK(failure_in(transport.exchange(outgoing)).kind == Failure::Kind::kReset);
    }
}

}  // namespace smartcar_sim::http
