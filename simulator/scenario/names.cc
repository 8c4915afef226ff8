#include "scenario/names.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "document/writer.h"

namespace smartcar_sim::scenario {

namespace {

bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_'; }
bool goes_on(char byte) { return is_letter(byte) || (byte >= '0' && byte <= '9') || byte == '-'; }

// The name whose opening brace is text[0]; nothing when these braces are others. `length` includes both braces.
std::optional<Name> name_at(std::string_view text, std::size_t& length) {
    const std::size_t close = text.find('}');
    if (close == std::string_view::npos || close < 2 || !is_letter(text[1])) return std::nullopt;
    std::string_view inner = text.substr(1, close - 1);
    Name name;
    const auto head_end = std::ranges::find_if_not(inner, goes_on);
    name.head = std::string(inner.begin(), head_end);
    inner.remove_prefix(name.head.size());
    if (inner.starts_with('.')) {
        inner.remove_prefix(1);
        const auto part_end = std::ranges::find_if_not(inner, goes_on);
        name.part = std::string(inner.begin(), part_end);
        inner.remove_prefix(name.part.size());
        if (name.part.empty()) return std::nullopt;
    }
    if (inner.starts_with('/')) {
        name.pointer = inner;
        inner = {};
    }
    if (!inner.empty()) return std::nullopt;
    length = close + 1;
    return name;
}

// Calls `literal` and `named` for the pieces of a text in turn.
template <class Literal, class Named>
void take_apart(std::string_view text, Literal literal, Named named) {
    std::string before;
    while (!text.empty()) {
        std::size_t length = 1;
        if (text.starts_with("{{")) {
            before += '{';
            length = 2;
        } else if (const auto name = text.front() == '{' ? name_at(text, length) : std::nullopt) {
            if (!before.empty()) literal(std::exchange(before, {}));
            named(*name);
        } else {
            before += text.front();
        }
        text.remove_prefix(length);
    }
    if (!before.empty()) literal(std::move(before));
}

void collect(const document::Value& value, std::vector<Name>& names) {
    const auto add = [&](const std::string& text) {
        for (Name& name : names_in(std::string_view(text))) names.push_back(std::move(name));
    };
    if (value.string() != nullptr) add(*value.string());
    if (value.array() != nullptr) {
        for (const document::Value& item : *value.array()) collect(item, names);
    }
    if (value.object() != nullptr) {
        for (const auto& [key, member] : *value.object()) {
            add(key);
            collect(member, names);
        }
    }
}

std::string as_text(const document::Value& value) {
    if (value.string() != nullptr) return *value.string();
    std::string text;
    document::Writer(text).value(value);
    return text;
}

base::Result<document::Value> fill_in_text(const std::string& text, const Lookup& lookup) {
    std::size_t length = 0;
    const auto whole = text.starts_with('{') ? name_at(text, length) : std::nullopt;
    if (whole && length == text.size()) return lookup(*whole);
    auto filled = fill_in(std::string_view(text), lookup);
    if (!filled) return filled.error();
    return document::Value(std::move(filled).value());
}

}  // namespace

bool is_identifier(std::string_view text) {
    return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, goes_on);
}

std::string no_identifier(std::string_view text) {
    return base::quoted(text) + R"( is no name: letters, digits, "_" and "-", and a letter first)";
}

std::string Name::text() const { return "{" + head + (part.empty() ? "" : "." + part) + pointer + "}"; }

std::vector<Name> names_in(std::string_view text) {
    std::vector<Name> names;
    take_apart(text, [](const std::string&) {}, [&](const Name& name) { names.push_back(name); });
    return names;
}

std::vector<Name> names_in(const document::Value& value) {
    std::vector<Name> names;
    collect(value, names);
    return names;
}

base::Result<std::string> fill_in(std::string_view text, const Lookup& lookup) {
    std::string filled;
    std::optional<base::Error> error;
    take_apart(
        text, [&](const std::string& literal) { filled += literal; },
        [&](const Name& name) {
            if (error) return;
            const auto found = lookup(name);
            if (found) {
                filled += as_text(found.value());
            } else {
                error = found.error();
            }
        });
    if (error) return *std::move(error);
    return filled;
}

base::Result<document::Value> fill_in(const document::Value& value, const Lookup& lookup) {
    if (value.string() != nullptr) return fill_in_text(*value.string(), lookup);
    if (value.array() != nullptr) {
        document::Array items;
        for (const document::Value& item : *value.array()) {
            auto filled = fill_in(item, lookup);
            if (!filled) return filled.error();
            items.push_back(std::move(filled).value());
        }
        return document::Value(std::move(items));
    }
    if (value.object() == nullptr) return value;
    document::Object members;
    for (const auto& [key, member] : *value.object()) {
        auto name = fill_in(std::string_view(key), lookup);
        if (!name) return name.error();
        auto filled = fill_in(member, lookup);
        if (!filled) return filled.error();
        members.emplace_back(std::move(name).value(), std::move(filled).value());
    }
    return document::Value(std::move(members));
}

}  // namespace smartcar_sim::scenario
