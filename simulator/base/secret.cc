#include "base/secret.h"

#include <algorithm>
#include <string_view>

namespace smartcar_sim::base {

namespace {

constexpr std::size_t kShownCharacters = 4;
// Of a shorter value four characters would be more than a third.
constexpr std::size_t kShortestShown = 12;

bool is_printable_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char byte) { return byte > ' ' && byte < '\x7f'; });
}

}  // namespace

std::string Secret::masked() const {
    constexpr std::string_view kEllipsis = "\u2026";
    if (value_.size() < kShortestShown) {
        return std::string(kEllipsis);
    }
    const std::string tail = value_.substr(value_.size() - kShownCharacters);
    // Half a character would make the log invalid UTF-8, a line break would make it two lines.
    return std::string(kEllipsis) + (is_printable_ascii(tail) ? tail : "");
}

}  // namespace smartcar_sim::base
