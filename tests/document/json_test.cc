#include "document/json.h"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "document/payloads.h"
#include "document/writer.h"

using namespace smartcar_sim::document;

namespace {

Value read(std::string_view text, Comments comments = Comments::kRefused) {
    CAPTURE(text);
    auto value = parse(text, "body", comments);
    if (!value.ok()) {
        CAPTURE(value.error().message);
        REQUIRE(value.ok());
    }
    return std::move(value).value();
}

// Every value of `text` as the text from its offset on, depth first; a member with its key's in front.
void list_offsets(const Value& value, std::string_view text, std::vector<std::string>& found) {
    found.emplace_back(text.substr(value.offset, 3));
    if (const Array* elements = value.array()) {
        for (const Value& element : *elements) list_offsets(element, text, found);
    }
    if (const Object* members = value.object()) {
        for (const auto& [key, content] : *members) {
            found.emplace_back(text.substr(content.key_offset, 3));
            list_offsets(content, text, found);
        }
    }
}

// In compact canonical text each value stands at its offset as it is written.
void check_offsets(const Value& value, std::string_view text) {
    const std::string written = write(value).value();
    REQUIRE(text.substr(value.offset, written.size()) == written);
    if (const Array* elements = value.array()) {
        for (const Value& element : *elements) check_offsets(element, text);
    }
    if (const Object* members = value.object()) {
        for (const auto& [key, content] : *members) {
            const std::string written_key = write(Value(key)).value();
            REQUIRE(text.substr(content.key_offset, written_key.size()) == written_key);
            check_offsets(content, text);
        }
    }
}

// The same JSON with blanks and comments around every token.
std::string spread(std::string_view text) {
    constexpr std::string_view kNoise = " \n\t// a \"comment\" {[,:]}\r\n/* and \"another\" */ ";
    std::string spread(kNoise);
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        spread += text[at];
        if (in_string && text[at] == '\\') {
            spread += text[++at];
        } else if (text[at] == '"') {
            in_string = !in_string;
        }
        const bool token_ends = std::string_view("{}[],:").find(text[at]) != std::string_view::npos;
        if (!in_string && (token_ends || text[at] == '"')) {
            spread += kNoise;
        }
    }
    return spread;
}

}  // namespace

TEST_CASE("JSON is read with its members in order") {
    CHECK(read(R"({"b":[1,2.5,"x",null,true,false],"a":{}})") ==
          Value(Object{{"b", Array{1, 2.5, "x", nullptr, true, false}}, {"a", Object{}}}));
    CHECK(read(" \t\r\n7 \n") == Value(7));
    CHECK(read("[]") == Value(Array{}));
    CHECK(read(R"({"":{"":0}})") == Value(Object{{"", Object{{"", 0}}}}));
}

// Those that JavaScript would change were once changed here, without a word, before they were signed.
TEST_CASE("a whole number past 2^53 is a double where JavaScript leaves it as it is, else it stays as spelled") {
    CHECK(read("9007199254740992") == Value(9007199254740992.0));
    CHECK(read("123456789012345680") == Value(123456789012345680.0));
    CHECK(read("100000000000000000000") == Value(1e20));
    for (const std::string digits :
         {"9007199254740993", "-9007199254740993", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
          "12345678901234567890", "18446744073709551615", "18446744073709551616", "-9223372036854775809",
          "1000000000000000000000"}) {
        CAPTURE(digits);
        CHECK(read(digits) == Value(BigInteger{digits}));
        CHECK(read(digits).is_number());
        CHECK(read(digits).number() == std::stod(digits));
        CHECK_FALSE(write(read(digits)).ok());
    }
}

TEST_CASE("a whole number up to 2^53 - 1 is an integer, a fraction a double") {
    CHECK(read("9007199254740991") == Value(std::int64_t{9007199254740991}));
    CHECK(read("-9007199254740991") == Value(std::int64_t{-9007199254740991}));
    CHECK(read("1.0") == Value(1));
    CHECK(read("1e3") == Value(1000));
    CHECK(read("1e20") == Value(1e20));
    CHECK(read("0.5") == Value(0.5));
    CHECK(read("1E+2") == Value(100));
    CHECK(read("5e-324") == Value(5e-324));
    CHECK(read("1e-400") == Value(0));
}

// An integer that the writer had made of a double was read as one it refuses.
TEST_CASE("a great integer that JavaScript leaves alone is the double it is to JavaScript") {
    CHECK(read("123456789012345680") == Value(123456789012345680.0));
    CHECK(read("-9007199254740992") == Value(-9007199254740992.0));
    CHECK(write(read("123456789012345680")).value() == "123456789012345680");
    CHECK_FALSE(write(read("123456789012345681")).ok());
}

TEST_CASE("minus nothing is nothing, as JSON.stringify writes it") {
    CHECK(read("-0") == Value(0));
    CHECK(read("-0.0") == Value(0));
    CHECK(read("-0e5") == Value(0));
}

TEST_CASE("escapes in strings are resolved") {
    CHECK(read(R"("\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE97\u0000")") ==
          Value(std::string("\"\\/\b\f\n\r\té\U0001F697\0", 15)));
    CHECK(read("\"é\x7f\U0001F697\"") == Value("é\x7f\U0001F697"));
}

TEST_CASE("comments are read over in files") {
    const std::string_view text = "// a story\n{ // \"a\":\n  \"a\": /* one */ 1, // two\r\n  \"b\": 2\n}\n// end";
    CHECK(read(text, Comments::kAllowed) == Value(Object{{"a", 1}, {"b", 2}}));
    CHECK(read("1//", Comments::kAllowed) == Value(1));
    CHECK(read("\"// no comment\"") == Value("// no comment"));
}

TEST_CASE("every value knows where it stood, and every member where its key did") {
    const std::string_view text = R"({ "a" : [1 , -2.5e3, "x,:\"]", {} ], "b":true,"c": null})";
    std::vector<std::string> found;
    list_offsets(read(text), text, found);
    CHECK(found == std::vector<std::string>{"{ \"", "\"a\"", "[1 ", "1 ,", "-2.", "\"x,", "{} ", "\"b\"", "tru",
                                            "\"c\"", "nul"});
}

TEST_CASE("offsets are right in any payload") {
    Payloads payloads(11);
    for (int round = 0; round < 200; ++round) {
        const std::string text = write(payloads.payload()).value();
        CAPTURE(text);
        check_offsets(read(text), text);
    }
}

TEST_CASE("offsets are right between blanks and comments") {
    Payloads payloads(12);
    for (int round = 0; round < 100; ++round) {
        const std::string compact = write(payloads.payload()).value();
        const std::string text = spread(compact);
        CAPTURE(text);
        const Value value = read(text, Comments::kAllowed);
        CHECK(write(value).value() == compact);
        std::vector<std::string> here;
        std::vector<std::string> there;
        list_offsets(value, text, here);
        list_offsets(read(compact), compact, there);
        REQUIRE(here.size() == there.size());
        for (std::size_t at = 0; at < here.size(); ++at) {
            CHECK(here[at][0] == there[at][0]);
        }
    }
}

TEST_CASE("64 levels of nesting are read") {
    CHECK(parse(std::string(64, '[') + std::string(64, ']')).ok());
    std::string objects;
    for (int level = 0; level < 63; ++level) objects += "{\"a\":";
    CHECK(parse(objects + "{}" + std::string(63, '}')).ok());
}

TEST_CASE("a long object is read in a time that its length explains") {
    std::string text = "{";
    for (int ordinal = 0; ordinal < 100000; ++ordinal) {
        text += (ordinal == 0 ? "\"" : ",\"") + std::to_string(ordinal) + "x\":0";
    }
    const Value value = read(text + "}");
    CHECK(value.object()->size() == 100000);
}

TEST_CASE("equality of values does not look at offsets") { CHECK(read("[1]") == read("  [ 1 ]")); }

TEST_CASE("a value says what kind it is") {
    const std::vector<std::pair<std::string, std::string>> kinds = {
        {"null", "null"},     {"true", "a boolean"}, {"1", "a number"},  {"1.5", "a number"},
        {"\"\"", "a string"}, {"[]", "an array"},    {"{}", "an object"}};
    for (const auto& [text, kind] : kinds) {
        CHECK(read(text).kind() == kind);
    }
}

TEST_CASE("a number is a number whether whole or not") {
    CHECK(read("3").is_number());
    CHECK(read("3").number() == 3.0);
    CHECK(read("3.5").number() == 3.5);
    CHECK_FALSE(read("\"3\"").is_number());
    CHECK(read("\"3\"").number() == 0);
}

TEST_CASE("a member is found by its key") {
    Value value = read(R"({"a":1,"b":{"c":2}})");
    CHECK(*value.find("b")->find("c") == Value(2));
    CHECK(value.find("c") == nullptr);
    CHECK(value.find("a")->find("x") == nullptr);
    *value.find("a") = 5;
    CHECK(write(value).value() == R"({"a":5,"b":{"c":2}})");
}
