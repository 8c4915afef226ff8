#include "http/response_head.h"

#include <string>

#include "catch.h"

namespace smartcar_sim::http {
namespace {

ResponseHead read(const std::string& head) {
    CAPTURE(head);
    const auto parsed = parse_response_head(head);
    REQUIRE(std::holds_alternative<ResponseHead>(parsed));
    return std::get<ResponseHead>(parsed);
}

Fault fault_of(const std::string& head) {
    CAPTURE(head);
    const auto parsed = parse_response_head(head);
    REQUIRE(std::holds_alternative<Fault>(parsed));
    return std::get<Fault>(parsed);
}

std::string written(const contract::Response& response, bool head_only = false, std::string_view connection = "") {
    std::string out;
    append(out, {response, head_only, connection});
    return out;
}

}  // namespace

TEST_CASE("status and fields of an answer are kept as they were sent") {
    const ResponseHead head = read("HTTP/1.1 404 Not  Found\r\nX-Token: a%41\r\ncontent-length: 3\r\n\r\n");
    CHECK(head.status == 404);
    const contract::Headers expected = {{"X-Token", "a%41"}, {"content-length", "3"}};
    CHECK((head.headers == expected));
    CHECK((head.framing == Framing{Framing::Kind::kLength, 3}));
    CHECK_FALSE(head.close);
}

TEST_CASE("an answer's body ends by length, by chunks, with the connection, or is not there") {
    CHECK((read("HTTP/1.1 200\r\ntransfer-encoding: chunked\r\n\r\n").framing.kind == Framing::Kind::kChunked));
    CHECK((read("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").framing.kind == Framing::Kind::kNone));
    CHECK((read("HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\n").framing.kind == Framing::Kind::kNone));
    CHECK((read("HTTP/1.1 304 Not Modified\r\n\r\n").framing.kind == Framing::Kind::kNone));
    const ResponseHead until_close = read("HTTP/1.0 200 OK\r\n\r\n");
    CHECK((until_close.framing.kind == Framing::Kind::kUntilClose));
    CHECK(until_close.close);
}

TEST_CASE("a compressed answer is left as it is") {
    const Framing framing = read("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\n").framing;
    CHECK((framing.coding == Framing::Coding::kNone));
}

TEST_CASE("an answer that is not HTTP says why") {
    CHECK(fault_of("SSH-2.0-OpenSSH_9.2\r\n\r\n") == "the first line is not an HTTP status line");
    CHECK(fault_of("HTTP/1.1 20 OK\r\n\r\n") == "the first line is not an HTTP status line");
    CHECK(fault_of("HTTP/1.1 2000 OK\r\n\r\n") == "the first line is not an HTTP status line");
    CHECK(fault_of("HTTP/2 200 OK\r\n\r\n") == "the first line is not an HTTP status line");
    CHECK(fault_of("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n") ==
          "Content-Length is given twice");
    CHECK(fault_of("HTTP/1.1 200 OK\r\nno colon\r\n\r\n") == "a header line has no colon");
}

TEST_CASE("a response is written with its fields as spelled and the length it has") {
    const contract::Response response{
        200, {{"sc-request-id", "r"}, {"Content-Length", "99"}, {"Connection", "upgrade"}}, "hi"};
    CHECK(written(response) == "HTTP/1.1 200 OK\r\nsc-request-id: r\r\ncontent-length: 2\r\n\r\nhi");
    CHECK(written(response, true, "close") ==
          "HTTP/1.1 200 OK\r\nsc-request-id: r\r\ncontent-length: 2\r\nconnection: close\r\n\r\n");
}

TEST_CASE("204 and 304 have neither body nor length") {
    CHECK(written({204, {}, "x"}) == "HTTP/1.1 204 No Content\r\n\r\n");
    CHECK(written({304, {}, "x"}) == "HTTP/1.1 304 Not Modified\r\n\r\n");
}

TEST_CASE("Smartcar's own status has a reason phrase") {
    CHECK(written({430, {}, ""}).starts_with("HTTP/1.1 430 Billing\r\n"));
}

}  // namespace smartcar_sim::http
