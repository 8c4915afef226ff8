#include "signature/hmac.h"

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "catch.h"
#include "document/json.h"
#include "source_folder.h"

namespace smartcar_sim::signature {
namespace {

constexpr std::string_view kToken = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10";
constexpr std::string_view kChallenge = "nsQsLU7wY9WKt2IU";
constexpr std::string_view kHash = "068f83f8ca39696549673fc0f52615230885f12f647593fac9d0219c6911bb5e";
// RFC 2104 over nothing at all: `python3 -c 'import hmac; print(hmac.new(b"", b"", "sha256").hexdigest())'`.
constexpr std::string_view kNothing = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";

// The string member `name` of a vector; an absent one fails the test.
std::string text(const document::Value& vector, std::string_view name) {
    const document::Value* member = vector.find(name);
    REQUIRE(member != nullptr);
    REQUIRE(member->string() != nullptr);
    return *member->string();
}

std::vector<document::Value> vectors_of(const std::string& file) {
    const auto read = document::read_file(source_folder() + "/fixtures/vectors/" + file);
    REQUIRE(read.ok());
    const document::Value* vectors = read.value().root.find("vectors");
    REQUIRE(vectors != nullptr);
    REQUIRE(vectors->array() != nullptr);
    REQUIRE_FALSE(vectors->array()->empty());
    return *vectors->array();
}

}  // namespace

TEST_CASE("a hash is what somebody else's tool computed") {
    for (const std::string file : {"contract.json", "openssl.json", "python.json"}) {
        for (const document::Value& vector : vectors_of(file)) {
            INFO(file << ": " << text(vector, "name"));
            CHECK(hmac_sha256_hex(text(vector, "key"), text(vector, "message")) == text(vector, "hex"));
        }
    }
}

TEST_CASE("a digest is the bytes that the hex form spells") {
    const Digest digest = hmac_sha256(kToken, kChallenge);
    CHECK(digest[0] == 0x06);
    CHECK(digest[1] == 0x8f);
    CHECK(digest[31] == 0x5e);
}

TEST_CASE("an empty key and an empty message are hashed like any other") {
    CHECK(hmac_sha256_hex("", "") == kNothing);
    CHECK(hmac_sha256_hex(std::string_view(), std::string_view()) == kNothing);
}

// A null key pointer makes OpenSSL go on with the key before it.
TEST_CASE("an empty key is not the key used before it") {
    CHECK(hmac_sha256_hex(kToken, kChallenge) == kHash);
    CHECK(hmac_sha256_hex(std::string_view(), "") == kNothing);
    CHECK(hmac_sha256_hex(std::string_view(), "") == kNothing);
    CHECK(hmac_sha256_hex(kToken, kChallenge) == kHash);
}

TEST_CASE("a key that only begins like the one before it is another key") {
    const std::string whole(kToken);
    const std::string beginning = whole.substr(0, 35);
    const std::string hash = hmac_sha256_hex(whole, kChallenge);
    CHECK(hmac_sha256_hex(beginning, kChallenge) != hash);
    CHECK(hmac_sha256_hex(whole + '\0', "x") != hmac_sha256_hex(whole + '1', "x"));
    CHECK(hmac_sha256_hex(whole, kChallenge) == hash);
}

TEST_CASE("a key longer than SHA-256's block is hashed first, zero bytes and all") {
    // python3 -c 'import hmac; print(hmac.new(b"\0k" * 100, b"m", "sha256").hexdigest())'
    std::string key;
    for (int i = 0; i < 100; ++i) key += std::string("\0k", 2);
    CHECK(hmac_sha256_hex(key, "m") == "3a4eeefbcc2fcdfe5aef81bd01e10a6d5d767efed3ad7083ba60cdafb82f269c");
}

TEST_CASE("threads that use different keys do not meet") {
    std::vector<std::string> hashes(4);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        threads.emplace_back([i, &hashes] {
            const std::string key(i + 1, 'k');
            for (int round = 0; round < 200; ++round) hashes[i] = hmac_sha256_hex(key, "message");
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (std::size_t i = 0; i < hashes.size(); ++i)
        CHECK(hashes[i] == hmac_sha256_hex(std::string(i + 1, 'k'), "message"));
}

TEST_CASE("hashes are equal only byte for byte") {
    CHECK(equal(kHash, std::string(kHash)));
    CHECK(equal("", std::string_view()));
    CHECK_FALSE(equal(kHash, kHash.substr(0, 63)));
    CHECK_FALSE(equal("", "0"));
    std::string other(kHash);
    other.front() = '1';
    CHECK_FALSE(equal(kHash, other));
    other = kHash;
    other.back() = 'E';
    CHECK_FALSE(equal(kHash, other));
}

}  // namespace smartcar_sim::signature
