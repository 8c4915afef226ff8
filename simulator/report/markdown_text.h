// Pieces of GitHub-flavoured Markdown. Private to report/.
//
// What others wrote stands in code, or in prose with everything escaped that would be markup. Places are code too,
// since GitHub makes a picture of the ":100:" in "x.json:100:9".
#pragma once

#include <string>
#include <string_view>

namespace smartcar_sim::report {

[[nodiscard]] std::string prose(std::string_view text);         // a sentence on one line
[[nodiscard]] std::string code(std::string_view text);          // one line in code
[[nodiscard]] std::string code_in_cell(std::string_view text);  // the same within a table, where a bar is escaped too
[[nodiscard]] std::string block(std::string_view language, std::string_view content);  // and an empty line
[[nodiscard]] std::string item(std::string_view label, const std::string& content);    // of a list; nothing of nothing

}  // namespace smartcar_sim::report
