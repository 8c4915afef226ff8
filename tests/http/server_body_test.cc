// Bodies of requests: where they end, how they are encoded, how large they may be.
#include <string>

#include "catch.h"
#include "http/gzip.h"
#include "http/running_server.h"

namespace smartcar_sim::http {
namespace {

// The size and the start of the body, so that large ones need no large comparison.
contract::Response measure(const contract::Request& request) {
    return {200, {}, request.method + " " + std::to_string(request.body.size()) + " " + request.body.substr(0, 10)};
}

std::string post(const std::string& fields, const std::string& body) {
    return "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + fields + "\r\n" + body;
}

std::string with_length(const std::string& fields, const std::string& body) {
    return post(fields + "Content-Length: " + std::to_string(body.size()) + "\r\n", body);
}

}  // namespace

TEST_CASE("requests without a body are answered at once, whatever their method") {
    const RunningServer server({}, measure);
    fakes::RawConnection client = server.connect();
    for (const std::string method : {"POST", "PUT", "PATCH", "DELETE", "GET", "OPTIONS"}) {
        client.send(method + " / HTTP/1.1\r\nHost: x\r\n\r\n");
        CHECK(body_of(client.read_message()) == method + " 0 ");
    }
}

TEST_CASE("GET, DELETE and unknown methods may have a body") {
    const RunningServer server({}, measure);
    fakes::RawConnection client = server.connect();
    for (const std::string method : {"GET", "DELETE", "PROPFIND"}) {
        client.send(method + " / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
        CHECK(body_of(client.read_message()) == method + " 2 {}");
    }
}

TEST_CASE("a form body over 8 KiB is accepted, and multipart is left to the handler") {
    const RunningServer server({}, measure);
    CHECK(body_of(server.answer_to(with_length("Content-Type: application/x-www-form-urlencoded\r\n",
                                               std::string(9000, 'a')))) == "POST 9000 aaaaaaaaaa");
    CHECK(body_of(server.answer_to(with_length("Content-Type: multipart/form-data\r\n", "--x--"))) == "POST 5 --x--");
}

TEST_CASE("a chunked body is joined, and the next request follows it") {
    const RunningServer server({}, measure);
    fakes::RawConnection client = server.connect();
    client.send(
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;x=y\r\n!\r\n0\r\n\r\nGET / "
        "HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(body_of(client.read_message()) == "POST 6 hello!");
    CHECK(body_of(client.read_message()) == "GET 0 ");
}

TEST_CASE("a malformed chunk is refused and nothing after it is taken for a request") {
    const RunningServer server({}, measure);
    for (const std::string chunks :
         {"-2\r\nab\r\n0\r\n\r\n", "0x2\r\nab\r\n0\r\n\r\n", "2\r\nabGET / HTTP/1.1\r\nHost: x\r\n\r\n", "zz\r\n",
          "0\r\nname: trailer\r\n\r\n"}) {
        CAPTURE(chunks);
        const std::string answer = server.answer_to(post("Transfer-Encoding: chunked\r\n", chunks));
        CHECK(status_of(answer) == 400);
        CHECK(
            body_of(answer) ==
            R"({"error":{"code":"bad_request","message":"The body is not chunked or compressed as its head says."}})");
    }
}

TEST_CASE("the limit holds for bodies with a length, with chunks and with compression") {
    const RunningServer server({.limits = {.max_body = 1000}}, measure);
    const std::string too_large =
        R"({"error":{"code":"content_too_large","message":"The body of the request is larger than 1000 bytes."}})";
    CHECK(body_of(server.answer_to(with_length("", std::string(1000, 'a')))) == "POST 1000 aaaaaaaaaa");
    CHECK(body_of(server.answer_to(with_length("", std::string(1001, 'a')))) == too_large);
    CHECK(body_of(server.answer_to(post("Content-Length: 9223372036854775807\r\n", ""))) == too_large);
    CHECK(body_of(server.answer_to(post("Transfer-Encoding: chunked\r\n",
                                        "3e8\r\n" + std::string(1000, 'a') + "\r\n1\r\nb\r\n0\r\n\r\n"))) == too_large);
    CHECK(body_of(server.answer_to(
              post("Transfer-Encoding: chunked\r\n", "ffffffff\r\n" + std::string(20'000, 'a')))) == too_large);
    if (!gzipped("").empty()) {
        CHECK(body_of(server.answer_to(
                  with_length("Content-Encoding: gzip\r\n", gzipped(std::string(4'000'000, 'a'))))) == too_large);
    }
}

TEST_CASE("the requests to one path may have a larger body, and have a limit too") {
    const RunningServer server({.limits = {.max_body = 10, .larger = {{.path = "/large", .max_body = 20}}}}, measure);
    const auto to_large = [](std::string request) {
        REQUIRE(request.starts_with("POST / "));
        return request.insert(std::string("POST /").size(), "large");
    };
    CHECK(status_of(server.answer_to(with_length("", std::string(11, 'a')))) == 413);
    CHECK(status_of(server.answer_to(to_large(with_length("", std::string(20, 'a'))))) == 200);
    CHECK(body_of(server.answer_to(to_large(with_length("", std::string(21, 'a'))))) ==
          R"({"error":{"code":"content_too_large","message":"The body of the request is larger than 20 bytes."}})");
}

TEST_CASE("ten megabytes are refused while they are still being sent, and the answer arrives") {
    const RunningServer server({}, measure);
    std::string whole;
    std::string chunks;
    for (int at = 0; at < 160; ++at) {
        const std::string part(0x10000, 'a');
        whole += part;
        chunks += "10000\r\n" + part + "\r\n";
    }
    CHECK(status_of(server.answer_to(post("Transfer-Encoding: chunked\r\n", chunks + "0\r\n\r\n"))) == 413);
    CHECK(status_of(server.answer_to(with_length("", whole))) == 413);
    CHECK(status_of(server.answer_to(with_length("", "small"))) == 200);
}

TEST_CASE("a gzip body reaches the handler decompressed") {
    const RunningServer server({}, measure);
    if (gzipped("").empty()) {
        CHECK(status_of(server.answer_to(with_length("Content-Encoding: gzip\r\n", "x"))) == 415);
        return;
    }
    CHECK(body_of(server.answer_to(with_length("Content-Encoding: GZIP\r\n", gzipped("hello")))) == "POST 5 hello");
    CHECK(status_of(server.answer_to(with_length("Content-Encoding: gzip\r\n", "not gzip"))) == 400);
}

// The library's decoder, in every version, takes what it could unpack for all there was.
TEST_CASE("a gzip body that was cut short is refused") {
    if (gzipped("").empty()) return;
    const RunningServer server({}, measure);
    const std::string whole = gzipped(std::string(1000, 'x'));
    for (std::size_t length = 1; length < whole.size(); ++length) {
        CAPTURE(length);
        const std::string cut = whole.substr(0, length);
        CHECK(status_of(server.answer_to(with_length("Content-Encoding: gzip\r\n", cut))) == 400);
    }
}

TEST_CASE("an unknown coding is 415 before the body is read") {
    const RunningServer server({}, measure);
    for (const std::string coding : {"zip", "deflate", "br", "gzip, gzip"}) {
        CAPTURE(coding);
        const std::string head = "Content-Encoding: " + coding + "\r\nContent-Length: 5\r\n";
        CHECK(status_of(server.answer_to(post(head, ""))) == 415);
    }
}

TEST_CASE("a client that expects 100-continue gets it before the body, and no body is asked for in vain") {
    const RunningServer server({.limits = {.max_body = 10}}, measure);
    fakes::RawConnection client = server.connect();
    client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hi");
    CHECK(body_of(client.read_message()) == "POST 2 hi");
    CHECK(status_of(server.answer_to(post("Expect: 100-continue\r\nContent-Length: 11\r\n", ""))) == 413);
}

TEST_CASE("a client that ends within its body is told so") {
    const RunningServer server({}, measure);
    fakes::RawConnection client = server.connect();
    client.send(post("Content-Length: 5\r\n", "he"));
    client.half_close();
    CHECK(body_of(client.read_to_end()) ==
          R"({"error":{"code":"bad_request","message":"The body ends before the length its head says."}})");
}

}  // namespace smartcar_sim::http
