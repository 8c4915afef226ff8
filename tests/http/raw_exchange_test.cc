#include "http/raw_exchange.h"

#include <chrono>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "catch.h"
#include "contract/http.h"
#include "delivery/raw_line.h"
#include "fakes/raw_peer.h"
#include "fakes/tls_peer.h"
#include "http/raw_exchanging.h"

namespace smartcar_sim::http {
namespace {

using base::Milliseconds;
using delivery::RawAnswer;
using delivery::RawRequest;
using fakes::RawConnection;
using fakes::RawPeer;
using fakes::TlsPeer;
using After = RawRequest::Piece::After;

const std::string kOk = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
const std::string kGone = "HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n";
const std::string kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
const std::string kGet = "GET /hook HTTP/1.1\r\nhost: a\r\n\r\n";
const std::string kHead = "HEAD /hook HTTP/1.1\r\nhost: a\r\n\r\n";
const std::string kExpecting = "POST /hook HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n";
// No test waits for it: what comes after it is never sent.
constexpr Milliseconds kTooLong{60'000};

// A peer's script tells its test what it read; a script that threw before tells nothing, and the wait says so.
class Told {
public:
    void say(std::string what) { promise_.set_value(std::move(what)); }
    [[nodiscard]] std::string what() {
        auto future = promise_.get_future();
        REQUIRE(future.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
        return future.get();
    }

private:
    std::promise<std::string> promise_;
};

// Answers what comes up to and including this mark.
RawPeer::Script after(std::string mark, std::string answer) {
    return [mark = std::move(mark), answer = std::move(answer)](RawConnection& connection, int) {
        static_cast<void>(connection.read_until(mark));
        connection.send_what_it_takes(answer);
        static_cast<void>(connection.ends());
    };
}

std::string every_byte() {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    return bytes;
}

}  // namespace

TEST_CASE("raw bytes leave exactly as they are given, and nothing beside them") {
    Told read;
    const RawPeer peer([&](RawConnection& connection, int) {
        read.say(connection.read_until("end"));
        connection.send(kOk);
    });
    RawExchange line({});
    const RawAnswer answer = line.exchange(raw_to(peer.origin(), {{every_byte()}, {" GET / hTTp/9\n\n\r"}, {"end"}}));
    CHECK(only_answer_in(answer) == contract::Response{200, {{"content-length", "2"}}, "ok"});
    CHECK(answer.bytes == kOk);
    CHECK(answer.interim == 0);
    CHECK(read.what() == every_byte() + " GET / hTTp/9\n\n\rend");
}

TEST_CASE("a piece waits for its pause, and the time of the exchange includes it") {
    const RawPeer peer(after("onetwo", kOk));
    RawExchange line({});
    const RawAnswer answer = line.exchange(raw_to(peer.origin(), {{"one"}, {"two", Milliseconds(30)}}));
    CHECK(only_answer_in(answer).status == 200);
    CHECK(answer.took >= Milliseconds(30));
}

TEST_CASE("a slow sender's answer ends the exchange within a pause, and the rest is not sent") {
    Told read;
    const RawPeer peer([&](RawConnection& connection, int) {
        std::string first = connection.read_until("one");
        connection.send("HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n");
        read.say(first + connection.read_to_end());
    });
    RawExchange line({});
    CHECK(only_answer_in(line.exchange(raw_to(peer.origin(), {{"one"}, {"two", kTooLong}}))).status == 408);
    CHECK(read.what() == "one");
}

TEST_CASE("an answer that begins before the request has ended holds up neither of them") {
    const RawPeer peer([](RawConnection& connection, int) {
        static_cast<void>(connection.read_until("one"));
        connection.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\no");
        static_cast<void>(connection.read_until("two"));
        connection.send("k");
    });
    RawExchange line({});
    const RawAnswer answer = line.exchange(raw_to(peer.origin(), {{"one"}, {"two", Milliseconds(1)}}));
    CHECK(only_answer_in(answer).body == "ok");
}

TEST_CASE("chunks of a request leave as they are, and an answer's are joined") {
    const std::string chunked = "POST / HTTP/1.1\r\nhost: a\r\nTRANSFER-encoding: chunked\r\n\r\n2;x=y\r\n{}\r\n";
    const RawPeer peer(after("chunked\r\n\r\n2;x=y\r\n{}\r\n0\r\n\r\n",
                             "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n"));
    RawExchange line({});
    CHECK(only_answer_in(line.exchange(raw_to(peer.origin(), {{chunked}, {"0\r\n\r\n"}}))).body == "abc");
}

TEST_CASE("an answer without a length is whole at the end of the connection, of HTTP/1.0 too") {
    for (const std::string version : {"HTTP/1.0", "HTTP/1.1"}) {
        const RawPeer peer([&](RawConnection& connection, int) {
            static_cast<void>(connection.read_until("\r\n\r\n"));
            connection.send(version + " 200 OK\r\n\r\nuntil the end");
        });
        RawExchange line({});
        const RawAnswer answer = line.exchange(raw_to(peer.origin(), {{kGet}}));
        CHECK(only_answer_in(answer).body == "until the end");
        CHECK(answer.bytes == version + " 200 OK\r\n\r\nuntil the end");
    }
}

TEST_CASE("a piece that waits for an interim answer is sent when it has come") {
    Told early;
    const RawPeer peer([&](RawConnection& connection, int) {
        static_cast<void>(connection.read_until("\r\n\r\n"));
        early.say(connection.readable() ? "the body" : "nothing");
        connection.send(kContinue + "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n");
        connection.send(connection.read_until("body") == "body" ? kOk : kGone);
    });
    RawExchange line({});
    const RawRequest::Piece body{.bytes = "body", .after = After::kInterim, .patience = kTooLong};
    const RawAnswer answer = line.exchange(raw_to(peer.origin(), {{kExpecting}, body}));
    CHECK(only_answer_in(answer).status == 200);
    CHECK(answer.interim == 2);
    CHECK(answer.bytes.starts_with(kContinue));
    CHECK(early.what() == "nothing");
}

TEST_CASE("a piece that waits for an interim answer is sent without one when patience ends") {
    const RawPeer peer(after("body", kOk));
    RawExchange line({});
    const RawRequest::Piece body{.bytes = "body", .after = After::kInterim, .patience = Milliseconds(20)};
    const RawAnswer answer = line.exchange(raw_to(peer.origin(), {{kExpecting}, body}));
    CHECK(only_answer_in(answer).status == 200);
    CHECK(answer.interim == 0);
    CHECK(answer.took >= Milliseconds(20));
}

TEST_CASE("a final answer instead of an interim one ends the exchange, and that is no failure") {
    for (const int answers : {1, 2}) {
        CAPTURE(answers);
        Told read;
        const RawPeer peer([&](RawConnection& connection, int) {
            std::string head = connection.read_until("\r\n\r\n");
            connection.send("HTTP/1.1 417 Expectation Failed\r\ncontent-length: 0\r\n\r\n");
            read.say(head + connection.read_to_end());
        });
        RawExchange line({});
        RawRequest request = raw_to(peer.origin(), {{kExpecting}});
        request.pieces.push_back({.bytes = "body", .after = After::kInterim, .patience = kTooLong});
        request.pieces.push_back({.bytes = kGet, .after = After::kAnswer});
        request.answers = answers;
        CHECK(only_answer_in(line.exchange(request)).status == 417);
        CHECK(read.what() == kExpecting);
    }
}

TEST_CASE("the second request on a kept connection is sent when the first is answered") {
    Told early;
    const RawPeer peer([&](RawConnection& connection, int) {
        static_cast<void>(connection.read_until("\r\n\r\n"));
        early.say(connection.readable() ? "the second request" : "nothing");
        connection.send(kGone);
        connection.send(connection.read_until("\r\n\r\n") == kGet ? kOk : kGone);
    });
    RawExchange line({});
    RawRequest request = raw_to(peer.origin(), {{kGet}, {.bytes = kGet, .after = After::kAnswer}});
    request.answers = 2;
    const RawAnswer answer = line.exchange(request);
    CHECK(answers_in(answer) == std::vector<contract::Response>{{410, {{"content-length", "0"}}, ""},
                                                                {200, {{"content-length", "2"}}, "ok"}});
    CHECK(answer.bytes == kGone + kOk);
    CHECK(early.what() == "nothing");
    CHECK(peer.connections() == 1);
}

TEST_CASE("an interim answer to the first request of a connection is none to the second") {
    Told read;
    const RawPeer peer([&](RawConnection& connection, int) {
        static_cast<void>(connection.read_until("\r\n\r\n"));
        connection.send(kContinue);
        static_cast<void>(connection.read_until("body"));
        connection.send(kOk);
        static_cast<void>(connection.read_until("\r\n\r\n"));
        connection.send(kGone);
        read.say(connection.read_to_end());
    });
    RawExchange line({});
    const RawRequest::Piece body{.bytes = "body", .after = After::kInterim, .patience = kTooLong};
    RawRequest request =
        raw_to(peer.origin(), {{kExpecting}, body, {.bytes = kExpecting, .after = After::kAnswer}, body});
    request.answers = 2;
    const RawAnswer answer = line.exchange(request);
    REQUIRE(answers_in(answer).size() == 2);
    CHECK(answer.answers[1].status == 410);
    CHECK(answer.interim == 1);
    CHECK(read.what().empty());
}

TEST_CASE("pipelined requests are answered in turn") {
    const RawPeer peer(after(kGet + kGet, kOk + kGone));
    RawExchange line({});
    RawRequest request = raw_to(peer.origin(), {{kGet + kGet}});
    request.answers = 2;
    const RawAnswer answer = line.exchange(request);
    REQUIRE(answers_in(answer).size() == 2);
    CHECK(answer.answers[1].status == 410);
}

TEST_CASE("the receiver sees a half close and still answers") {
    Told read;
    const RawPeer peer([&](RawConnection& connection, int) {
        read.say(connection.read_to_end());
        connection.send(kOk);
    });
    RawExchange line({});
    RawRequest request = raw_to(peer.origin(), {{kGet}, {"more"}, {"", Milliseconds(1)}});
    request.end = RawRequest::End::kHalfClose;
    CHECK(only_answer_in(line.exchange(request)).body == "ok");
    CHECK(read.what() == kGet + "more");
}

TEST_CASE("the answer to HEAD has no body whatever length it says, though the method comes in pieces") {
    const std::string long_head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n";
    const RawPeer peer([&](RawConnection& connection, int) {
        static_cast<void>(connection.read_until("\r\n\r\n"));
        connection.send(long_head);
        static_cast<void>(connection.read_until("\r\n\r\n"));
        connection.send(kOk);
        static_cast<void>(connection.read_until("\r\n\r\n"));
        connection.send(long_head);
    });
    RawExchange line({});
    RawRequest request = raw_to(peer.origin(), {{"HE"}, {kHead.substr(2)}});
    request.pieces.push_back({.bytes = kGet, .after = After::kAnswer});
    request.pieces.push_back({.bytes = kHead, .after = After::kAnswer});
    request.answers = 3;
    const std::vector<contract::Response> answers = answers_in(line.exchange(request));
    REQUIRE(answers.size() == 3);
    CHECK(answers[0] == contract::Response{200, {{"content-length", "100"}}, ""});
    CHECK(answers[1].body == "ok");
    CHECK(answers[2].body.empty());
}

TEST_CASE("an answer counts though the receiver closes before it has read everything") {
    const RawPeer peer([](RawConnection& connection, int) {
        static_cast<void>(connection.read_until("\r\n\r\n"));
        connection.send("HTTP/1.1 413 Content Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    });
    RawExchange line({});
    for (int at = 0; at < 10; ++at) {
        const RawAnswer answer =
            line.exchange(raw_to(peer.origin(), {{kExpecting}, {std::string(4'000'000, 'x'), Milliseconds(1)}}));
        CHECK(only_answer_in(answer).status == 413);
    }
}

TEST_CASE("raw bytes go over TLS too, request after request") {
    const TlsPeer peer({}, kOk);
    RawExchange line({.cacert = peer.certificate_file()});
    RawRequest request = raw_to(peer.origin_at("localhost"), {{kGet}, {.bytes = kGet, .after = After::kAnswer}});
    request.answers = 2;
    const RawAnswer answer = line.exchange(request);
    CHECK(answers_in(answer).size() == 2);
    CHECK(answer.bytes == kOk + kOk);
    CHECK(peer.server_name() == "localhost");
    CHECK(peer.connections() == 1);
}

TEST_CASE("a half close over TLS is an alert, and is still answered") {
    const TlsPeer peer({.says = TlsPeer::Options::Says::kAtTheEnd}, kOk);
    RawExchange line({.insecure = true});
    RawRequest request = raw_to(peer.origin_at("127.0.0.1"), {{kGet}, {"", Milliseconds(1)}});
    request.end = RawRequest::End::kHalfClose;
    CHECK(only_answer_in(line.exchange(request)).body == "ok");
}

}  // namespace smartcar_sim::http
