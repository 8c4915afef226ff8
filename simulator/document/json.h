// JSON read: strictly for the wire, with comments for files people write. Exceptions of the JSON
// library stop here. Duplicate keys, nesting over 64 and invalid UTF-8 are errors that say where.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "document/value.h"

namespace smartcar_sim::document {

inline constexpr int kMaxNesting = 64;

enum class Comments { kRefused, kAllowed };

// Code "bad_json"; the Error's place carries `name` and the line and column, counted in code points from 1.
// A number that is whole and at most 2^53 - 1 becomes an integer, 1.0 and -0 too (as 1 and 0); fractions become the
// nearest double, as do larger integers that JavaScript would write back unchanged. Other integers stay as spelled.
[[nodiscard]] base::Result<Value> parse(std::string_view text, std::string_view name = "body",
                                        Comments comments = Comments::kRefused);

// The bytes of a file of at most 64 MiB; code "file_unreadable" when it cannot be read.
[[nodiscard]] base::Result<std::string> read_text(const std::string& path);

// Reads and parses a file, comments allowed. After an error in the JSON, read_text gives what explain_error wants.
struct File {
    std::string name;  // as the user wrote it
    std::string text;
    Value root;
};
[[nodiscard]] base::Result<File> read_file(const std::string& path);

// Where byte `offset` of `text` is. Lines end with "\n"; a byte that is not UTF-8 counts as one character.
[[nodiscard]] base::Place place_of(std::string_view name, std::string_view text, std::size_t offset);

// The text of the value that begins at byte `offset` of a text that parse() took.
[[nodiscard]] std::string_view source_of(std::string_view text, std::size_t offset);

// `scenarios/x.json:12:9: message`, then the line of the file and a caret under the column; no line break at the end.
// Without a text, or a place, just the first line. Of a long line only the part around the column is shown; what a
// terminal would obey or cannot show appears as U+FFFD.
[[nodiscard]] std::string explain_error(const base::Error& error, std::string_view text);

}  // namespace smartcar_sim::document
