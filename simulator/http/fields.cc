#include "http/fields.h"

#include <algorithm>

#include "base/text.h"

namespace smartcar_sim::http {
namespace {

bool is_control(char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return value < 0x20 || value == 0x7F;
}

constexpr std::string_view kBlanks = " \t";

bool is_token_byte(char byte) {
    return base::is_alphanumeric(byte) || std::string_view("!#$%&'*+-.^_`|~").find(byte) != std::string_view::npos;
}

// The next line without its CRLF; nothing when it does not end in one or holds another control character.
std::optional<std::string_view> next_line(std::string_view& rest) {
    const std::size_t end = rest.find('\r');
    if (end == std::string_view::npos || end + 1 >= rest.size() || rest[end + 1] != '\n') return std::nullopt;
    const std::string_view line = rest.substr(0, end);
    if (!is_field_value(line)) return std::nullopt;
    rest.remove_prefix(end + 2);
    return line;
}

std::optional<Fault> add_field(std::string_view line, contract::Headers& fields) {
    if (kBlanks.find(line.front()) != std::string_view::npos) return "a header line is folded onto a second one";
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return "a header line has no colon";
    if (!is_token(line.substr(0, colon))) return "the name of a header field is not a token";
    fields.add(line.substr(0, colon), base::trimmed(line.substr(colon + 1), kBlanks));
    return std::nullopt;
}

}  // namespace

std::size_t head_length(std::string_view bytes, std::size_t seen) {
    // A blank line may straddle the two calls.
    std::size_t at = seen > 3 ? seen - 3 : 0;
    for (; at < bytes.size(); ++at) {
        const char byte = bytes[at];
        if (!is_control(byte) || byte == '\t' || byte == '\r') continue;
        const bool ends_line = byte == '\n' && at > 0 && bytes[at - 1] == '\r';
        if (!ends_line) return at + 1;
        if (at == 1 || (at >= 3 && bytes[at - 2] == '\n')) return at + 1;
    }
    return 0;
}

std::variant<HeadLines, Fault> split_head(std::string_view head) {
    HeadLines lines;
    const auto first = next_line(head);
    if (!first) return "a line holds a control character or does not end in CRLF";
    lines.first = *first;
    while (true) {
        const auto line = next_line(head);
        if (!line) return "a line holds a control character or does not end in CRLF";
        if (line->empty()) return lines;
        if (auto fault = add_field(*line, lines.fields)) return *fault;
    }
}

bool is_token(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_token_byte); }

bool is_field_value(std::string_view text) {
    return std::ranges::none_of(text, [](char byte) { return is_control(byte) && byte != '\t'; });
}

std::vector<std::string> list_members(const contract::Headers& fields, std::string_view name) {
    std::vector<std::string> members;
    for (const auto& [field, value] : fields) {
        if (!base::equal_but_for_case(field, name)) continue;
        for (std::size_t at = 0; at <= value.size();) {
            const std::size_t comma = std::min(value.find(',', at), value.size());
            const std::string_view member = base::trimmed(value.substr(at, comma - at), kBlanks);
            if (!member.empty()) members.push_back(base::lower_case(member));
            at = comma + 1;
        }
    }
    return members;
}

std::optional<std::uint64_t> decimal(std::string_view text) {
    const auto value = base::parse_number<std::uint64_t>(text);
    return value && *value <= INT64_MAX ? value : std::nullopt;
}

std::variant<BodyLength, Fault> body_length(const contract::Headers& fields) {
    const std::size_t lengths = fields.count("content-length");
    const std::size_t encodings = fields.count("transfer-encoding");
    if (lengths + encodings == 0) return BodyLength{};
    if (lengths > 0 && encodings > 0) return "both Content-Length and Transfer-Encoding are given";
    if (encodings > 1) return "Transfer-Encoding is given twice";
    if (encodings == 1) {
        if (!base::equal_but_for_case(*fields.get("transfer-encoding"), "chunked"))
            return "the only Transfer-Encoding read is chunked";
        return BodyLength{.length = std::nullopt, .chunked = true};
    }
    if (lengths > 1) return "Content-Length is given twice";
    const auto length = decimal(*fields.get("content-length"));
    if (!length) return "Content-Length is not a number";
    return BodyLength{.length = length, .chunked = false};
}

bool closes(const contract::Headers& fields, std::string_view version) {
    const std::vector<std::string> wishes = list_members(fields, "connection");
    if (std::ranges::find(wishes, "close") != wishes.end()) return true;
    return version == "HTTP/1.0" && std::ranges::find(wishes, "keep-alive") == wishes.end();
}

std::optional<std::string> unsendable_field(const contract::Headers& fields) {
    for (const auto& [name, value] : fields) {
        if (!is_token(name)) return "a header field's name is not a token";
        if (!is_field_value(value)) return "the value of " + std::string(name) + " holds a control character";
    }
    return std::nullopt;
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace smartcar_sim::http
