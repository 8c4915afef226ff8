// The verdict on an answered challenge, word for word.
#include "delivery/verification.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "catch.h"
#include "contract/message.h"
#include "fakes/fake_transport.h"
#include "signature/hmac.h"

using namespace smartcar_sim;
using namespace smartcar_sim::delivery;
using fakes::answered;

namespace {

const std::string kToken = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10";
const std::string kValue = "challenge_3f0c9a51d2e84b7796a1c0de55f7b812";
const std::string kHash = signature::hmac_sha256_hex(kToken, kValue);
const std::string kRight = R"({"challenge":")" + kHash + "\"}";
const std::string kShape =
    R"(Answer 200 with the JSON {"challenge": "<64 hex digits>"} and content type application/json.)";
const std::string kTry4 =
    "If the callback expects 4.0 messages, with the challenge in \"data.challenge\", try --webhook-version 4.0.";
const std::string kTry2 =
    "If the callback expects 2.0 messages, with the challenge in \"payload.challenge\", try --webhook-version 2.0.";

Challenge challenge(contract::Version version = contract::Version::k2_0) {
    return {.version = version,
            .challenge = kValue,
            .body = contract::verify_2_0("webhook-1", kValue).render({}),
            .other_keys = {}};
}

Verdict judged(const Answer& answer, contract::Version version = contract::Version::k2_0) {
    return judge(challenge(version), kToken, answer, Strictness::kLenient);
}

Answer json(int status, std::string body, const std::string& type = "application/json") {
    return contract::Response{.status = status, .headers = {{"Content-Type", type}}, .body = std::move(body)};
}

}  // namespace

TEST_CASE("200 with the right hash in JSON verifies, without a word") {
    const Verdict verdict = judged(json(200, kRight));
    CHECK(verdict.verified);
    CHECK(verdict.reason.empty());
    CHECK(verdict.says.empty());
    CHECK(verdict.warnings.empty());
    CHECK(verdict.status == 200);
    CHECK(verdict.expected == kHash);
    CHECK(verdict.received == kHash);
}

TEST_CASE("content types that are JSON give no warning") {
    for (const char* type : {"application/json; charset=utf-8", "Application/JSON", "application/problem+json"}) {
        CAPTURE(type);
        CHECK(judged(json(200, kRight, type)).warnings.empty());
    }
}

TEST_CASE("further members, whitespace and order do not matter") {
    CHECK(judged(json(200, " { \"ok\": true,\n \"challenge\": \"" + kHash + "\" }\n")).verified);
}

TEST_CASE("another 2xx and another content type are warnings, and failures when strict") {
    struct Row {
        Answer answer;
        std::string warning;
        std::string reason;
        std::string fix;
    };
    const std::vector<Row> rows{
        {json(202, kRight), "The callback answered 202 Accepted, and the documentation asks for 200.", "status",
         "Answer a challenge with status 200."},
        {json(200, kRight, "text/html"),
         "The answer's content type is \"text/html\", and the documentation asks for application/json.", "not-json",
         "Answer a challenge with content type application/json."},
        {answered(200, kRight),
         "The answer's content type is missing, and the documentation asks for application/json.", "not-json",
         "Answer a challenge with content type application/json."},
    };
    for (const Row& row : rows) {
        CAPTURE(row.warning);
        const Verdict lenient = judge(challenge(), kToken, row.answer, Strictness::kLenient);
        CHECK(lenient.verified);
        CHECK(lenient.reason.empty());
        CHECK(lenient.warnings == std::vector<std::string>{row.warning});

        const Verdict strict = judge(challenge(), kToken, row.answer, Strictness::kStrict);
        CHECK_FALSE(strict.verified);
        CHECK(strict.reason == row.reason);
        CHECK(strict.says == row.warning);
        CHECK(strict.fix == row.fix);
    }
}

TEST_CASE("an exchange without a response names what happened") {
    struct Row {
        Failure failure;
        std::string reason;
        std::string says;
        std::string fix;
    };
    const std::vector<Row> rows{
        {{Failure::Kind::kUnreachable, "127.0.0.1:3000: connection refused"},
         "unreachable",
         "No connection to the callback: 127.0.0.1:3000: connection refused.",
         "Start the callback, or check the host and port of the callback URI."},
        {{Failure::Kind::kReset, "closed after 0 bytes"},
         "unreachable",
         "The callback took the connection and closed it before its answer was complete: closed after 0 bytes.",
         "Look in the callback's own output: a crash or an unhandled exception ends a connection like this. So does a "
         "callback that serves https; then write https:// in the callback URI."},
        {{Failure::Kind::kRefusedByPolicy, "example.com is 93.184.216.34"},
         "policy",
         "Nothing was sent to the callback: example.com is 93.184.216.34.",
         "Add --remote if you mean to send there."},
        {{Failure::Kind::kTls, "self-signed certificate"},
         "tls",
         "The TLS handshake with the callback failed: self-signed certificate.",
         "Name the authority of its certificate with --cacert FILE, or skip the check with --insecure; if the callback "
         "speaks plain HTTP, write http:// in the callback URI."},
        {{Failure::Kind::kTimeout, ""},
         "timeout",
         "The callback did not answer in time.",
         "Answer at once and leave slow work for later; Smartcar waits 15 seconds."},
        {{Failure::Kind::kMalformed, "the status line is \"SSH-2.0\""},
         "not-json",
         "What the callback sent could not be read as an HTTP response: the status line is \"SSH-2.0\".",
         "Answer in HTTP/1.1; something else may be listening on that port."},
    };
    for (const Row& row : rows) {
        CAPTURE(row.reason, row.failure.detail);
        const Verdict verdict = judged(row.failure);
        CHECK_FALSE(verdict.verified);
        CHECK(verdict.reason == row.reason);
        CHECK(verdict.says == row.says);
        CHECK(verdict.fix == row.fix);
        CHECK(verdict.status == std::nullopt);
        CHECK(verdict.expected == kHash);
    }
}

TEST_CASE("a redirect says where it pointed") {
    const Verdict verdict =
        judged(contract::Response{.status = 308, .headers = {{"location", "/webhooks/"}}, .body = {}});
    CHECK(verdict.reason == "redirect");
    CHECK(verdict.status == 308);
    CHECK(verdict.says ==
          "The callback answered 308 Permanent Redirect and pointed to \"/webhooks/\"; redirects are not followed.");
    CHECK(verdict.fix ==
          "Use that address as the callback URI or, if it is a login page, let the callback's path through without a "
          "login.");
    CHECK(judged(answered(304)).says == "The callback answered 304 Not Modified; only a 2xx counts.");
}

TEST_CASE("another status is told with its body, and the fix names the other webhook version") {
    const Verdict verdict = judged(answered(404, "Cannot POST /webhook"));
    CHECK(verdict.reason == "status");
    CHECK(verdict.says ==
          "The callback answered 404 Not Found; only a 2xx counts, and its body begins \"Cannot POST /webhook\".");
    CHECK(verdict.fix == "Check the path of the callback URI. " + kTry4);
    CHECK(judged(answered(404), contract::Version::k4_0).fix == "Check the path of the callback URI. " + kTry2);
}

TEST_CASE("each family of statuses has its own fix") {
    const std::vector<std::pair<int, std::string>> rows{
        {400, "Accept a POST with a JSON body that has no SC-Signature."},
        {401,
         "Answer a challenge before any check of signature, login or CSRF token: it carries no SC-Signature unless "
         "--sign-verify is given."},
        {405, "Let the callback's path take POST."},
        {500, "Look in the callback's own output for the error behind it."},
        {429, kShape},
    };
    for (const auto& [status, fix] : rows) {
        CAPTURE(status);
        CHECK(judged(answered(status)).fix == fix + " " + kTry4);
    }
}

TEST_CASE("the right hash under a wrong status is a failure that says so") {
    CHECK(judged(json(500, kRight))
              .says.starts_with("The callback answered 500 Internal Server Error, although the right hash is in its "
                                "body; only a 2xx counts"));
}

TEST_CASE("a body that is not JSON is quoted") {
    CHECK(judged(answered(204)).says == "The callback answered 204 No Content with an empty body.");
    const Verdict text = judged(answered(200, "OK"));
    CHECK(text.reason == "not-json");
    CHECK(text.says.starts_with("The callback answered 200 OK, but its body is not JSON: "));
    CHECK(text.says.ends_with("; its body begins \"OK\"."));
    CHECK(text.fix == kShape);
}

TEST_CASE("an answer that nobody here can read says why") {
    const Verdict zipped = judged(contract::Response{200, {{"Content-Encoding", "gzip"}}, "\x1f\x8b"});
    CHECK(zipped.reason == "not-json");
    CHECK(zipped.says ==
          R"(The callback answered 200 OK, but its body is encoded as "gzip", which was not asked for.)");
    const Verdict endless = judged(answered(200, "{\"challenge\":\"" + std::string(kMostAnswer, ' ')));
    CHECK(endless.reason == "not-json");
    CHECK(endless.says == "The callback answered 200 OK with more than 1 MiB, of which no more was read.");
}

TEST_CASE("the right hash as plain text only wants wrapping") {
    CHECK(judged(answered(200, kHash + "\n")).fix == "Wrap it. " + kShape);
    const Verdict verdict = judged(answered(200, kHash));
    CHECK(verdict.reason == "not-json");
    CHECK(verdict.says ==
          "The callback answered 200 OK with the right hash, but not in JSON; its body begins \"" + kHash + "\".");
    CHECK(verdict.fix == "Wrap it. " + kShape);
}

TEST_CASE("JSON without a string in challenge says what is there instead") {
    struct Row {
        std::string body;
        std::string says;
        std::string fix;
    };
    const std::vector<Row> rows{
        {"{\"received\":true}",
         "The callback answered 200 OK with JSON, but there is no \"challenge\" in it; its body begins "
         "\"{\"received\":true}\".",
         kShape},
        {"{\"challenge\":null}",
         "The callback answered 200 OK with JSON, but \"challenge\" is null, not a string; its body begins "
         "\"{\"challenge\":null}\".",
         kShape},
        {"[]", "The callback answered 200 OK with JSON, but it is an array, not an object; its body begins \"[]\".",
         kShape},
        {R"({"response":")" + kHash + "\"}",
         R"(The callback answered 200 OK with the right hash in "response" and not in "challenge".)",
         "Rename that member to \"challenge\"."},
        {R"({"statusCode":200,"body":"{}"})",
         "The callback answered 200 OK with JSON that describes an HTTP response instead of being its body.",
         "Send what stands in \"body\" as the body itself."},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const Verdict verdict = judged(json(200, row.body));
        CHECK(verdict.reason == "no-challenge");
        CHECK(verdict.says == row.says);
        CHECK(verdict.fix == row.fix + " " + kTry4);
        CHECK(verdict.received.empty());
    }
}

TEST_CASE("a wrong hash is explained: the mistake, its words and what was received") {
    const std::vector<std::pair<std::string, std::string>> rows{
        {kValue, "echoed-challenge"},
        {signature::hmac_sha256_hex(kValue, kToken), "key-and-message-swapped"},
        {signature::hmac_sha256_hex(kToken, challenge().body), "whole-body"},
        {signature::hmac_sha256_hex(kToken + "\n", kValue), "key-with-newline"},
    };
    for (const auto& [received, mistake] : rows) {
        CAPTURE(mistake);
        const Verdict verdict = judged(json(200, R"({"challenge":")" + received + "\"}"));
        CHECK_FALSE(verdict.verified);
        CHECK(verdict.reason == "wrong-hash");
        CHECK(verdict.mistake == mistake);
        CHECK(verdict.received == received);
        const auto row = std::ranges::find(signature::mistakes(), mistake, &signature::Mistake::id);
        REQUIRE(row != signature::mistakes().end());
        CHECK(verdict.says == "\"challenge\" holds the wrong value. " + std::string(row->says));
        CHECK(verdict.fix == row->fix);
    }
}

TEST_CASE("a hash made with another known value as the key names it") {
    Challenge sent = challenge();
    sent.other_keys = {{.name = "SMARTCAR_SECRET", .value = "other"}};
    const std::string received = signature::hmac_sha256_hex("other", kValue);
    const Verdict verdict =
        judge(sent, kToken, json(200, R"({"challenge":")" + received + "\"}"), Strictness::kLenient);
    CHECK(verdict.reason == "wrong-hash");
    CHECK(verdict.says.find("SMARTCAR_SECRET") != std::string::npos);
}

TEST_CASE("a hash of nothing, or of undefined, is that of a challenge that was not where the code looked") {
    for (const std::string_view absent : {"", "undefined", "None", "null"}) {
        CAPTURE(absent);
        const std::string received = signature::hmac_sha256_hex(kToken, absent);
        CHECK(judged(json(200, R"({"challenge":")" + received + "\"}")).mistake == "absent-challenge");
    }
}

TEST_CASE("the right hash in a body that is not JSON says what is wrong with the JSON") {
    const std::string right = R"({"challenge":")" + signature::hmac_sha256_hex(kToken, kValue) + R"(")";
    CHECK(judged(json(200, right)).says.find("with the right hash, but its body is not JSON: ") != std::string::npos);
    CHECK(judged(json(200, "\xEF\xBB\xBF" + right + "}")).says.find("byte order mark") != std::string::npos);
}

TEST_CASE("a wrong hash nobody can explain still has words") {
    const Verdict verdict = judged(json(200, R"({"challenge":")" + std::string(64, '0') + "\"}"));
    CHECK(verdict.reason == "wrong-hash");
    CHECK(verdict.mistake == std::nullopt);
    CHECK(verdict.says.starts_with("\"challenge\" holds the wrong value. "));
    CHECK_FALSE(verdict.fix.empty());
}

// Whose key is wrong nobody knows, but only one side has been given none.
TEST_CASE("a hash under an unknown key says so when the simulator's own key was nobody's choice") {
    const auto fix_for = [](bool is_default_key, const std::string& received) {
        Challenge sent = challenge();
        sent.other_keys = {{.name = "SMARTCAR_SECRET", .value = "other"}};
        sent.is_default_key = is_default_key;
        return judge(sent, kToken, json(200, R"({"challenge":")" + received + "\"}"), Strictness::kLenient).fix;
    };
    constexpr std::string_view kInvented = "The simulator used its development token, because none was given: ";
    const std::string unknown = signature::hmac_sha256_hex("nobody knows", kValue);
    const std::string another = signature::hmac_sha256_hex("other", kValue);
    CHECK(fix_for(true, unknown).starts_with(kInvented));
    CHECK(fix_for(true, another).starts_with(kInvented));
    CHECK(fix_for(false, unknown).find(kInvented) == std::string::npos);
    CHECK(fix_for(true, "no hash").find(kInvented) == std::string::npos);
    CHECK(fix_for(true, kHash + "=").find(kInvented) == std::string::npos);
}

TEST_CASE("a long body that is not JSON is not repeated, and is cut between characters") {
    for (const char* before : {"x", "xx", "xxx"}) {
        std::string name = before;
        for (int i = 0; i < 100; ++i) name += "\u20AC";
        const std::string body = R"({")" + name + R"(":1,")" + name + R"(":2})";
        const std::string says = judged(answered(200, body)).says;
        CAPTURE(says);
        CHECK(says.find("\u20AC\u2026;") != std::string::npos);
        CHECK(base::is_utf8(says));
    }
    CHECK(judged(answered(200, std::string(1'000'000, 'x'))).says.size() < 500);
}

TEST_CASE("every reason a verdict can give is listed") {
    std::vector<std::string_view> ids;
    for (const Reason& reason : reasons()) ids.push_back(reason.id);
    CHECK(ids == std::vector<std::string_view>{"unreachable", "policy", "tls", "redirect", "timeout", "status",
                                               "not-json", "no-challenge", "wrong-hash"});
}

TEST_CASE("a fix is told in the language that the answer's headers tell") {
    const std::string body = R"({"challenge":")" + signature::hmac_sha256_hex(kValue, kToken) + "\"}";
    const std::string general = "Swap the arguments: the token is the key, and the challenge or body is the message.";
    contract::Response response{
        .status = 200, .headers = {{"Content-Type", "application/json"}, {"X-Powered-By", "PHP/8.2.36"}}, .body = body};
    CHECK(judged(response).fix == general + " In PHP: hash_hmac('sha256', $message, $token).");
    response.headers = {{"Content-Type", "application/json"}, {"Server", "nginx"}};
    CHECK(judged(response).fix == general);
}
