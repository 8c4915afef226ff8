#include "base/secret.h"

#include <algorithm>
#include <string_view>

namespace smartcar_sim::base {

namespace {

constexpr std::size_t kShownCharacters = 4;
// Of a shorter value four characters would be more than a third.
constexpr std::size_t kShortestShown = 12;

bool is_printable_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char byte) { return byte > ' ' && byte < '\x7f'; });
}

}  // namespace

std::string Secret::masked() const {
    const std::string ellipsis = "\u2026";
    if (value_.size() < kShortestShown) {
        return ellipsis;
    }
    const std::string tail = value_.substr(value_.size() - kShownCharacters);
    // Half a character would make the log invalid UTF-8, a line break would make it two lines.
    return is_printable_ascii(tail) ? ellipsis + tail : ellipsis;
}

}  // namespace smartcar_sim::base
