// A JSON value that keeps the order of its members and remembers where it stood in its file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace smartcar_sim::document {

class Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;
using Object = std::vector<Member>;

// A whole number that neither an int64 nor a double holds unchanged, as it was spelled: read, and never written.
struct BigInteger {
    std::string digits;
    bool operator==(const BigInteger&) const = default;
};

class Value {
public:
    using Content = std::variant<std::nullptr_t, bool, std::int64_t, double, BigInteger, std::string, Array, Object>;

    Value() = default;
    Value(std::nullptr_t) {}
    Value(bool value) : content_(value) {}
    Value(std::int64_t value) : content_(value) {}
    Value(int value) : content_(static_cast<std::int64_t>(value)) {}
    Value(double value) : content_(value) {}
    Value(BigInteger value) : content_(std::move(value)) {}
    Value(std::string value) : content_(std::move(value)) {}
    Value(const char* value) : content_(std::string(value)) {}
    Value(Array value) : content_(std::move(value)) {}
    Value(Object value) : content_(std::move(value)) {}

    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::nullptr_t>(content_); }
    [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&content_); }
    [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&content_); }
    [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&content_); }
    [[nodiscard]] const Array* array() const { return std::get_if<Array>(&content_); }
    [[nodiscard]] Array* array() { return std::get_if<Array>(&content_); }
    [[nodiscard]] const Object* object() const { return std::get_if<Object>(&content_); }
    [[nodiscard]] Object* object() { return std::get_if<Object>(&content_); }
    // An integer or a fraction, as a double; nothing for the rest.
    [[nodiscard]] const Content& content() const { return content_; }
    [[nodiscard]] bool is_number() const;
    [[nodiscard]] double number() const;  // 0 when is_number() is false

    // The member of an object, or nothing. Objects are short: this searches in order.
    [[nodiscard]] const Value* find(std::string_view key) const;
    [[nodiscard]] Value* find(std::string_view key);

    // "null", "a boolean", "a number", "a string", "an array", "an object": for messages.
    [[nodiscard]] std::string_view kind() const;

    // Byte offset of the value's first character in the text it was parsed from; 0 if made by hand.
    std::uint32_t offset = 0;
    // For a member's value: byte offset of its key.
    std::uint32_t key_offset = 0;

    // Same JSON; offsets do not count.
    bool operator==(const Value& other) const { return content_ == other.content_; }

private:
    Content content_;
};

}  // namespace smartcar_sim::document
