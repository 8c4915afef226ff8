// The header fields of a message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace smartcar_sim::contract {

// Fields in the order and spelling they have on the wire; looked up without regard to ASCII case. Any bytes are kept,
// also those that must not be sent.
//
// They stand in one block of memory, because the journal keeps two of these for each of 10,000 attempts: with a string
// for every name and value, delivering took 7 % longer. What is given out are views, good until the next change.
class Headers {
public:
    using Field = std::pair<std::string_view, std::string_view>;  // name and value
    class Iterator;

    Headers() = default;
    Headers(std::initializer_list<Field> fields);

    // Unlike set(), not with views of this object's own fields.
    void add(std::string_view name, std::string_view value);
    void set(std::string_view name, std::string_view value);  // replaces all of that name, in place of the first
    void remove(std::string_view name);

    [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;  // the first
    [[nodiscard]] std::size_t count(std::string_view name) const;

    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool empty() const { return block_.empty(); }

    bool operator==(const Headers&) const = default;

private:
    struct Lengths {
        std::uint32_t name;
        std::uint32_t value;
    };
    std::vector<char> block_;  // for each field its Lengths, its name, its value
};

class Headers::Iterator {
public:
    using difference_type = std::ptrdiff_t;
    using value_type = Field;

    Iterator() = default;

    Field operator*() const;
    Iterator& operator++();
    Iterator operator++(int) {
        Iterator before = *this;
        ++*this;
        return before;
    }
    bool operator==(const Iterator&) const = default;

private:
    friend class Headers;
    explicit Iterator(const char* at) : at_(at) {}

    [[nodiscard]] Lengths lengths() const;

    const char* at_ = nullptr;
};

}  // namespace smartcar_sim::contract
