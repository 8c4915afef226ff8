#include "signature/unicode.h"

#include <array>

#include "base/text.h"

namespace smartcar_sim::signature {
namespace {

constexpr char32_t kFirstBeyondAscii = 0x80;

void append_byte(std::string& out, char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); }

bool is_ascii(char byte) { return static_cast<unsigned char>(byte) < kFirstBeyondAscii; }

// A surrogate in three bytes: base::utf8_length() rightly takes none for UTF-8.
bool is_encoded_surrogate(std::string_view text) {
    return text.size() >= 3 && text[0] == '\xED' && (static_cast<unsigned char>(text[1]) & 0xE0U) == 0xA0U &&
           (static_cast<unsigned char>(text[2]) & 0xC0U) == 0x80U;
}

void append_utf16_unit(std::string& out, char32_t unit, ByteOrder order) {
    const char32_t high = unit >> 8U;
    const char32_t low = unit & 0xFFU;
    append_byte(out, order == ByteOrder::kBig ? high : low);
    append_byte(out, order == ByteOrder::kBig ? low : high);
}

// What Windows-1252 has at 0x80 to 0x9F; the five that it leaves open are what they are in Latin-1.
constexpr std::array<char32_t, 32> kWindows1252{0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                                0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                                0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

}  // namespace

void append_utf8(std::string& out, char32_t point) {
    if (point < kFirstBeyondAscii) return append_byte(out, point);
    if (point < 0x800) {
        append_byte(out, 0xC0U | (point >> 6U));
    } else if (point < 0x10000) {
        append_byte(out, 0xE0U | (point >> 12U));
        append_byte(out, 0x80U | ((point >> 6U) & 0x3FU));
    } else {
        append_byte(out, 0xF0U | (point >> 18U));
        append_byte(out, 0x80U | ((point >> 12U) & 0x3FU));
        append_byte(out, 0x80U | ((point >> 6U) & 0x3FU));
    }
    append_byte(out, 0x80U | (point & 0x3FU));
}

Character first_character(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    if (first < kFirstBeyondAscii) return {.point = first, .length = 1, .valid = true};
    const std::size_t length = is_encoded_surrogate(text) ? 3 : base::utf8_length(text);
    if (length == 0) return {.point = first, .length = 1, .valid = false};
    return {.point = base::code_point(text.substr(0, length)), .length = length, .valid = true};
}

void append_hex(std::string& out, char32_t value, std::string_view digits, unsigned count) {
    for (unsigned shift = 4 * count; shift > 0; shift -= 4) out += digits[(value >> (shift - 4)) & 0xFU];
}

void append_unicode_escape(std::string& out, char32_t point, std::string_view digits) {
    for_each_unit(point, [&](char32_t unit) { append_hex(out += "\\u", unit, digits, 4); });
}

std::string as_utf16(std::string_view text, ByteOrder order) {
    return each_character(text, [&](std::string& out, const Character& character, std::string_view) {
        for_each_unit(character.point, [&](char32_t unit) { append_utf16_unit(out, unit, order); });
    });
}

std::string low_bytes(std::string_view text) {
    return each_character(text, [](std::string& out, const Character& character, std::string_view) {
        for_each_unit(character.point, [&](char32_t unit) { append_byte(out, unit & 0xFFU); });
    });
}

std::string as_latin1(std::string_view text) {
    return each_character(text, [](std::string& out, const Character& character, std::string_view) {
        append_byte(out, character.point <= 0xFF ? character.point : U'?');
    });
}

std::string latin1_read_as_text(std::string_view bytes) {
    std::string out;
    for (const char byte : bytes) append_utf8(out, static_cast<unsigned char>(byte));
    return out;
}

std::string windows1252_read_as_text(std::string_view bytes) {
    std::string out;
    for (const char each : bytes) {
        const auto byte = static_cast<unsigned char>(each);
        append_utf8(out, byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80U] : byte);
    }
    return out;
}

std::string without_characters_beyond_ascii(std::string_view text, std::string_view instead) {
    return each_character(text, [&](std::string& out, const Character& character, std::string_view bytes) {
        out += character.point < kFirstBeyondAscii ? bytes : instead;
    });
}

std::string without_bytes_beyond_ascii(std::string_view text, std::string_view instead) {
    std::string out;
    for (const char& byte : text) out += is_ascii(byte) ? std::string_view(&byte, 1) : instead;
    return out;
}

std::string seven_bits(std::string_view bytes) {
    std::string out;
    for (const char byte : bytes) append_byte(out, static_cast<unsigned char>(byte) & 0x7FU);
    return out;
}

std::size_t utf16_length(std::string_view text) {
    std::size_t units = 0;
    while (!text.empty()) {
        const Character character = first_character(text);
        units += character.point < 0x10000 ? 1 : 2;
        text.remove_prefix(character.length);
    }
    return units;
}

}  // namespace smartcar_sim::signature
