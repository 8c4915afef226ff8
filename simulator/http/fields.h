// The grammar that heads of requests and responses share (RFC 9110 section 5, RFC 9112 section 5), read strictly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "contract/http.h"

namespace smartcar_sim::http {

// How many bytes of `bytes` the head at its start takes: through its blank line, or through the first byte that no
// head may hold, so that nobody waits for the end of something that is not HTTP. 0 while more is needed. The search
// goes on from `seen`, the count of bytes that an earlier call was given.
[[nodiscard]] std::size_t head_length(std::string_view bytes, std::size_t seen = 0);

// What is wrong with a head, as a clause: "the name of a header field is not a token".
using Fault = std::string;

// Splits a head into its first line and its fields. Values lose the blanks around them and nothing else.
struct HeadLines {
    std::string_view first;
    contract::Headers fields;
};
[[nodiscard]] std::variant<HeadLines, Fault> split_head(std::string_view head);

inline constexpr std::size_t kMostFields = 100;

[[nodiscard]] bool is_token(std::string_view text);        // a method or a field name
[[nodiscard]] bool is_field_value(std::string_view text);  // no control characters but the tab

// The members of a comma-separated field that may be repeated, in lower case.
[[nodiscard]] std::vector<std::string> list_members(const contract::Headers& fields, std::string_view name);
// Digits alone, below 2^63.
[[nodiscard]] std::optional<std::uint64_t> decimal(std::string_view text);

// How the fields frame a body. No framing field: kNone.
struct BodyLength {
    std::optional<std::uint64_t> length;
    bool chunked = false;
};
[[nodiscard]] std::variant<BodyLength, Fault> body_length(const contract::Headers& fields);

// True when `fields` ask to close the connection, or do not ask to keep one of HTTP/1.0.
[[nodiscard]] bool closes(const contract::Headers& fields, std::string_view version);

// The first field that cannot be sent: its name is not a token, or its value would end the line.
[[nodiscard]] std::optional<std::string> unsendable_field(const contract::Headers& fields);

// "name: value" and the end of the line.
void append_field(std::string& out, std::string_view name, std::string_view value);

}  // namespace smartcar_sim::http
