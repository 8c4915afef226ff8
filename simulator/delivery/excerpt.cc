#include "delivery/excerpt.h"

#include <algorithm>

#include "base/text.h"

namespace smartcar_sim::delivery {
namespace {

bool is_blank(char letter) { return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t'; }

// Length of the character at the front, 0 when it must not be shown: C0 and C1 controls, what is not UTF-8.
std::size_t printable(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x80) return first >= 0x20 && first != 0x7f ? 1 : 0;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (text.size() < length || !base::is_utf8(text.substr(0, length))) return 0;
    const bool c1 = first == 0xc2 && static_cast<unsigned char>(text[1]) < 0xa0;
    return c1 ? 0 : length;
}

}  // namespace

std::string excerpt(std::string_view text) {
    std::string out = "\"";
    std::size_t at = 0;
    while (at < text.size() && out.size() <= kExcerptBytes) {
        if (is_blank(text[at])) {
            out += ' ';
            at = std::min(text.find_first_not_of(" \n\r\t", at), text.size());
            continue;
        }
        const std::size_t length = printable(text.substr(at));
        out += length == 0 ? "?" : text.substr(at, length);
        at += std::max<std::size_t>(length, 1);
    }
    return out + (at < text.size() ? "\"…" : "\"");
}

}  // namespace smartcar_sim::delivery
