#include "catch.h"
#include "contract/message.h"

namespace smartcar_sim::contract {
namespace {

const std::string kBody = R"({"payload":{"eventType":"CHARGING_STARTED","vehicles":[{"id":"a"}]}})";

base::Result<std::string> edited(std::string pointer, document::Value value,
                                 document::Missing missing = document::Missing::kError) {
    const Edit edit{.pointer = std::move(pointer), .value = std::move(value), .missing = missing};
    return contract::apply({&edit, 1}, kBody);
}

std::string text_of(const base::Result<std::string>& result) {
    return result ? result.value() : "error " + result.error().code + ": " + result.error().message;
}

}  // namespace

TEST_CASE("without edits a body keeps its bytes, even if they are not JSON") {
    CHECK(text_of(contract::apply({}, "{ \"a\" : 1.0 } ")) == "{ \"a\" : 1.0 } ");
    CHECK(text_of(contract::apply({}, "not json")) == "not json");
}

TEST_CASE("an edit replaces what its pointer names and keeps the order of the rest") {
    CHECK(text_of(edited("/payload/eventType", "CHARGING_STOPPED")) ==
          R"({"payload":{"eventType":"CHARGING_STOPPED","vehicles":[{"id":"a"}]}})");
    CHECK(text_of(edited("/payload/vehicles/0", document::Value(nullptr))) ==
          R"({"payload":{"eventType":"CHARGING_STARTED","vehicles":[null]}})");
}

TEST_CASE("edits apply in order, the later seeing the earlier") {
    const std::vector<Edit> edits = {
        {.pointer = "/payload/extra", .value = document::Object{{"a", 1}}, .missing = document::Missing::kAdd},
        {.pointer = "/payload/extra/a", .value = 2},
    };
    CHECK(text_of(contract::apply(edits, R"({"payload":{}})")) == R"({"payload":{"extra":{"a":2}}})");
}

TEST_CASE("a pointer that matches nothing is an error that says how far it got") {
    CHECK(
        text_of(edited("/payload/evenType", "x")) ==
        R"(error no_match: "/payload/evenType" matches nothing: "/payload" is an object without "evenType"; did you mean "eventType"?)");
    CHECK(
        text_of(edited("/payload/eventType/0", "x")) ==
        R"(error no_match: "/payload/eventType/0" matches nothing: "/payload/eventType" is a string, which has no "0")");
}

TEST_CASE("a value no body may hold is refused") {
    const auto result = edited("/payload/eventType", 9007199254740993);
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().code == "not_canonical");
}

TEST_CASE("with kAdd a missing member is added at the end and a dash appends to an array") {
    CHECK(text_of(edited("/payload/note", "x", document::Missing::kAdd)) ==
          R"({"payload":{"eventType":"CHARGING_STARTED","vehicles":[{"id":"a"}],"note":"x"}})");
    CHECK(text_of(edited("/payload/vehicles/-", 7, document::Missing::kAdd)) ==
          R"({"payload":{"eventType":"CHARGING_STARTED","vehicles":[{"id":"a"},7]}})");
}

TEST_CASE("an edited body is written canonically") {
    const Edit edit{.pointer = "/b", .value = "é"};
    CHECK(text_of(contract::apply({&edit, 1}, R"({ "a" : 1.0, "b" : "\u00e9", "c" : "\/" })")) ==
          R"({"a":1,"b":"é","c":"/"})");
}

TEST_CASE("a body that is not JSON cannot be edited") {
    const Edit edit{.pointer = "/a", .value = 1};
    CHECK(text_of(contract::apply({&edit, 1}, "not json")) ==
          R"(error bad_json: "not" is not a JSON value; a string goes in double quotes)");
}

}  // namespace smartcar_sim::contract
