#include "document/shape.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/text.h"
#include "document/pointer.h"

namespace smartcar_sim::document {

namespace {

// A person reads a dozen names; of more only what was meant is of help.
std::string meant(std::string_view word, const std::vector<std::string_view>& words) {
    constexpr std::size_t kFew = 12;
    return words.size() <= kFew ? meant_or_listed(word, words, "there are") : did_you_mean(word, words);
}

bool is_one_of(std::string_view word, const std::vector<std::string_view>& words) {
    return std::ranges::find(words, word) != words.end();
}

std::string wanted_by(const Shape& shape) {
    switch (shape.kind) {
        case Shape::Kind::kBoolean:
            return "true or false";
        case Shape::Kind::kList:
            return "an array of " + std::string(shape.wanted);
        case Shape::Kind::kText:
            if (!shape.words.empty()) {
                constexpr std::size_t kFew = 6;
                if (shape.words.size() > kFew) return "the name of " + std::string(shape.wanted);
                return base::joined(base::all_quoted(shape.words), ", ", " or ");
            }
            return std::string(shape.wanted);
        case Shape::Kind::kOneOf: {
            std::vector<std::string> all(shape.alternatives.size());
            std::ranges::transform(shape.alternatives, all.begin(), [](ShapeOf each) { return wanted_by(each()); });
            return base::joined(all, ", ", " or ");
        }
        default:
            return std::string(shape.wanted);
    }
}

bool is_of_kind(const Value& value, const Shape& shape) {
    switch (shape.kind) {
        case Shape::Kind::kAnything:
            return true;
        case Shape::Kind::kText:
            return value.string() != nullptr;
        case Shape::Kind::kBoolean:
            return value.boolean() != nullptr;
        case Shape::Kind::kInteger:
            return value.integer() != nullptr;
        case Shape::Kind::kObject:
        case Shape::Kind::kMap:
            return value.object() != nullptr;
        case Shape::Kind::kList:
            return value.array() != nullptr;
        case Shape::Kind::kOneOf:
            return std::ranges::any_of(shape.alternatives,
                                       [&](ShapeOf alternative) { return is_of_kind(value, alternative()); });
    }
    return false;
}

bool takes_integer(const Shape& shape) {
    return shape.kind == Shape::Kind::kInteger ||
           std::ranges::any_of(shape.alternatives, [](ShapeOf each) { return takes_integer(each()); });
}

// What was found in place of what is wanted: a number itself where others would do.
std::string found_instead(const Value& value, const Shape& shape) {
    if (!takes_integer(shape)) return std::string(value.kind());
    if (const auto* fraction = std::get_if<double>(&value.content())) return format_number(*fraction);
    if (const auto* big = std::get_if<BigInteger>(&value.content())) return big->digits;
    return std::string(value.kind());
}

std::string_view without_article(std::string_view wanted) {
    if (wanted.starts_with("a ")) return wanted.substr(2);
    if (wanted.starts_with("an ")) return wanted.substr(3);
    return wanted;
}

// "event" of "an event" as a code: unknown_event.
std::string code_of(std::string_view wanted) {
    std::string code = "unknown_" + std::string(without_article(wanted));
    std::ranges::replace(code, ' ', '_');
    return code;
}

void check_text(const Value& value, const Shape& shape, Problems& problems) {
    const std::string& text = *value.string();
    if (!shape.words.empty() && !is_one_of(text, shape.words)) {
        problems.add(code_of(shape.wanted),
                     "unknown " + std::string(without_article(shape.wanted)) + " " + base::quoted(text) +
                         meant(text, shape.words),
                     value.offset);
    }
    if (shape.accepts == nullptr) return;
    if (auto wrong = shape.accepts(text)) problems.add("bad_value", *std::move(wrong), value.offset);
}

// Of a map.
void check_name(const Member& member, const Shape& shape, Problems& problems) {
    Value name(member.first);
    name.offset = member.second.key_offset;
    check_text(name, shape, problems);
}

void check_integer(const Value& value, const Shape& shape, Problems& problems) {
    const std::int64_t number = *value.integer();
    if (number >= shape.low && number <= shape.high) return;
    problems.add("bad_value", "must be " + std::string(shape.wanted) + ", not " + std::to_string(number), value.offset);
}

std::vector<std::string_view> names_of(const Shape& shape) {
    std::vector<std::string_view> names(shape.fields.size());
    std::ranges::transform(shape.fields, names.begin(), &Field::name);
    return names;
}

// The one action of an object that needs one; a problem when there are several or none.
const Member* find_action(const Value& value, const Shape& shape, Problems& problems) {
    const Member* found = nullptr;
    for (const Member& member : *value.object()) {
        if (!is_one_of(member.first, shape.actions)) continue;
        if (found != nullptr) {
            problems.add(
                "bad_value",
                std::string(shape.wanted) + " does one thing: " + base::quoted(found->first) + " stands here already",
                member.second.key_offset);
            return found;
        }
        found = &member;
    }
    const auto misspelled = [&](const Member& member) { return shape.field(member.first) == nullptr; };
    // Of a misspelled action it is said what was meant; that none is there would be the same mistake told twice.
    if (found == nullptr && std::ranges::none_of(*value.object(), misspelled)) {
        problems.add("missing_member",
                     std::string(shape.wanted) +
                         " says what it does: " + base::joined(base::all_quoted(shape.actions), ", ", " or "),
                     value.offset);
    }
    return found;
}

void check_member(const Member& member, const Shape& shape, const Member* action, Problems& problems) {
    const auto& [name, value] = member;
    const Field* const field = shape.field(name);
    if (field == nullptr) {
        const auto names = names_of(shape);
        problems.add(code_of(shape.member),
                     "unknown " + std::string(shape.member) + " " + base::quoted(name) + meant(name, names),
                     value.key_offset);
        return;
    }
    if (action != nullptr && !field->beside.empty() && !is_one_of(action->first, field->beside)) {
        problems.add("unknown_member",
                     base::quoted(name) + " goes with " + base::joined(base::all_quoted(field->beside), ", ", " or ") +
                         ", not with " + base::quoted(action->first),
                     value.key_offset);
        return;
    }
    check(value, field->shape(), problems);
}

void check_object(const Value& value, const Shape& shape, Problems& problems) {
    const Member* const action = shape.actions.empty() ? nullptr : find_action(value, shape, problems);
    for (const Member& member : *value.object()) check_member(member, shape, action, problems);
    for (const Field& field : shape.fields) {
        if (field.need == Need::kOptional || value.find(field.name) != nullptr) continue;
        problems.add("missing_member", std::string(shape.wanted) + " needs " + base::quoted(field.name), value.offset);
    }
}

void check_list(const Value& value, const Shape& shape, Problems& problems) {
    const Array& items = *value.array();
    if (static_cast<std::int64_t>(items.size()) < shape.low) {
        problems.add("bad_value",
                     shape.low == 1 ? "must not be empty" : "needs at least " + std::to_string(shape.low) + " entries",
                     value.offset);
    }
    if (shape.high > 0 && static_cast<std::int64_t>(items.size()) > shape.high) {
        problems.add("bad_value", "has more than " + std::to_string(shape.high) + " entries", value.offset);
    }
    for (const Value& item : items) check(item, shape.element(), problems);
}

}  // namespace

void Problems::add(std::string code, std::string message, std::size_t offset) {
    add(base::Error{std::move(code), std::move(message)}, offset);
}

void Problems::add(base::Error error, std::size_t offset) {
    if (!said_.emplace(offset, error.message).second) return;
    if (!error.place) error.place = place(offset);
    found_.push_back(std::move(error));
}

std::vector<base::Error> Problems::take() {
    std::ranges::stable_sort(
        found_, {}, [](const base::Error& error) { return std::pair(error.place->line, error.place->column); });
    said_.clear();
    return std::exchange(found_, {});
}

bool fits(const Value& value, const Shape& shape) {
    Problems problems("", "");
    check(value, shape, problems);
    return problems.empty();
}

const Field* Shape::field(std::string_view name) const {
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? nullptr : &*found;
}

void check(const Value& value, const Shape& shape, Problems& problems) {
    if (!is_of_kind(value, shape)) {
        problems.add("bad_kind", "must be " + wanted_by(shape) + ", not " + found_instead(value, shape), value.offset);
        return;
    }
    switch (shape.kind) {
        case Shape::Kind::kText:
            return check_text(value, shape, problems);
        case Shape::Kind::kInteger:
            return check_integer(value, shape, problems);
        case Shape::Kind::kObject:
            return check_object(value, shape, problems);
        case Shape::Kind::kMap:
            for (const Member& member : *value.object()) {
                if (shape.names != nullptr) check_name(member, shape.names(), problems);
                check(member.second, shape.element(), problems);
            }
            return;
        case Shape::Kind::kList:
            return check_list(value, shape, problems);
        case Shape::Kind::kOneOf:
            for (const ShapeOf alternative : shape.alternatives) {
                if (is_of_kind(value, alternative())) return check(value, alternative(), problems);
            }
            return;
        case Shape::Kind::kAnything:
        case Shape::Kind::kBoolean:
            return;
    }
}

}  // namespace smartcar_sim::document
