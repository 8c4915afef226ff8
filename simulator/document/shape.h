// What JSON may stand in a place: described once, checked and published from the same description.
//
// check() finds everything wrong with a value at once; write_schema() is the JSON schema that editors read. So neither
// can know a member that the other does not. Pure; a Shape is built once and then only read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "document/json.h"
#include "document/value.h"
#include "document/writer.h"

namespace smartcar_sim::document {

// What is wrong with one file, in the order of its text.
class Problems {
public:
    // Both must outlive it.
    Problems(std::string_view file, std::string_view text) : file_(file), text_(text) {}

    void add(std::string code, std::string message, std::size_t offset);
    // An error that knows its place, or else stands at `offset`.
    void add(base::Error error, std::size_t offset);

    [[nodiscard]] bool empty() const { return found_.empty(); }
    [[nodiscard]] std::size_t size() const { return found_.size(); }
    [[nodiscard]] base::Place place(std::size_t offset) const { return place_of(file_, text_, offset); }
    // Sorted by place, each once.
    [[nodiscard]] std::vector<base::Error> take();

private:
    std::string_view file_, text_;
    std::vector<base::Error> found_;
    std::set<std::pair<std::size_t, std::string>> said_;  // where, and what
};

struct Shape;
// Shapes refer to each other, also to themselves: each is a function that gives a static one.
using ShapeOf = const Shape& (*)();

enum class Need { kOptional, kRequired };

struct Field {
    std::string_view name;
    ShapeOf shape;
    std::string_view says;  // one line for editors, no final stop
    Need need = Need::kOptional;
    // Of a shape with actions: beside which of them it may stand; empty: beside any.
    std::vector<std::string_view> beside = {};
};

struct Shape {
    enum class Kind {
        kAnything,
        kText,  // a string; `words` lists those there are, `accepts` asks for more than a list can say
        kBoolean,
        kInteger,  // within [low, high]
        kObject,   // of `fields`, and of no others
        kMap,      // of any names: `element`
        kList,     // `element`, at least `low` and at most `high` of them
        kOneOf,    // `alternatives`, each of another kind of JSON
    };
    Kind kind = Kind::kAnything;
    // What is wanted, as it stands in a message: "a duration like \"5s\"". Of a text with words: what one of them is,
    // "event". Of an object: what it describes, "a step".
    std::string_view wanted = {};
    std::vector<std::string_view> words = {};
    // What is wrong with a text, a sentence without its place; nothing when it will do.
    std::optional<std::string> (*accepts)(const std::string& text) = nullptr;
    std::string_view pattern = {};  // the same for editors, as far as a regular expression can say it
    std::int64_t low = 0;
    std::int64_t high = 0;
    std::vector<Field> fields = {};
    std::string_view member = "member";  // what its fields are called when one is unknown: "signal"
    // Of an object: names of fields of which exactly one is there, and says what the object is.
    std::vector<std::string_view> actions = {};
    ShapeOf element = nullptr;
    ShapeOf names = nullptr;  // of a map: what its names may be, if not any; a text
    std::vector<ShapeOf> alternatives = {};
    // The schema's definitions hold it under that name; needed where shapes go in circles.
    std::string_view definition = {};

    [[nodiscard]] const Field* field(std::string_view name) const;
};

// Everything in `value` that is not as described. Codes "bad_kind", "unknown_member", "missing_member",
// "unknown_<wanted>" for a word that is none, "bad_value" for the rest.
void check(const Value& value, const Shape& shape, Problems& problems);

// Whether check() finds nothing.
[[nodiscard]] bool fits(const Value& value, const Shape& shape);

// A JSON schema (draft 7) with a title, indented by two blanks, with a line break at the end.
[[nodiscard]] std::string write_schema(const Shape& shape, std::string_view title);

}  // namespace smartcar_sim::document
