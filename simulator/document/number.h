// ECMAScript's Number::toString (ECMA-262 section 6.1.6.1.20) with radix 10.
#pragma once

#include <cstdint>
#include <string>

namespace smartcar_sim::document {

// The integers JavaScript can tell apart: Number.MAX_SAFE_INTEGER.
inline constexpr std::int64_t kMaxSafeInteger = (std::int64_t{1} << 53) - 1;

void append_integer(std::string& out, std::int64_t number);

// `number` is finite; -0 appends "0".
void append_number(std::string& out, double number);

}  // namespace smartcar_sim::document
