// Which checks an audit makes.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "audit/check.h"
#include "catch.h"

namespace smartcar_sim::audit {
namespace {

using Names = std::vector<std::string>;

std::vector<const Check*> called(const Names& names) { return find_checks(names).value(); }

Names ids_of(const std::vector<const Check*>& chosen) {
    Names ids;
    ids.reserve(chosen.size());
    for (const Check* check : chosen) ids.emplace_back(check->id);
    return ids;
}

std::size_t count_of(Check::Part part) {
    return static_cast<std::size_t>(std::ranges::count(checks(), part, &Check::part));
}

}  // namespace

TEST_CASE("the preflight is made first and the rest family by family") {
    REQUIRE(checks().size() > 2);
    CHECK(checks()[0].id == "challenge-answered");
    CHECK(checks()[1].id == "event-accepted");
    CHECK(count_of(Check::Part::kPreflight) == 2);
    CHECK(std::ranges::is_sorted(checks().subspan(2), {}, &Check::family));
}

TEST_CASE("all but the thorough checks are chosen unless they are asked for") {
    CHECK(chosen_checks({}).size() == checks().size() - count_of(Check::Part::kThorough));
    CHECK(std::ranges::none_of(chosen_checks({}),
                               [](const Check* check) { return check->part == Check::Part::kThorough; }));
    CHECK(chosen_checks({.extent = Choice::Extent::kThorough}).size() == checks().size());
}

TEST_CASE("what is chosen comes in the order of the table with the preflight before it") {
    struct Row {
        Names only, skip, chosen;
    };
    const Row rows[] = {
        {{"chunked", "signature-missing"},
         {},
         {"challenge-answered", "event-accepted", "signature-missing", "chunked"}},
        {{"time", "chunked", "chunked"},
         {},
         {"challenge-answered", "event-accepted", "chunked", "slowest-answer", "usual-answer"}},
        {{"time"}, {"usual-answer"}, {"challenge-answered", "event-accepted", "slowest-answer"}},
        {{"time"}, {"time", "handshake", "shape"}, {"challenge-answered", "event-accepted"}},
        {{"challenge-answered"}, {}, {"challenge-answered", "event-accepted"}},
        {{"burst-large"}, {}, {"challenge-answered", "event-accepted", "burst-large"}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.only, row.skip);
        CHECK(ids_of(chosen_checks({.only = called(row.only), .skip = called(row.skip)})) == row.chosen);
    }
}

TEST_CASE("a family that is named brings its thorough checks only when they are asked for") {
    const auto chosen_of = [](Check::Part most) {
        return ids_of(chosen_checks({.only = find_checks({"replay-and-order"}, most).value()}));
    };
    CHECK(std::ranges::count(chosen_of(Check::Part::kUsual), "burst") == 1);
    CHECK(std::ranges::count(chosen_of(Check::Part::kUsual), "burst-large") == 0);
    CHECK(std::ranges::count(chosen_of(Check::Part::kThorough), "burst-large") == 1);
    CHECK(find_checks({"burst-large"}, Check::Part::kUsual).value().size() == 1);
}

TEST_CASE("what is skipped is left out of a thorough audit too") {
    const auto chosen = ids_of(chosen_checks({.skip = called({"transport"}), .extent = Choice::Extent::kThorough}));
    CHECK(std::ranges::count(chosen, "oversized-20-mb") == 0);
    CHECK(std::ranges::count(chosen, "burst-large") == 1);
    CHECK(std::ranges::count(chosen, "slowest-answer") == 1);
}

TEST_CASE("a family's name stands for its checks") {
    for (const Family family : families()) {
        INFO(name_of(family));
        const auto found = called({std::string(name_of(family))});
        CHECK(found.size() == static_cast<std::size_t>(std::ranges::count(checks(), family, &Check::family)));
        CHECK_FALSE(found.empty());
    }
    CHECK(called({}).empty());
}

TEST_CASE("a check that is not there is refused with the nearest one") {
    struct Row {
        std::string name, message;
    };
    const Row rows[] = {
        {"signature-mising", R"(unknown check or family "signature-mising"; did you mean "signature-missing"?)"},
        {"forgry", R"(unknown check or family "forgry"; did you mean "forgery"?)"},
        {"xyzzy", R"(unknown check or family "xyzzy"; `smartcar-sim list checks` shows them)"},
        {"", R"(unknown check or family ""; `smartcar-sim list checks` shows them)"},
    };
    for (const Row& row : rows) {
        const auto found = find_checks({"chunked", row.name});
        REQUIRE_FALSE(found.ok());
        CHECK(found.error() == base::Error{.code = "unknown_check", .message = row.message});
    }
}

}  // namespace smartcar_sim::audit
