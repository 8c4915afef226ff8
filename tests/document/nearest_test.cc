#include <array>
#include <string>
#include <string_view>

#include "catch.h"
#include "document/pointer.h"

using smartcar_sim::document::did_you_mean;
using smartcar_sim::document::meant_or_listed;
using smartcar_sim::document::nearest;

namespace {

constexpr std::array<std::string_view, 6> kCandidates = {
    "CHARGING_STARTED", "CHARGING_STOPPED", "CHARGING_COMPLETED", "verify", "send", "id"};

}  // namespace

TEST_CASE("a slip of the finger finds the word that was meant") {
    CHECK(nearest("CHARGING_STRATED", kCandidates) == "CHARGING_STARTED");
    CHECK(nearest("CHARGING_STOPED", kCandidates) == "CHARGING_STOPPED");
    CHECK(nearest("charging_completed", kCandidates) == "CHARGING_COMPLETED");
    CHECK(nearest("verfiy", kCandidates) == "verify");
    CHECK(nearest("sned", kCandidates) == "send");
    CHECK(nearest("veri", kCandidates) == std::nullopt);
    CHECK(nearest("ie", kCandidates) == "id");
}

TEST_CASE("a different word finds nothing") {
    CHECK_FALSE(nearest("TIRES_LOW", kCandidates));
    CHECK_FALSE(nearest("bend over", kCandidates));
    CHECK_FALSE(nearest("x", kCandidates));
    CHECK_FALSE(nearest("", kCandidates));
    CHECK_FALSE(nearest("verify", {}));
}

TEST_CASE("a third of a word may be wrong, but no more than three letters") {
    constexpr std::array<std::string_view, 1> kLong = {"abcdefghijklmnopqrst"};
    CHECK(nearest("xbcdefghijklmnopqrst", kLong));
    CHECK(nearest("xyzdefghijklmnopqrst", kLong));
    CHECK_FALSE(nearest("xyzwefghijklmnopqrst", kLong));
    constexpr std::array<std::string_view, 1> kShort = {"abcde"};
    CHECK(nearest("abcdx", kShort));
    CHECK_FALSE(nearest("abcxx", kShort));
}

TEST_CASE("of two words as near the first is meant") {
    constexpr std::array<std::string_view, 2> kTwins = {"lock", "look"};
    CHECK(nearest("loxk", kTwins) == "lock");
    CHECK(nearest("LOOK", kTwins) == "look");
}

TEST_CASE("where no candidate is near, all of them are listed") {
    const std::array<std::string_view, 2> known{"after", "limit"};
    CHECK(meant_or_listed("limti", known, "there are") == R"(; did you mean "limit"?)");
    CHECK(meant_or_listed("colour", known, "there are") == "; there are after, limit");
    CHECK(meant_or_listed("colour", {}, "there are").empty());
}

TEST_CASE("a message ends with the word that was meant or with nothing") {
    CHECK("unknown command" + did_you_mean("vrify", kCandidates) == "unknown command; did you mean \"verify\"?");
    CHECK(did_you_mean("something else", kCandidates).empty());
}
