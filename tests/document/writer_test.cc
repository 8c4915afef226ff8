#include "document/writer.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"

using namespace smartcar_sim::document;

namespace {

std::string written(std::string_view text) {
    std::string out;
    Writer(out).value(text);
    return out;
}

template <class T>
bool fails(const T& value) {
    std::string out;
    return Writer(out).value(value).failed();
}

std::string refusal(const Value& value) {
    const auto text = write(value);
    REQUIRE_FALSE(text.ok());
    CHECK(text.error().code == "not_canonical");
    return text.error().message;
}

}  // namespace

TEST_CASE("a writer puts commas and colons where they belong") {
    std::string out = "body: ";
    Writer writer(out);
    writer.begin_object()
        .member("id", "7")
        .member("count", 3)
        .member("share", 0.25)
        .member("live", true)
        .key("none")
        .null()
        .key("list")
        .begin_array()
        .value(1)
        .begin_object()
        .end_object()
        .begin_array()
        .end_array()
        .value("x")
        .end_array()
        .key("copied")
        .raw(R"({"a":[1]})")
        .member("last", false)
        .end_object();
    CHECK(out == R"(body: {"id":"7","count":3,"share":0.25,"live":true,"none":null,)"
                 R"("list":[1,{},[],"x"],"copied":{"a":[1]},"last":false})");
    CHECK_FALSE(writer.failed());
}

TEST_CASE("only what JSON.stringify escapes is escaped, and as it does") {
    CHECK(written("\b\t\n\f\r\"\\") == R"("\b\t\n\f\r\"\\")");
    CHECK(written(std::string("\0\x01\x0b\x1f", 4)) == R"("\u0000\u0001\u000b\u001f")");
    CHECK(written("/<>&'\x7f") == "\"/<>&'\x7f\"");
    CHECK(written("é中\U0001F697\u2028\u2029\ufeff") == "\"é中\U0001F697\u2028\u2029\ufeff\"");
    CHECK(written("plain, then\nbroken, then plain") == R"("plain, then\nbroken, then plain")");
    CHECK(written("").size() == 2);
}

TEST_CASE("keys are escaped like strings") {
    std::string out;
    Writer(out).begin_object().member("a\"b\n", 1).end_object();
    CHECK(out == R"({"a\"b\n":1})");
}

TEST_CASE("what JavaScript would read otherwise is refused") {
    CHECK(fails(-0.0));
    CHECK(fails(std::nan("")));
    CHECK(fails(std::numeric_limits<double>::infinity()));
    CHECK(fails(-std::numeric_limits<double>::infinity()));
    CHECK(fails(std::int64_t{9007199254740992}));
    CHECK(fails(std::int64_t{-9007199254740992}));
    CHECK(fails(std::numeric_limits<std::int64_t>::min()));
    CHECK(fails("\xff"));
    CHECK(fails("cut short \xc3"));
    CHECK(fails("a lone surrogate \xed\xa0\x80"));
    CHECK(fails("overlong \xc0\x80"));
}

TEST_CASE("the greatest of what JavaScript keeps is written") {
    CHECK_FALSE(fails(std::int64_t{9007199254740991}));
    CHECK_FALSE(fails(std::int64_t{-9007199254740991}));
    CHECK_FALSE(fails(std::numeric_limits<double>::max()));
    CHECK_FALSE(fails(std::numeric_limits<double>::denorm_min()));
    CHECK_FALSE(fails("\U0010FFFF"));
}

TEST_CASE("a writer that failed once stays failed") {
    std::string out;
    Writer writer(out);
    writer.begin_array().value("\xff").value("fine").value(1).value(0.5).end_array();
    CHECK(writer.failed());
}

TEST_CASE("a key that is not UTF-8 is refused") {
    std::string out;
    CHECK(Writer(out).begin_object().member("\xff", 1).end_object().failed());
}

TEST_CASE("a value is written with its members in order") {
    const Value value = Object{{"b", Array{1, 2.5, "x", nullptr, true}}, {"a", Object{}}, {"10", 1}};
    CHECK(write(Object{{"b", Array{1, 2.5, "x", nullptr, true}}, {"a", Object{}}}).value() ==
          R"({"b":[1,2.5,"x",null,true],"a":{}})");
    CHECK_FALSE(write(value).ok());
}

TEST_CASE("a value the writer cannot say is refused by its pointer") {
    const std::vector<std::pair<Value, std::string>> refused = {
        {-0.0, "the value cannot be sent unchanged: -0 is written 0 by JavaScript"},
        {Object{{"a", Array{1, std::nan("")}}}, "\"/a/1\" cannot be sent unchanged: JSON has no NaN and no infinity"},
        {Object{{"a/b", std::int64_t{9007199254740993}}},
         "\"/a~1b\" cannot be sent unchanged: 9007199254740993 is past 2^53 - 1, where JavaScript rounds"},
        {Object{{"a", BigInteger{"12345678901234567890"}}},
         "\"/a\" cannot be sent unchanged: 12345678901234567890 is past 2^53 - 1, where JavaScript rounds"},
        {Object{{"a", "\xff"}}, "\"/a\" cannot be sent unchanged: the string is not UTF-8"},
        {Object{{"\xff", 1}}, "the value cannot be sent unchanged: a key is not UTF-8"},
        {Object{{"x", Object{{"a", 1}, {"b", 2}, {"a", 3}}}},
         "\"/x\" cannot be sent unchanged: the key \"a\" is there twice"},
        {Object{{"a", 1}, {"7", 2}}, "the value cannot be sent unchanged: the key \"7\" would be moved by JavaScript"},
        {Object{{"10", 1}, {"9", 2}},
         "the value cannot be sent unchanged: the key \"9\" would be moved by JavaScript"}};
    for (const auto& [value, message] : refused) {
        CHECK(refusal(value) == message);
    }
}

TEST_CASE("index-like keys are written when they stand where JavaScript puts them") {
    CHECK(write(Object{{"0", 1}, {"9", 2}, {"10", 3}, {"a", 4}}).value() == R"({"0":1,"9":2,"10":3,"a":4})");
    CHECK(write(Object{{"a", 1}, {"01", 2}, {"4294967295", 3}, {"-1", 4}}).ok());
    CHECK_FALSE(write(Object{{"a", 1}, {"4294967294", 2}}).ok());
}

TEST_CASE("a repeated key is found among many") {
    Object members;
    for (int ordinal = 0; ordinal < 1000; ++ordinal) {
        members.emplace_back("k" + std::to_string(ordinal), ordinal);
    }
    CHECK(write(members).ok());
    members.emplace_back("k500", 0);
    CHECK(refusal(members) == "the value cannot be sent unchanged: the key \"k500\" is there twice");
}
