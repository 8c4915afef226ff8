// How bytes, durations and instants are written as text and read back.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace smartcar_sim::base {

[[nodiscard]] std::string to_hex(std::string_view bytes);  // lower case
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);

[[nodiscard]] std::string to_base64(std::string_view bytes);  // RFC 4648 section 4, padded
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

// ASCII letters alone: what is compared so are names of headers, hosts and digits, and the locale has no say.
[[nodiscard]] constexpr char to_lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}
[[nodiscard]] constexpr char to_upper(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}
[[nodiscard]] constexpr bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
[[nodiscard]] std::string lower_case(std::string_view text);
[[nodiscard]] std::string upper_case(std::string_view text);
[[nodiscard]] constexpr bool equal_but_for_case(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, to_lower, to_lower);
}

// RFC 3986; `plus_is_space` for application/x-www-form-urlencoded. A malformed escape stays as it is.
enum class Plus { kLiteral, kIsSpace };
[[nodiscard]] std::string percent_encode(std::string_view text);
[[nodiscard]] std::string percent_decode(std::string_view text, Plus plus);

// "a=1&b=2" decoded, in order; repeated names stay repeated.
using Fields = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Fields parse_form(std::string_view text);
[[nodiscard]] std::optional<std::string> field(const Fields& fields, std::string_view name);  // the first

// Without the blanks around it.
[[nodiscard]] std::string_view trimmed(std::string_view text, std::string_view blanks = " \t\r\n");

// What stands between blanks: "a  b" is two words. Scopes and flags are lists of that form.
[[nodiscard]] std::vector<std::string> words(std::string_view text);

// The text between double quotes, as it is: how messages name what somebody wrote.
[[nodiscard]] std::string quoted(std::string_view text);
template <class Items>
[[nodiscard]] std::vector<std::string> all_quoted(const Items& items) {
    std::vector<std::string> texts(std::size(items));
    std::ranges::transform(items, texts.begin(), quoted);
    return texts;
}

// The items, strings or views of some, with `between` between each two and `last` before the last: "a, b or c".
template <class Items>
[[nodiscard]] std::string joined(const Items& items, std::string_view between, std::string_view last) {
    std::string text;
    std::size_t left = std::size(items);
    for (const std::string_view item : items) {
        --left;
        text.append(item).append(left > 1 ? between : left == 1 ? last : "");
    }
    return text;
}
template <class Items>
[[nodiscard]] std::string joined(const Items& items, std::string_view between) {
    return joined(items, between, between);
}

// The finite number that the whole text is, whatever the locale: "12", "-0.5"; neither "+1" nor " 1".
template <class Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool is_number = error == std::errc() && end == text.data() + text.size();
    if constexpr (std::floating_point<Number>) is_number = is_number && std::isfinite(number);
    return is_number ? std::optional(number) : std::nullopt;
}

// "250ms", "15s", "38m", "2h", "1h30m": whole numbers, each unit once, the longest first, at most a year in all.
// A bare number is refused because its unit would be a guess. Code "bad_duration".
[[nodiscard]] Result<Milliseconds> parse_duration(std::string_view text);
[[nodiscard]] std::string format_duration(Milliseconds duration);  // "250ms", "15s", "1m15s", "0s"

// 2026-01-01T00:00:00.000Z, always UTC with milliseconds; years 0000 to 9999.
[[nodiscard]] std::string format_instant(Instant instant);
// Reads that form; the fraction may be left out or have 1 to 9 digits, of which the first three count.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

// True when `text` is well-formed UTF-8 without surrogates or overlong forms.
[[nodiscard]] bool is_utf8(std::string_view text);
// How many bytes the character at the start of `text` takes, 1 to 4; 0 when it is not well-formed or there is none.
[[nodiscard]] std::size_t utf8_length(std::string_view text);
// Of one character: of as many bytes as utf8_length() says, or of a surrogate in three.
[[nodiscard]] char32_t code_point(std::string_view character);

}  // namespace smartcar_sim::base
