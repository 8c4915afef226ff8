// Pieces of an HTML page that is one file: it asks for nothing from anywhere, needs no script, and follows the reader's
// screen, scheme and printer. Private to report/.
//
// Texts that others wrote come in as they are and stand in the page as text, whatever they say.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace smartcar_sim::report {

// How much a page may hold before it says less of what comes: with that much in it, it is slow to open.
inline constexpr std::size_t kRoomyPage = std::size_t{3} * 1024 * 1024;

[[nodiscard]] std::string html_text(std::string_view text);   // printable, on one line
[[nodiscard]] std::string html_lines(std::string_view text);  // printable, with its line breaks and blanks
[[nodiscard]] std::string html_attribute(std::string_view name, std::string_view value);  // ` name="value"`

// `<p class="look">text</p>`
[[nodiscard]] std::string html_element(std::string_view name, std::string_view look, std::string_view text);

// A word that says how something went, with a mark before it. Looks: "pass", "fail", "skip", "unknown".
[[nodiscard]] std::string html_verdict(std::string_view look, std::string_view word);
[[nodiscard]] std::string_view html_mark(std::string_view look);

// One row of a list of terms; nothing of an empty text.
[[nodiscard]] std::string html_term(std::string_view label, std::string_view text);

// What can be folded away; `head` and `content` are HTML.
enum class Fold { kOpen, kClosed };
[[nodiscard]] std::string html_folded(Fold fold, const std::string& head, const std::string& content);

// The whole page; `body` is HTML: a header and a main part.
[[nodiscard]] std::string html_page(std::string_view title, const std::string& body, std::string_view version);

}  // namespace smartcar_sim::report
