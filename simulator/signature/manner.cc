#include "signature/manner.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <system_error>
#include <vector>

#include "base/text.h"
#include "signature/unicode.h"

namespace smartcar_sim::signature {
namespace {

// --- numbers ----------------------------------------------------------------------------------

// d.ddd x 10^exponent, by the fewest digits that read back as the same double.
struct Decimal {
    std::string digits;
    int exponent = 0;
};

Decimal shortest(double positive) {
    constexpr std::size_t kLongest = 32;
    std::array<char, kLongest> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), positive, std::chars_format::scientific).ptr;
    const std::string_view written(text.data(), static_cast<std::size_t>(end - text.data()));
    const std::size_t mark = written.find('e');
    Decimal decimal{.digits = std::string(written.substr(0, mark))};
    std::erase(decimal.digits, '.');
    const std::size_t sign = written[mark + 1] == '+' ? 2 : 1;  // from_chars takes no "+"
    std::from_chars(written.data() + mark + sign, end, decimal.exponent);
    return decimal;
}

std::string without_exponent(const Decimal& decimal, const Fractions& form) {
    std::string digits = decimal.digits;
    if (decimal.exponent < 0) return "0." + std::string(static_cast<std::size_t>(-decimal.exponent - 1), '0') + digits;
    const std::size_t before_point = static_cast<std::size_t>(decimal.exponent) + 1;
    if (digits.size() > before_point) return digits.insert(before_point, 1, '.');
    return digits.append(before_point - digits.size(), '0').append(form.whole);
}

std::string with_exponent(const Decimal& decimal, const Fractions& form) {
    std::string text = decimal.digits;
    text.size() > 1 ? text.insert(1, 1, '.') : text.append(form.lone);
    const std::string exponent = std::to_string(std::abs(decimal.exponent));
    text += decimal.exponent < 0 ? form.lowered : form.raised;
    if (exponent.size() < form.exponent_digits) text.append(form.exponent_digits - exponent.size(), '0');
    return text + exponent;
}

std::string written_double(double number, const Fractions& form) {
    if (number == 0) return std::signbit(number) ? std::string(form.minus_zero) : "0" + std::string(form.whole);
    const Decimal decimal = shortest(std::abs(number));
    const bool within_digits = decimal.exponent >= 0 && decimal.exponent + 1 < static_cast<int>(decimal.digits.size());
    const bool plain =
        (decimal.exponent >= form.lowest && decimal.exponent <= form.highest) || (form.keeps_points && within_digits);
    return (number < 0 ? "-" : "") + (plain ? without_exponent(decimal, form) : with_exponent(decimal, form));
}

std::string as_double(const std::string& spelled, const Fractions& form) {
    double number = 0;
    const auto [end, error] = std::from_chars(spelled.data(), spelled.data() + spelled.size(), number);
    if (error == std::errc()) return written_double(number, form);
    // Out of range: nothing is left of a tiny number, and a huge one is infinite.
    const std::size_t e = spelled.find_first_of("eE");
    const bool tiny = e != std::string::npos && spelled[e + 1] == '-';
    const bool negative = spelled.front() == '-';
    if (tiny) return written_double(negative ? -0.0 : 0.0, form);
    if (form.infinity.empty()) return spelled;
    return (negative && form.infinity != "null" ? "-" : "") + std::string(form.infinity);
}

std::string written_number(const std::string& spelled, const Manner& manner) {
    if (manner.integers == Integers::kSpelledLikeFractions || manner.fractions == nullptr) return spelled;
    const bool whole = spelled.find_first_of(".eE") == std::string::npos;
    if (!whole || manner.integers == Integers::kDoubles) return as_double(spelled, *manner.fractions);
    if (spelled == "-0") return "0";
    const bool fits = base::parse_number<std::int64_t>(spelled).has_value();
    return fits || manner.integers == Integers::kAsSpelled ? spelled : as_double(spelled, *manner.fractions);
}

// --- strings ----------------------------------------------------------------------------------

// The letter of a short escape, "n" for a line break; 0 when the manner has none.
char short_escape(char32_t point, const Manner& manner) {
    constexpr std::string_view kCharacters = "\"\\\b\f\n\r\t";
    constexpr std::string_view kLetters = "\"\\bfnrt";
    const std::size_t known = point < 0x80 ? kCharacters.find(static_cast<char>(point)) : std::string_view::npos;
    if (known == std::string_view::npos) return '\0';
    return manner.short_escapes.find(kLetters[known]) == std::string_view::npos ? '\0' : kLetters[known];
}

// Which characters of ASCII a manner writes as they are: most of any body is made of these.
using Plain = std::array<bool, 0x80>;

Plain plain_in(const Manner& manner) {
    Plain plain{};
    for (char32_t point = 0x20; point < plain.size(); ++point) {
        plain[point] =
            point != '"' && point != '\\' && point != '/' && (manner.escapes == nullptr || !manner.escapes(point));
    }
    return plain;
}

std::size_t plain_length(std::string_view text, const Plain& plain) {
    const auto end = std::ranges::find_if_not(text, [&](char byte) {
        const auto point = static_cast<unsigned char>(byte);
        return point < plain.size() && plain[point];
    });
    return static_cast<std::size_t>(end - text.begin());
}

void append_json_character(std::string& out, const Character& character, std::string_view bytes, const Manner& manner) {
    const char32_t point = character.point;
    if (const char letter = short_escape(point, manner)) {
        out.append(1, '\\').append(1, letter);
    } else if (point < 0x20 || point == '"' || point == '\\' || (point >= 0xD800 && point <= 0xDFFF) ||
               (manner.escapes != nullptr && character.valid && manner.escapes(point))) {
        append_unicode_escape(out, point, manner.hex_digits);
    } else {
        out += point == '/' ? manner.slash : bytes;
    }
}

std::string json_string(std::string_view text, const Manner& manner, const Plain& plain) {
    std::string out = "\"";
    while (!text.empty()) {
        const std::size_t run = plain_length(text, plain);
        out += text.substr(0, run);
        text.remove_prefix(run);
        if (text.empty()) break;
        const Character character = first_character(text);
        append_json_character(out, character, text.substr(0, character.length), manner);
        text.remove_prefix(character.length);
    }
    return out + '"';
}

// Python's and Ruby's forms for people: no printable character is escaped.
bool is_unprintable(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point <= 0xA0) || point == 0xAD || point == 0x2028 || point == 0x2029 ||
           (point >= 0xD800 && point <= 0xDFFF);
}

std::string python_repr(std::string_view text) {
    const bool single = text.find('\'') == std::string_view::npos || text.find('"') != std::string_view::npos;
    const char quote = single ? '\'' : '"';
    return quote +
           each_character(text,
                          [&](std::string& out, const Character& character, std::string_view bytes) {
                              constexpr std::string_view kBreaks = "\n\r\t";
                              const char32_t point = character.point;
                              const std::size_t named =
                                  point < 0x80 ? kBreaks.find(static_cast<char>(point)) : std::string_view::npos;
                              if (named != std::string_view::npos) {
                                  out.append(1, '\\').append(1, "nrt"[named]);
                              } else if (is_unprintable(point)) {
                                  point <= 0xFF ? append_hex(out += "\\x", point, kLowerHex, 2)
                                                : append_hex(out += "\\u", point, kLowerHex, 4);
                              } else {
                                  if (point == '\\' || point == static_cast<char32_t>(quote)) out += '\\';
                                  out += bytes;
                              }
                          }) +
           quote;
}

std::string ruby_inspect(std::string_view text) {
    constexpr std::string_view kCharacters = "\"\\\a\b\t\n\v\f\r\x1B";
    constexpr std::string_view kLetters = "\"\\abtnvfre";
    std::size_t at = 0;
    return '"' +
           each_character(text,
                          [&](std::string& out, const Character& character, std::string_view bytes) {
                              const char32_t point = character.point;
                              at += character.length;
                              const char next = at < text.size() ? text[at] : '\0';
                              const std::size_t named =
                                  point < 0x80 ? kCharacters.find(static_cast<char>(point)) : std::string_view::npos;
                              if (named != std::string_view::npos) {
                                  out.append(1, '\\').append(1, kLetters[named]);
                              } else if (is_unprintable(point) && point != 0xA0 && point != 0xAD) {
                                  append_unicode_escape(out, point, kUpperHex);
                              } else {
                                  if (point == '#' && (next == '{' || next == '$' || next == '@')) out += '\\';
                                  out += bytes;
                              }
                          }) +
           '"';
}

std::string written_string(std::string_view text, const Manner& manner, const Plain& plain) {
    switch (manner.strings) {
        case Strings::kJson:
            return json_string(text, manner, plain);
        case Strings::kPythonRepr:
            return python_repr(text);
        case Strings::kRubyInspect:
            return ruby_inspect(text);
        case Strings::kBare:
            break;
    }
    return std::string(text);
}

// "2022-04-13T10:15:00.000Z" without the zeros, as a date that was read and written again; other text as it is.
std::string_view without_zeros(std::string_view text, std::string& storage) {
    constexpr std::string_view kForm = "0000-00-00T00:00:00.";
    if (text.size() <= kForm.size() || !text.ends_with('Z')) return text;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const bool digit = i >= kForm.size() || kForm[i] == '0';
        if (digit ? text[i] < '0' || text[i] > '9' : text[i] != kForm[i]) return text;
    }
    const std::size_t last = text.find_last_not_of('0', text.size() - 2);
    storage = text.substr(0, text[last] == '.' ? last : last + 1);
    return storage += 'Z';
}

// --- order ------------------------------------------------------------------------------------

// An array index to JavaScript: "0" to "4294967294" without leading zeros.
std::optional<std::uint32_t> index_of(const std::string& name) {
    const auto index = base::parse_number<std::uint32_t>(name);
    const bool is_index =
        index && *index != std::numeric_limits<std::uint32_t>::max() && std::to_string(*index) == name;
    return is_index ? index : std::nullopt;
}

bool comes_first(const std::string& left, const std::string& right, Order order) {
    if (order == Order::kSorted) return left < right;
    if (order == Order::kShortestFirst) {
        return left.size() != right.size() ? left.size() < right.size() : left < right;
    }
    const auto left_index = index_of(left);
    const auto right_index = index_of(right);
    if (!left_index) return false;
    return !right_index || *left_index < *right_index;
}

std::vector<std::size_t> order_of(const Json& json, const Manner& manner) {
    std::vector<std::size_t> places(json.items.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    if (json.kind == Json::Kind::kObject && manner.order != Order::kAsRead) {
        std::ranges::stable_sort(places, [&](std::size_t left, std::size_t right) {
            return comes_first(json.names[left], json.names[right], manner.order);
        });
    }
    if (manner.drops_nulls && json.kind == Json::Kind::kObject) {
        std::erase_if(places, [&](std::size_t place) { return json.items[place].kind == Json::Kind::kNull; });
    }
    return places;
}

// To PHP's arrays: keys 0, 1, 2, … in that order.
bool is_list(const Json& json) {
    for (std::size_t i = 0; i < json.names.size(); ++i) {
        if (json.names[i] != std::to_string(i)) return false;
    }
    return true;
}

// --- values -----------------------------------------------------------------------------------

class TreeWriter {
public:
    TreeWriter(const Manner& manner, std::string& out) : manner_(manner), out_(out) {}

    void value(const Json& json) {
        switch (json.kind) {
            case Json::Kind::kNull:
            case Json::Kind::kFalse:
            case Json::Kind::kTrue:
                out_ += manner_.words[static_cast<std::size_t>(json.kind)];
                break;
            case Json::Kind::kNumber:
                out_ += written_number(json.text, manner_);
                break;
            case Json::Kind::kString:
                out_ += written_string(value_text(json.text), manner_, plain_);
                break;
            case Json::Kind::kArray:
            case Json::Kind::kObject:
                container(json);
        }
    }

private:
    std::string_view value_text(const std::string& text) {
        return manner_.reads_instants ? without_zeros(text, instant_) : std::string_view(text);
    }

    void container(const Json& json) {
        const bool named = json.kind == Json::Kind::kObject && !(manner_.objects_are_lists && is_list(json));
        out_ += named ? manner_.object_begins : "[";
        ++depth_;
        const std::vector<std::size_t> places = order_of(json, manner_);
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (i > 0) out_ += manner_.comma;
            break_line();
            if (named) {
                out_ += written_string(json.names[places[i]], manner_, plain_);
                out_ += manner_.colon;
            }
            value(json.items[places[i]]);
        }
        --depth_;
        if (!places.empty()) break_line();
        out_ += named ? manner_.object_ends : "]";
    }

    void break_line() {
        if (manner_.indent.empty()) return;
        out_ += '\n';
        for (int i = 0; i < depth_; ++i) out_ += manner_.indent;
    }

    const Manner& manner_;
    const Plain plain_ = plain_in(manner_);
    std::string instant_;
    std::string& out_;
    int depth_ = 0;
};

}  // namespace

std::string written_in(const Manner& manner, const Json& json) {
    std::string text;
    TreeWriter(manner, text).value(json);
    return text;
}

}  // namespace smartcar_sim::signature
