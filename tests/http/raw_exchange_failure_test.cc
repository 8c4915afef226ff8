// What the raw exchange says of receivers from which not all answers came.
#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "catch.h"
#include "contract/http.h"
#include "delivery/raw_line.h"
#include "delivery/transport.h"
#include "fakes/raw_peer.h"
#include "fakes/tls_peer.h"
#include "http/raw_exchange.h"
#include "http/raw_exchanging.h"

namespace smartcar_sim::http {
namespace {

using base::Milliseconds;
using delivery::Failure;
using delivery::RawAnswer;
using delivery::RawRequest;
using fakes::RawConnection;
using fakes::RawPeer;
using fakes::TlsPeer;
using After = RawRequest::Piece::After;

const std::string kOk = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
const std::string kGet = "GET /hook HTTP/1.1\r\nhost: a\r\n\r\n";

// Two requests on one connection.
RawRequest twice_to(const std::string& origin) {
    RawRequest request = raw_to(origin, {{kGet}, {.bytes = kGet, .after = After::kAnswer}});
    request.answers = 2;
    return request;
}

Failure failure_at(const RawPeer& peer, Failure::Kind kind, const std::string& what) {
    return {kind, "127.0.0.1:" + std::to_string(peer.port()) + ": " + what};
}

}  // namespace

TEST_CASE("a connection closed after the first of two answers leaves the first") {
    const RawPeer peer([&](RawConnection& connection, int) {
        static_cast<void>(connection.read_until("\r\n\r\n"));
        connection.send(kOk);
        connection.half_close();
        static_cast<void>(connection.ends());
    });
    RawExchange line({});
    const RawAnswer answer = line.exchange(twice_to(peer.origin()));
    REQUIRE(answer.answers.size() == 1);
    CHECK(answer.answers[0].body == "ok");
    CHECK(failure_in(answer) == failure_at(peer, Failure::Kind::kReset, "the connection was closed without an answer"));
}

// Werkzeug says Connection: close and leaves the connection open: the exchange lasted until its deadline.
TEST_CASE("an answer that says it is the last on the connection is the last, whether the peer closes it or not") {
    const std::string until_close = "HTTP/1.1 200 OK\r\n\r\nok";
    for (const std::string& said :
         {std::string("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok"), until_close}) {
        CAPTURE(said);
        std::promise<std::string> rest;
        const RawPeer peer([&](RawConnection& connection, int) {
            static_cast<void>(connection.read_until("\r\n\r\n"));
            connection.send(said);
            if (said == until_close) connection.half_close();
            rest.set_value(connection.read_to_end());
        });
        RawExchange line({});
        const RawAnswer answer = line.exchange(twice_to(peer.origin()));
        std::future<std::string> second_request = rest.get_future();
        REQUIRE(second_request.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
        CHECK(second_request.get().empty());
        REQUIRE(answer.answers.size() == 1);
        CHECK(answer.answers[0].body == "ok");
        CHECK_FALSE(answer.failure.has_value());
    }
}

TEST_CASE("an answer that is cut short or no HTTP is a failure, and its bytes are there") {
    struct Row {
        std::string said;
        Failure::Kind kind;
        std::string detail;
    };
    const std::vector<Row> rows = {
        {"", Failure::Kind::kReset, "the connection was closed without an answer"},
        {"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe", Failure::Kind::kReset,
         "the connection was closed within the answer"},
        {"SSH-2.0-OpenSSH_9.2\r\n\r\n", Failure::Kind::kMalformed,
         "the answer is not HTTP/1.1: the first line is not an HTTP status line"},
        {"HTTP/1.1 101 Switching Protocols\r\n\r\n", Failure::Kind::kMalformed,
         "switched to a protocol nobody asked for"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.said);
        const RawPeer peer([&](RawConnection& connection, int) {
            static_cast<void>(connection.read_until("\r\n\r\n"));
            connection.send(row.said);
        });
        RawExchange line({});
        const RawAnswer answer = line.exchange(raw_to(peer.origin(), {{kGet}}));
        CHECK(failure_in(answer) == failure_at(peer, row.kind, row.detail));
        CHECK(answer.bytes == row.said);
        CHECK(answer.answers.empty());
    }
}

TEST_CASE("of what comes 64 KiB are kept, of an answer 1 MiB, and after more of it no other is read") {
    const RawPeer peer([](RawConnection& connection, int) {
        static_cast<void>(connection.read_until("\r\n\r\n"));
        connection.send_what_it_takes("HTTP/1.1 200 OK\r\ncontent-length: 1048577\r\n\r\n" + std::string(1048577, 'a'));
        static_cast<void>(connection.ends());
    });
    RawExchange line({});
    const RawAnswer one = line.exchange(raw_to(peer.origin(), {{kGet}}));
    CHECK(answers_in(one).at(0).body.size() == 1'048'576);
    CHECK(one.bytes.size() == 65'536);
    const RawAnswer two = line.exchange(twice_to(peer.origin()));
    CHECK(two.answers.size() == 1);
    CHECK(failure_in(two) == failure_at(peer, Failure::Kind::kMalformed,
                                        "an answer is longer than 1 MiB, so that the next cannot be read"));
}

TEST_CASE("one deadline holds for connecting, pauses and answers together") {
    const RawPeer peer([](RawConnection& connection, int) {
        static_cast<void>(connection.read_until("\r\n\r\n"));
        connection.send(kOk);
        static_cast<void>(connection.ends());
    });
    RawExchange line({});
    RawRequest request = twice_to(peer.origin());
    request.pieces[1].pause = Milliseconds(60'000);
    request.timeout = Milliseconds(50);
    const RawAnswer answer = line.exchange(request);
    CHECK(answer.answers.size() == 1);
    CHECK(failure_in(answer) == failure_at(peer, Failure::Kind::kTimeout, "no answer within 50ms"));
    CHECK(answer.took >= Milliseconds(50));
}

TEST_CASE("no piece is sent after the deadline, though none has to wait") {
    std::promise<std::size_t> read;
    const RawPeer peer([&](RawConnection& connection, int) { read.set_value(connection.read_to_end().size()); });
    RawExchange line({});
    RawRequest request = raw_to(peer.origin(), {100'000, {"x"}});
    request.timeout = Milliseconds(10);
    CHECK(failure_in(line.exchange(request)).kind == Failure::Kind::kTimeout);
    auto count = read.get_future();
    REQUIRE(count.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
    CHECK(count.get() < 100'000);
}

TEST_CASE("a receiver that drips or floods outlives the deadline of a raw exchange in no way") {
    const std::string interim = "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n";
    std::string flood;
    for (int at = 0; at < 1000; ++at) flood += interim;
    const auto speaking_on = [](std::string start, std::string rest, std::size_t step) {
        return [=](RawConnection& connection, int) {
            static_cast<void>(connection.read_until("\r\n\r\n"));
            connection.send(start);
            for (std::size_t at = 0;; at = (at + step) % rest.size()) connection.send(rest.substr(at, step));
        };
    };
    const std::vector<RawPeer::Script> scripts = {
        speaking_on("", interim, 1),
        speaking_on("HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n", "x", 1),
        speaking_on("", flood, flood.size()),
    };
    for (const RawPeer::Script& script : scripts) {
        const RawPeer peer(script);
        RawExchange line({});
        RawRequest request = raw_to(peer.origin(), {{kGet}, {"more", Milliseconds(10)}});
        request.timeout = Milliseconds(60);
        CHECK(failure_in(line.exchange(request)).kind == Failure::Kind::kTimeout);
    }
}

// A piece is sent when it is due, though there is always something to read.
TEST_CASE("a receiver that floods does not keep the next piece from being sent") {
    std::atomic<bool> sent{false};
    const RawPeer peer([&](RawConnection& connection, int) {
        static_cast<void>(connection.read_until("\r\n\r\n"));
        while (!connection.readable()) connection.send("HTTP/1.1 100 Continue\r\n\r\n");
        sent = connection.read_until("more") == "more";
        connection.send(kOk);
    });
    RawExchange line({});
    const RawAnswer answer = line.exchange(raw_to(peer.origin(), {{kGet}, {"more", Milliseconds(10)}}));
    CHECK(answers_in(answer).size() == 1);
    CHECK(answer.interim > 0);
    CHECK(sent);
}

TEST_CASE("a receiver that reads nothing of large pieces times out") {
    const RawPeer peer([](RawConnection& connection, int) { static_cast<void>(connection.read_until("never said")); });
    RawExchange line({});
    RawRequest request = raw_to(peer.origin(), {8, {std::string(8'000'000, 'x')}});
    request.timeout = Milliseconds(50);
    CHECK(failure_in(line.exchange(request)).kind == Failure::Kind::kTimeout);
}

TEST_CASE("nobody listening, an address too far and an untrusted certificate fail before anything is sent") {
    RawExchange line({});
    const fakes::ClosedPort closed;
    const std::string address = "127.0.0.1:" + std::to_string(closed.port());
    const RawAnswer refused = line.exchange(raw_to("http://" + address, {{kGet}}));
    CHECK(failure_in(refused) == Failure{Failure::Kind::kUnreachable, address + ": connection refused"});
    CHECK(refused.bytes.empty());
    CHECK(failure_in(line.exchange(raw_to("http://203.0.113.7", {{kGet}}))) ==
          Failure{Failure::Kind::kRefusedByPolicy, "203.0.113.7:80: outside loopback and private ranges"});
    const TlsPeer untrusted({}, kOk);
    const Failure tls = failure_in(line.exchange(raw_to(untrusted.origin_at("127.0.0.1"), {{kGet}})));
    CHECK(tls.kind == Failure::Kind::kTls);
    CHECK(tls.detail.ends_with(": the certificate is not trusted: self-signed certificate"));
}

TEST_CASE("abort() ends a raw exchange within a pause, and refuses later ones") {
    std::promise<void> arrived;
    const RawPeer peer([&](RawConnection& connection, int ordinal) {
        static_cast<void>(connection.read_until("\r\n\r\n"));
        if (ordinal == 0) arrived.set_value();
        static_cast<void>(connection.ends());
    });
    RawExchange line({});
    const RawRequest request = raw_to(peer.origin(), {{kGet}, {"more", Milliseconds(60'000)}});
    auto exchange = std::async(std::launch::async, [&] { return line.exchange(request); });
    REQUIRE(arrived.get_future().wait_for(std::chrono::seconds(10)) == std::future_status::ready);
    line.abort();
    CHECK(failure_in(exchange.get()) == failure_at(peer, Failure::Kind::kCalledOff, "called off"));
    CHECK(failure_in(line.exchange(request)).kind == Failure::Kind::kCalledOff);
}

TEST_CASE("a receiver that resets while pieces are still to be sent is a failure and kills nobody") {
    const RawPeer peer([](RawConnection& connection, int) { connection.reset(); });
    RawExchange line({});
    for (int at = 0; at < 20; ++at) {
        const RawAnswer answer =
            line.exchange(raw_to(peer.origin(), {{std::string(100'000, 'x')}, {std::string(100'000, 'x')}}));
        CHECK(failure_in(answer).kind == Failure::Kind::kReset);
    }
}

}  // namespace smartcar_sim::http
