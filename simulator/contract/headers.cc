#include "contract/headers.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>
#include <utility>

#include "base/text.h"

namespace smartcar_sim::contract {
namespace {

constexpr std::size_t kUsualSize = 256;  // one allocation for most messages

auto named(std::string_view name) {
    return [name](const Headers::Field& field) { return base::equal_but_for_case(field.first, name); };
}

std::uint32_t length_of(std::string_view text) {
    assert(text.size() <= std::numeric_limits<std::uint32_t>::max());
    return static_cast<std::uint32_t>(text.size());
}

}  // namespace

static_assert(std::forward_iterator<Headers::Iterator>);

Headers::Headers(std::initializer_list<Field> fields) {
    for (const auto& [name, value] : fields) add(name, value);
}

void Headers::add(std::string_view name, std::string_view value) {
    const Lengths lengths{length_of(name), length_of(value)};
    if (block_.empty()) block_.reserve(kUsualSize);
    const std::size_t end = block_.size();
    block_.resize(end + sizeof lengths + name.size() + value.size());
    char* const field = block_.data() + end;
    std::memcpy(field, &lengths, sizeof lengths);
    std::ranges::copy(name, field + sizeof lengths);
    std::ranges::copy(value, field + sizeof lengths + name.size());
}

void Headers::set(std::string_view name, std::string_view value) {
    Headers changed;
    bool placed = false;
    for (const Field& field : *this) {
        if (!named(name)(field)) {
            changed.add(field.first, field.second);
        } else if (!std::exchange(placed, true)) {
            changed.add(name, value);
        }
    }
    if (!placed) changed.add(name, value);
    *this = std::move(changed);
}

void Headers::remove(std::string_view name) {
    if (count(name) == 0) return;
    Headers left;
    for (const Field& field : *this) {
        if (!named(name)(field)) left.add(field.first, field.second);
    }
    *this = std::move(left);
}

std::optional<std::string_view> Headers::get(std::string_view name) const {
    const Iterator first = std::ranges::find_if(*this, named(name));
    if (first == end()) return std::nullopt;
    return (*first).second;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count_if(*this, named(name)));
}

std::size_t Headers::size() const { return static_cast<std::size_t>(std::ranges::distance(begin(), end())); }

Headers::Iterator Headers::begin() const { return Iterator(block_.data()); }

Headers::Iterator Headers::end() const { return Iterator(block_.data() + block_.size()); }

Headers::Lengths Headers::Iterator::lengths() const {
    Lengths lengths{};
    std::memcpy(&lengths, at_, sizeof lengths);
    return lengths;
}

Headers::Field Headers::Iterator::operator*() const {
    const Lengths length = lengths();
    const char* const name = at_ + sizeof length;
    return {{name, length.name}, {name + length.name, length.value}};
}

Headers::Iterator& Headers::Iterator::operator++() {
    const Lengths length = lengths();
    at_ += sizeof length + length.name + length.value;
    return *this;
}

}  // namespace smartcar_sim::contract
