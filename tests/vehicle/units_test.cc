#include "vehicle/units.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "document/writer.h"

namespace smartcar_sim::vehicle {
namespace {

using Show = document::Value (*)(std::int64_t, UnitSystem);

std::string text_of(const document::Value& value) {
    const auto text = document::write(value);
    REQUIRE(text.ok());
    return text.value();
}

// Imperial figures: decimal arithmetic with 50 digits from 1609.344 m, 3.785411784 l and 0.45359237 kg * 9.80665 m/s^2
// / (0.0254 m)^2.
TEST_CASE("each quantity is shown in both unit systems") {
    struct Row {
        Show show;
        std::int64_t steps;
        std::string_view metric, imperial;
    };
    const std::vector<Row> rows = {
        {distance, 0, "0", "0"},
        {distance, 1, "0.001", "0.000621"},
        {distance, 40'500, "40.5", "25.165533"},
        {distance, 104'320, "104.32", "64.821443"},
        {distance, 804'672, "804.672", "500"},
        {distance, 1'609'344, "1609.344", "1000"},
        {distance, 42'506'300, "42506.3", "26412.190309"},
        {distance, 10'000'000'000, "10000000", "6213711.922373"},
        {speed, 84'320, "84.32", "52.394019"},
        {volume, 1, "0.001", "0.000264"},
        {volume, 53'200, "53.2", "14.053953"},
        {volume, 70'000, "70", "18.492044"},
        {pressure, 1, "0.001", "0.000145"},
        {pressure, 175'000, "175", "25.381604"},
        {pressure, 219'300, "219.3", "31.806776"},
        {pressure, 290'000, "290", "42.060944"},
        {temperature, 0, "0", "32"},
        {temperature, 2'000, "20", "68"},
        {temperature, 1, "0.01", "32.018"},
        {temperature, -4'000, "-40", "-40"},
        {temperature, -1'225, "-12.25", "9.95"},
        {temperature, 3'320, "33.2", "91.76"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.steps, row.metric);
        CHECK(text_of(row.show(row.steps, UnitSystem::kMetric)) == row.metric);
        CHECK(text_of(row.show(row.steps, UnitSystem::kImperial)) == row.imperial);
    }
}

TEST_CASE("what is shown in the other unit comes back to the same metre, pascal, millilitre or hundredth") {
    struct Row {
        Show show;
        double steps_per_imperial;
        double zero;  // what no steps are shown as
        std::int64_t most;
    };
    const std::vector<Row> rows = {
        {distance, 1609.344, 0, 2'000'000'000}, {speed, 1609.344, 0, 500'000},
        {volume, 3785.411784, 0, 1'000'000},    {pressure, 6894.757293168361, 0, 1'000'000},
        {temperature, 1 / 0.018, 32, 10'000},
    };
    std::mt19937_64 random(5);
    for (const Row& row : rows) {
        CAPTURE(row.steps_per_imperial);
        for (int round = 0; round < 2'000; ++round) {
            const auto steps = std::uniform_int_distribution<std::int64_t>(0, row.most)(random);
            const double shown = row.show(steps, UnitSystem::kImperial).number();
            CHECK(std::llround((shown - row.zero) * row.steps_per_imperial) == steps);
            CHECK(text_of(row.show(steps, UnitSystem::kImperial)).size() <= 14);  // 1234567.123456
        }
    }
}

TEST_CASE("a fraction has four decimals and no binary dust") {
    for (std::int64_t points = 0; points <= 10'000; ++points) {
        const std::string text = text_of(fraction(points));
        CAPTURE(text);
        CHECK(text.size() <= std::string_view("0.1234").size());
        CHECK(std::llround(std::stod(text) * 10'000) == points);
    }
    CHECK(text_of(fraction(2'900)) == "0.29");
    CHECK(text_of(fraction(10'000)) == "1");
}

TEST_CASE("a temperature is read in the unit system it is given in, to the nearest hundredth of a degree Celsius") {
    struct Row {
        double given;
        UnitSystem units;
        std::optional<std::int64_t> hundredths;
    };
    constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    const std::vector<Row> rows = {
        {20.5, UnitSystem::kMetric, 2'050},    {-12.25, UnitSystem::kMetric, -1'225},
        {68, UnitSystem::kImperial, 2'000},    {-40, UnitSystem::kImperial, -4'000},
        {70, UnitSystem::kImperial, 2'111},    {20.004, UnitSystem::kMetric, 2'000},
        {1'000, UnitSystem::kMetric, 100'000}, {1'000.5, UnitSystem::kMetric, std::nullopt},
        {kNothing, UnitSystem::kMetric, {}},   {kInfinity, UnitSystem::kImperial, {}},
        {-kInfinity, UnitSystem::kMetric, {}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.given);
        CHECK(parse_temperature(row.given, row.units) == row.hundredths);
    }
}

TEST_CASE("a temperature of the state comes back from either unit system") {
    for (std::int64_t hundredths = -5'000; hundredths <= 6'000; hundredths += 7) {
        for (const UnitSystem units : {UnitSystem::kMetric, UnitSystem::kImperial}) {
            CHECK(parse_temperature(temperature(hundredths, units).number(), units) == hundredths);
        }
    }
}

TEST_CASE("unit systems are spelled in lower case") {
    CHECK(parse_unit_system("imperial") == UnitSystem::kImperial);
    CHECK(parse_unit_system("metric") == UnitSystem::kMetric);
    for (const std::string_view text : {"Metric", "IMPERIAL", "", "metric "}) CHECK_FALSE(parse_unit_system(text));
    CHECK(name_of(UnitSystem::kMetric) == "metric");
    CHECK(name_of(UnitSystem::kImperial) == "imperial");
}

}  // namespace
}  // namespace smartcar_sim::vehicle
