#include "report/html_diff.h"

#include <random>
#include <string>
#include <vector>

#include "catch.h"

namespace smartcar_sim::report {
namespace {

// `expected` with its changes made.
std::string changed(const std::string& expected, const std::string& actual, const Changes& changes) {
    std::string text;
    std::size_t at = 0;
    for (const Change& change : changes.list) {
        text += expected.substr(at, change.expected_at - at);
        text += actual.substr(change.actual_at, change.actual_end - change.actual_at);
        at = change.expected_end;
    }
    return text + expected.substr(at);
}

std::string difference(const std::string& expected, const std::string& actual) {
    return difference_html(
        {.expected_title = "one", .expected = expected, .actual_title = "another", .actual = actual});
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("changes are the fewest bytes that differ") {
    struct Row {
        std::string expected, actual;
        std::vector<Change> changes;
    };
    const Row rows[] = {
        {"", "", {}},
        {"same", "same", {}},
        {"", "new", {{0, 0, 0, 3}}},
        {"old", "", {{0, 3, 0, 0}}},
        {"abc", "abXc", {{2, 2, 2, 3}}},
        {R"({"a":1,"b":2})", R"({"a": 1, "b": 2})", {{5, 5, 5, 6}, {7, 7, 8, 9}, {11, 11, 13, 14}}},
        {"1.0", "1", {{1, 3, 1, 1}}},
        {"5f2b", "5F2B", {{1, 2, 1, 2}, {3, 4, 3, 4}}},
        // é and è share their first byte; the character is what differs.
        {"né", "nè", {{1, 3, 1, 3}}},
        {"caf\xe9", "caf\xe8", {{3, 4, 3, 4}}},
    };
    for (const Row& row : rows) {
        INFO(row.expected << " -> " << row.actual);
        const Changes changes = changes_between(row.expected, row.actual);
        CHECK(changes.list == row.changes);
        CHECK(changes.all_found);
    }
}

TEST_CASE("a few equal bytes between long changes are no reason to tear them apart") {
    const std::string left = "x" + std::string(30, 'a') + "-" + std::string(30, 'b') + "y";
    const std::string right = "x" + std::string(30, 'c') + "-" + std::string(30, 'd') + "y";
    CHECK(changes_between(left, right).list == std::vector<Change>{{1, 62, 1, 62}});
}

TEST_CASE("the changes lead from the one text to the other, whatever they are") {
    std::mt19937 random(7);
    const auto text = [&random](std::size_t length, int letters) {
        std::string made;
        while (made.size() < length) {
            made += static_cast<char>('a' + static_cast<int>(random() % static_cast<unsigned>(letters)));
        }
        return made;
    };
    for (int i = 0; i < 300; ++i) {
        const std::string expected = text(random() % 60, 3);
        const std::string actual = text(random() % 60, 3);
        CHECK(changed(expected, actual, changes_between(expected, actual)) == actual);
    }
    // Too far from each other to be walked.
    for (const std::size_t length : {std::size_t{2'000}, std::size_t{50'000}}) {
        const std::string expected = text(length, 20);
        const std::string actual = text(length / 2, 20);
        const Changes changes = changes_between(expected, actual);
        CHECK_FALSE(changes.all_found);
        CHECK(changed(expected, actual, changes) == actual);
    }
}

TEST_CASE("of two long lines, what stands around their difference is shown and no more") {
    const std::string same(25'000, 's');
    const std::string html = difference(same + "1.0" + same, same + "1" + same);
    CHECK(has(html, "<del>.0</del>"));
    CHECK(has(html, "one, 50003 bytes"));
    CHECK(has(html, "byte 25001<"));
    CHECK(html.size() < 2'000);
}

TEST_CASE("many differences are counted, not all shown") {
    std::string expected;
    std::string actual;
    for (int i = 0; i < 50; ++i) {
        expected += std::string(200, 's') + "1";
        actual += std::string(200, 's') + "2";
    }
    const std::string html = difference(expected, actual);
    CHECK(has(html, "and at 42 more places"));
    CHECK(html.size() < 10'000);
}

TEST_CASE("a space that is one too many is seen") {
    CHECK(has(difference("a:1", "a: 1"), R"(<ins><span class="blank"> </span></ins>)"));
    CHECK(has(difference("a:1", "a: 1"), R"(<b class="nothing" title="nothing here"></b>)"));
}

TEST_CASE("texts that are the same differ nowhere") { CHECK(has(difference("a", "a"), "No byte differs.")); }

TEST_CASE("texts that have nothing in common say so, cut") {
    const std::string html = difference(std::string(50'000, 'a'), std::string(50'000, 'b'));
    CHECK(has(html, "too little in common"));
    CHECK(has(html, "more bytes"));
    CHECK(html.size() < 8'000);
}

}  // namespace smartcar_sim::report
