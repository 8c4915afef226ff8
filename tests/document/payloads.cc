#include "document/payloads.h"

#include <array>
#include <bit>
#include <cmath>

using smartcar_sim::document::Array;
using smartcar_sim::document::Object;
using smartcar_sim::document::Value;

namespace {

constexpr int kDeepest = 5;
constexpr std::int64_t kMaxSafeInteger = 9007199254740991;

constexpr std::array<double, 22> kExtremes = {0,
                                              5e-324,
                                              2.2250738585072014e-308,
                                              1.7976931348623157e308,
                                              -1.7976931348623157e308,
                                              1e21,
                                              999999999999999900000.0,
                                              1e20,
                                              1e-6,
                                              1e-7,
                                              0.00009,
                                              -0.000001,
                                              0.1,
                                              0.30000000000000004,
                                              9007199254740991,
                                              9007199254740992,
                                              -9007199254740994.0,
                                              123456789012345680.0,
                                              4.35,
                                              -122.419416,
                                              1.7800000000000002,
                                              100};

// U+2028 and U+2029 are line breaks to JavaScript but not to JSON; U+FEFF is a byte order mark in the middle.
constexpr std::array<const char*, 20> kCharacters = {
    "a",      "Z",      "0",      " ",      "/",      "\"",     "\\",         "<",          "\x7f",    "\u00e9",
    "\u00df", "\u4e2d", "\u2028", "\u2029", "\ufeff", "\uffff", "\U0001F697", "\U0010FFFF", "e\u0301", "\u0080"};

constexpr std::array<const char*, 13> kIndexKeys = {"0", "1", "2",   "10",         "9",          "01", "-1",
                                                    "a", "",  "1.5", "4294967294", "4294967295", " 1"};

}  // namespace

double Payloads::number() {
    switch (below(4)) {
        case 0:
            return kExtremes.at(below(kExtremes.size()));
        case 1:  // a longitude near the meridian of Greenwich: 7 digits bring it to the edge of the exponent form
            return static_cast<double>(below(1000) + 1) / (below(2) == 0 ? 1e7 : -1e7);
        case 2:  // a decimal with a few digits, as people and cars write them
            return static_cast<double>(below(100000000) + 1) / std::pow(10, static_cast<double>(below(12)));
        default:
            break;
    }
    const auto any = std::bit_cast<double>(numbers_());
    return std::isfinite(any) && any != 0 ? any : 1;
}

std::string Payloads::text() {
    std::string text;
    for (std::uint64_t left = below(12); left > 0; --left) {
        if (below(6) == 0) {
            text += static_cast<char>(below(0x20));
        } else {
            text += kCharacters.at(below(kCharacters.size()));
        }
    }
    return text;
}

Value Payloads::value(int depth) {
    switch (below(depth < kDeepest ? 8 : 6)) {
        case 0:
            return nullptr;
        case 1:
            return below(2) == 0;
        case 2:
            return static_cast<std::int64_t>(below(2 * static_cast<std::uint64_t>(kMaxSafeInteger) + 1)) -
                   kMaxSafeInteger;
        case 3:
        case 4:
            return number();
        case 5:
            return text();
        case 6:
            return array(depth + 1);
        default:
            return object(depth + 1);
    }
}

Value Payloads::array(int depth) {
    Array elements;
    for (std::uint64_t left = below(5); left > 0; --left) {
        elements.push_back(value(depth));
    }
    return elements;
}

Value Payloads::object(int depth) {
    Object members;
    const std::uint64_t count = below(6);
    for (std::uint64_t ordinal = 0; ordinal < count; ++ordinal) {
        // The ordinal keeps the keys apart; the text in front of it keeps them from being indexes.
        members.emplace_back(text() + "k" + std::to_string(ordinal), value(depth));
    }
    if (below(8) == 0) {
        members.insert(members.begin(), {{"7", value(depth)}, {"12", value(depth)}});
    }
    return members;
}

Value Payloads::payload() {
    Object members;
    const std::uint64_t count = 4 + below(5);
    for (std::uint64_t ordinal = 0; ordinal < count; ++ordinal) {
        members.emplace_back(text() + "k" + std::to_string(ordinal), value(0));
    }
    return members;
}

Value Payloads::object_of_indexes() {
    Object members;
    for (std::uint64_t left = below(5); left > 0; --left) {
        members.emplace_back(kIndexKeys.at(below(kIndexKeys.size())), static_cast<std::int64_t>(left));
    }
    return members;
}
