#include "http/server.h"

#include <stdexcept>
#include <string>

#include "catch.h"
#include "fakes/gate.h"
#include "http/running_server.h"

namespace smartcar_sim::http {
namespace {

const std::string kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

}  // namespace

TEST_CASE("a server answers on the port and at the origin it names") {
    const RunningServer server;
    CHECK(server->origin() == "http://127.0.0.1:" + std::to_string(server->port()));
    fakes::RawConnection client = server.connect();
    client.send(kGet);
    CHECK(client.read_message() ==
          "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 16\r\n\r\nGET /a [Host=x] ");
}

TEST_CASE("the handler sees the peer's address") {
    const RunningServer server(
        {}, [](const contract::Request& request) { return contract::Response{200, {}, request.peer}; });
    CHECK(body_of(server.answer_to("GET / HTTP/1.0\r\n\r\n")) == "127.0.0.1");
}

TEST_CASE("header values reach the handler as they were sent, not percent-decoded") {
    const RunningServer server;
    const std::string answer =
        server.answer_to("GET /p%41 HTTP/1.0\r\nAuthorization: a%41%0d%0aX: y\r\nREMOTE_ADDR: 9.9.9.9\r\n\r\n");
    CHECK(body_of(answer) == "GET /p%41 [Authorization=a%41%0d%0aX: y][REMOTE_ADDR=9.9.9.9] ");
}

TEST_CASE("odd Accept and Range headers are nobody's business but the handler's") {
    const RunningServer server;
    CHECK(status_of(server.answer_to("GET / HTTP/1.0\r\nAccept: ;;q=9,/\r\nRange: bytes=9-1\r\n\r\n")) == 200);
}

TEST_CASE("a thousand requests in a row are answered on one connection") {
    const RunningServer server;
    fakes::RawConnection client = server.connect();
    for (int at = 0; at < 1000; ++at) {
        client.send(kGet);
        REQUIRE(status_of(client.read_message()) == 200);
    }
}

TEST_CASE("pipelined requests are all answered, in order") {
    const RunningServer server;
    fakes::RawConnection client = server.connect();
    std::string requests;
    for (int at = 0; at < 50; ++at) {
        requests += "POST /" + std::to_string(at) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi\r\n";
    }
    client.send(requests);
    for (int at = 0; at < 50; ++at) {
        CHECK(body_of(client.read_message()) == "POST /" + std::to_string(at) + " [Host=x][Content-Length=2] hi");
    }
}

// Once both answers left together: a health check waited for the long poll that the client had sent after it.
TEST_CASE("the answer to a pipelined request does not wait for the next request's handler") {
    Gate gate;
    const RunningServer server({}, [&](const contract::Request& request) {
        if (request.target == "/slow") gate.pass();
        return describe(request);
    });
    fakes::RawConnection client = server.connect();
    client.send(kGet + "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    REQUIRE(gate.reached());
    const std::string first = client.readable() ? client.read_message() : "nothing";
    gate.open();
    CHECK(body_of(first) == "GET /a [Host=x] ");
    CHECK(body_of(client.read_message()) == "GET /slow [Host=x] ");
}

TEST_CASE("a request that arrives byte by byte is one request") {
    const RunningServer server;
    fakes::RawConnection client = server.connect();
    for (const char& byte : kGet) client.send({&byte, 1});
    CHECK(body_of(client.read_message()) == "GET /a [Host=x] ");
}

TEST_CASE("Connection: close in any case, and HTTP/1.0, end the connection after the answer") {
    const RunningServer server;
    CHECK(server.answer_to("GET /a HTTP/1.1\r\nHost: x\r\nConnection: CLOSE\r\n\r\n").find("connection: close\r\n") !=
          std::string::npos);
    CHECK(body_of(server.answer_to("GET /a HTTP/1.0\r\n\r\n")) == "GET /a  ");
}

TEST_CASE("HTTP/1.0 with keep-alive keeps the connection and is told so") {
    const RunningServer server;
    fakes::RawConnection client = server.connect();
    for (int at = 0; at < 2; ++at) {
        client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        CHECK(client.read_message().starts_with(
            "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 31\r\nconnection: keep-alive\r\n\r\n"));
    }
}

TEST_CASE("an error answer does not end the connection") {
    const RunningServer server({}, [](const contract::Request&) { return contract::json_response(404, "{}"); });
    fakes::RawConnection client = server.connect();
    for (int at = 0; at < 2; ++at) {
        client.send(kGet);
        CHECK(client.read_message() ==
              "HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
    }
}

TEST_CASE("HEAD has the length and not the body") {
    const RunningServer server;
    CHECK(server.answer_to("HEAD /a HTTP/1.0\r\n\r\n") ==
          "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 9\r\nconnection: close\r\n\r\n");
}

TEST_CASE("header names are sent as the handler spells them, and 430 has a phrase") {
    const RunningServer server({}, [](const contract::Request&) {
        return contract::Response{430, {{"sc-request-id", "1"}, {"Retry-After", "2"}}, ""};
    });
    CHECK(
        server.answer_to("GET / HTTP/1.0\r\n\r\n") ==
        "HTTP/1.1 430 Billing\r\nsc-request-id: 1\r\nRetry-After: 2\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
}

TEST_CASE("a handler that throws is a 500 that tells nobody what was thrown") {
    const RunningServer server({}, [](const contract::Request& request) -> contract::Response {
        if (request.target == "/int") throw 1;
        throw std::runtime_error("/etc/secret");
    });
    for (const std::string target : {"/", "/int"}) {
        const std::string answer = server.answer_to("GET " + target + " HTTP/1.0\r\n\r\n");
        CHECK(answer.starts_with(
            "HTTP/1.1 500 Internal Server Error\r\ncontent-type: application/json\r\ncontent-length: "));
        CHECK(
            body_of(answer) ==
            R"({"error":{"code":"internal_server_error","message":"The request could not be answered because of a mistake in the simulator."}})");
    }
}

TEST_CASE("a response header that holds a line break is not sent") {
    for (const std::string& value : {std::string("a\r\nSet-Cookie: b"), std::string("a\nb"), std::string("a\0b", 3)}) {
        const RunningServer server(
            {}, [&](const contract::Request&) { return contract::Response{200, {{"x", value}}, ""}; });
        const std::string answer = server.answer_to("GET / HTTP/1.0\r\n\r\n");
        CHECK(status_of(answer) == 500);
        CHECK(answer.find("Cookie") == std::string::npos);
    }
}

TEST_CASE("what is not HTTP is answered 400 at once, and the connection closed") {
    const RunningServer server;
    for (const std::string bytes : {"\x16\x03\x01", "GET / HTTP/1.1\n\n", "hello\r\n\r\n"}) {
        const std::string answer = server.answer_to(bytes);
        CHECK(status_of(answer) == 400);
        CHECK(answer.find("connection: close\r\n") != std::string::npos);
    }
    CHECK(server.alive());
}

TEST_CASE("a flood of header fields, a long head and a long path are refused") {
    const RunningServer server;
    std::string fields;
    for (int at = 0; at < 20'000; ++at) fields += "x: y\r\n";
    CHECK(status_of(server.answer_to("GET / HTTP/1.1\r\n" + fields + "\r\n")) == 431);
    CHECK(status_of(server.answer_to("GET / HTTP/1.1\r\nx: " + std::string(1'000'000, 'a'))) == 431);
    CHECK(status_of(server.answer_to("GET /" + std::string(8000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n")) == 414);
    CHECK(status_of(server.answer_to(std::string(1'000'000, 'a'))) == 414);
    CHECK(server.alive());
}

TEST_CASE("a large answer arrives whole") {
    const std::string large(3'000'000, 'x');
    const RunningServer server({}, [&](const contract::Request&) { return contract::Response{200, {}, large}; });
    CHECK(body_of(server.answer_to("GET / HTTP/1.0\r\n\r\n")) == large);
}

}  // namespace smartcar_sim::http
