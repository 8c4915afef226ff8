// The format's tables: what editors read is what the parser takes.
#include "scenario/format.h"

#include <algorithm>
#include <regex>
#include <set>
#include <string>

#include "catch.h"
#include "document/shape.h"
#include "golden_file.h"

namespace smartcar_sim::scenario {
namespace {

using document::Shape;

// Every shape that can be reached, once.
void collect(const Shape& shape, std::set<const Shape*>& shapes) {
    if (!shapes.insert(&shape).second) return;
    for (const document::Field& field : shape.fields) collect(field.shape(), shapes);
    for (const document::ShapeOf alternative : shape.alternatives) collect(alternative(), shapes);
    if (shape.element != nullptr) collect(shape.element(), shapes);
}

std::set<const Shape*> all_shapes() {
    std::set<const Shape*> shapes;
    collect(format(), shapes);
    return shapes;
}

TEST_CASE("the shipped schema is what the parser's tables say", "[scenario][format]") {
    const std::string written = schema();
    CHECK(golden::expected("../../scenarios/scenario.schema.json", written) == written);
}

TEST_CASE("every table of the format can be checked and explained", "[scenario][format]") {
    for (const Shape* shape : all_shapes()) {
        INFO(shape->wanted);
        // Alternatives are told apart by their kind of JSON, or a message could not say what is wrong.
        std::set<Shape::Kind> kinds;
        for (const document::ShapeOf alternative : shape->alternatives) CHECK(kinds.insert(alternative().kind).second);
        if (shape->kind == Shape::Kind::kList || shape->kind == Shape::Kind::kMap) CHECK(shape->element != nullptr);
        const bool speaks = shape->kind == Shape::Kind::kAnything || shape->kind == Shape::Kind::kBoolean ||
                            shape->kind == Shape::Kind::kOneOf;
        CHECK((speaks || !shape->wanted.empty()));
        for (const document::Field& field : shape->fields) {
            INFO(field.name);
            CHECK_FALSE(field.says.empty());
            CHECK_FALSE(field.says.ends_with('.'));
            for (const std::string_view action : field.beside) {
                CHECK(std::ranges::find(shape->actions, action) != shape->actions.end());
            }
        }
        for (const std::string_view action : shape->actions) CHECK(shape->field(action) != nullptr);
    }
}

TEST_CASE("editors take the endpoints of a fault that the parser takes", "[scenario][format]") {
    const document::Field* const field = api_fault_format().field("endpoint");
    REQUIRE(field != nullptr);
    const Shape& endpoint = field->shape();
    const std::regex pattern{std::string(endpoint.pattern)};
    std::size_t taken = 0;
    for (const std::string given :
         {"*",    "/",   "/*",    "/*/",    "/battery", "/battery/", "/a/{b}/c", "/{a}/*",
          "",     "a",   "**",    "*/",     "//",       "/a//",      "/a//b",    "/a/*/b",
          "/a*",  "/{}", "/{a}b", "/{{a}}", "/a?b",     "/a#b",      "/a b",     "/v3/vehicles/{id}/signals/{code}",
          "/{a*}"}) {
        CAPTURE(given);
        const bool takes = !endpoint.accepts(given).has_value();
        CHECK(std::regex_match(given, pattern) == takes);
        taken += takes ? 1U : 0U;
    }
    CHECK(taken == 9);
}

TEST_CASE("an action does not take what goes with others, and takes what goes with it", "[scenario][format]") {
    // The parser's side of what the schema says with "dependencies".
    const Shape& step = step_format();
    for (const document::Field& field : step.fields) {
        if (field.beside.empty()) continue;
        for (const std::string_view action : step.actions) {
            const std::string text = "{\"" + std::string(action) + "\": 0, \"" + std::string(field.name) + "\": 0}";
            const auto value = document::parse(text);
            REQUIRE(value.ok());
            document::Problems problems("step", text);
            document::check(value.value(), step, problems);
            const auto found = problems.take();
            const bool refused = std::ranges::any_of(found, [&](const base::Error& error) {
                return error.message.starts_with("\"" + std::string(field.name) + "\" goes with ");
            });
            const bool fits = std::ranges::find(field.beside, action) != field.beside.end();
            INFO(text);
            CHECK(refused == !fits);
        }
    }
}

}  // namespace
}  // namespace smartcar_sim::scenario
