// Reading members whose kind was checked before: what is not of that kind was complained about and reads as absent.
// Private to scenario/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "document/value.h"

namespace smartcar_sim::scenario {

[[nodiscard]] inline std::optional<std::string> text_at(const document::Value& object, std::string_view name) {
    const document::Value* const value = object.find(name);
    if (value == nullptr || value->string() == nullptr) return std::nullopt;
    return *value->string();
}

[[nodiscard]] inline std::optional<int> integer_at(const document::Value& object, std::string_view name) {
    const document::Value* const value = object.find(name);
    if (value == nullptr || value->integer() == nullptr) return std::nullopt;
    return static_cast<int>(*value->integer());
}

[[nodiscard]] inline std::optional<bool> flag_at(const document::Value& object, std::string_view name) {
    const document::Value* const value = object.find(name);
    if (value == nullptr || value->boolean() == nullptr) return std::nullopt;
    return *value->boolean();
}

[[nodiscard]] inline std::optional<base::Milliseconds> duration_at(const document::Value& object,
                                                                   std::string_view name) {
    const auto text = text_at(object, name);
    if (!text) return std::nullopt;
    const auto duration = base::parse_duration(*text);
    return duration ? std::optional(duration.value()) : std::nullopt;
}

// The strings of an array; one string is a list of itself.
[[nodiscard]] inline std::vector<std::string> texts_of(const document::Value& value) {
    std::vector<std::string> texts;
    if (value.string() != nullptr) texts.push_back(*value.string());
    if (value.array() == nullptr) return texts;
    for (const document::Value& item : *value.array()) {
        if (item.string() != nullptr) texts.push_back(*item.string());
    }
    return texts;
}

[[nodiscard]] inline std::vector<std::string> texts_at(const document::Value& object, std::string_view name) {
    const document::Value* const value = object.find(name);
    return value == nullptr ? std::vector<std::string>{} : texts_of(*value);
}

}  // namespace smartcar_sim::scenario
