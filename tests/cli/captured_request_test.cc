#include "cli/captured_request.h"

#include <string>

#include "catch.h"

namespace smartcar_sim::cli {
namespace {

const std::string kBody = R"({"eventName":"eventBased"})";
const std::string kHead = "POST /webhooks HTTP/1.1\r\nHost: x\r\nsc-signature:  ab12 \r\n";

CapturedRequest captured(const std::string& text) {
    const auto request = read_captured_request(text, "f.http");
    REQUIRE(request.ok());
    return request.value();
}

}  // namespace

TEST_CASE("a captured request gives its body, byte for byte, and its signature") {
    for (const std::string& text :
         {kHead + "\r\n" + kBody, "POST / HTTP/1.1\nSC-Signature: ab12\n\n" + kBody, "SC-Signature: ab12\n\n" + kBody,
          kHead + "Content-Length: 26\r\n\r\n" + kBody + "\n"}) {
        INFO(text);
        CHECK(captured(text).body == kBody);
        CHECK(captured(text).signature == "ab12");
        CHECK(captured(text).challenge == std::nullopt);
    }
    CHECK(captured(kHead + "\r\n" + kBody + "\r\n").body == kBody + "\r\n");
    CHECK(captured("Host: x\n\n").signature == std::nullopt);
}

TEST_CASE("a request as curl shows it is read without its marks") {
    const CapturedRequest request = captured(
        "*   Trying 127.0.0.1:3000...\n* Connected\n> POST /webhooks HTTP/1.1\n> Host: x\n* a remark\n"
        "> SC-Signature: ab12\n> \n} [26 bytes data]\n" +
        kBody);
    CHECK(request.body == kBody);
    CHECK(request.signature == "ab12");
}

TEST_CASE("a captured challenge is found in either version") {
    for (const std::string body :
         {R"({"version":"2.0","eventName":"verify","payload":{"challenge":"challenge_1"}})",
          R"({"eventType":"VERIFY","data":{"challenge":"challenge_1"},"meta":{"version":"4.0"}})"}) {
        INFO(body);
        CHECK(captured("Host: x\n\n" + body).challenge == "challenge_1");
    }
}

TEST_CASE("what is no captured request says why") {
    struct Case {
        std::string text, message;
        int line;
    };
    for (const auto& [text, message, line] : {
             Case{"", "there is no empty line between the headers and the body", 1},
             Case{kHead, "there is no empty line between the headers and the body", 4},
             Case{kBody, "the line is no header; give a body alone with --body", 1},
             Case{"\n" + kBody, "there are no headers; give a body alone with --body", 1},
             Case{"> POST / HTTP/1.1\n{}", "the request's head has no end, an empty line with >", 2},
             Case{"Content-Length: 30\n\n" + kBody,
                  "Content-Length is 30, but 26 bytes of body follow: what was captured is not what was sent", 3},
             Case{"Transfer-Encoding: chunked\n\n1a\r\n" + kBody + "\r\n0\r\n\r\n",
                  "the body is in chunks; put them together and give the body with --body", 3},
         }) {
        INFO(text);
        const auto request = read_captured_request(text, "f.http");
        REQUIRE_FALSE(request.ok());
        CHECK(request.error().message == message);
        REQUIRE(request.error().place.has_value());
        CHECK(request.error().place->line == line);
    }
}

}  // namespace smartcar_sim::cli
