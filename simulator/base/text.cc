#include "base/text.h"

#include <algorithm>
#include <cstdint>

namespace smartcar_sim::base {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

unsigned byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

// 0 to 15, or -1.
int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

// The byte that two hex digits at `at` say, or -1.
int hex_pair(std::string_view text, std::size_t at) {
    if (at + 2 > text.size()) {
        return -1;
    }
    const int high = hex_value(text[at]);
    const int low = hex_value(text[at + 1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

// Section 2.3 of RFC 3986.
bool is_unreserved(char byte) {
    return is_alphanumeric(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

// Takes up to `separator` off the front of `text`, the separator with it.
std::string_view take_until(std::string_view& text, char separator) {
    const std::size_t end = text.find(separator);
    const std::string_view piece = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return piece;
}

}  // namespace

std::string to_hex(std::string_view bytes) {
    std::string text(bytes.size() * 2, '0');
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        text[2 * at] = kHexDigits[byte_at(bytes, at) >> 4U];
        text[2 * at + 1] = kHexDigits[byte_at(bytes, at) & 0xFU];
    }
    return text;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) {
        return std::nullopt;
    }
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t at = 0; at < text.size(); at += 2) {
        const int byte = hex_pair(text, at);
        if (byte < 0) {
            return std::nullopt;
        }
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

std::string to_base64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = byte_at(bytes, at) << 16U;
        if (count > 1) group |= byte_at(bytes, at + 1) << 8U;
        if (count > 2) group |= byte_at(bytes, at + 2);
        text += kBase64Digits[group >> 18U];
        text += kBase64Digits[(group >> 12U) & 0x3FU];
        text += count > 1 ? kBase64Digits[(group >> 6U) & 0x3FU] : '=';
        text += count > 2 ? kBase64Digits[group & 0x3FU] : '=';
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    while (!text.empty() && text.size() % 4 != 2 && text.back() == '=') {
        text.remove_suffix(1);
    }
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    unsigned held = 0;  // how many low bits of `bits` are still to be given out
    for (const char digit : text) {
        const std::size_t value = kBase64Digits.find(digit);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>((bits >> held) & 0xFFU);
        }
    }
    const bool leftover_bits = (bits & ((1U << held) - 1U)) != 0;
    return leftover_bits ? std::nullopt : std::optional(bytes);
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), to_lower);
    return lower;
}

std::string upper_case(std::string_view text) {
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(), to_upper);
    return upper;
}

std::string_view trimmed(std::string_view text, std::string_view blanks) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> found;
    while (!text.empty()) {
        const std::size_t blank = std::min(text.find(' '), text.size());
        if (blank > 0) found.emplace_back(text.substr(0, blank));
        text.remove_prefix(std::min(blank + 1, text.size()));
    }
    return found;
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string percent_encode(std::string_view text) {
    std::string encoded;
    encoded.reserve(text.size());
    for (const char byte : text) {
        if (is_unreserved(byte)) {
            encoded += byte;
        } else {
            constexpr std::string_view kUpperHexDigits = "0123456789ABCDEF";  // RFC 3986 section 2.1
            const auto number = static_cast<unsigned char>(byte);
            encoded += '%';
            encoded += kUpperHexDigits[number >> 4U];
            encoded += kUpperHexDigits[number & 0xFU];
        }
    }
    return encoded;
}

std::string percent_decode(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const int byte = text[at] == '%' ? hex_pair(text, at + 1) : -1;
        if (byte >= 0) {
            decoded += static_cast<char>(byte);
            at += 2;
        } else if (text[at] == '+' && plus == Plus::kIsSpace) {
            decoded += ' ';
        } else {
            decoded += text[at];
        }
    }
    return decoded;
}

Fields parse_form(std::string_view text) {
    Fields fields;
    while (!text.empty()) {
        std::string_view pair = take_until(text, '&');
        if (pair.empty()) {
            continue;
        }
        std::string name = percent_decode(take_until(pair, '='), Plus::kIsSpace);
        fields.emplace_back(std::move(name), percent_decode(pair, Plus::kIsSpace));
    }
    return fields;
}

std::optional<std::string> field(const Fields& fields, std::string_view name) {
    for (const auto& [candidate, value] : fields) {
        if (candidate == name) {
            return value;
        }
    }
    return std::nullopt;
}

}  // namespace smartcar_sim::base
