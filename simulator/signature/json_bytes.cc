#include "signature/json_bytes.h"

#include <cstddef>

#include "base/text.h"
#include "signature/rewriting.h"
#include "signature/unicode.h"

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

}  // namespace

std::string compact(std::string_view json) {
    std::string text;
    for_each_token(json, [&](std::string_view token) { text += token; });
    return text;
}

std::string html_escaped(std::string_view json) {
    return each_character(compact(json), [](std::string& out, const Character& character, std::string_view bytes) {
        const char32_t point = character.point;
        const bool escaped = point == '<' || point == '>' || point == '&' || point == 0x2028 || point == 0x2029;
        escaped ? append_unicode_escape(out, point) : void(out += bytes);
    });
}

std::string as_json_string(std::string_view text) {
    return written_by(Runtime::kNode, Json{.kind = Json::Kind::kString, .text = std::string(text)});
}

std::string as_node_buffer(std::string_view bytes) {
    std::string json = R"({"type":"Buffer","data":[)";
    for (const char byte : bytes) json += std::to_string(static_cast<unsigned char>(byte)) + ',';
    if (json.back() == ',') json.pop_back();
    return json + "]}";
}

std::string as_python_bytes(std::string_view bytes) {
    constexpr std::string_view kBreaks = "\t\n\r";
    const bool single = bytes.find('\'') == std::string_view::npos || bytes.find('"') != std::string_view::npos;
    const char quote = single ? '\'' : '"';
    std::string text = {'b', quote};
    for (const char byte : bytes) {
        const std::size_t named = kBreaks.find(byte);
        if (named != std::string_view::npos) {
            text.append(1, '\\').append(1, "tnr"[named]);
        } else if (const auto worth = static_cast<unsigned char>(byte); worth < 0x20 || worth > 0x7E) {
            text.append("\\x").append(base::to_hex({&byte, 1}));
        } else {
            if (byte == quote || byte == '\\') text += '\\';
            text += byte;
        }
    }
    return text + quote;
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
