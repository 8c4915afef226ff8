#include <string>

#include "catch.h"
#include "document/json.h"
#include "fault/plan.h"
#include "signature/hmac.h"

namespace smartcar_sim::fault {
namespace {

const std::string kKey = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10";
const std::string kEvent =
    R"({"version":"2.0","eventName":"eventBased","payload":{"eventTime":"2022-04-13T10:15:00.000Z","vehicleId":"dc6ea99e"}})";

std::optional<std::string> signature_of(SignatureFault fault, const std::string& body = kEvent) {
    return apply_to_signature(fault, kKey, body, signature::hmac_sha256_hex);
}

std::string honest(const std::string& body = kEvent) { return signature::hmac_sha256_hex(kKey, body); }

int differing_bits(const std::string& left, const std::string& right) {
    int bits = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const std::string digits = "0123456789abcdef";
        for (auto difference = digits.find(left[i]) ^ digits.find(right[i]); difference != 0; difference >>= 1U) {
            bits += static_cast<int>(difference & 1U);
        }
    }
    return bits;
}

}  // namespace

TEST_CASE("without a fault body and signature are the honest ones") {
    CHECK(signature_of(SignatureFault::kNone) == honest());
    CHECK(apply_to_body(BodyFault::kNone, kEvent) == kEvent);
}

TEST_CASE("a wrong key is the right one with something visible behind it") {
    CHECK(signature_of(SignatureFault::kWrongKey) == signature::hmac_sha256_hex(kKey + "-wrong-key", kEvent));
}

TEST_CASE("a missing signature is no header and an empty one a header without a value") {
    CHECK(signature_of(SignatureFault::kMissing) == std::nullopt);
    CHECK(signature_of(SignatureFault::kEmpty) == "");
}

TEST_CASE("a flipped bit leaves 64 lower-case hex digits") {
    for (int i = 0; i < 64; ++i) {
        const std::string body = std::to_string(i);
        const std::string flipped = signature_of(SignatureFault::kFlippedBit, body).value();
        CHECK(flipped.find_first_not_of("0123456789abcdef") == std::string::npos);
        CHECK(flipped.substr(0, 63) == honest(body).substr(0, 63));
        CHECK(differing_bits(flipped, honest(body)) == 1);
    }
}

TEST_CASE("an upper-case signature is the right one but for its case") {
    CHECK(apply_to_signature(SignatureFault::kUpperCase, "amt", "challenge", signature::hmac_sha256_hex) ==
          "9BAF5A7464BD86740AD5A06E439DCF535A075022ED2C92D74EFACF646D79328E");
}

TEST_CASE("the signature of another body is made with the right key") {
    const std::string other = R"({"eventType":"ANOTHER_BODY"})";
    CHECK(signature_of(SignatureFault::kOfAnotherBody) == honest(other));
    CHECK(signature_of(SignatureFault::kOfAnotherBody, other) == honest("{}"));
}

TEST_CASE("a re-serialised body is the same JSON with Python's spaces") {
    CHECK(apply_to_body(BodyFault::kReserialised, R"({"a":[1,2],"b":"x,y:z","c\":,":"\\"})") ==
          R"({"a": [1, 2], "b": "x,y:z", "c\":,": "\\"})");
    const std::string changed = apply_to_body(BodyFault::kReserialised, kEvent);
    CHECK(changed != kEvent);
    CHECK(document::parse(changed).value() == document::parse(kEvent).value());
}

TEST_CASE("a body with nothing to put a space behind is re-serialised with a line break") {
    CHECK(apply_to_body(BodyFault::kReserialised, "{}") == "{}\n");
    CHECK(apply_to_body(BodyFault::kReserialised, "") == "\n");
}

TEST_CASE("a tampered event happened a moment earlier or later") {
    CHECK(
        apply_to_body(BodyFault::kTampered, kEvent) ==
        R"({"version":"2.0","eventName":"eventBased","payload":{"eventTime":"2022-04-13T10:15:00.001Z","vehicleId":"dc6ea99e"}})");
    CHECK(apply_to_body(BodyFault::kTampered, R"({"meta":{"deliveredAt":1769937943001,"signalCount":3}})") ==
          R"({"meta":{"deliveredAt":1769937943000,"signalCount":3}})");
}

TEST_CASE("a tampered body without a time has another digit in its last value that has one") {
    struct Row {
        std::string body, tampered;
    };
    const Row rows[] = {
        {R"({"a":1,"b":10,"c":true})", R"({"a":1,"b":11,"c":true})"},
        {R"({"a":1})", R"({"a":0})"},
        {R"({"a":-1.5e9})", R"({"a":-1.5e8})"},
        {R"({"a":"7 \"8","b9":null})", R"({"a":"7 \"9","b9":null})"},
        {R"({"a":"12", "b3" : []})", R"({"a":"13", "b3" : []})"},
        {R"({"meta":{"deliveredAt":null},"a":2})", R"({"meta":{"deliveredAt":null},"a":3})"},
    };
    for (const Row& row : rows) {
        CHECK(apply_to_body(BodyFault::kTampered, row.body) == row.tampered);
        CHECK(document::parse(row.tampered).ok());
    }
}

TEST_CASE("a body without a digit is tampered with by a byte more") {
    CHECK(apply_to_body(BodyFault::kTampered, R"({"a":true})") == "{\"a\":true}\n");
    CHECK(apply_to_body(BodyFault::kTampered, "") == "\n");
}

TEST_CASE("a body that is no JSON is tampered with all the same") {
    CHECK(apply_to_body(BodyFault::kTampered, "{\"a\":1") == "{\"a\":0");
    CHECK(apply_to_body(BodyFault::kTampered, "\"unended 4") == "\"unended 5");
}

TEST_CASE("a truncated body lacks its last ten bytes, or half of a short one") {
    CHECK(apply_to_body(BodyFault::kTruncated, kEvent) == kEvent.substr(0, kEvent.size() - 10));
    CHECK_FALSE(document::parse(apply_to_body(BodyFault::kTruncated, kEvent)).ok());
    CHECK(apply_to_body(BodyFault::kTruncated, "{}") == "{");
    CHECK(apply_to_body(BodyFault::kTruncated, "1").empty());
    CHECK(apply_to_body(BodyFault::kTruncated, "").empty());
}

}  // namespace smartcar_sim::fault
