// Names in braces, found and filled in.
#include "scenario/names.h"

#include "catch.h"
#include "document/json.h"
#include "document/writer.h"

namespace smartcar_sim::scenario {
namespace {

using document::Value;

// What each name stands for is itself in angle brackets; {n}, {list} and {gone} are a number, an array and nobody.
base::Result<Value> angular(const Name& name) {
    if (name.head == "n") return Value(5);
    if (name.head == "list") return Value(document::Array{1, "x"});
    if (name.head == "gone") return base::Error{"unknown_name", "there is no " + name.text()};
    return Value("<" + name.head + "|" + name.part + "|" + name.pointer + ">");
}

TEST_CASE("a name has a head, perhaps a part and perhaps a pointer, and other braces are text", "[scenario][names]") {
    const auto [text, filled] = GENERATE(table<std::string, std::string>({
        {"", ""},
        {"no name", "no name"},
        {"{car}", "<car||>"},
        {"{_a-1}", "<_a-1||>"},
        {"a{car}b{s1.eventId}c", "a<car||>b<s1|eventId|>c"},
        {"{s1.response/a/0}", "<s1|response|/a/0>"},
        {"{s1/a b}", "<s1||/a b>"},
        {"{s1.response/}", "<s1|response|/>"},
        {"{{car}", "{car}"},
        {"{{{car}", "{<car||>"},
        {"{{{{", "{{"},
        {"}{", "}{"},
        {"{}", "{}"},
        {"{ car}", "{ car}"},
        {"{car }", "{car }"},
        {"{1}", "{1}"},
        {"{-a}", "{-a}"},
        {"{car.}", "{car.}"},
        {"{car.a.b}", "{car.a.b}"},
        {"{car", "{car"},
        {R"({"a": {"b": 1}})", R"({"a": {"b": 1}})"},
        {R"({"a": "{car}"})", R"({"a": "<car||>"})"},
        {"{{\"a\"}", "{\"a\"}"},
        {"{n} of {list}", R"(5 of [1,"x"])"},
    }));
    const auto result = fill_in(std::string_view(text), angular);
    INFO(text);
    REQUIRE(result.ok());
    CHECK(result.value() == filled);
}

TEST_CASE("the names of a text come in its order, and say themselves", "[scenario][names]") {
    const auto names = names_in(std::string_view("{b} {{c} {a.x/y} {b}"));
    REQUIRE(names.size() == 3);
    CHECK(names[0] == Name{.head = "b", .part = "", .pointer = ""});
    CHECK(names[1] == Name{.head = "a", .part = "x", .pointer = "/y"});
    CHECK(names[1].text() == "{a.x/y}");
    CHECK(names[2] == names[0]);
}

TEST_CASE("names are found and filled in within a value, keys included", "[scenario][names]") {
    const auto value = document::parse(R"({"{a}": ["{b.c}", 1, null, {"x": "<{n}>"}], "y": "{n}", "z": "{list}"})");
    REQUIRE(value.ok());
    std::string heads;
    for (const Name& name : names_in(value.value())) heads += name.head + " ";
    CHECK(heads == "a b n n list ");
    const auto filled = fill_in(value.value(), angular);
    REQUIRE(filled.ok());
    // A text that is one name and nothing else becomes what it stands for, a number too.
    CHECK(document::write(filled.value()).value() == R"({"<a||>":["<b|c|>",1,null,{"x":"<5>"}],"y":5,"z":[1,"x"]})");
}

TEST_CASE("the first name that stands for nothing ends it, wherever it is", "[scenario][names]") {
    const std::string text = GENERATE(R"("{gone}")", R"("a {gone} {gone.too}")", R"(["{n}", "{gone}"])",
                                      R"({"{gone}": 1})", R"({"a": {"b": ["x{gone}"]}})");
    const auto filled = fill_in(document::parse(text).value(), angular);
    INFO(text);
    REQUIRE_FALSE(filled.ok());
    CHECK(filled.error().message == "there is no {gone}");
}

TEST_CASE("what a step, a webhook or a vehicle may be called", "[scenario][names]") {
    CHECK(is_identifier("car"));
    CHECK(is_identifier("_"));
    CHECK(is_identifier("kia-ev6-2022"));
    CHECK_FALSE(is_identifier(""));
    CHECK_FALSE(is_identifier("2nd"));
    CHECK_FALSE(is_identifier("-a"));
    CHECK_FALSE(is_identifier("my car"));
    CHECK_FALSE(is_identifier("a.b"));
    CHECK_FALSE(is_identifier("ä"));
}

}  // namespace
}  // namespace smartcar_sim::scenario
