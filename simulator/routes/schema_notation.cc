#include "routes/schema_notation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace smartcar_sim::routes {
namespace {

using document::Array;
using document::Object;
using document::Value;

// --- words ----------------------------------------------------------------------------------------------

struct Word {
    std::string_view word;
    std::string_view type;     // of JSON
    std::string_view keyword;  // "format" or "pattern"; empty: none
    std::string_view argument;
};
constexpr std::array<Word, 11> kWords{{
    {"string", "string", "", ""},
    {"integer", "integer", "", ""},
    {"number", "number", "", ""},
    {"boolean", "boolean", "", ""},
    {"null", "null", "", ""},
    {"object", "object", "", ""},
    {"uuid", "string", "format", "uuid"},
    {"instant", "string", "format", "date-time"},
    {"uri", "string", "format", "uri"},
    {"duration", "string", "pattern", "^(?=[0-9])([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$"},
    {"clock", "string", "pattern", "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
}};

bool is_letter(char each) { return base::is_alphanumeric(each) || each == '_' || each == '-'; }

// --- what choices come to -------------------------------------------------------------------------------

bool is_null_type(const Value& schema) {
    const Value* const type = schema.find("type");
    return type != nullptr && *type == Value("null");
}

bool is_literal(const Value& schema) { return schema.find("const") != nullptr; }

Value enumeration(const std::vector<Value>& choices) {
    Array words;
    words.reserve(choices.size());
    for (const Value& each : choices) words.push_back(is_literal(each) ? *each.find("const") : Value());
    return Object{{"enum", std::move(words)}};
}

// {"type":["string","null"]} of a simple type and null.
Value nullable(Value schema) {
    Value& type = *schema.find("type");
    type = Array{type, "null"};
    return schema;
}

Value either(std::vector<Value> choices) {
    if (choices.size() == 1) return std::move(choices.front());
    const auto listed = [](const Value& each) { return is_literal(each) || is_null_type(each); };
    if (std::ranges::all_of(choices, listed)) return enumeration(choices);
    if (choices.size() == 2 && is_null_type(choices.back()) && choices.front().find("type") != nullptr) {
        return nullable(std::move(choices.front()));
    }
    return Object{{"anyOf", Array(std::make_move_iterator(choices.begin()), std::make_move_iterator(choices.end()))}};
}

// --- the reader -----------------------------------------------------------------------------------------

// Goes on after the first complaint, which is the one that counts.
class Reader {
public:
    Reader(std::string_view text, Others others) : text_(text), rest_(text), others_(others) {}

    base::Result<Value> whole() {
        Value schema = type();
        if (!peek().empty()) complain("nothing more was expected");
        if (!complaint_.empty()) return base::Error{"bad_notation", complaint_};
        return schema;
    }

private:
    Value type() {
        std::vector<Value> choices;
        do choices.push_back(choice());
        while (take('|'));
        return either(std::move(choices));
    }

    Value choice() {
        if (take('\'')) return Object{{"const", literal()}};
        if (take('{')) return object();
        if (take('[')) {
            Value items = type();
            expect(']');
            return Object{{"type", "array"}, {"items", std::move(items)}};
        }
        return word();
    }

    Value word() {
        const std::string_view name = letters();
        if (!name.empty() && name.front() >= 'A' && name.front() <= 'Z') return reference_to("schemas", name);
        if (name == "any") return Object{};
        const auto* const known = std::ranges::find(kWords, name, &Word::word);
        if (known == kWords.end()) return complain("no type is called " + base::quoted(name));
        Object schema{{"type", std::string(known->type)}};
        if (!known->keyword.empty()) schema.emplace_back(std::string(known->keyword), std::string(known->argument));
        if (take('(')) add_limits(schema);
        return schema;
    }

    void add_limits(Object& schema) {
        if (const auto low = number()) schema.emplace_back("minimum", *low);
        expect('.');
        expect('.');
        if (const auto high = number()) schema.emplace_back("maximum", *high);
        expect(')');
    }

    Value object() {
        Object properties;
        Array required;
        Value others = others_ == Others::kIgnored ? Value() : Value(false);
        while (complaint_.empty() && !take('}')) {
            if (take('*')) {
                expect(':');
                others = type();
            } else {
                std::string name = take('\'') ? literal() : std::string(letters());
                if (name.empty()) complain("a member needs a name");
                if (!take('?')) required.emplace_back(name);
                expect(':');
                properties.emplace_back(std::move(name), type());
            }
            if (!peek().starts_with('}')) expect(',');
        }
        Object schema{{"type", "object"}};
        if (!required.empty()) schema.emplace_back("required", std::move(required));
        if (!properties.empty()) schema.emplace_back("properties", std::move(properties));
        if (!others.is_null()) schema.emplace_back("additionalProperties", std::move(others));
        return schema;
    }

    // --- characters ---

    std::string_view peek() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size()));
        return rest_;
    }

    bool take(char wanted) {
        if (!peek().starts_with(wanted)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void expect(char wanted) {
        if (!take(wanted)) complain("expected " + base::quoted(std::string(1, wanted)));
    }

    std::string_view letters() {
        const std::string_view from = peek();
        const auto end = std::ranges::find_if_not(from, is_letter);
        const auto length = static_cast<std::size_t>(end - from.begin());
        rest_.remove_prefix(length);
        return from.substr(0, length);
    }

    // What stands before the next quote.
    std::string literal() {
        const std::size_t end = std::min(rest_.find('\''), rest_.size());
        std::string text(rest_.substr(0, end));
        rest_.remove_prefix(end);
        expect('\'');
        return text;
    }

    std::optional<std::int64_t> number() {
        std::int64_t value = 0;
        const std::string_view from = peek();
        const auto [end, error] = std::from_chars(from.data(), from.data() + from.size(), value);
        if (error != std::errc()) return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(end - from.data()));
        return value;
    }

    Value complain(const std::string& message) {
        if (complaint_.empty()) {
            complaint_ = base::quoted(text_) + ", at " + std::to_string(text_.size() - rest_.size()) + ": " + message;
        }
        return {};
    }

    std::string_view text_;
    std::string_view rest_;
    Others others_;
    std::string complaint_;
};

}  // namespace

base::Result<Value> schema_from(std::string_view notation, Others others) { return Reader(notation, others).whole(); }

Value reference_to(std::string_view kind, std::string_view name) {
    return Object{{"$ref", std::string("#/components/").append(kind).append("/").append(name)}};
}

}  // namespace smartcar_sim::routes
