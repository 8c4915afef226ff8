#include "document/value.h"

#include <array>
#include <cstdlib>

namespace smartcar_sim::document {

bool Value::is_number() const {
    return std::holds_alternative<std::int64_t>(content_) || std::holds_alternative<double>(content_) ||
           std::holds_alternative<BigInteger>(content_);
}

double Value::number() const {
    if (const auto* whole = std::get_if<std::int64_t>(&content_)) {
        return static_cast<double>(*whole);
    }
    if (const auto* big = std::get_if<BigInteger>(&content_)) {
        return std::strtod(big->digits.c_str(), nullptr);
    }
    const auto* fraction = std::get_if<double>(&content_);
    return fraction != nullptr ? *fraction : 0;
}

const Value* Value::find(std::string_view key) const {
    if (const Object* members = object()) {
        for (const auto& [name, value] : *members) {
            if (name == key) {
                return &value;
            }
        }
    }
    return nullptr;
}

Value* Value::find(std::string_view key) {
    if (Object* members = object()) {
        for (auto& [name, value] : *members) {
            if (name == key) {
                return &value;
            }
        }
    }
    return nullptr;
}

std::string_view Value::kind() const {
    constexpr std::array<std::string_view, 8> kKinds = {"null",     "a boolean", "a number", "a number",
                                                        "a number", "a string",  "an array", "an object"};
    static_assert(kKinds.size() == std::variant_size_v<Content>);
    return kKinds.at(content_.index());
}

}  // namespace smartcar_sim::document
