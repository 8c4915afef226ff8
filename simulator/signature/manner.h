// How a runtime writes JSON it has parsed: everything in which one differs from another, as one value.
// Private to signature/; rewriting.h names the runtimes.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "signature/json_tree.h"
#include "signature/unicode.h"

namespace smartcar_sim::signature {

// The decimal digits are the same everywhere: the fewest that read back as the same double. Where the point goes is
// not.
struct Fractions {
    int lowest = 0;                        // exponents from here
    int highest = 0;                       // to here are written without an "e"
    std::string_view whole = {};           // behind a whole number without an exponent: ".0" or nothing
    std::string_view lone = {};            // behind a single digit before an exponent: ".0" or nothing
    std::string_view raised = "e+";        // before a positive exponent
    std::string_view lowered = "e-";       // before a negative one
    std::size_t exponent_digits = 1;       // at least
    std::string_view minus_zero = "-0.0";  // what -0.0 becomes
    bool keeps_points = false;             // no "e" either where the point stands among the digits
    std::string_view infinity = {};        // what a number past all doubles becomes; empty: it stays as spelled
};

enum class Integers {
    kAsSpelled,             // but -0 is 0
    kUpTo64Bits,            // past that, doubles
    kDoubles,               // all are doubles
    kSpelledLikeFractions,  // fractions too: every number stays as it was spelled
};

enum class Order { kAsRead, kSorted, kIndexesFirst, kShortestFirst };

// Characters written as \u escapes besides those that JSON demands.
using Escapes = bool (*)(char32_t point);

enum class Strings { kJson, kPythonRepr, kRubyInspect, kBare };

struct Manner {
    std::string_view name = {};
    Integers integers = Integers::kAsSpelled;
    const Fractions* fractions = nullptr;  // nullptr: as spelled
    Order order = Order::kAsRead;
    Escapes escapes = nullptr;
    std::string_view hex_digits = kLowerHex;
    std::string_view short_escapes = "\"\\bfnrt";
    std::string_view slash = "/";
    std::string_view comma = ",";
    std::string_view colon = ":";
    std::string_view indent = {};  // with one, every element has a line of its own
    bool drops_nulls = false;
    bool reads_instants = false;     // 10:15:00.100Z becomes 10:15:00.1Z, and .000Z Z
    bool objects_are_lists = false;  // PHP's arrays: {} is [], and so is an object with the keys 0, 1, 2
    Strings strings = Strings::kJson;
    std::array<std::string_view, 3> words{"null", "false", "true"};
    std::string_view object_begins = "{";
    std::string_view object_ends = "}";
};

[[nodiscard]] std::string written_in(const Manner& manner, const Json& json);

}  // namespace smartcar_sim::signature
