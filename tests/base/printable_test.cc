#include "base/printable.h"

#include <string>
#include <string_view>

#include "base/text.h"
#include "catch.h"

using namespace std::string_literals;

namespace smartcar_sim::base {

TEST_CASE("what a terminal would obey or cannot show becomes U+FFFD") {
    struct Row {
        std::string text, shown;
    };
    const Row rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"Zoë 車 🚗", "Zoë 車 🚗"},
        {"\x1b[31mred\x1b[0m", "\uFFFD[31mred\uFFFD[0m"},
        {"bell\x07", "bell\uFFFD"},
        {"nul\0!"s, "nul\uFFFD!"},
        {"del\x7f", "del\uFFFD"},
        {"csi\xc2\x9b"
         "31m",
         "csi\uFFFD31m"},
        {"\xc2\xa0", "\xc2\xa0"},
        {"caf\xe9", "caf\uFFFD"},
        {"\xff\xfe", "\uFFFD\uFFFD"},
        {"cut \xf0\x9f\x9a", "cut \uFFFD\uFFFD\uFFFD"},
        {"surrogate \xed\xa0\x80", "surrogate \uFFFD\uFFFD\uFFFD"},
    };
    for (const Row& row : rows) {
        INFO(to_hex(row.text));
        CHECK(printable(row.text, Lines::kKept) == row.shown);
        CHECK(printable(row.text, Lines::kJoined) == row.shown);
    }
}

TEST_CASE("line breaks are kept as line feeds, or blanks are joined") {
    struct Row {
        std::string text, kept, joined;
    };
    const Row rows[] = {
        {"a\nb", "a\nb", "a b"},
        {"a\r\nb\r\n", "a\nb\n", "a b "},
        {"overwritten\rby this", "overwritten\nby this", "overwritten by this"},
        {"a\t b", "a\t b", "a b"},
        {"\n\n  {\n    \"a\": 1\n  }", "\n\n  {\n    \"a\": 1\n  }", " { \"a\": 1 }"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(printable(row.text, Lines::kKept) == row.kept);
        CHECK(printable(row.text, Lines::kJoined) == row.joined);
    }
}

TEST_CASE("text that has to be UTF-8 keeps its controls") {
    CHECK(as_utf8("a\x1b\n\0"s) == "a\x1b\n\0"s);
    CHECK(as_utf8("caf\xe9\x1b") == "caf\uFFFD\x1b");
}

TEST_CASE("a beginning ends between two characters") {
    const std::string text = "aë車🚗b";  // of 1, 2, 3, 4 and 1 bytes
    const std::string_view beginnings[] = {"",     "a",    "a",    "aë",   "aë",     "aë",
                                           "aë車", "aë車", "aë車", "aë車", "aë車🚗", text};
    for (std::size_t limit = 0; limit < std::size(beginnings); ++limit) {
        INFO(limit);
        CHECK(beginning(text, limit) == beginnings[limit]);
    }
    CHECK(beginning(text, 100) == text);
    // Half a character is none that could be kept whole.
    CHECK(beginning("\x9f\x9a\x97\x80", 2) == "\x9f\x9a");
    CHECK(beginning("\xf0\x9f\x9a!!", 4) == "\xf0\x9f\x9a!");
}

TEST_CASE("a long text is one line, cut between characters, and says how long it was") {
    CHECK(shortened(std::string(kShownBytes, 'a')) == std::string(kShownBytes, 'a'));
    CHECK(shortened(std::string(kShownBytes + 1, 'a')) == std::string(kShownBytes, 'a') + "… (401 bytes)");
    CHECK(shortened(std::string(kShownBytes - 1, 'a') + "車") == std::string(kShownBytes - 1, 'a') + "… (402 bytes)");
    CHECK(shortened("<html>\r\n  <body>\x1b\r\n") == "<html> <body>\uFFFD");
}

}  // namespace smartcar_sim::base
