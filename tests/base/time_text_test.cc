#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "catch.h"

using namespace smartcar_sim::base;
using namespace std::chrono_literals;

TEST_CASE("a duration is whole numbers with units") {
    const std::vector<std::pair<std::string, Milliseconds>> durations = {
        {"250ms", 250ms},         {"15s", 15s},    {"38m", 38min},     {"2h", 2h},   {"1h30m", 90min},
        {"1m15s", 75s},           {"0s", 0ms},     {"0h0m0s0ms", 0ms}, {"007s", 7s}, {"90m", 90min},
        {"1h2m3s4ms", 3723004ms}, {"8784h", 8784h}};
    for (const auto& [text, duration] : durations) {
        CAPTURE(text);
        const auto read = parse_duration(text);
        REQUIRE(read.ok());
        CHECK(read.value() == duration);
    }
}

TEST_CASE("what is not a duration is refused in one sentence") {
    const std::string form = "write it like 250ms, 15s, 38m, 2h or 1h30m";
    const std::vector<std::pair<std::string, std::string>> refused = {
        {"", form},
        {"15", "it has no unit; " + form},
        {"1h30", "it has no unit; " + form},
        {"s", form},
        {"-5s", form},
        {"1.5s", form},
        {"15 s", form},
        {"15sec", form},
        {"15S", form},
        {"1d", form},
        {"1m1h", "each unit goes once, the longest first, as in 1h30m15s250ms"},
        {"1s1s", "each unit goes once, the longest first, as in 1h30m15s250ms"},
        {"8785h", "it is longer than a year"},
        {"8784h1ms", "it is longer than a year"},
        {"99999999999999999999ms", "it is longer than a year"}};
    for (const auto& [text, why] : refused) {
        CAPTURE(text);
        const auto read = parse_duration(text);
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().code == "bad_duration");
        CHECK(read.error().message == "\"" + text + "\" is not a duration: " + why);
    }
}

TEST_CASE("a duration is written with the units it needs") {
    const std::vector<std::pair<Milliseconds, std::string>> durations = {
        {0ms, "0s"},         {250ms, "250ms"}, {15s, "15s"},          {75s, "1m15s"},
        {1500ms, "1s500ms"}, {2h, "2h"},       {25h + 1ms, "25h1ms"}, {-75s, "-1m15s"}};
    for (const auto& [duration, text] : durations) {
        CHECK(format_duration(duration) == text);
    }
}

TEST_CASE("a written duration reads back") {
    for (const Milliseconds duration : {1ms, 999ms, 1000ms, 61001ms, 3599999ms, 86400000ms}) {
        const auto read = parse_duration(format_duration(duration));
        REQUIRE(read.ok());
        CHECK(read.value() == duration);
    }
}

TEST_CASE("an instant is written in UTC with milliseconds") {
    CHECK(format_instant(Instant(0ms)) == "1970-01-01T00:00:00.000Z");
    CHECK(format_instant(Instant(1767225600000ms)) == "2026-01-01T00:00:00.000Z");
    CHECK(format_instant(Instant(951827696789ms)) == "2000-02-29T12:34:56.789Z");
    CHECK(format_instant(Instant(-1ms)) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("an instant is read with any fraction of 1 to 9 digits or none") {
    CHECK(parse_instant("2026-01-01T00:00:00.000Z") == Instant(1767225600000ms));
    CHECK(parse_instant("2026-01-01T00:00:00Z") == Instant(1767225600000ms));
    CHECK(parse_instant("2026-01-01T00:00:00.5Z") == Instant(1767225600500ms));
    CHECK(parse_instant("2026-01-01T00:00:00.123999999Z") == Instant(1767225600123ms));
    CHECK(parse_instant("2000-02-29T12:34:56.789Z") == Instant(951827696789ms));
}

TEST_CASE("what is not an instant in UTC is not read") {
    for (const char* text :
         {"", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00:00+00:00", "2026-01-01 00:00:00Z",
          "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567890Z", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
          "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z", "26-01-01T00:00:00Z",
          "2026-01-01T00:00:00ZZ", " 2026-01-01T00:00:00Z", "2026-1-1T0:0:0Z", "2026-00-10T00:00:00Z"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_instant(text));
    }
}
