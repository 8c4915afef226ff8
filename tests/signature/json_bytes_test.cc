#include "signature/json_bytes.h"

#include <string>

#include "catch.h"

namespace smartcar_sim::signature {

TEST_CASE("white space is changed outside strings alone") {
    const std::string json = R"({ "a" : [1, 2], "b: ,":"x, y: \" z" , "c":{} })";
    CHECK(compact(json) == R"({"a":[1,2],"b: ,":"x, y: \" z","c":{}})");
}

TEST_CASE("HTML's own characters are escaped as Go does, and nothing else changes") {
    CHECK(html_escaped("[ \"<a&b>\xE2\x80\xA8\xE2\x80\xA9/\", 1.0 ]") ==
          R"(["\u003ca\u0026b\u003e\u2028\u2029/",1.0])");
}

TEST_CASE("bytes are printed as Node and Python print them") {
    CHECK(as_node_buffer("a\xFF") == R"({"type":"Buffer","data":[97,255]})");
    CHECK(as_node_buffer("") == R"({"type":"Buffer","data":[]})");
    CHECK(as_python_bytes("it\xC3\xBC\n") == R"(b'it\xc3\xbc\n')");
    CHECK(as_python_bytes("it's") == R"(b"it's")");
    CHECK(as_python_bytes(R"("it's" \)") == R"(b'"it\'s" \\')");
}

TEST_CASE("a text as a JSON string is quoted and escaped") {
    CHECK(as_json_string("") == "\"\"");
    CHECK(as_json_string("a\"b\\c\n\x01/\xC3\xBC") == "\"a\\\"b\\\\c\\n\\u0001/\xC3\xBC\"");
    CHECK(as_json_string("\b\t\f\r\x1F\x7F\xE2\x80\xA8") == "\"\\b\\t\\f\\r\\u001f\x7F\xE2\x80\xA8\"");
    CHECK(as_json_string("\xED\xA0\xBD\xFF\xC3") == "\"\\ud83d\xFF\xC3\"");  // a lone surrogate, bytes of no character
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
        CHECK(html_escaped(text) == text);
        CHECK(member(text, "data").empty());
    }
    CHECK(member("{\"data\":", "data").empty());
    CHECK(member("{\"data\":[1", "data") == "[1");
}

}  // namespace smartcar_sim::signature
