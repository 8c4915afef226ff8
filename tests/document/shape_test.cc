// Shapes checked and published: what is said of a value, word for word and with its place, and the schema of the same.
#include "document/shape.h"

#include <string>
#include <string_view>
#include <vector>

#include "catch.h"

using namespace smartcar_sim;
using namespace smartcar_sim::document;
using Kind = Shape::Kind;

namespace {

const Shape& anything() {
    static const Shape kShape{};
    return kShape;
}

const Shape& flag() {
    static const Shape kShape{.kind = Kind::kBoolean};
    return kShape;
}

const Shape& few() {
    static const Shape kShape{.kind = Kind::kInteger, .wanted = "a number from 1 to 3", .low = 1, .high = 3};
    return kShape;
}

const Shape& colour() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a colour", .words = {"red", "green"}};
    return kShape;
}

// More words than a message lists.
const Shape& letter() {
    static const Shape kShape{.kind = Kind::kText,
                              .wanted = "an old letter",
                              .words = {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota",
                                        "kappa", "lambda", "mu", "nu"}};
    return kShape;
}

const Shape& even_text() {
    static const Shape kShape{.kind = Kind::kText,
                              .wanted = "a text of even length",
                              .accepts = [](const std::string& text) -> std::optional<std::string> {
                                  if (text.size() % 2 == 0) return std::nullopt;
                                  return '"' + text + "\" is odd";
                              },
                              .pattern = "^(..)*$"};
    return kShape;
}

const Shape& pair_of_colours() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "colours", .low = 2, .high = 2, .element = colour};
    return kShape;
}

const Shape& some_colours() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "colours", .low = 1, .element = colour};
    return kShape;
}

const Shape& colours_by_name() {
    static const Shape kShape{.kind = Kind::kMap, .wanted = "an object of colours", .element = colour};
    return kShape;
}

const Shape& colour_or_few() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {colour, few, some_colours}};
    return kShape;
}

// Refers to itself, and has actions with what goes beside them.
const Shape& chore() {
    static const Shape kChores{.kind = Kind::kList, .wanted = "chores", .element = chore};
    static const Shape kShape{.kind = Kind::kObject,
                              .wanted = "a chore",
                              .fields = {{"paint", colour, "in that colour"},
                                         {"wait", anything, "until then"},
                                         {"all", []() -> const Shape& { return kChores; }, "several"},
                                         {"coats", few, "how many", Need::kOptional, {"paint"}},
                                         {"until", flag, "it is dry", Need::kOptional, {"paint", "wait"}},
                                         {"who", even_text, "does it", Need::kRequired}},
                              .actions = {"paint", "wait", "all"},
                              .definition = "chore"};
    return kShape;
}

const Shape& reading() {
    static const Shape kShape{.kind = Kind::kObject,
                              .wanted = "a reading",
                              .fields = {{"level", anything, "in percent"}},
                              .member = "signal"};
    return kShape;
}

// "1:5 code: message" for each.
std::vector<std::string> said_of(std::string_view text, const Shape& shape) {
    const auto value = parse(text);
    REQUIRE(value.ok());
    Problems problems("f", text);
    check(value.value(), shape, problems);
    std::vector<std::string> lines;
    for (const base::Error& error : problems.take()) {
        REQUIRE(error.place.has_value());
        CHECK(error.place->file == "f");
        lines.push_back(std::to_string(error.place->line) + ':' + std::to_string(error.place->column) + ' ' +
                        error.code + ": " + error.message);
    }
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a value of the wrong kind is told what was wanted", "[document][shape]") {
    struct Row {
        std::string_view text;
        const Shape& shape;
        std::string_view said;
    };
    const std::vector<Row> rows{
        {"1", flag(), "must be true or false, not a number"},
        {R"("1")", few(), "must be a number from 1 to 3, not a string"},
        {"1.5", few(), "must be a number from 1 to 3, not 1.5"},
        {"1e300", colour_or_few(),
         R"(must be "red" or "green", a number from 1 to 3 or an array of colours, not 1e+300)"},
        {"99999999999999999999", few(), "must be a number from 1 to 3, not 99999999999999999999"},
        {"null", colour(), R"(must be "red" or "green", not null)"},
        {"1", letter(), "must be the name of an old letter, not a number"},
        {"[]", even_text(), "must be a text of even length, not an array"},
        {"{}", some_colours(), "must be an array of colours, not an object"},
        {"[]", colours_by_name(), "must be an object of colours, not an array"},
        {"true", chore(), "must be a chore, not a boolean"},
        {"{}", colour_or_few(),
         R"(must be "red" or "green", a number from 1 to 3 or an array of colours, not an object)"},
    };
    for (const Row& row : rows) {
        INFO(row.said);
        CHECK(said_of(row.text, row.shape) == Lines{"1:1 bad_kind: " + std::string(row.said)});
    }
}

TEST_CASE("what is as described is not objected to", "[document][shape]") {
    struct Row {
        std::string_view text;
        const Shape& shape;
    };
    const std::vector<Row> rows{
        {"null", anything()},
        {R"({"a": [1]})", anything()},
        {"false", flag()},
        {"1", few()},
        {"3.0", few()},
        {R"("red")", colour()},
        {R"("")", even_text()},
        {R"(["red", "red"])", pair_of_colours()},
        {R"(["red", "green", "red"])", some_colours()},
        {R"({})", colours_by_name()},
        {R"({"any name": "red"})", colours_by_name()},
        {R"("green")", colour_or_few()},
        {"2", colour_or_few()},
        {R"(["green"])", colour_or_few()},
        {R"({"paint": "red", "coats": 2, "until": true, "who": "me"})", chore()},
        {R"({"wait": null, "until": true, "who": "me"})", chore()},
        {R"({"all": [{"wait": 1, "who": "me"}], "who": "me"})", chore()},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(said_of(row.text, row.shape).empty());
    }
}

TEST_CASE("an unknown word is told what was meant, or what there is when that is little", "[document][shape]") {
    CHECK(said_of(R"("gren")", colour()) ==
          Lines{R"(1:1 unknown_colour: unknown colour "gren"; did you mean "green"?)"});
    CHECK(said_of(R"("mauve")", colour()) ==
          Lines{R"(1:1 unknown_colour: unknown colour "mauve"; there are red, green)"});
    CHECK(said_of(R"("aplha")", letter()) ==
          Lines{R"(1:1 unknown_old_letter: unknown old letter "aplha"; did you mean "alpha"?)"});
    CHECK(said_of(R"("omicron")", letter()) == Lines{R"(1:1 unknown_old_letter: unknown old letter "omicron")"});
}

TEST_CASE("a number out of range and a text that will not do are bad values", "[document][shape]") {
    CHECK(said_of("0", few()) == Lines{"1:1 bad_value: must be a number from 1 to 3, not 0"});
    CHECK(said_of("4", few()) == Lines{"1:1 bad_value: must be a number from 1 to 3, not 4"});
    CHECK(said_of(R"("odd")", even_text()) == Lines{R"(1:1 bad_value: "odd" is odd)"});
}

TEST_CASE("a list has as many entries as it must, each of its kind", "[document][shape]") {
    CHECK(said_of("[]", some_colours()) == Lines{"1:1 bad_value: must not be empty"});
    CHECK(said_of(R"(["red"])", pair_of_colours()) == Lines{"1:1 bad_value: needs at least 2 entries"});
    CHECK(said_of(R"(["red", "red", "red"])", pair_of_colours()) == Lines{"1:1 bad_value: has more than 2 entries"});
    CHECK(said_of(R"(["red", 1, "reed"])", some_colours()) ==
          Lines{R"(1:9 bad_kind: must be "red" or "green", not a number)",
                R"(1:12 unknown_colour: unknown colour "reed"; did you mean "red"?)"});
}

TEST_CASE("of an alternative that was meant the inner mistake is told", "[document][shape]") {
    CHECK(said_of(R"(["red", "reed"])", colour_or_few()) ==
          Lines{R"(1:9 unknown_colour: unknown colour "reed"; did you mean "red"?)"});
    CHECK(said_of("9", colour_or_few()) == Lines{"1:1 bad_value: must be a number from 1 to 3, not 9"});
}

TEST_CASE("an unknown member is marked at its key and called what members are called there", "[document][shape]") {
    CHECK(said_of(R"({"wait": 1, "who": "me", "untill": true})", chore()) ==
          Lines{R"(1:26 unknown_member: unknown member "untill"; did you mean "until"?)"});
    CHECK(said_of(R"({"levle": 1})", reading()) ==
          Lines{R"(1:2 unknown_signal: unknown signal "levle"; did you mean "level"?)"});
    CHECK(said_of(R"({"x": 1})", reading()) == Lines{R"(1:2 unknown_signal: unknown signal "x"; there are level)"});
}

TEST_CASE("an object does exactly one thing and has what goes with it", "[document][shape]") {
    CHECK(said_of(R"({"who": "me"})", chore()) ==
          Lines{R"(1:1 missing_member: a chore says what it does: "paint", "wait" or "all")"});
    CHECK(said_of(R"({"wait": 1, "paint": "red", "who": "me"})", chore()) ==
          Lines{R"(1:13 bad_value: a chore does one thing: "wait" stands here already)"});
    CHECK(said_of(R"({"wait": 1, "coats": 2, "who": "me"})", chore()) ==
          Lines{R"(1:13 unknown_member: "coats" goes with "paint", not with "wait")"});
    CHECK(said_of(R"({"all": [], "until": true, "who": "me"})", chore()) ==
          Lines{R"(1:13 unknown_member: "until" goes with "paint" or "wait", not with "all")"});
}

TEST_CASE("a misspelled action is one mistake, not two", "[document][shape]") {
    CHECK(said_of(R"({"piant": "red", "who": "me"})", chore()) ==
          Lines{R"(1:2 unknown_member: unknown member "piant"; did you mean "paint"?)"});
}

TEST_CASE("a member that is needed is missed where the object begins", "[document][shape]") {
    CHECK(said_of("\n {\"wait\": 1}", chore()) == Lines{R"(2:2 missing_member: a chore needs "who")"});
}

TEST_CASE("mistakes come in the order of the text, each once", "[document][shape]") {
    CHECK(said_of("{\"who\": \"odd\",\n \"all\": [{\"wait\": 1},\n 5]}", chore()) ==
          Lines{R"(1:9 bad_value: "odd" is odd)", R"(2:10 missing_member: a chore needs "who")",
                "3:2 bad_kind: must be a chore, not a number"});
    Problems problems("f", "ab\ncd");
    CHECK(problems.empty());
    problems.add("late", "second", 4);
    problems.add("early", "first", 1);
    problems.add("other", "of the same place", 4);
    problems.add("late", "second", 4);
    problems.add(base::Error{"placed", "knows its place", base::Place{"f", 1, 1}}, 4);
    problems.add(base::Error{"placeless", "stands where it is put"}, 3);
    CHECK(problems.size() == 5);  // one was said before
    Lines codes;
    for (const base::Error& error : problems.take()) codes.push_back(error.code);
    CHECK(codes == Lines{"placed", "early", "placeless", "late", "other"});
    CHECK(problems.empty());
}

// --- the schema -----------------------------------------------------------------------------------------

TEST_CASE("the schema says what is checked", "[document][shape]") {
    const std::string schema = write_schema(chore(), "Chores");
    const std::string_view begins = R"({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Chores",
  "type": "object",
  "additionalProperties": false,
  "required": ["who"],
  "oneOf": [
    {
      "required": ["paint"]
    },
    {
      "required": ["wait"]
    },
    {
      "required": ["all"]
    }
  ],
  "dependencies": {
    "coats": {
      "anyOf": [
        {
          "required": ["paint"]
        }
      ]
    },
    "until": {
      "anyOf": [
        {
          "required": ["paint"]
        },
        {
          "required": ["wait"]
        }
      ]
    }
  },
  "properties": {
    "paint": {
      "description": "in that colour",
      "enum": ["red","green"]
    },
    "wait": {
      "description": "until then"
    },
    "all": {
      "description": "several",
      "type": "array",
      "items": {
        "$ref": "#/definitions/chore"
      }
    },
    "coats": {
      "description": "how many",
      "type": "integer",
      "minimum": 1,
      "maximum": 3
    },
    "until": {
      "description": "it is dry",
      "type": "boolean"
    },
    "who": {
      "description": "does it",
      "type": "string",
      "pattern": "^(..)*$"
    }
  },
  "definitions": {
    "chore": {
      "type": "object",
)";
    CHECK(schema.substr(0, begins.size()) == begins);
    CHECK(schema.ends_with("    }\n  }\n}\n"));
    CHECK(parse(schema).ok());
}

TEST_CASE("lists, maps and alternatives are published with their bounds", "[document][shape]") {
    const auto schema_of = [](const Shape& shape) {
        const auto schema = parse(write_schema(shape, "T"));
        REQUIRE(schema.ok());
        Object rest;
        for (const Member& member : *schema.value().object()) {
            if (member.first != "$schema" && member.first != "title") rest.push_back(member);
        }
        return write(Value(std::move(rest))).value();
    };
    CHECK(schema_of(pair_of_colours()) ==
          R"({"type":"array","minItems":2,"maxItems":2,"items":{"enum":["red","green"]}})");
    CHECK(schema_of(colours_by_name()) == R"({"type":"object","additionalProperties":{"enum":["red","green"]}})");
    CHECK(schema_of(colour_or_few()) ==
          R"({"anyOf":[{"enum":["red","green"]},{"type":"integer","minimum":1,"maximum":3},)"
          R"({"type":"array","minItems":1,"items":{"enum":["red","green"]}}]})");
}

// --- the text of a value --------------------------------------------------------------------------------

TEST_CASE("the source of a value is its text as it stands in the file", "[document][shape]") {
    const std::string_view text =
        "{\"list\": [1, {\"a\": \"]}\\\"\"}, // a } comment\n [ ]], \"text\": \"x,y\", \"number\": -1.5e3 , "
        "\"flag\": true, \"nothing\": null}";
    const auto root = parse(text, "f", Comments::kAllowed);
    REQUIRE(root.ok());
    const auto source = [&](std::string_view name) { return source_of(text, root.value().find(name)->offset); };
    CHECK(source("list") == "[1, {\"a\": \"]}\\\"\"}, // a } comment\n [ ]]");
    CHECK(source("text") == "\"x,y\"");
    CHECK(source("number") == "-1.5e3");
    CHECK(source("flag") == "true");
    CHECK(source("nothing") == "null");
    CHECK(source_of(text, 0) == text);
    CHECK(source_of(text, root.value().find("list")->array()->at(1).offset) == "{\"a\": \"]}\\\"\"}");
}

TEST_CASE("a source that begins behind the text is empty", "[document][shape]") { CHECK(source_of("{}", 2).empty()); }
