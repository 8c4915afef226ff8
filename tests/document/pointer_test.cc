#include "document/pointer.h"

#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "document/json.h"
#include "document/writer.h"

using namespace smartcar_sim::document;

namespace {

Value read(std::string_view text) { return parse(text).value(); }

// What `find` gives as JSON, or "nothing".
std::string found(const Value& root, std::string_view pointer) {
    const auto value = find(root, pointer);
    REQUIRE(value.ok());
    return value.value() == nullptr ? "nothing" : write(*value.value()).value();
}

std::string after_set(std::string_view text, std::string_view pointer, Value value, Missing missing) {
    Value root = read(text);
    const auto done = set(root, pointer, std::move(value), missing);
    return done.ok() ? write(root).value() : done.error().message;
}

}  // namespace

// The document and the pointers of RFC 6901 section 5.
TEST_CASE("a pointer is that of RFC 6901") {
    const std::string text =
        R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8})";
    const Value root = read(text);
    const std::vector<std::pair<std::string, std::string>> pointers = {{"", text},
                                                                       {"/foo", R"(["bar","baz"])"},
                                                                       {"/foo/0", R"("bar")"},
                                                                       {"/", "0"},
                                                                       {"/a~1b", "1"},
                                                                       {"/c%d", "2"},
                                                                       {"/e^f", "3"},
                                                                       {"/g|h", "4"},
                                                                       {"/i\\j", "5"},
                                                                       {"/k\"l", "6"},
                                                                       {"/ ", "7"},
                                                                       {"/m~0n", "8"}};
    for (const auto& [pointer, expected] : pointers) {
        CAPTURE(pointer);
        CHECK(found(root, pointer) == expected);
    }
}

TEST_CASE("a pointer that matches nothing finds nothing") {
    const Value root = read(R"({"foo":["bar"],"n":1})");
    for (const char* pointer : {"/x", "/foo/1", "/foo/-", "/foo/00", "/foo/+0", "/foo/ 0", "/foo/", "/foo/0/x", "/n/0",
                                "/foo/99999999999999999999", "/FOO"}) {
        CAPTURE(pointer);
        CHECK(found(root, pointer) == "nothing");
    }
}

TEST_CASE("in a pointer ~01 is ~1, not a slash") {
    CHECK(found(read(R"({"~1":1,"/":2})"), "/~01") == "1");
    CHECK(escape_segment("~1/") == "~01~1");
}

TEST_CASE("text that is not a pointer is refused") {
    const std::vector<std::pair<std::string, std::string>> refused = {
        {"foo", "\"foo\" is not a JSON pointer: it must be empty or begin with \"/\""},
        {"#/foo", "\"#/foo\" is not a JSON pointer: it must be empty or begin with \"/\""},
        {"/a~", "\"/a~\" is not a JSON pointer: \"~\" must be followed by 0 (for \"~\") or 1 (for \"/\")"},
        {"/a~2/b", "\"/a~2/b\" is not a JSON pointer: \"~\" must be followed by 0 (for \"~\") or 1 (for \"/\")"}};
    Value root = read("{}");
    for (const auto& [pointer, message] : refused) {
        const auto value = find(root, pointer);
        REQUIRE_FALSE(value.ok());
        CHECK(value.error().code == "bad_pointer");
        CHECK(value.error().message == message);
        CHECK(set(root, pointer, 1, Missing::kAdd).error().message == message);
    }
}

TEST_CASE("what a pointer names is replaced where it stands") {
    CHECK(after_set(R"({"a":1,"b":[1,2],"c":3})", "/b/1", "x", Missing::kError) == R"({"a":1,"b":[1,"x"],"c":3})");
    CHECK(after_set(R"({"a":1,"b":2})", "/a", Object{}, Missing::kAdd) == R"({"a":{},"b":2})");
    CHECK(after_set(R"({"a":1})", "", Array{}, Missing::kError) == "[]");
}

TEST_CASE("the last segment is added when that is asked for") {
    CHECK(after_set(R"({"a":{}})", "/a/b~1c", 1, Missing::kAdd) == R"({"a":{"b/c":1}})");
    CHECK(after_set("[1]", "/-", 2, Missing::kAdd) == "[1,2]");
    CHECK(after_set("[1]", "/1", 2, Missing::kAdd) == "[1,2]");
    CHECK(after_set("{}", "/-", 2, Missing::kAdd) == R"({"-":2})");
}

TEST_CASE("a pointer that matches nothing says how far it got and what stands there") {
    const std::string text = R"({"payload":{"vehicleId":"x","n":7,"list":[1,2],"one":[1]}})";
    const std::vector<std::pair<std::string, std::string>> refused = {
        {"/payload/vehicelId",
         "\"/payload/vehicelId\" matches nothing: \"/payload\" is an object without \"vehicelId\"; did you mean "
         "\"vehicleId\"?"},
        {"/payload/colour", "\"/payload/colour\" matches nothing: \"/payload\" is an object without \"colour\""},
        {"/event", "\"/event\" matches nothing: the whole value is an object without \"event\""},
        {"/payload/n/x", "\"/payload/n/x\" matches nothing: \"/payload/n\" is a number, which has no \"x\""},
        {"/payload/list/2",
         "\"/payload/list/2\" matches nothing: \"/payload/list\" is an array of 2 elements without \"2\""},
        {"/payload/one/-",
         "\"/payload/one/-\" matches nothing: \"/payload/one\" is an array of 1 element without \"-\""}};
    for (const auto& [pointer, message] : refused) {
        CHECK(after_set(text, pointer, 1, Missing::kError) == message);
    }
}

TEST_CASE("only a last segment that fits is added") {
    const std::string text = R"({"a":{},"list":[1],"n":7})";
    CHECK(after_set(text, "/a/b/c", 1, Missing::kAdd) ==
          "\"/a/b/c\" matches nothing: \"/a\" is an object without \"b\"");
    CHECK(after_set(text, "/list/5", 1, Missing::kAdd) ==
          "\"/list/5\" matches nothing: \"/list\" is an array of 1 element without \"5\"");
    CHECK(after_set(text, "/list/x", 1, Missing::kAdd) ==
          "\"/list/x\" matches nothing: \"/list\" is an array of 1 element without \"x\"");
    CHECK(after_set(text, "/n/x", 1, Missing::kAdd) ==
          "\"/n/x\" matches nothing: \"/n\" is a number, which has no \"x\"");
}

TEST_CASE("a set that fails changes nothing and has the code no_match") {
    Value root = read(R"({"a":1})");
    const auto done = set(root, "/b", 2, Missing::kError);
    REQUIRE_FALSE(done.ok());
    CHECK(done.error().code == "no_match");
    CHECK(write(root).value() == R"({"a":1})");
}
