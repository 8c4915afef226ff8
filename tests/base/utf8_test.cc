#include <string>
#include <vector>

#include "base/text.h"
#include "catch.h"

using smartcar_sim::base::is_utf8;
using smartcar_sim::base::utf8_length;

namespace {

// The definition, not the table that utf8.cc uses: every code point but the surrogates, in its shortest form.
std::string encode(unsigned code_point) {
    const auto byte = [](unsigned value) { return std::string(1, static_cast<char>(value)); };
    const auto tail = [&](unsigned shift) { return byte(0x80 | ((code_point >> shift) & 0x3F)); };
    if (code_point < 0x80) return byte(code_point);
    if (code_point < 0x800) return byte(0xC0 | (code_point >> 6)) + tail(0);
    if (code_point < 0x10000) return byte(0xE0 | (code_point >> 12)) + tail(6) + tail(0);
    return byte(0xF0 | (code_point >> 18)) + tail(12) + tail(6) + tail(0);
}

bool is_surrogate(unsigned code_point) { return code_point >= 0xD800 && code_point <= 0xDFFF; }

}  // namespace

TEST_CASE("every code point but the surrogates is UTF-8") {
    std::vector<unsigned> wrong;
    for (unsigned code_point = 0; code_point <= 0x10FFFF; ++code_point) {
        const std::string character = encode(code_point);
        const std::size_t length = is_surrogate(code_point) ? 0 : character.size();
        if (utf8_length(character) != length || is_utf8(character) != (length > 0) ||
            smartcar_sim::base::code_point(character) != code_point) {
            wrong.push_back(code_point);
        }
    }
    CHECK(wrong.empty());
}

TEST_CASE("what is past U+10FFFF, overlong or cut short is not UTF-8") {
    for (const char* text : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xF0\x80\x80\x80",
                             "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3", "\xE2\x82",
                             "\xF0\x9F\x98", "\xC3\x28", "\xE2\x82\x28", "\xF0\x9F\x98\x28", "\xED\xA0\x80"}) {
        CAPTURE(smartcar_sim::base::to_hex(text));
        CHECK(utf8_length(text) == 0);
        CHECK_FALSE(is_utf8(text));
    }
}

TEST_CASE("a bad byte is found wherever it stands in a longer text") {
    for (std::size_t at = 0; at < 40; ++at) {
        std::string text(40, 'a');
        CHECK(is_utf8(text));
        text[at] = '\xFF';
        CAPTURE(at);
        CHECK_FALSE(is_utf8(text));
    }
}

TEST_CASE("an empty text is UTF-8 of no character") {
    CHECK(is_utf8(""));
    CHECK(utf8_length("") == 0);
    CHECK(is_utf8(std::string("\0", 1)));
    CHECK(utf8_length(std::string("\0a", 2)) == 1);
}
