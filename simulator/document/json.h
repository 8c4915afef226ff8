// JSON read: strictly for the wire, with // comments for files people write. Exceptions of the JSON
// library stop here. Duplicate keys, nesting over 64 and invalid UTF-8 are errors that say where.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "document/value.h"

namespace smartcar_sim::document {

inline constexpr int kMaxNesting = 64;

enum class Comments { kRefused, kAllowed };

// The Error's place carries `name` and the line and column, counted in code points from 1.
[[nodiscard]] base::Result<Value> parse(std::string_view text, std::string_view name = "body",
                                        Comments comments = Comments::kRefused);

// Reads and parses a file; code "file_unreadable" when it cannot be read.
struct File {
    std::string name;  // as the user wrote it
    std::string text;
    Value root;
};
[[nodiscard]] base::Result<File> read_file(const std::string& path);

// Where byte `offset` of `text` is.
[[nodiscard]] base::Place place_of(std::string_view name, std::string_view text, std::size_t offset);

// `scenarios/x.json:12:9: message`, then the line of the file and a caret under the column.
// Without a text, or a place, just the first line.
[[nodiscard]] std::string explain_error(const base::Error& error, std::string_view text);

}  // namespace smartcar_sim::document
