#include "base/printable.h"

#include <algorithm>

#include "base/text.h"

namespace smartcar_sim::base {

namespace {

constexpr std::string_view kReplacement = "\uFFFD";
constexpr std::string_view kBlanks = " \t\r\n";

bool refuses_nothing(std::string_view /*character*/) { return false; }

bool is_control_but_blank(std::string_view character) {
    return is_control(character) && kBlanks.find(character) == std::string_view::npos;
}

std::string with_blanks_joined(std::string_view text) {
    std::string line;
    line.reserve(text.size());
    while (!text.empty()) {
        const std::size_t blanks = std::min(text.find_first_not_of(kBlanks), text.size());
        if (blanks > 0) line += ' ';
        text.remove_prefix(blanks);
        const std::size_t word = std::min(text.find_first_of(kBlanks), text.size());
        line += text.substr(0, word);
        text.remove_prefix(word);
    }
    return line;
}

// "\r\n" and "\r" alone, which would let a line overwrite itself, become "\n".
std::string with_line_feeds(std::string_view text) {
    std::string lines;
    lines.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\r') {
            lines += text[at];
        } else if (at + 1 == text.size() || text[at + 1] != '\n') {
            lines += '\n';
        }
    }
    return lines;
}

}  // namespace

bool is_control(std::string_view character) {
    const auto first = static_cast<unsigned char>(character.front());
    if (first == 0xC2 && character.size() > 1) return static_cast<unsigned char>(character[1]) < 0xA0;
    return first < 0x20 || first == 0x7F;
}

std::string replaced(std::string_view text, Refuses refuses) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
        out += length == 0 || refuses(character) ? kReplacement : character;
        text.remove_prefix(character.size());
    }
    return out;
}

std::string as_utf8(std::string_view text) {
    return is_utf8(text) ? std::string(text) : replaced(text, refuses_nothing);
}

std::string printable(std::string_view text, Lines lines) {
    const std::string shown = replaced(text, is_control_but_blank);
    return lines == Lines::kJoined ? with_blanks_joined(shown) : with_line_feeds(shown);
}

std::string escape_html(std::string_view text) {
    std::string html;
    html.reserve(text.size());
    for (const char letter : text) {
        switch (letter) {
            case '&':
                html += "&amp;";
                break;
            case '<':
                html += "&lt;";
                break;
            case '>':
                html += "&gt;";
                break;
            case '"':
                html += "&quot;";
                break;
            case '\'':
                html += "&#39;";
                break;
            default:
                html += letter;
        }
    }
    return html;
}

std::string_view beginning(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    // The character that the limit would halve has at most three bytes before it.
    for (std::size_t back = 1; back <= std::min<std::size_t>(limit, 3); ++back) {
        const std::size_t length = utf8_length(text.substr(limit - back));
        if (length > back) return text.substr(0, limit - back);
        if (length != 0) break;
    }
    return text.substr(0, limit);
}

std::string shortened(std::string_view text) {
    std::string line = printable(beginning(text, kShownBytes), Lines::kJoined);
    if (line.ends_with(' ')) line.pop_back();
    if (text.size() > kShownBytes) line += "… (" + std::to_string(text.size()) + " bytes)";
    return line;
}

}  // namespace smartcar_sim::base
