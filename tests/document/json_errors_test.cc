#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "document/json.h"

using namespace smartcar_sim;
using namespace smartcar_sim::document;

namespace {

// "line:column: message" of the error that `text` must give.
std::string refusal(std::string_view text, Comments comments = Comments::kRefused) {
    CAPTURE(text);
    const auto value = parse(text, "body", comments);
    REQUIRE_FALSE(value.ok());
    CHECK(value.error().code == "bad_json");
    REQUIRE(value.error().place.has_value());
    const base::Place& place = *value.error().place;
    CHECK(place.file == "body");
    return std::to_string(place.line) + ":" + std::to_string(place.column) + ": " + value.error().message;
}

using Table = std::vector<std::pair<std::string, std::string>>;

void check_all(const Table& table) {
    for (const auto& [text, expected] : table) {
        CHECK(refusal(text) == expected);
    }
}

}  // namespace

TEST_CASE("punctuation that is wrong or missing is pointed at") {
    check_all({{R"({"a":1,})", "1:8: expected a key in double quotes after the comma, not \"}\""},
               {R"({,})", "1:2: expected a key in double quotes or \"}\", not \",\""},
               {R"({a:1})", "1:2: expected a key in double quotes or \"}\", not \"a\""},
               {R"({1:1})", "1:2: expected a key in double quotes or \"}\", not \"1\""},
               {R"({"a" 1})", "1:6: expected \":\" after a key, not \"1\""},
               {R"({"a"})", "1:5: expected \":\" after a key, not \"}\""},
               {R"({"a",})", "1:5: expected \":\" after a key, not \",\""},
               {R"({"a":})", "1:6: expected a value here, not \"}\""},
               {R"({"a"::1})", "1:6: expected a value here, not \":\""},
               {R"({"a":1 "b":2})", "1:8: expected \",\" or \"}\" after a member, not a string"},
               {R"({"a":1])", "1:7: expected \",\" or \"}\" after a member, not \"]\""},
               {R"({"a":{}:1})", "1:8: expected \",\" or \"}\" after a member, not \":\""},
               {"[1 2]", "1:4: expected \",\" or \"]\" after an element, not \"2\""},
               {"[1}", "1:3: expected \",\" or \"]\" after an element, not \"}\""},
               {"[[]{}]", "1:4: expected \",\" or \"]\" after an element, not \"{\""},
               {"[,1]", "1:2: expected a value here, not \",\""},
               {"[1,]", "1:4: expected a value here, not \"]\""},
               {"[1,,2]", "1:4: expected a value here, not \",\""},
               {"]", "1:1: expected a value here, not \"]\""},
               {"[é]", "1:2: expected a value here, not \"é\""},
               {"[\x01]", "1:2: expected a value here, not the control character 0x01"}});
}

TEST_CASE("text after the value is pointed at") {
    check_all({{"1 2", "1:3: the text goes on after its value, with \"2\""},
               {"{}\n{}", "2:1: the text goes on after its value, with \"{\""},
               {"[1],", "1:4: the text goes on after its value, with \",\""},
               {"truefalse", "1:5: the text goes on after its value, with \"f\""},
               {"nullx", "1:5: the text goes on after its value, with \"x\""},
               {"{} \"a\"", "1:4: the text goes on after its value, with a string"}});
}

TEST_CASE("a text that ends too soon is pointed at its end") {
    check_all({{"", "1:1: expected a value, but there is none"},
               {" \n ", "2:2: expected a value, but there is none"},
               {"[", "1:2: the text ends in the middle of an array"},
               {"[1", "1:3: the text ends in the middle of an array"},
               {"[1,", "1:4: the text ends in the middle of an array"},
               {"{", "1:2: the text ends in the middle of an object"},
               {"{\"a\"", "1:5: the text ends in the middle of an object"},
               {"{\"a\":", "1:6: the text ends in the middle of an object"},
               {"{\"a\":1\n", "2:1: the text ends in the middle of an object"},
               {"{\"a\":1,", "1:8: the text ends in the middle of an object"},
               {"[{}", "1:4: the text ends in the middle of an array"},
               {"[\"a", "1:2: the text ends in the middle of a string"},
               {"\"a\\", "1:1: the text ends in the middle of a string"},
               {"\"a\\\"", "1:1: the text ends in the middle of a string"},
               {"{\"a", "1:2: the text ends in the middle of a string"}});
}

TEST_CASE("words that are no JSON values are named") {
    check_all(
        {{"[tru]", "1:2: \"tru\" is not a JSON value; a string goes in double quotes"},
         {"[True]", "1:2: \"True\" is not a JSON value; a string goes in double quotes"},
         {"[NaN]", "1:2: \"NaN\" is not a JSON value; a string goes in double quotes"},
         {"nul", "1:1: \"nul\" is not a JSON value; a string goes in double quotes"},
         {"{\"a\":CHARGING_STARTED}", "1:6: \"CHARGING_STARTED\" is not a JSON value; a string goes in double quotes"},
         {"['a']", "1:2: a string goes in double quotes"}});
}

TEST_CASE("a malformed number is pointed at where it goes wrong") {
    check_all({{"[01]", "1:2: a number may not begin with 0"},
               {"-01", "1:2: a number may not begin with 0"},
               {"[-]", "1:2: \"-\" must be followed by a digit"},
               {"[+1]", "1:2: expected a value here, not \"+\""},
               {"[.5]", "1:2: expected a value here, not \".\""},
               {"[1.]", "1:3: the \".\" of a number must be followed by a digit"},
               {"[1.e5]", "1:3: the \".\" of a number must be followed by a digit"},
               {"[1e]", "1:3: the exponent of a number needs a digit"},
               {"[1.5e+]", "1:5: the exponent of a number needs a digit"},
               {"[1e999]", "1:2: the number is too large for a double"},
               {"[-1e999]", "1:2: the number is too large for a double"},
               {"[0x10]", "1:3: expected \",\" or \"]\" after an element, not \"x\""}});
}

TEST_CASE("a malformed string is pointed at where it goes wrong") {
    const std::string escapes =
        "a backslash in a string must be followed by one of \" \\ / b f n r t u; write \\\\ for a backslash";
    check_all({{R"(["\q"])", "1:3: " + escapes},
               {R"({"\'":1})", "1:3: " + escapes},
               {R"(["\u12"])", "1:3: \\u must be followed by four hex digits"},
               {R"(["\u12g4"])", "1:3: \\u must be followed by four hex digits"},
               {"[\"a\nb\"]", "1:2: the string does not end on its line; write a line break as \\n"},
               {"[\"a\tb\"]", "1:4: a control character in a string must be escaped; write it as \\u0009"},
               {"[\"a\x1f\"]", "1:4: a control character in a string must be escaped; write it as \\u001f"}});
}

TEST_CASE("half a surrogate pair is refused") {
    check_all({{R"(["\uD800"])", "1:3: \\uD800 is half of a surrogate pair; its second half is missing"},
               {R"(["\ud800x"])", "1:3: \\ud800 is half of a surrogate pair; its second half is missing"},
               {R"(["\ud800\n"])", "1:3: \\ud800 is half of a surrogate pair; its second half is missing"},
               {R"(["\ud800\ud800"])", "1:3: \\ud800 is half of a surrogate pair; its second half is missing"},
               {R"(["\udc00"])", "1:3: \\udc00 is half of a surrogate pair; its first half is missing"},
               {R"({"\udfff":1})", "1:3: \\udfff is half of a surrogate pair; its first half is missing"}});
}

TEST_CASE("bytes that are not UTF-8 are pointed at, in comments too") {
    check_all({{"[\"a\xff\"]", "1:4: the byte 0xff is not UTF-8"},
               {"[\"é\xc3\"]", "1:4: the byte 0xc3 is not UTF-8"},
               {"[\"\xed\xa0\x80\"]", "1:3: the byte 0xed is not UTF-8"},
               {"{}\n\xc0\x80", "2:1: the byte 0xc0 is not UTF-8"}});
    CHECK(refusal("1 // \xff", Comments::kAllowed) == "1:6: the byte 0xff is not UTF-8");
}

TEST_CASE("a byte order mark and a NUL byte are refused") {
    CHECK(refusal("\xEF\xBB\xBF{}") == "1:1: the text begins with a byte order mark; save it without one");
    CHECK(refusal(std::string("1\0garbage", 9)) == "1:2: a NUL byte is not JSON");
    CHECK(refusal(std::string("1 //\0 2", 7), Comments::kAllowed) == "1:5: a NUL byte is not JSON");
}

TEST_CASE("a key that is there twice is pointed at the second time") {
    check_all({{R"({"a":1,"a":2})", "1:8: the key \"a\" is there twice"},
               {"{\"x\":{\n\"a\":1,\n\"b\":{},\"\\u0061\":2}}", "3:8: the key \"a\" is there twice"},
               {R"([{"a":1},{"a":1,"b":2,"b":3,"b":4}])", "1:23: the key \"b\" is there twice"},
               {R"({"":1,"":2})", "1:7: the key \"\" is there twice"}});
}

TEST_CASE("a key that is there twice is found among many") {
    std::string text = "{";
    for (int ordinal = 0; ordinal < 100; ++ordinal) text += "\"k" + std::to_string(ordinal) + "\":0,\n";
    CHECK(refusal(text + "\"k7\":1,\"k7\":2}") == "101:1: the key \"k7\" is there twice");
}

TEST_CASE("comments are refused on the wire and must end in files") {
    check_all({{"// x\n1", "1:1: comments are not allowed here"},
               {"[1, /* x */ 2]", "1:5: comments are not allowed here"},
               {"1 // x", "1:3: comments are not allowed here"}});
    CHECK(refusal("[1, /* x", Comments::kAllowed) == "1:5: the text ends in the middle of a comment");
    CHECK(refusal("1 /*/", Comments::kAllowed) == "1:3: the text ends in the middle of a comment");
    CHECK(refusal("/ 1", Comments::kAllowed) == "1:1: expected a value here, not \"/\"");
}

TEST_CASE("the 65th level of nesting is refused") {
    CHECK(refusal(std::string(65, '[') + std::string(65, ']')) == "1:65: nested deeper than 64 levels");
    std::string objects;
    for (int level = 0; level < 65; ++level) objects += "{\"a\":\n";
    CHECK(refusal(objects) == "65:1: nested deeper than 64 levels");
}

TEST_CASE("ten megabytes of brackets are refused without harm") {
    constexpr std::size_t kTenMegabytes = 10'000'000;
    CHECK(refusal(std::string(kTenMegabytes, '[')) == "1:65: nested deeper than 64 levels");
    std::string objects;
    while (objects.size() < kTenMegabytes) objects += "{\"a\":";
    CHECK(refusal(objects) == "1:321: nested deeper than 64 levels");
}

TEST_CASE("columns count characters, not bytes") {
    CHECK(refusal("[\"é中\U0001F697\" 1]") == "1:8: expected \",\" or \"]\" after an element, not \"1\"");
}
