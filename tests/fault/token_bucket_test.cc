// A bucket of requests on a clock that only the test moves.
#include "fault/token_bucket.h"

#include <chrono>
#include <string>
#include <vector>

#include "catch.h"

using namespace smartcar_sim;
using namespace std::chrono_literals;
using fault::Rate;
using fault::TokenBucket;

namespace {

constexpr base::Instant kStart{1'767'225'600s};
constexpr Rate kPublished{.capacity = 120, .refill = 2, .per = 1min};

void drain(TokenBucket& bucket, std::int64_t requests, base::Instant now) {
    for (std::int64_t i = 0; i < requests; ++i) {
        REQUIRE(bucket.wait_for(1, now) == 0ms);
        bucket.take(1, now);
    }
}

}  // namespace

TEST_CASE("a bucket gives what it holds at once and then as fast as it fills", "[fault]") {
    TokenBucket bucket(kPublished, kStart);
    drain(bucket, 120, kStart);
    CHECK(bucket.wait_for(1, kStart) == 30s);
    CHECK(bucket.wait_for(1, kStart + 29'999ms) == 1ms);
    CHECK(bucket.wait_for(1, kStart + 30s) == 0ms);
    bucket.take(1, kStart + 30s);
    CHECK(bucket.wait_for(1, kStart + 30s) == 30s);
    CHECK(bucket.wait_for(3, kStart + 45s) == 75s);
}

TEST_CASE("a bucket never holds more than its capacity", "[fault]") {
    TokenBucket bucket(kPublished, kStart);
    const base::Instant much_later = kStart + 24h * 365 * 200;
    drain(bucket, 120, much_later);
    CHECK(bucket.wait_for(1, much_later) == 30s);
    CHECK(bucket.wait_for(120, much_later) == 1h);
    CHECK(bucket.wait_for(120, much_later + 1h) == 0ms);
}

TEST_CASE("a bucket loses nothing to rounding", "[fault]") {
    // One each 1428.57 ms, asked for at every millisecond: two from the start and 0.7 for each of 99,999 ms.
    TokenBucket bucket({.capacity = 2, .refill = 7, .per = 10s}, kStart);
    int taken = 0;
    for (auto passed = 0ms; passed < 100s; passed += 1ms) {
        for (; bucket.wait_for(1, kStart + passed) == 0ms; ++taken) bucket.take(1, kStart + passed);
    }
    CHECK(taken == 71);
}

TEST_CASE("a clock that goes back brings nothing and takes nothing away", "[fault]") {
    TokenBucket bucket({.capacity = 2, .refill = 1, .per = 1s}, kStart);
    bucket.take(1, kStart);
    CHECK(bucket.wait_for(1, kStart - 1h) == 0ms);
    bucket.take(1, kStart - 1h);
    CHECK(bucket.wait_for(1, kStart) == 1s);
}

TEST_CASE("more than a bucket ever holds is never there", "[fault]") {
    TokenBucket bucket({.capacity = 2, .refill = 2, .per = 1s}, kStart);
    CHECK(bucket.wait_for(3, kStart) > 0ms);
    CHECK(bucket.wait_for(3, kStart + 24h) > 0ms);
    bucket.take(2, kStart);
    CHECK(bucket.wait_for(3, kStart) == 1s);
}

TEST_CASE("the largest rates stay within the integers", "[fault]") {
    constexpr Rate kLargest{.capacity = fault::kMostRequests, .refill = fault::kMostRequests, .per = 24h * 366};
    TokenBucket bucket(kLargest, kStart);
    bucket.take(fault::kMostRequests, kStart);
    CHECK(bucket.wait_for(fault::kMostRequests, kStart) == 24h * 366);
    CHECK(bucket.wait_for(1, kStart + 24h * 366 * 250) == 0ms);
}

TEST_CASE("a rate is so many in a time", "[fault]") {
    CHECK(fault::parse_rate("10/1m").value() == Rate{.capacity = 10, .refill = 10, .per = 1min});
    CHECK(fault::parse_rate("1000000/1ms").value() == Rate{.capacity = 1'000'000, .refill = 1'000'000, .per = 1ms});
    struct Row {
        std::string text, message;
    };
    const std::vector<Row> rows = {
        {"10", R"("10" is not a rate: write it like 10/1m, ten requests a minute)"},
        {"", R"("" is not a rate: write it like 10/1m, ten requests a minute)"},
        {"0/1m", R"("0/1m" is not a rate: before the slash stands a whole number from 1 to 1000000)"},
        {"ten/1m", R"("ten/1m" is not a rate: before the slash stands a whole number from 1 to 1000000)"},
        {"1000001/1m", R"("1000001/1m" is not a rate: before the slash stands a whole number from 1 to 1000000)"},
        {"10/0s", R"("10/0s" is not a rate: the time behind the slash is at least 1ms)"},
        {"10/m", R"("10/m" is not a rate: "m" is not a duration: write it like 250ms, 15s, 38m, 2h or 1h30m)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto refused = fault::parse_rate(row.text);
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error() == base::Error{"bad_rate", row.message});
    }
}
