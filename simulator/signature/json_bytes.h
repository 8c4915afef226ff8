// JSON as other runtimes write it, by bytes alone: white space and escapes are changed, numbers and key order are
// not. Text that is no JSON comes back changed in some way, never a crash. For the table of mistakes, and for receivers
// that make them.
#pragma once

#include <string>
#include <string_view>

namespace smartcar_sim::signature {

// Without white space outside strings.
[[nodiscard]] std::string compact(std::string_view json);
// Python's json.dumps: one space after each comma and colon.
[[nodiscard]] std::string with_spaces(std::string_view json);
// JavaScript's JSON.stringify(value, null, indent), PHP's JSON_PRETTY_PRINT, json.dumps(indent=…).
[[nodiscard]] std::string pretty(std::string_view json, int indent);
// Characters beyond ASCII as \uXXXX in lower-case hex, as pairs past U+FFFF.
[[nodiscard]] std::string with_unicode_escapes(std::string_view json);
// PHP: "/" inside strings as "\/".
[[nodiscard]] std::string with_escaped_slashes(std::string_view json);
// Go and Rails: <, > and & as \u003c, \u003e and \u0026, U+2028 and U+2029 as escapes.
[[nodiscard]] std::string with_html_escapes(std::string_view json);
// JSON.stringify of the text itself: in quotes, with what must be escaped.
[[nodiscard]] std::string as_json_string(std::string_view text);
// The bytes of the top-level member `name`, without the white space around; empty when there is none.
[[nodiscard]] std::string member(std::string_view json, std::string_view name);

}  // namespace smartcar_sim::signature
