#include "routes/schema_notation.h"

#include <string>

#include "catch.h"
#include "document/writer.h"

using namespace smartcar_sim;

namespace {

std::string json_of(const std::string& notation, routes::Others others = routes::Others::kRefused) {
    const auto schema = routes::schema_from(notation, others);
    INFO(notation);
    REQUIRE(schema.ok());
    auto text = document::write(schema.value());
    REQUIRE(text.ok());
    return text.value();
}

}  // namespace

TEST_CASE("a notation stands for a JSON schema") {
    struct Row {
        std::string notation, schema;
    };
    for (const Row& row : {
             Row{"string", R"({"type":"string"})"},
             Row{"any", "{}"},
             Row{"uuid", R"({"type":"string","format":"uuid"})"},
             Row{"uuid|null", R"({"type":["string","null"],"format":"uuid"})"},
             Row{"integer(0..)", R"({"type":"integer","minimum":0})"},
             Row{"number(-90..90)|null", R"({"type":["number","null"],"minimum":-90,"maximum":90})"},
             Row{"'OPEN'", R"({"const":"OPEN"})"},
             Row{"'OPEN'|'CLOSED'|null", R"({"enum":["OPEN","CLOSED",null]})"},
             Row{"Webhook", R"({"$ref":"#/components/schemas/Webhook"})"},
             Row{"Webhook|null", R"({"anyOf":[{"$ref":"#/components/schemas/Webhook"},{"type":"null"}]})"},
             Row{"boolean|integer(1..9)",
                 R"({"anyOf":[{"type":"boolean"},{"type":"integer","minimum":1,"maximum":9}]})"},
             Row{"[[string]]", R"({"type":"array","items":{"type":"array","items":{"type":"string"}}})"},
             Row{"{*: any}", R"({"type":"object","additionalProperties":{}})"},
             Row{"{ id: string,\n 'page[size]'?: integer }",
                 R"({"type":"object","required":["id"],"properties":{"id":{"type":"string"},)"
                 R"("page[size]":{"type":"integer"}},"additionalProperties":false})"},
         }) {
        CHECK(json_of(row.notation) == row.schema);
    }
}

TEST_CASE("members that are not named are ignored on demand") {
    CHECK(json_of("{a?: [{b?: null}]}", routes::Others::kIgnored) ==
          R"({"type":"object","properties":{"a":{"type":"array","items":)"
          R"({"type":"object","properties":{"b":{"type":"null"}}}}}})");
}

TEST_CASE("a notation that is none says where it stops being one") {
    struct Row {
        std::string notation, message;
    };
    for (const Row& row : {
             Row{"", R"("", at 0: no type is called "")"},
             Row{"strng", R"("strng", at 5: no type is called "strng")"},
             Row{"string string", R"("string string", at 7: nothing more was expected)"},
             Row{"{a: string", R"("{a: string", at 10: expected ",")"},
             Row{"{: string}", R"("{: string}", at 1: a member needs a name)"},
             Row{"[string", R"("[string", at 7: expected "]")"},
             Row{"'OPEN", R"("'OPEN", at 5: expected "'")"},
             Row{"integer(0-9)", R"-("integer(0-9)", at 9: expected ".")-"},
         }) {
        const auto schema = routes::schema_from(row.notation);
        INFO(row.notation);
        REQUIRE(!schema.ok());
        CHECK(schema.error().code == "bad_notation");
        CHECK(schema.error().message == row.message);
    }
}
