#include "http/request_head.h"

#include <string>
#include <vector>

#include "base/text.h"
#include "catch.h"
#include "http/fields.h"

namespace smartcar_sim::http {
namespace {

std::variant<RequestHead, Refusal> parse(const std::string& head) {
    REQUIRE(head_length(head) == head.size());
    return parse_request_head(head);
}

RequestHead read(const std::string& head) {
    CAPTURE(head);
    const auto parsed = parse(head);
    REQUIRE(std::holds_alternative<RequestHead>(parsed));
    return std::get<RequestHead>(parsed);
}

Refusal refused(const std::string& head) {
    CAPTURE(head);
    const auto parsed = parse(head);
    REQUIRE(std::holds_alternative<Refusal>(parsed));
    return std::get<Refusal>(parsed);
}

// A POST with a Host and these lines.
std::string post(const std::string& lines) { return "POST /x HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n"; }

}  // namespace

TEST_CASE("method, target and fields are kept as they were sent") {
    const RequestHead head = read(
        "GET /v2.0/vehicles/%41?x=%20&y HTTP/1.1\r\nHost: a:1\r\nAuthorization:  a%41%0d%0a b \r\nx-Empty:\r\n\r\n");
    CHECK(head.request.method == "GET");
    CHECK(head.request.target == "/v2.0/vehicles/%41?x=%20&y");
    const contract::Headers expected = {{"Host", "a:1"}, {"Authorization", "a%41%0d%0a b"}, {"x-Empty", ""}};
    CHECK((head.request.headers == expected));
    CHECK((head.framing == Framing{}));
    CHECK_FALSE(head.close);
}

TEST_CASE("a body is framed by its length or by chunks") {
    CHECK((read(post("Content-Length: 12\r\n")).framing == Framing{Framing::Kind::kLength, 12}));
    CHECK((read(post("Content-Length: 0\r\nContent-Encoding: zip\r\n")).framing == Framing{}));
    CHECK((read(post("Transfer-Encoding: Chunked\r\n")).framing == Framing{Framing::Kind::kChunked}));
    CHECK((read(post("Content-Length: 1\r\nContent-Encoding: X-GZIP\r\n")).framing ==
           Framing{Framing::Kind::kLength, 1, Framing::Coding::kGzip}));
    CHECK((read(post("Content-Length: 1\r\nContent-Encoding: identity\r\n")).framing ==
           Framing{Framing::Kind::kLength, 1}));
}

TEST_CASE("Connection is read in any case and among other words") {
    CHECK(read("GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n").close);
    CHECK(read("GET / HTTP/1.1\r\nHost: a\r\nconnection: TE,CLOSE\r\n\r\n").close);
    CHECK_FALSE(read("GET / HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n\r\n").close);
    CHECK(read("GET / HTTP/1.0\r\n\r\n").close);
    CHECK_FALSE(read("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").close);
    CHECK(read("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").keep_alive);
    CHECK(read("GET / HTTP/1.0\r\nConnection: Keep-Alive, close\r\n\r\n").close);
    CHECK_FALSE(read("GET / HTTP/1.1\r\nHost: a\r\nConnection: Keep-Alive\r\n\r\n").keep_alive);
}

TEST_CASE("a 100 is expected only before a body of HTTP/1.1") {
    CHECK(read(post("Content-Length: 1\r\nExpect: 100-Continue\r\n")).expects_continue);
    CHECK_FALSE(read(post("Expect: 100-continue\r\n")).expects_continue);
    CHECK((refused(post("Expect: tea\r\n")) == Refusal{417, "The only expectation met here is 100-continue."}));
}

TEST_CASE("the absolute form is taken apart and its host wins") {
    const RequestHead head = read("GET HTTP://b:2/p?q HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(head.request.target == "/p?q");
    CHECK(head.request.headers.get("host") == "b:2");
    CHECK(read("GET http://b HTTP/1.1\r\nHost: a\r\n\r\n").request.target == "/");
    CHECK(read("GET http://b?q HTTP/1.1\r\nHost: a\r\n\r\n").request.target == "/?q");
    CHECK(read("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").request.target == "*");
}

TEST_CASE("what two readers could take for two things is refused") {
    const auto is = [](const std::string& head, int status, const std::string& message) {
        CHECK((refused(head) == Refusal{status, message}));
    };
    const std::string control = "This is not HTTP/1.1: a line holds a control character or does not end in CRLF.";
    is("GET / HTTP/1.1\n", 400, control);
    is("GET / HTTP/1.1\r\nHost: a\n", 400, control);
    is("GET / HTTP/1.1\r\nHost: a\r\nx: a\rb\r\n\r\n", 400, control);
    is(std::string("GET / HTTP/1.1\r\nx: a\0", 21), 400, control);
    is("\x16", 400, control);
    is("GET / HTTP/1.1\r\nHost: a\r\nx: 1\r\n folded\r\n\r\n", 400,
       "This is not HTTP/1.1: a header line is folded onto a second one.");
    is("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400, "This is not HTTP/1.1: the name of a header field is not a token.");
    is("GET / HTTP/1.1\r\nHost\r\n\r\n", 400, "This is not HTTP/1.1: a header line has no colon.");
    is("GET / HTTP/1.1\r\n: a\r\n\r\n", 400, "This is not HTTP/1.1: the name of a header field is not a token.");
    is("GET / HTTP/1.1\r\n\r\n", 400, "HTTP/1.1 needs a Host header.");
    for (const std::string length : {"abc", "-1", "+1", "1, 1", "0x1", "", "1 1", "99999999999999999999"}) {
        is(post("Content-Length: " + length + "\r\n"), 400, "Content-Length is not a number.");
    }
    is(post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"), 400,
       "both Content-Length and Transfer-Encoding are given.");
    is(post("Transfer-Encoding: gzip, chunked\r\n"), 400, "the only Transfer-Encoding read is chunked.");
    is("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400, "HTTP/1.0 has no Transfer-Encoding.");
    is(post("Content-Length: 1\r\nContent-Encoding: zip\r\n"), 415,
       "The body's Content-Encoding is not understood; send it without, or with gzip.");
    is(post("Content-Length: 1\r\nContent-Encoding: gzip, gzip\r\n"), 415,
       "The body's Content-Encoding is not understood; send it without, or with gzip.");
}

TEST_CASE("a field that has one value is refused when it is given twice, and named") {
    for (const std::string name : {"Authorization", "Content-Length", "Content-Type", "Expect", "Host", "Origin",
                                   "SC-Unit-System", "Transfer-Encoding"}) {
        const Refusal twice{400, name + " is given twice."};
        CHECK((refused(post(name + ": 1\r\n" + name + ": 1\r\n")) == twice));
        CHECK((refused(post(name + ": 1\r\nx: y\r\n" + base::lower_case(name) + ": 2\r\n")) == twice));
    }
    const RequestHead head = read(post("Accept: a\r\nAccept: b\r\nSC-Signature: 1\r\nSC-Signature: 2\r\n"));
    CHECK(head.request.headers.count("sc-signature") == 2);  // the callback's own test of its receiver
}

TEST_CASE("request lines that are not METHOD TARGET VERSION are refused") {
    const auto status_of = [](const std::string& line) { return refused(line + "\r\nHost: a\r\n\r\n").status; };
    for (const std::string line :
         {"GET", "GET /", "get / HTTP/1.1", "G@T / HTTP/1.1", "GET /a b HTTP/1.1", "GET x HTTP/1.1", "GET /#f HTTP/1.1",
          "GET /\xC3\xA9 HTTP/1.1", "CONNECT a:1 HTTP/1.1", "GET / http/1.1", "GET  / HTTP/1.1", "GET / HTTP/1.1 ",
          "GET / FTP/1.1", "OPTIONS * x HTTP/1.1", "GET * HTTP/1.1"}) {
        CAPTURE(line);
        CHECK(status_of(line) == 400);
    }
    CHECK(status_of("PRI * HTTP/2.0") == 505);
    CHECK(status_of("GET / HTTP/1.2") == 505);
}

TEST_CASE("long paths, long lines, many fields and long heads are refused") {
    CHECK(read("GET /" + std::string(kMostPathBytes - 1, 'a') + "?" + std::string(4000, 'q') +
               " HTTP/1.1\r\nHost: a\r\n\r\n")
              .request.path()
              .size() == kMostPathBytes);
    CHECK(refused("GET /" + std::string(kMostPathBytes, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n").status == 414);
    CHECK(refused("GET /?" + std::string(kMostRequestLineBytes, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n").status == 414);
    std::string fields;
    for (int at = 0; at < 100; ++at) fields += "x: y\r\n";
    CHECK(refused(post(fields)).status == 431);
    CHECK(refused(post("x: " + std::string(kMostHeadBytes, 'a') + "\r\n")).status == 431);
}

TEST_CASE("the end of a head is found however it arrives, and what is not HTTP ends at once") {
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (std::size_t seen = 0; seen < head.size(); ++seen) {
        CAPTURE(seen);
        CHECK(head_length(head.substr(0, seen)) == 0);
        CHECK(head_length(head + "more", seen) == head.size());
    }
    CHECK(head_length("GET / HTTP/1.1\n") == 15);
    CHECK(head_length("\x16\x03\x01") == 1);
}

TEST_CASE("a refusal is JSON that names the status and never repeats what was sent") {
    const contract::Response response = refusal_response({414, "The path is longer than 1024 bytes."});
    CHECK(response.status == 414);
    CHECK(response.headers.get("content-type") == "application/json");
    CHECK(response.body == R"({"error":{"code":"uri_too_long","message":"The path is longer than 1024 bytes."}})");
}

TEST_CASE("a request is written with Host first, fields as spelled, and the length it has alone") {
    const contract::Request request{.method = "POST",
                                    .target = "/hook?x=1",
                                    .headers = {{"SC-Signature", "ab"},
                                                {"content-type", "application/json"},
                                                {"CONTENT-LENGTH", "9"},
                                                {"transfer-encoding", "chunked"}},
                                    .body = "{}",
                                    .peer = ""};
    CHECK(to_bytes({request, "127.0.0.1:3000", false}) ==
          "POST /hook?x=1 HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nSC-Signature: ab\r\ncontent-type: "
          "application/json\r\nContent-Length: 2\r\n\r\n{}");
    const contract::Request named{.method = "GET", .target = "/", .headers = {{"host", "b"}}, .body = "", .peer = ""};
    CHECK(to_bytes({named, "a", true}) == "GET / HTTP/1.1\r\nhost: b\r\nConnection: close\r\n\r\n");
    const contract::Request empty{.method = "PUT", .target = "/", .headers = {}, .body = "", .peer = ""};
    CHECK(to_bytes({empty, "a", false}) == "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
}

}  // namespace smartcar_sim::http
