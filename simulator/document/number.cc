#include "document/number.h"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <string_view>

#include "document/writer.h"

namespace smartcar_sim::document {

namespace {

// Long enough for "-9223372036854775808" and for 17 digits, sign, point and exponent.
constexpr std::size_t kLongestNumber = 32;

// The shortest decimal that reads back as the same double: 0.d1d2d3... x 10^point.
struct Decimal {
    std::string digits;  // short enough never to be allocated
    int point = 0;
};

Decimal shortest_decimal(double positive) {
    std::array<char, kLongestNumber> text{};
    const auto [end, error] =
        std::to_chars(text.data(), text.data() + text.size(), positive, std::chars_format::scientific);
    assert(error == std::errc());
    const std::string_view written(text.data(), static_cast<std::size_t>(end - text.data()));
    const std::size_t mark = written.find('e');
    Decimal decimal;
    decimal.digits = written[0];
    if (mark > 2) {
        decimal.digits += written.substr(2, mark - 2);
    }
    // from_chars takes no "+".
    const char* exponent = written.data() + mark + (written[mark + 1] == '+' ? 2 : 1);
    std::from_chars(exponent, end, decimal.point);
    ++decimal.point;
    return decimal;
}

void append_with_exponent(std::string& out, const Decimal& decimal) {
    out += decimal.digits[0];
    if (decimal.digits.size() > 1) {
        out += '.';
        out.append(decimal.digits, 1);
    }
    const int exponent = decimal.point - 1;
    out += exponent < 0 ? "e-" : "e+";
    append_integer(out, exponent < 0 ? -exponent : exponent);
}

// The steps of the standard, where `count` is its k and decimal.point its n.
void lay_out(std::string& out, const Decimal& decimal) {
    const int count = static_cast<int>(decimal.digits.size());
    if (decimal.point > 21 || decimal.point < -5) {
        append_with_exponent(out, decimal);
    } else if (decimal.point <= 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-decimal.point), '0');
        out += decimal.digits;
    } else if (decimal.point >= count) {
        out += decimal.digits;
        out.append(static_cast<std::size_t>(decimal.point - count), '0');
    } else {
        const auto whole = static_cast<std::size_t>(decimal.point);
        out.append(decimal.digits, 0, whole);
        out += '.';
        out.append(decimal.digits, whole);
    }
}

bool is_safe_integer(double number) {
    return std::abs(number) <= static_cast<double>(kMaxSafeInteger) && number == std::trunc(number);
}

}  // namespace

void append_integer(std::string& out, std::int64_t number) {
    std::array<char, kLongestNumber> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
    assert(error == std::errc());
    out.append(text.data(), end);
}

void append_number(std::string& out, double number) {
    assert(std::isfinite(number));
    if (is_safe_integer(number)) {
        append_integer(out, static_cast<std::int64_t>(number));
        return;
    }
    if (number < 0) {
        out += '-';
    }
    lay_out(out, shortest_decimal(std::abs(number)));
}

std::string format_number(double number) {
    std::string text;
    append_number(text, number);
    return text;
}

}  // namespace smartcar_sim::document
