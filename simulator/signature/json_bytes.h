// JSON and texts around it, by bytes alone: nothing is parsed, and text that is no JSON is changed in some way, never a
// crash. What parses JSON and writes it again is in rewriting.h. Private to signature/.
#pragma once

#include <string>
#include <string_view>

namespace smartcar_sim::signature {

// Without white space outside strings.
[[nodiscard]] std::string compact(std::string_view json);
// Go's json.Compact and json.HTMLEscape: compact, with <, >, &, U+2028 and U+2029 as escapes.
[[nodiscard]] std::string html_escaped(std::string_view json);
// JSON.stringify of the text itself: in quotes, with what must be escaped.
[[nodiscard]] std::string as_json_string(std::string_view text);
// JSON.stringify of a Buffer.
[[nodiscard]] std::string as_node_buffer(std::string_view bytes);
// Python's repr() and str() of bytes: b'…'.
[[nodiscard]] std::string as_python_bytes(std::string_view bytes);
// The bytes of the top-level member `name`, without the white space around; empty when there is none.
[[nodiscard]] std::string member(std::string_view json, std::string_view name);

}  // namespace smartcar_sim::signature
