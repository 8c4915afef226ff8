// What JSON.parse followed by JSON.stringify leaves as it is, asked value by value.
#pragma once

#include <cstdint>

#include "document/value.h"

namespace smartcar_sim::document {

[[nodiscard]] bool is_canonical(std::int64_t number);
[[nodiscard]] bool is_canonical(double number);

// A member whose key an earlier one has, or nullptr.
[[nodiscard]] const Member* repeated_member(const Object& members);

// A member that JavaScript would merge or move, or nullptr: a repeated one, or one whose key is an array index ("0" to
// "4294967294") and stands behind a greater index or behind a key that is none (ECMA-262 section 10.1.11.1).
[[nodiscard]] const Member* misplaced_member(const Object& members);

}  // namespace smartcar_sim::document
