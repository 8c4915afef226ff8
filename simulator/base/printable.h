// What others wrote, fit to be shown: a callback, an application or a file must not write to a terminal through us.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace smartcar_sim::base {

// Of a body that a person is shown; a 4.0 body has some 2,000.
inline constexpr std::size_t kShownBytes = 400;

// C0 and C1 controls and DEL, line breaks and tabs included. `character` is one of UTF-8.
[[nodiscard]] bool is_control(std::string_view character);

// U+FFFD in place of each byte that is not UTF-8 and of each character that is refused.
using Refuses = bool (*)(std::string_view character);
[[nodiscard]] std::string replaced(std::string_view text, Refuses refuses);

// U+FFFD in place of each byte that is not UTF-8.
[[nodiscard]] std::string as_utf8(std::string_view text);

// U+FFFD in place of controls and of bytes that are not UTF-8. Line breaks, as "\n", and tabs are kept, or each run of
// blanks becomes one space.
enum class Lines { kKept, kJoined };
[[nodiscard]] std::string printable(std::string_view text, Lines lines);

// & < > " and ' as references: text to a reader of HTML, whatever stands in it.
[[nodiscard]] std::string escape_html(std::string_view text);

// The first bytes of a text, at most `limit`, and no half of a character at their end.
[[nodiscard]] std::string_view beginning(std::string_view text, std::size_t limit);

// One printable line of at most kShownBytes of the text, no blank at its end; "… (2048 bytes)" ends what was cut.
[[nodiscard]] std::string shortened(std::string_view text);

}  // namespace smartcar_sim::base
