#include "signature/json_bytes.h"

#include <string>

#include "catch.h"

namespace smartcar_sim::signature {

TEST_CASE("white space is changed outside strings alone") {
    const std::string json = R"({ "a" : [1, 2], "b: ,":"x, y: \" z" , "c":{} })";
    CHECK(compact(json) == R"({"a":[1,2],"b: ,":"x, y: \" z","c":{}})");
    CHECK(with_spaces(json) == R"({"a": [1, 2], "b: ,": "x, y: \" z", "c": {}})");
}

TEST_CASE("pretty printing breaks lines like JavaScript's") {
    CHECK(pretty(R"({"a":[1,{"b":2}],"c":{},"d":[]})", 2) == R"({
  "a": [
    1,
    {
      "b": 2
    }
  ],
  "c": {},
  "d": []
})");
    CHECK(pretty("[1]", 4) == "[\n    1\n]");
    CHECK(pretty("7", 2) == "7");
}

TEST_CASE("characters beyond ASCII become escapes, as pairs past U+FFFF") {
    CHECK(with_unicode_escapes("Z\xC3\xBCrich \xE2\x80\x93 \xF0\x9F\x9A\x97") == "Z\\u00fcrich \\u2013 \\ud83d\\ude97");
    CHECK(with_unicode_escapes("plain") == "plain");
    CHECK(with_unicode_escapes("\xC3(") == "\xC3(");
}

TEST_CASE("slashes and HTML's own characters are escaped as PHP, Go and Rails do") {
    CHECK(with_escaped_slashes("\"http://x\"") == "\"http:\\/\\/x\"");
    CHECK(with_html_escapes("<a&b>\xE2\x80\xA8\xE2\x80\xA9") == "\\u003ca\\u0026b\\u003e\\u2028\\u2029");
}

TEST_CASE("a text as a JSON string is quoted and escaped") {
    CHECK(as_json_string("") == "\"\"");
    CHECK(as_json_string("a\"b\\c\n\x01/\xC3\xBC") == "\"a\\\"b\\\\c\\n\\u0001/\xC3\xBC\"");
}

TEST_CASE("a member is found at the top level alone") {
    const std::string json = R"({"x":{"data":1}, "y":["data"], "s":"data", "data" : {"a":[1,2],"b":"}"} , "z":0})";
    CHECK(member(json, "data") == R"({"a":[1,2],"b":"}"})");
    CHECK(member(json, "z") == "0");
    CHECK(member(json, "y") == R"(["data"])");
    CHECK(member(json, "a").empty());
    CHECK(member(R"({"data": 5 })", "data") == "5");
}

TEST_CASE("text that is no JSON is taken as it comes") {
    for (const std::string text : {"", "\"", "\"\\", "{\"a\":", "}}]]", "[[[", ":", "\"data\":"}) {
        INFO(text);
        CHECK(compact(text) == text);
        CHECK_FALSE(with_spaces(text).size() < text.size());
        CHECK_FALSE(pretty(text, 2).size() < text.size());
        CHECK(member(text, "data").empty());
    }
    CHECK(member("{\"data\":", "data").empty());
    CHECK(member("{\"data\":[1", "data") == "[1");
}

}  // namespace smartcar_sim::signature
