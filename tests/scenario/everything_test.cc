// right/everything.json has each member that the format's tables have, and the parser takes it: a member that is added
// to the tables is missed here until the file has it and parse_test.cc can ask for what became of it.
#include <map>
#include <set>

#include "a_theatre.h"
#include "document/shape.h"
#include "scenario/format.h"
#include "source_folder.h"

namespace smartcar_sim::scenario {
namespace {

using document::Shape;

const document::File& everything() {
    static const document::File kFile =
        document::read_file(source_folder() + "/tests/scenario/right/everything.json").value();
    return kFile;
}

// The fields of each table that can be reached, less those that were met in the file.
using Unmet = std::map<const Shape*, std::set<std::string_view>>;

void collect(const Shape& shape, Unmet& unmet) {
    if (!unmet.try_emplace(&shape).second) return;
    for (const document::Field& field : shape.fields) {
        unmet[&shape].insert(field.name);
        collect(field.shape(), unmet);
    }
    for (const document::ShapeOf alternative : shape.alternatives) collect(alternative(), unmet);
    if (shape.element != nullptr) collect(shape.element(), unmet);
}

void meet(const document::Value& value, const Shape& shape, Unmet& unmet) {
    for (const document::ShapeOf alternative : shape.alternatives) {
        if (document::fits(value, alternative())) meet(value, alternative(), unmet);
    }
    if (value.array() != nullptr && shape.element != nullptr) {
        for (const document::Value& item : *value.array()) meet(item, shape.element(), unmet);
    }
    if (value.object() == nullptr) return;
    for (const auto& [name, member] : *value.object()) {
        if (const document::Field* field = shape.field(name)) {
            unmet[&shape].erase(field->name);
            meet(member, field->shape(), unmet);
        } else if (shape.kind == Shape::Kind::kMap) {
            meet(member, shape.element(), unmet);
        }
    }
}

TEST_CASE("there is a scenario with every member of the format", "[scenario][format]") {
    Unmet unmet;
    collect(format(), unmet);
    REQUIRE(unmet.size() > 50);
    meet(everything().root, format(), unmet);
    // Cannot stand beside "webhooks".
    unmet[&format()].erase("webhook");
    for (const auto& [shape, fields] : unmet) {
        if (shape->member == "signal") continue;  // a hundred of them, which vehicle/ reads
        for (const std::string_view field : fields) FAIL_CHECK(shape->wanted << ": " << field);
    }
}

TEST_CASE("a scenario with every member of the format is read without a complaint", "[scenario][parse]") {
    const Parsed read =
        parse(everything(), {.fixtures = kFixtures, .read_payload = [](const std::string& path) {
                                 return document::read_text(source_folder() + "/tests/scenario/right/" + path);
                             }});
    for (const base::Error& error : read.errors) FAIL_CHECK(document::explain_error(error, everything().text));
    REQUIRE(read.scenario.has_value());
    // A step for each action.
    std::set<std::string> kinds;
    for (const Steps* steps : {&read.scenario->setup, &read.scenario->steps, &read.scenario->teardown}) {
        for (const Step& step : *steps) kinds.insert(step.kind);
    }
    CHECK(kinds.size() == step_format().actions.size());
    for (const std::string_view action : step_format().actions) {
        INFO(action);
        CHECK(kinds.contains(std::string(action)));
    }
}

}  // namespace
}  // namespace smartcar_sim::scenario
