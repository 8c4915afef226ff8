// Text as other character sets have it, and what is lost on the way. Private to signature/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace smartcar_sim::signature {

constexpr bool is_high_surrogate(char32_t point) { return point >= 0xD800 && point <= 0xDBFF; }
constexpr bool is_low_surrogate(char32_t point) { return point >= 0xDC00 && point <= 0xDFFF; }

// Surrogates too, as three bytes: what a lone \ud83d in JSON stands for.
void append_utf8(std::string& out, char32_t point);

// The character at the start of `text`, which is not empty, and the bytes it takes. A byte that belongs to none is a
// character of its own, with `valid` false; a surrogate in three bytes is valid.
struct Character {
    char32_t point;
    std::size_t length;
    bool valid;
};
[[nodiscard]] Character first_character(std::string_view text);

// Calls `append` with the one or two UTF-16 code units of a character.
template <class Append>
void for_each_unit(char32_t point, Append append) {
    if (point < 0x10000) return append(point);
    append(0xD800 + ((point - 0x10000) >> 10U));
    append(0xDC00 + ((point - 0x10000) & 0x3FFU));
}

inline constexpr std::string_view kLowerHex = "0123456789abcdef";
inline constexpr std::string_view kUpperHex = "0123456789ABCDEF";
// The last `count` hex digits of a number, in digits of either case.
void append_hex(std::string& out, char32_t value, std::string_view digits, unsigned count);
// As JSON escapes a character: \u00fc, and \ud83d\ude97 beyond U+FFFF.
void append_unicode_escape(std::string& out, char32_t point, std::string_view digits = kLowerHex);

// `each` is given one character after another and appends what becomes of it.
template <class Each>
[[nodiscard]] std::string each_character(std::string_view text, Each each) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const Character character = first_character(text);
        each(out, character, text.substr(0, character.length));
        text.remove_prefix(character.length);
    }
    return out;
}

enum class ByteOrder { kLittle, kBig };
[[nodiscard]] std::string as_utf16(std::string_view text, ByteOrder order);  // without a mark
// What JavaScript calls "latin1" and "binary": the low byte of each UTF-16 code unit.
[[nodiscard]] std::string low_bytes(std::string_view text);
// ISO 8859-1, with "?" for what it has not: Java's getBytes, PHP's utf8_decode.
[[nodiscard]] std::string as_latin1(std::string_view text);
// UTF-8 read as if each byte were a character, and written as UTF-8 again: "é" becomes "Ã©".
[[nodiscard]] std::string latin1_read_as_text(std::string_view bytes);
[[nodiscard]] std::string windows1252_read_as_text(std::string_view bytes);
// `instead` for each character beyond ASCII, or for each of its bytes.
[[nodiscard]] std::string without_characters_beyond_ascii(std::string_view text, std::string_view instead);
[[nodiscard]] std::string without_bytes_beyond_ascii(std::string_view text, std::string_view instead);
// The seven bits that Node's "ascii" leaves of each byte.
[[nodiscard]] std::string seven_bits(std::string_view bytes);

// How many UTF-16 code units: a text's length to Java and JavaScript.
[[nodiscard]] std::size_t utf16_length(std::string_view text);

}  // namespace smartcar_sim::signature
