#include "report/markdown_text.h"

#include <algorithm>

#include "base/text.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

// Whether the letter at `at` of a line marks something up: the "_" within CHARGING_STARTED does not, and a ":" or "."
// only in what GitHub would make a link of.
bool is_markup(std::string_view line, std::size_t at) {
    constexpr std::string_view kMarkup = "\\`*[]#~|$";
    const char before = at > 0 ? line[at - 1] : ' ';
    const char after = at + 1 < line.size() ? line[at + 1] : ' ';
    switch (line[at]) {
        case '_':
            return !base::is_alphanumeric(before) || !base::is_alphanumeric(after);
        case ':':
            return after == '/';
        case '.':
            return at >= 3 && base::equal_but_for_case(line.substr(at - 3, 3), "www");
        default:
            return kMarkup.find(line[at]) != std::string_view::npos;
    }
}

// What stands for the letter at `at` of a line. An empty comment keeps "@name" from calling somebody; a character
// reference would not.
std::string escaped(std::string_view line, std::size_t at) {
    switch (line[at]) {
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '&':
            return "&amp;";
        case '@':
            return "@<!-- -->";
        default:
            return (is_markup(line, at) ? "\\" : "") + std::string(1, line[at]);
    }
}

// More backticks than stand together anywhere in the text, and at least `least`.
std::string fence_for(std::string_view text, std::size_t least) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char letter : text) {
        run = letter == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    std::string fence(std::max(longest + 1, least), '`');
    return fence;
}

}  // namespace

std::string prose(std::string_view text) {
    const std::string line = one_line(text);
    std::string out;
    for (std::size_t at = 0; at < line.size(); ++at) out += escaped(line, at);
    return out;
}

// A blank on either side is taken away again by whoever shows it.
std::string code(std::string_view text) {
    const std::string line = one_line(text);
    if (line.empty()) return {};
    const std::string fence = fence_for(line, 1);
    const std::string blank = line.front() == '`' || line.back() == '`' || line.front() == ' ' ? " " : "";
    return fence + blank + line + blank + fence;
}

std::string code_in_cell(std::string_view text) {
    std::string out;
    for (const char letter : code(text)) {
        if (letter == '|') out += '\\';
        out += letter;
    }
    return out;
}

std::string block(std::string_view language, std::string_view content) {
    const std::string fence = fence_for(content, 3);
    std::string text = fence;
    text.append(language).append("\n").append(content);
    if (!content.ends_with('\n')) text += '\n';
    return text + fence + "\n\n";
}

std::string item(std::string_view label, const std::string& content) {
    return content.empty() ? "" : "- **" + std::string(label) + "** " + content + "\n";
}

}  // namespace smartcar_sim::report
