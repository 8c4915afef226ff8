// What JSON.parse followed by JSON.stringify leaves as it is, asked value by value.
#pragma once

#include <cstdint>
#include <string>

#include "document/value.h"

namespace smartcar_sim::document {

[[nodiscard]] bool is_canonical(std::int64_t number);
[[nodiscard]] bool is_canonical(double number);

// A key that another member had before, or nullptr.
[[nodiscard]] const std::string* repeated_key(const Object& members);

// A key that JavaScript would drop or move: one that was there before, or an array index ("0" to "4294967294")
// that stands behind a greater one or behind a key that is none (ECMA-262 section 10.1.11.1). nullptr when all stay.
[[nodiscard]] const std::string* misplaced_key(const Object& members);

}  // namespace smartcar_sim::document
