#include "signature/explain.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "catch.h"
#include "signature/hmac.h"
#include "signature/mistakes.h"
#include "source_folder.h"

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

// A hash's digits, and the same number in the other spellings that a hash comes in.
std::vector<std::string> spellings_of(const std::string& bytes) {
    const std::string hex = base::to_hex(bytes);
    return {hex, upper_case(hex), base::to_base64(bytes), "sha256=" + hex, bytes};
}

// How many random hashes are valid or get a mistake, of as many bytes as digests have.
int named_of(int rounds, const Question& question) {
    std::mt19937_64 random(20260101);
    Explainer explainer(question);
    int named = 0;
    for (int round = 0; round < rounds; ++round) {
        std::string bytes;
        const std::size_t sizes[] = {32, 32, 8, 16, 20, 28, 31, 48, 64};
        while (bytes.size() < sizes[static_cast<std::size_t>(round) % std::size(sizes)]) {
            bytes += static_cast<char>(random() % 256);
        }
        for (const std::string& received : spellings_of(bytes)) {
            const Explanation explanation = explainer.explain(received);
            named += explanation.valid || explanation.mistake || explanation.tried > kMostTried ? 1 : 0;
        }
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
    const std::string body = R"({"unit":"a/b","value":[78,{"name":"Z\u00fcrich"}]})";
    Question question = about_body(hmac_sha256_hex(kKey, body));
    question.message = body + "\n";
    const Explanation explanation = explain(question);
    CHECK(explanation.mistake == "line-break-removed");
    CHECK(explanation.says == "The message was hashed without the blanks or line break at its end.");
    CHECK(explanation.also_possible ==
          std::vector<std::string>{"body-ascii-escaped", "body-html-escaped", "body-as-php-with-flags", "body-as-flask",
                                   "body-compacted", "body-first-line", "body-lines-joined", "body-without-blanks"});
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

TEST_CASE("10,000 random answers to a challenge have no mistake") { CHECK(named_of(2'000, about_challenge("")) == 0); }

TEST_CASE("10,000 random signatures of a body have no mistake") { CHECK(named_of(2'000, about_body("")) == 0); }

TEST_CASE("a hash nobody knows is answered with where to look") {
    const Explanation explanation = explain(about_body(std::string(64, '0')));
    CHECK_FALSE(explanation.valid);
    CHECK(explanation.says ==
          "No known mistake makes this hash. 722 hashes were tried: 78 other keys, 72 other messages, 29 other methods "
          "and 542 pairs of them.");
    CHECK(explanation.fix ==
          "Compare the key with the application management token first, then the bytes that are hashed with the body; "
          "smartcar-sim explain --candidates-from .env tries your other values as the key.");
    CHECK(explanation.tried == 722);
}

TEST_CASE("the search ends at 2,000 hashes, whatever it is given") {
    Question question = about_body(std::string(64, '0'));
    for (int i = 0; i < 1000; ++i) {
        for (const std::string name : {"N", "client-secret", "client-id", "stale-token", "webhook-id"}) {
            question.other_keys.push_back({.name = name, .value = std::to_string(i) + name});
        }
    }
    // A body that no two runtimes write alike.
    Question awkward = question;
    std::ifstream file(source_folder() + "/tests/signature/awkward_body.json");
    awkward.message.assign(std::istreambuf_iterator<char>(file), {});
    CHECK(explain(awkward).tried == kMostTried);
    question.received = hmac_sha256_hex("50N", kBody);
    CHECK(explain(question).mistake == "other-value-as-key");
    question.received = hmac_sha256_hex(kKey, hmac_sha256_hex(kKey, kBody));
    CHECK(explain(question).mistake == "hashed-twice");
}

TEST_CASE("a method that pairs are made with makes one hash at a time") {
    for (const Row* row : rows()) {
        if (row->digests == nullptr || row->in_pairs == Likely::kNo) continue;
        CAPTURE(row->mistake.id);
        CHECK(row->digests("key", "message").size() == 1);
    }
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

TEST_CASE("the wrong hashes of a question are each there once, none is right, and each has a mistake") {
    for (const Question& question : {about_body(""), about_challenge("")}) {
        Explainer explainer(question);
        const std::vector<std::string> hashes = explainer.wrong_hashes();
        CHECK(hashes.size() > 100);
        CHECK(hashes.size() < 400);
        CHECK(std::set<std::string>(hashes.begin(), hashes.end()).size() == hashes.size());
        CHECK(std::ranges::count(hashes, hmac_sha256_hex(question.key, question.message)) == 0);
        for (const std::string& hash : hashes) {
            INFO(hash);
            CHECK(hash.find_first_not_of("0123456789abcdef") == std::string::npos);
            const Explanation explanation = explainer.explain(hash);
            CHECK_FALSE(explanation.valid);
            CHECK(explanation.mistake.has_value());
            CHECK_FALSE(explanation.fix.empty());
        }
        CHECK(std::ranges::count(hashes, hmac_sha256_hex("a secret", question.message)) == 1);
        CHECK(std::ranges::count(hashes, hmac_sha256_hex(question.message, question.key)) == 1);
        CHECK(explainer.wrong_hashes() == hashes);
    }
}

TEST_CASE("docs/explain.md counts the rows") {
    std::ifstream page(source_folder() + "/docs/explain.md");
    std::size_t rows = 0;
    for (std::string line; std::getline(page, line);) {
        if (!line.ends_with(" |")) continue;
        const std::string cell = line.substr(0, line.size() - 2);
        rows += base::parse_number<std::size_t>(cell.substr(cell.rfind(' ') + 1)).value_or(0);
    }
    CHECK(rows == mistakes().size());
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
    CHECK(ids.size() >= 110);
}

}  // namespace smartcar_sim::signature
