#include <algorithm>

#include "base/text.h"
#include "document/json.h"
#include "document/scanner.h"

namespace smartcar_sim::document {

namespace {

// Characters shown on either side of the caret.
constexpr std::size_t kWindow = 60;

std::size_t character_length(std::string_view text) { return std::max<std::size_t>(base::utf8_length(text), 1); }

std::string_view line_of(std::string_view text, int line) {
    for (int number = 1; number < line; ++number) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) {
            return {};
        }
        text.remove_prefix(end + 1);
    }
    std::string_view found = text.substr(0, text.find('\n'));
    if (!found.empty() && found.back() == '\r') {
        found.remove_suffix(1);
    }
    return found;
}

// A character as it may go to a terminal: one for one, so that columns stay.
std::string_view printable(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    const bool control = (first < 0x20 && first != '\t') || first == 0x7F || base::utf8_length(character) == 0 ||
                         (first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0);
    return control ? "\uFFFD" : character;
}

// The line and the line below it that points at the character of `column`.
std::string pointed_at(std::string_view line, std::size_t column) {
    const std::size_t first = column > kWindow + 1 ? column - kWindow : 1;
    std::string shown = first > 1 ? "\u2026" : "";
    std::string blanks = first > 1 ? " " : "";
    std::size_t number = 1;
    for (; !line.empty() && number <= column + kWindow; ++number) {
        const std::string_view character = line.substr(0, character_length(line));
        line.remove_prefix(character.size());
        if (number >= first) {
            shown += printable(character);
        }
        if (number >= first && number < column) {
            blanks += character == "\t" ? '\t' : ' ';
        }
    }
    // A column behind the end of the line: the text ended too soon.
    blanks.append(column > number ? column - number : 0, ' ');
    return shown + (line.empty() ? "" : "\u2026") + "\n" + blanks + "^";
}

std::string first_line(const base::Error& error) {
    if (!error.place) {
        return error.message;
    }
    const base::Place& place = *error.place;
    std::string text = place.file;
    if (place.line > 0) {
        text += ":" + std::to_string(place.line);
        if (place.column > 0) {
            text += ":" + std::to_string(place.column);
        }
    }
    return text + ": " + error.message;
}

}  // namespace

base::Place place_of(std::string_view name, std::string_view text, std::size_t offset) {
    std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t line_break = before.rfind('\n');
    before.remove_prefix(line_break == std::string_view::npos ? 0 : line_break + 1);
    int column = 1;
    while (!before.empty()) {
        before.remove_prefix(character_length(before));
        ++column;
    }
    return {std::string(name), static_cast<int>(line), column};
}

std::string_view source_of(std::string_view text, std::size_t offset) {
    Scanner scanner(text);
    scanner.skip(std::min(offset, text.size()));
    int depth = 0;
    do {
        const std::size_t start = scanner.take_token();
        const char first = start < text.size() ? text[start] : '\0';
        if (first == '{' || first == '[') ++depth;
        if (first == '}' || first == ']') --depth;
    } while (depth > 0 && !scanner.at_end());
    return text.substr(offset, scanner.at() - offset);
}

std::string explain_error(const base::Error& error, std::string_view text) {
    if (!error.place || error.place->line <= 0 || error.place->column <= 0 || text.empty()) {
        return first_line(error);
    }
    const std::string_view line = line_of(text, error.place->line);
    return first_line(error) + "\n" + pointed_at(line, static_cast<std::size_t>(error.place->column));
}

}  // namespace smartcar_sim::document
