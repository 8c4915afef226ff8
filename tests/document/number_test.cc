#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "document/writer.h"

using smartcar_sim::document::format_number;

// The examples are those of ECMA-262 section 6.1.6.1.20 and of Node's console.
TEST_CASE("a number is laid out by ECMAScript's rule") {
    const std::vector<std::pair<double, std::string>> numbers = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-1, "-1"},
        {100, "100"},
        {0.5, "0.5"},
        {-122.419416, "-122.419416"},
        {0.1 + 0.2, "0.30000000000000004"},
        {0.00009, "0.00009"},
        {0.000001, "0.000001"},
        {0.0000001, "1e-7"},
        {0.00000123, "0.00000123"},
        {0.000000123, "1.23e-7"},
        {9007199254740991, "9007199254740991"},
        {9007199254740992, "9007199254740992"},
        {123456789012345680.0, "123456789012345680"},
        {1e20, "100000000000000000000"},
        {999999999999999900000.0, "999999999999999900000"},
        {1e21, "1e+21"},
        {1.5e21, "1.5e+21"},
        {-1.25e22, "-1.25e+22"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {std::numeric_limits<double>::min(), "2.2250738585072014e-308"}};
    for (const auto& [number, text] : numbers) {
        CHECK(format_number(number) == text);
    }
}
