// What a callback sent, fit for one line of a terminal.
#pragma once

#include <string>
#include <string_view>

namespace smartcar_sim::delivery {

inline constexpr std::size_t kExcerptBytes = 80;

// The first kExcerptBytes in quotes, "…" after them when there is more. Runs of blanks become one; control characters,
// which could write to the terminal, and bytes that are not UTF-8 become "?".
[[nodiscard]] std::string excerpt(std::string_view text);

}  // namespace smartcar_sim::delivery
