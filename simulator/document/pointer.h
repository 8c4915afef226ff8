// RFC 6901 pointers into a Value, and "did you mean".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/value.h"

namespace smartcar_sim::document {

// Code "bad_pointer" for text that is not a pointer; a null pointer for one that matches nothing.
[[nodiscard]] base::Result<const Value*> find(const Value& root, std::string_view pointer);

// One reference token as a pointer spells it: "~" is "~0", "/" is "~1".
[[nodiscard]] std::string escape_segment(std::string_view segment);

enum class Missing { kError, kAdd };
// Replaces what `pointer` names. A pointer that matches nothing is an error that names the longest part that
// did match and what stands there, unless `missing` says to add the last segment ("-" appends).
[[nodiscard]] base::Result<base::Done> set(Value& root, std::string_view pointer, Value value, Missing missing);

// The candidate nearest to `word` if it is near enough to be a slip of the finger.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> candidates);
// "; did you mean \"X\"?" or nothing, to end a message with.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);
// The same, or else "; there is A, B" in the words of `there_is`; nothing without candidates.
[[nodiscard]] std::string meant_or_listed(std::string_view word, std::span<const std::string_view> candidates,
                                          std::string_view there_is);

}  // namespace smartcar_sim::document
