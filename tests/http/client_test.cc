#include <chrono>
#include <mutex>
#include <semaphore>
#include <string>
#include <vector>

#include "catch.h"
#include "fakes/raw_peer.h"
#include "http/client_transport.h"
#include "http/exchanging.h"
#include "http/running_server.h"

namespace smartcar_sim::http {
namespace {

using delivery::Outgoing;
using fakes::RawConnection;
using fakes::RawPeer;

const std::string kOk = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

// Answers every request alike, on as many connections as come.
RawPeer::Script always(std::string answer) {
    return [answer = std::move(answer)](RawConnection& connection, int) {
        while (true) {
            static_cast<void>(connection.read_message());
            connection.send(answer);
        }
    };
}

// Answers once and closes, so that "until the connection ends" has an end.
RawPeer::Script once(std::string answer) {
    return [answer = std::move(answer)](RawConnection& connection, int) {
        static_cast<void>(connection.read_message());
        connection.send_what_it_takes(answer);
    };
}

}  // namespace

TEST_CASE("what is sent is the request, its Host and its length, and nothing of the library's") {
    std::string seen;
    std::mutex mutex;
    const RawPeer peer([&](RawConnection& connection, int) {
        const std::lock_guard lock(mutex);
        seen = connection.read_message();
        connection.send(kOk);
    });
    ClientTransport transport({});
    const contract::Response response = answer_in(transport.exchange(post_to(peer.origin(), "/hook?a=%20")));
    CHECK(response == contract::Response{200, {{"content-length", "2"}}, "ok"});
    const std::lock_guard lock(mutex);
    CHECK(seen == "POST /hook?a=%20 HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(peer.port()) +
                      "\r\nSC-Signature: ab\r\nContent-Length: 2\r\n\r\n{}");
}

TEST_CASE("a connection is kept for the next request") {
    const RawPeer peer(always(kOk));
    ClientTransport transport({});
    for (int at = 0; at < 20; ++at) REQUIRE(answer_in(transport.exchange(post_to(peer.origin()))).body == "ok");
    CHECK(peer.connections() == 1);
}

TEST_CASE("a fresh request says that it closes, uses no kept connection and leaves none") {
    std::vector<std::string> seen;
    std::mutex mutex;
    const RawPeer peer([&](RawConnection& connection, int) {
        while (true) {
            std::string message = connection.read_message();
            {
                const std::lock_guard lock(mutex);
                seen.push_back(std::move(message));
            }
            connection.send(kOk);
        }
    });
    ClientTransport transport({});
    Outgoing fresh = post_to(peer.origin());
    fresh.reuse = Outgoing::Reuse::kFresh;
    for (const Outgoing& outgoing : {post_to(peer.origin()), fresh, post_to(peer.origin()), fresh}) {
        CHECK(answer_in(transport.exchange(outgoing)).status == 200);
    }
    CHECK(peer.connections() == 3);
    const std::lock_guard lock(mutex);
    CHECK(seen[1].find("\r\nConnection: close\r\n") != std::string::npos);
    CHECK(seen[2].find("Connection") == std::string::npos);
}

TEST_CASE("a kept connection that the receiver has closed is replaced") {
    std::counting_semaphore<> closed(0);
    const RawPeer peer([&](RawConnection& connection, int) {
        static_cast<void>(connection.read_message());
        connection.send(kOk);
        connection.half_close();
        closed.release();
    });
    ClientTransport transport({});
    for (int at = 0; at < 20; ++at) {
        CHECK(answer_in(transport.exchange(post_to(peer.origin()))).status == 200);
        REQUIRE(closed.try_acquire_for(std::chrono::seconds(5)));
    }
    CHECK(peer.connections() == 20);
}

// Once it was sent again behind the journal's back: the receiver had two deliveries, the journal one attempt.
TEST_CASE("a request that is lost is a failure and not sent again, whatever the connection had carried before") {
    struct Row {
        std::string said, detail;
        int answered;  // requests on the connection before
    };
    const std::vector<Row> rows = {
        {"", "the connection was reset without an answer", 0},
        {"", "the connection was reset without an answer", 1},
        {"HTTP/1.1 200", "the connection was closed within the answer", 1},
    };
    for (const Row& row : rows) {
        CAPTURE(row.said, row.answered);
        const RawPeer peer([&](RawConnection& connection, int) {
            for (int at = 0; at < row.answered; ++at) {
                static_cast<void>(connection.read_message());
                connection.send(kOk);
            }
            static_cast<void>(connection.read_message());
            connection.send(row.said);
            if (row.said.empty()) connection.reset();
        });
        ClientTransport transport({});
        for (int at = 0; at < row.answered; ++at) {
            CHECK(answer_in(transport.exchange(post_to(peer.origin()))).status == 200);
        }
        CHECK(failure_in(transport.exchange(post_to(peer.origin()))) ==
              delivery::Failure{delivery::Failure::Kind::kReset,
                                "127.0.0.1:" + std::to_string(peer.port()) + ": " + row.detail});
        CHECK(peer.connections() == 1);
    }
}

TEST_CASE("bodies end by length, by chunks or with the connection, and 204 has none") {
    const std::vector<std::pair<std::string, std::string>> answers = {
        {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "hello"},
        {"HTTP/1.0 200 OK\r\n\r\nhello", "hello"},
        {"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 500 second line\r\n", "HTTP/1.1 500 second line\r\n"},
        {"HTTP/1.1 204 No Content\r\n\r\n", ""},
        {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n" + kOk, "ok"},
    };
    for (const auto& [answer, body] : answers) {
        CAPTURE(answer);
        const RawPeer peer(once(answer));
        ClientTransport transport({});
        CHECK(answer_in(transport.exchange(post_to(peer.origin()))).body == body);
    }
}

TEST_CASE("redirects are not followed, header values not decoded, compressed bodies left alone") {
    const RawPeer peer(
        once("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nx-raw: a%41\r\ncontent-encoding: gzip\r\ncontent-length: "
             "3\r\n\r\nabc"));
    ClientTransport transport({});
    const contract::Response response = answer_in(transport.exchange(post_to(peer.origin())));
    CHECK(response.status == 302);
    CHECK(response.headers.get("x-raw") == "a%41");
    CHECK(response.body == "abc");
    CHECK(peer.connections() == 1);
}

TEST_CASE("a body of 4 KiB goes out at once to a receiver that is deaf to Expect") {
    const RawPeer peer([](RawConnection& connection, int) {
        const std::string message = connection.read_message();  // waits for the whole body and says nothing before
        connection.send(message.find("xpect") == std::string::npos
                            ? kOk
                            : "HTTP/1.1 417 Expectation Failed\r\ncontent-length: 0\r\n\r\n");
    });
    ClientTransport transport({});
    Outgoing outgoing = post_to(peer.origin());
    outgoing.request.body = std::string(4096, 'x');
    const delivery::Exchange exchange = transport.exchange(outgoing);
    CHECK(answer_in(exchange).status == 200);
    CHECK(exchange.took < base::Milliseconds(900));  // the library would wait a second for a 100
}

TEST_CASE("an answer that comes before the request has been read counts") {
    const RawPeer peer([](RawConnection& connection, int) {
        static_cast<void>(connection.read_until("\r\n\r\n"));
        connection.send("HTTP/1.1 413 Content Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        static_cast<void>(connection.ends());
    });
    ClientTransport transport({});
    CHECK(answer_in(transport.exchange(post_to(peer.origin()))).status == 413);
}

TEST_CASE("several threads exchange at once") {
    const RunningServer server;
    ClientTransport transport({});
    std::vector<std::thread> senders;
    std::atomic<int> answered{0};
    for (int sender = 0; sender < 8; ++sender) {
        senders.emplace_back([&] {
            for (int at = 0; at < 50; ++at) {
                const auto exchange = transport.exchange(post_to(server->origin()));
                if (std::holds_alternative<contract::Response>(exchange.answer)) ++answered;
            }
        });
    }
    for (std::thread& sender : senders) sender.join();
    CHECK(answered == 400);
}

}  // namespace smartcar_sim::http
