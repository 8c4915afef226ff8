#include "signature/explain.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"
#include "signature/hmac.h"

namespace smartcar_sim::signature {
namespace {

const std::string kKey = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10";
const std::string kChallenge = "challenge_063f9ab0f106cc06b7d06e7945b4eced";
const std::string kBody = R"({"eventName":"eventBased","payload":{"name":"Zürich","url":"a/b"}})";

Question about_challenge(std::string received) {
    return {.subject = Subject::kChallenge,
            .message = kChallenge,
            .key = kKey,
            .received = std::move(received),
            .request_body = R"({"payload":{"challenge":")" + kChallenge + R"("}})",
            .other_keys = {{.name = "client-secret", .value = "a secret"}, {.name = "PORT in .env", .value = "3000"}}};
}

Question about_body(std::string received) {
    return {.subject = Subject::kBody,
            .message = kBody,
            .key = kKey,
            .received = std::move(received),
            .request_body = {},
            .other_keys = {{.name = "client-secret", .value = "a secret"}, {.name = "PORT in .env", .value = "3000"}}};
}

std::string upper_case(std::string text) {
    for (char& c : text) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

// How many of so many random hashes are valid or get a mistake.
int named_of(int hashes, Question (*question)(std::string received)) {
    std::mt19937_64 random(20260101);
    constexpr std::string_view kDigits = "0123456789abcdef";
    int named = 0;
    for (int round = 0; round < hashes; ++round) {
        std::string hash;
        while (hash.size() < 64) hash += kDigits[random() % 16];
        const Explanation explanation = explain(question(std::move(hash)));
        named += explanation.valid || explanation.mistake ? 1 : 0;
    }
    return named;
}

}  // namespace

TEST_CASE("only the exact lower-case hash is valid") {
    const Explanation right = explain(about_challenge(hmac_sha256_hex(kKey, kChallenge)));
    CHECK(right.valid);
    CHECK(right.mistake == std::nullopt);
    CHECK(right.also_possible.empty());
    CHECK(right.says == "This is the HMAC-SHA256 of the challenge under the application management token.");
    CHECK(right.fix.empty());
    CHECK(right.tried == 1);

    const Explanation upper = explain(about_body(upper_case(hmac_sha256_hex(kKey, kBody))));
    CHECK_FALSE(upper.valid);
    CHECK(upper.mistake == "upper-case");
    CHECK(upper.says == "The hash is right, but in upper-case hex.");
    CHECK(upper.fix == "Write the hex digits in lower case.");
    CHECK(upper.tried == 1);
}

TEST_CASE("another value used as the key is named and not shown") {
    const Explanation explanation = explain(about_challenge(hmac_sha256_hex("3000", kChallenge)));
    CHECK(explanation.mistake == "other-value-as-key");
    CHECK(explanation.says == "The key was another value you have. It was the value called \"PORT in .env\".");
    CHECK(explanation.fix ==
          "Use the application management token, from Configuration in Smartcar's dashboard, as the key.");
    CHECK(explanation.says.find("3000") == std::string::npos);
}

TEST_CASE("the other token of a rotation is told from any other value, and one that is not there from no key") {
    Question question = about_challenge(hmac_sha256_hex("the old one", kChallenge));
    question.other_keys.push_back({.name = "stale-token", .value = "the old one"});
    CHECK(explain(question).mistake == "stale-token");
    question.received = hmac_sha256_hex("", kChallenge);
    question.other_keys.back().value = "";
    CHECK(explain(question).mistake == "no-key");
}

TEST_CASE("no explanation shows a key") {
    for (const std::string& key : {std::string("a secret"), kKey + "\n", kKey}) {
        const Explanation explanation = explain(about_body(upper_case(hmac_sha256_hex(key, kBody))));
        REQUIRE(explanation.mistake.has_value());
        const std::string shown = explanation.says + explanation.fix;
        CHECK(shown.find("a secret") == std::string::npos);
        CHECK(shown.find(kKey) == std::string::npos);
    }
}

TEST_CASE("a hash that is wrong twice is told both times") {
    const Explanation explanation = explain(about_body("sha256=" + hmac_sha256_hex("a secret", kBody)));
    CHECK(explanation.mistake == "client-secret-as-key");
    CHECK(explanation.says == "The key was the OAuth client secret. It was also spelled another way (prefixed).");
    CHECK(explanation.fix ==
          "Use the application management token, from Configuration in Smartcar's dashboard, as the key. Leave the "
          "prefix out: Smartcar's signatures have none.");
}

TEST_CASE("mistakes that make the same bytes are all named, the likeliest first") {
    // Who drops the line break at the end may have trimmed the body, or parsed it and written it again in any way that
    // leaves these bytes as they are.
    Question question = about_body(hmac_sha256_hex(kKey, "[]"));
    question.message = "[]\n";
    const Explanation explanation = explain(question);
    CHECK(explanation.mistake == "line-break-removed");
    CHECK(explanation.says == "The message was hashed without the blanks or line break at its end.");
    CHECK(explanation.also_possible == std::vector<std::string>{"body-with-spaces", "body-ascii-escaped",
                                                                "body-slashes-escaped", "body-html-escaped",
                                                                "body-pretty-printed", "body-compacted"});
}

TEST_CASE("what is no hash is not hashed for") {
    for (const std::string received : {"OK", "{\"received\":true}", "068f83", "zz8f83f8ca39696549673fc0f5261523"}) {
        INFO(received);
        const Explanation explanation = explain(about_challenge(received));
        CHECK(explanation.mistake == std::nullopt);
        CHECK(explanation.says == "This is no hash in any spelling known here.");
        CHECK(explanation.fix == "Write HMAC-SHA256 of the challenge as 64 lower-case hex digits.");
        CHECK(explanation.tried == 1);
    }
}

TEST_CASE("too few digits to be sure of are not called the beginning of the hash") {
    const std::string right = hmac_sha256_hex(kKey, kChallenge);
    CHECK(explain(about_challenge(right.substr(0, 16))).mistake == "truncated");
    CHECK(explain(about_challenge(right.substr(0, 15))).mistake == std::nullopt);
}

TEST_CASE("a random answer to a challenge has no mistake") { CHECK(named_of(5'000, about_challenge) == 0); }

TEST_CASE("a random signature of a body has no mistake") { CHECK(named_of(5'000, about_body) == 0); }

TEST_CASE("a hash nobody knows is answered with where to look") {
    const Explanation explanation = explain(about_body(std::string(64, '0')));
    CHECK_FALSE(explanation.valid);
    CHECK(explanation.says == "No known mistake makes this hash.");
    CHECK(explanation.fix ==
          "Compare the key with the application management token first, then the bytes that are hashed with the body; "
          "smartcar-sim explain --candidates-from .env tries your other values as the key.");
    CHECK(explanation.tried > 30);
    CHECK(explanation.tried <= 200);
}

TEST_CASE("the search ends at 200 hashes, whatever it is given") {
    Question question = about_body(std::string(64, '0'));
    for (int i = 0; i < 1000; ++i) question.other_keys.push_back({.name = "N", .value = std::to_string(i)});
    CHECK(explain(question).tried <= 200);
    question.received = hmac_sha256_hex("50", kBody);
    CHECK(explain(question).mistake == "other-value-as-key");
    question.received = hmac_sha256_hex(kKey, hmac_sha256_hex(kKey, kBody));
    CHECK(explain(question).mistake == "hashed-twice");
}

TEST_CASE("a candidate that is the right key is no mistake of its own") {
    Question question = about_body(upper_case(hmac_sha256_hex(kKey, kBody)));
    question.other_keys.push_back({.name = "APPLICATION_MANAGEMENT_TOKEN in .env", .value = kKey});
    CHECK(explain(question).mistake == "upper-case");
    CHECK(explain(question).also_possible.empty());
}

TEST_CASE("an empty question is answered") {
    CHECK(explain({}).mistake == "empty-hash");
    CHECK(explain({.subject = Subject::kBody, .received = hmac_sha256_hex("", "")}).valid);
    CHECK(explain({.subject = Subject::kBody, .received = std::string(64, '0')}).mistake == std::nullopt);
}

TEST_CASE("every mistake has an id of its own, says what was done and what to do") {
    std::set<std::string_view> ids;
    for (const Mistake& mistake : mistakes()) {
        INFO(mistake.id);
        CHECK(ids.insert(mistake.id).second);
        CHECK(mistake.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos);
        CHECK(mistake.says.ends_with("."));
        CHECK((mistake.fix.ends_with(".") || mistake.fix.ends_with(")")));
    }
    CHECK(ids.size() >= 45);
}

}  // namespace smartcar_sim::signature
