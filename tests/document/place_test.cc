#include <string>

#include "catch.h"
#include "document/json.h"

using namespace smartcar_sim;
using namespace smartcar_sim::document;

namespace {

base::Error at(int line, int column) { return {"code", "message", base::Place{"x.json", line, column}}; }

}  // namespace

TEST_CASE("a place counts lines and characters from 1") {
    const std::string_view text = "ab\n\né中c\r\nd";
    CHECK(place_of("f", text, 0) == base::Place{"f", 1, 1});
    CHECK(place_of("f", text, 2) == base::Place{"f", 1, 3});
    CHECK(place_of("f", text, 3) == base::Place{"f", 2, 1});
    CHECK(place_of("f", text, 4) == base::Place{"f", 3, 1});
    CHECK(place_of("f", text, 6) == base::Place{"f", 3, 2});
    CHECK(place_of("f", text, 9) == base::Place{"f", 3, 3});
    CHECK(place_of("f", text, 12) == base::Place{"f", 4, 1});
    CHECK(place_of("f", text, 99) == base::Place{"f", 4, 2});
}

TEST_CASE("a byte that is not UTF-8 counts as one character") {
    CHECK(place_of("f", "\xff\xffx", 2) == base::Place{"f", 1, 3});
}

TEST_CASE("an error in a file is printed like a compiler's") {
    CHECK(explain_error(at(2, 5), "{\n  \"a\": 1\n}") == "x.json:2:5: message\n  \"a\": 1\n    ^");
    CHECK(explain_error(at(1, 1), "x") == "x.json:1:1: message\nx\n^");
    CHECK(explain_error(at(1, 3), "ab") == "x.json:1:3: message\nab\n  ^");
    CHECK(explain_error(at(2, 1), "a\n") == "x.json:2:1: message\n\n^");
}

TEST_CASE("an error without a text or a place is one line") {
    CHECK(explain_error(at(2, 5), "") == "x.json:2:5: message");
    CHECK(explain_error({"code", "message", base::Place{"x.json"}}, "text") == "x.json: message");
    CHECK(explain_error({"code", "message", base::Place{"x.json", 7}}, "text") == "x.json:7: message");
    CHECK(explain_error({"code", "message"}, "text") == "message");
}

TEST_CASE("tabs stay tabs so that the caret lines up") {
    CHECK(explain_error(at(1, 4), "\t\ta b") == "x.json:1:4: message\n\t\ta b\n\t\t ^");
}

TEST_CASE("a carriage return at the end of a line is not shown") {
    CHECK(explain_error(at(1, 2), "ab\r\nc") == "x.json:1:2: message\nab\n ^");
}

TEST_CASE("a character of many bytes is one column") {
    CHECK(explain_error(at(1, 4), "é中\U0001F697x") == "x.json:1:4: message\né中\U0001F697x\n   ^");
}

TEST_CASE("what a terminal would obey is not shown") {
    CHECK(explain_error(at(1, 5), "\x1b\x7f\xff\u009bx") == "x.json:1:5: message\n\ufffd\ufffd\ufffd\ufffdx\n    ^");
}

TEST_CASE("of a long line the part around the caret is shown") {
    const std::string line = std::string(200, 'a') + "X" + std::string(200, 'b');
    CHECK(explain_error(at(1, 201), line) == "x.json:1:201: message\n…" + std::string(60, 'a') + "X" +
                                                 std::string(60, 'b') + "…\n" + std::string(61, ' ') + "^");
    CHECK(explain_error(at(1, 1), line) == "x.json:1:1: message\n" + std::string(61, 'a') + "…\n^");
    CHECK(explain_error(at(1, 402), line) ==
          "x.json:1:402: message\n…" + std::string(60, 'b') + "\n" + std::string(61, ' ') + "^");
    CHECK(explain_error(at(1, 61), std::string(61, 'a')) ==
          "x.json:1:61: message\n" + std::string(61, 'a') + "\n" + std::string(60, ' ') + "^");
}

TEST_CASE("an error of the reader is explained with the text it read") {
    const std::string text = "{\n  \"events\": [\"CHARGING_STARTED\",]\n}";
    const auto value = parse(text, "scenarios/x.json");
    REQUIRE_FALSE(value.ok());
    CHECK(explain_error(value.error(), text) ==
          "scenarios/x.json:2:33: expected a value here, not \"]\"\n"
          "  \"events\": [\"CHARGING_STARTED\",]\n"
          "                                ^");
}
