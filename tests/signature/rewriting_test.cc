#include "signature/rewriting.h"

#include <set>
#include <string>
#include <string_view>

#include "catch.h"

namespace smartcar_sim::signature {

TEST_CASE("every runtime has a name of its own") {
    std::set<std::string_view> names;
    for (const Runtime runtime : runtimes()) CHECK(names.insert(name_of(runtime)).second);
    CHECK(name_of(Runtime::kNode) == "node");
    CHECK(name_of(Runtime::kPythonCompactUtf8) == "python-compact-utf8");
    CHECK(name_of(Runtime::kPhpPretty) == "php-pretty");
    CHECK(name_of(Runtime::kGoPrinted) == "go-printed");
    CHECK(name_of(Runtime::kGsonPrinted) == "gson-printed");
    CHECK(name_of(Runtime::kJavaPrinted) == "java-printed");
    CHECK(name_of(Runtime::kDatabase) == "database");
}

TEST_CASE("what one runtime keeps another changes") {
    const std::string body = R"({"b":1.0,"n":1e3,"big":12345678901234567890,"u":"a/b?<é>","a":null})";
    struct Case {
        Runtime runtime;
        std::string_view written;
    };
    for (const auto& [runtime, written] : {
             Case{Runtime::kNode, R"({"b":1,"n":1000,"big":12345678901234567000,"u":"a/b?<é>","a":null})"},
             Case{Runtime::kPython,
                  R"({"b": 1.0, "n": 1000.0, "big": 12345678901234567890, "u": "a/b?<\u00e9>", "a": null})"},
             Case{Runtime::kPhp, R"({"b":1,"n":1000,"big":1.2345678901234567e+19,"u":"a\/b?<\u00e9>","a":null})"},
             Case{Runtime::kRuby, R"({"b":1.0,"n":1000.0,"big":12345678901234567890,"u":"a/b?<é>","a":null})"},
             Case{Runtime::kRails,
                  R"({"b":1.0,"n":1000.0,"big":12345678901234567890,"u":"a/b?\u003cé\u003e","a":null})"},
             Case{Runtime::kGoMap, R"({"a":null,"b":1,"big":12345678901234567000,"n":1000,"u":"a/b?\u003cé\u003e"})"},
             Case{Runtime::kGsonMap, R"({"b":1.0,"n":1000.0,"big":1.2345678901234567E19,"u":"a/b?\u003cé\u003e"})"},
             Case{Runtime::kGsonTree, R"({"b":1.0,"n":1e3,"big":12345678901234567890,"u":"a/b?\u003cé\u003e"})"},
             Case{Runtime::kDotNet,
                  R"({"b":1.0,"n":1e3,"big":12345678901234567890,"u":"a/b?\u003C\u00E9\u003E","a":null})"},
         }) {
        CAPTURE(name_of(runtime));
        CHECK(written_by(runtime, body) == written);
    }
}

TEST_CASE("of members with the same name the last counts, in the first one's place") {
    CHECK(written_by(Runtime::kNode, R"({"a":1,"b":2,"a":{"c":3}})") == R"({"a":{"c":3},"b":2})");
}

TEST_CASE("JavaScript moves keys that are array indexes to the front") {
    CHECK(written_by(Runtime::kNode, R"({"b":1,"10":2,"2":3,"01":4,"4294967294":5,"4294967295":6})") ==
          R"({"2":3,"10":2,"4294967294":5,"b":1,"01":4,"4294967295":6})");
}

TEST_CASE("escapes are read, those of surrogates alone and in pairs too") {
    CHECK(written_by(Runtime::kNode, R"(["\u00e9\/\ud83d\ude97\ud83d\n\u0001"])") ==
          "[\"\xC3\xA9/\xF0\x9F\x9A\x97\\ud83d\\n\\u0001\"]");
    CHECK(written_by(Runtime::kPython, R"(["\ud83d\ude97\ud83d"])") == R"(["\ud83d\ude97\ud83d"])");
}

TEST_CASE("empty and nested containers are laid out like JavaScript's, Python's and PHP's") {
    CHECK(written_by(Runtime::kNodePretty2, R"({"a":[],"b":{},"c":[1,{"d":null}]})") == R"({
  "a": [],
  "b": {},
  "c": [
    1,
    {
      "d": null
    }
  ]
})");
    CHECK(written_by(Runtime::kNodePrettyTab, "[1]") == "[\n\t1\n]");
    CHECK(written_by(Runtime::kPhp, R"([{},{"0":1},{"1":1},{"a":{}}])") == R"([[],[1],{"1":1},{"a":[]}])");
}

TEST_CASE("numbers past all doubles and below them are what each runtime makes of them") {
    CHECK(written_by(Runtime::kNode, "[1e400,-1e400,1e-400,-1e-400]") == "[null,null,0,0]");
    CHECK(written_by(Runtime::kPython, "[1e400,-1e400,1e-400,-1e-400,-0,-0.0]") ==
          "[Infinity, -Infinity, 0.0, -0.0, 0, -0.0]");
    CHECK(written_by(Runtime::kGsonTree, "[1e400,-0]") == "[1e400,-0]");
}

TEST_CASE("Json.NET takes text for dates and shortens them") {
    CHECK(written_by(Runtime::kNewtonsoft,
                     R"(["2022-04-13T10:15:00.000Z","2022-04-13T10:15:00.120Z","2022-04-13T10:15:10Z","10:15:00.000Z",)"
                     R"("2022-04-13T10:15:00.0x0Z",{"2022-04-13T10:15:00.000Z":1.50}])") ==
          R"(["2022-04-13T10:15:00Z","2022-04-13T10:15:00.12Z","2022-04-13T10:15:10Z","10:15:00.000Z",)"
          R"("2022-04-13T10:15:00.0x0Z",{"2022-04-13T10:15:00.000Z":1.5}])");
}

TEST_CASE("text that is no JSON comes back as it is") {
    for (const std::string text : {"", " ", "{", "{\"a\"}", "{\"a\":}", "[1,]", "[01]", "[1.]", "[+1]", "[1e]", "nul",
                                   "\"\\x\"", "\"\\u12\"", "\"a", "\"\n\"", "{} {}", "-", "[\"\\ud83d\\u\"]"}) {
        INFO(text);
        CHECK(written_by(Runtime::kNode, text) == text);
    }
    const std::string deep(65, '[');
    CHECK(written_by(Runtime::kNode, deep + std::string(65, ']')) == deep + std::string(65, ']'));
    CHECK(written_by(Runtime::kNode, " [ ] ") == "[]");
    CHECK(written_by(Runtime::kNode, "\"\xFF\"") == "\"\xFF\"");
}

}  // namespace smartcar_sim::signature
