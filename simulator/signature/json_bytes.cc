#include "signature/json_bytes.h"

#include <cstddef>

#include "base/text.h"

namespace smartcar_sim::signature {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool opens(char c) { return c == '{' || c == '['; }
bool closes(char c) { return c == '}' || c == ']'; }

// One past the end of the token at `at`: a whole string with its quotes, or one byte.
std::size_t end_of_token(std::string_view json, std::size_t at) {
    if (json[at] != '"') return at + 1;
    for (std::size_t i = at + 1; i < json.size(); ++i) {
        if (json[i] == '\\') {
            ++i;
        } else if (json[i] == '"') {
            return i + 1;
        }
    }
    return json.size();
}

// Calls `visit` with each token but white space.
template <class Visit>
void for_each_token(std::string_view json, Visit visit) {
    for (std::size_t at = 0; at < json.size();) {
        const std::size_t end = end_of_token(json, at);
        if (!is_space(json[at])) visit(json.substr(at, end - at));
        at = end;
    }
}

void append_unicode_escape(std::string& out, unsigned unit) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U}) out += kDigits[(unit >> shift) & 0xFU];
}

// The code point of a well-formed sequence of `length` bytes, 2 to 4.
unsigned decode(std::string_view sequence, std::size_t length) {
    unsigned point = static_cast<unsigned char>(sequence[0]) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        point = (point << 6U) | (static_cast<unsigned char>(sequence[i]) & 0x3FU);
    }
    return point;
}

void append_escaped(std::string& out, unsigned point) {
    if (point < 0x10000) return append_unicode_escape(out, point);
    append_unicode_escape(out, 0xD800 + ((point - 0x10000) >> 10U));
    append_unicode_escape(out, 0xDC00 + ((point - 0x10000) & 0x3FFU));
}

// `json` with the characters that `escape` picks written as escapes. It is given each one's code point.
template <class Escape>
std::string with_escapes(std::string_view json, Escape escape) {
    std::string text;
    for (std::size_t at = 0; at < json.size();) {
        const std::size_t length = base::utf8_length(json.substr(at));
        const unsigned point = length > 1 ? decode(json.substr(at), length) : static_cast<unsigned char>(json[at]);
        if (length > 0 && escape(point)) {
            append_escaped(text, point);
        } else {
            text.append(json.substr(at, length > 0 ? length : 1));
        }
        at += length > 0 ? length : 1;
    }
    return text;
}

std::size_t first_not_space(std::string_view json, std::size_t at) {
    while (at < json.size() && is_space(json[at])) ++at;
    return at;
}

// The bytes from `begin` up to the comma or bracket that ends the value there.
std::string value_at(std::string_view json, std::size_t begin) {
    int depth = 0;
    std::size_t end = begin;
    for (std::size_t at = begin; at < json.size();) {
        if (depth == 0 && (json[at] == ',' || closes(json[at]))) break;
        depth += opens(json[at]) ? 1 : closes(json[at]) ? -1 : 0;
        const bool space = is_space(json[at]);
        at = end_of_token(json, at);
        if (!space) end = at;
    }
    return std::string(json.substr(begin, end - begin));
}

void break_line(std::string& out, int spaces) { out.append(1, '\n').append(static_cast<std::size_t>(spaces), ' '); }

}  // namespace

std::string compact(std::string_view json) {
    std::string text;
    for_each_token(json, [&](std::string_view token) { text += token; });
    return text;
}

std::string with_spaces(std::string_view json) {
    std::string text;
    for_each_token(json, [&](std::string_view token) {
        text += token;
        if (token == ":" || token == ",") text += ' ';
    });
    return text;
}

std::string pretty(std::string_view json, int indent) {
    std::string text;
    int depth = 0;
    bool opened = false;
    for_each_token(json, [&](std::string_view token) {
        if (closes(token[0])) {
            depth = depth > 0 ? depth - 1 : 0;
            if (!opened) break_line(text, depth * indent);
        } else if (opened) {
            break_line(text, depth * indent);
        }
        text += token;
        opened = opens(token[0]);
        if (opened) ++depth;
        if (token == ",") break_line(text, depth * indent);
        if (token == ":") text += ' ';
    });
    return text;
}

std::string with_unicode_escapes(std::string_view json) {
    return with_escapes(json, [](unsigned point) { return point > 0x7F; });
}

std::string with_html_escapes(std::string_view json) {
    return with_escapes(json, [](unsigned point) {
        return point == '<' || point == '>' || point == '&' || point == 0x2028 || point == 0x2029;
    });
}

std::string with_escaped_slashes(std::string_view json) {
    std::string text;
    for (const char c : json) text.append(c == '/' ? "\\/" : std::string_view(&c, 1));
    return text;
}

std::string as_json_string(std::string_view text) {
    constexpr std::string_view kEscaped = "\"\\\b\t\n\f\r";
    constexpr std::string_view kLetters = "\"\\btnfr";
    std::string quoted = "\"";
    for (const char c : text) {
        const std::size_t known = kEscaped.find(c);
        if (known != std::string_view::npos) {
            quoted.append(1, '\\').append(1, kLetters[known]);
        } else if (static_cast<unsigned char>(c) < 0x20) {
            append_unicode_escape(quoted, static_cast<unsigned char>(c));
        } else {
            quoted += c;
        }
    }
    return quoted + '"';
}

std::string member(std::string_view json, std::string_view name) {
    const std::string key = as_json_string(name);
    int depth = 0;
    for (std::size_t at = 0; at < json.size();) {
        const std::size_t end = end_of_token(json, at);
        const std::size_t colon = first_not_space(json, end);
        if (depth == 1 && json.substr(at, end - at) == key && colon < json.size() && json[colon] == ':') {
            return value_at(json, first_not_space(json, colon + 1));
        }
        depth += opens(json[at]) ? 1 : closes(json[at]) ? -1 : 0;
        at = end;
    }
    return {};
}

}  // namespace smartcar_sim::signature
