// Whether a value is what a matcher asks for. Private to scenario/.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "document/value.h"
#include "scenario/names.h"
#include "scenario/scenario.h"

namespace smartcar_sim::scenario {

// Whatever its names will stand for.
[[nodiscard]] bool is_regular_expression(const std::string& pattern);
[[nodiscard]] std::string no_regular_expression(const std::string& pattern);  // says so

// A longer pattern, nested deeply, would need more stack than there is to be read.
inline constexpr std::size_t kLongestPattern = 500;
// A longer text is not searched: the library's matcher needs stack for every character it looks at.
inline constexpr std::size_t kLongestMatched = 2'000;

// With its names filled in. In a pattern they match what they stand for and nothing else: a dot is a dot.
[[nodiscard]] base::Result<Matcher> fill_in(const Matcher& matcher, const Lookup& lookup);

// Equal JSON (1 and 1.0 are), or a text in which the pattern is found; what is no text is searched as JSON.
[[nodiscard]] bool holds(const Matcher& matcher, const document::Value& value);
// The value as its text in JSON.
[[nodiscard]] std::string as_json(const document::Value& value);
// "5", "matching \"^a\"".
[[nodiscard]] std::string describe(const Matcher& matcher);

}  // namespace smartcar_sim::scenario
