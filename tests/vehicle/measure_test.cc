#include "vehicle/measure.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "contract/signals.h"
#include "document/json.h"
#include "document/writer.h"

namespace smartcar_sim::vehicle {
namespace {

TEST_CASE("a number is as many steps as its unit has of them") {
    struct Row {
        double number;
        std::string_view unit;
        std::int64_t steps;
    };
    const std::vector<Row> rows = {
        {78, "percent", 7'800},
        {42.5, "percent", 4'250},
        {0.29, "percent", 29},
        {283.2, "km", 283'200},
        {42506.3, "km", 42'506'300},
        {0.001, "km", 1},
        {80.9, "kWh", 80'900},
        {219.3, "kPa", 219'300},
        {7'200, "watts", 7'200},
        {13.25, "ampere", 13'250},
        {223.5, "volts", 223'500},
        {-12.25, "celsius", -1'225},
        {84.32, "km/h", 84'320},
        {84.32, "kph", 84'320},
        {53.2, "liters", 53'200},
        {3, "count", 3},
        {95, "", 95},
        {-0.0, "km", 0},
        {10'000'000, "km", 10'000'000'000},
        {-10'000'000, "km", -10'000'000'000},
    };
    for (const Row& row : rows) {
        CAPTURE(row.number, row.unit);
        const auto steps = steps_of(row.number, measure_of(row.unit));
        REQUIRE(steps);
        CHECK(*steps == row.steps);
    }
    CHECK(*steps_of(-122.4194, kCoordinate) == -122'419'400);
    CHECK(*steps_of(45.5, kDegrees) == 4'550);
}

TEST_CASE("a number finer than a step, or too large, is none") {
    struct Row {
        double number;
        std::string_view unit;
    };
    const std::vector<Row> rows = {
        {283.244544, "km"},
        {42.505, "percent"},
        {0.0001, "km"},
        {0.3000001, "km"},
        {0.5, "count"},
        {0.5, "watts"},
        {10'000'000.001, "km"},
        {1e300, "km"},
        {-1e300, "km"},
        {std::numeric_limits<double>::infinity(), "km"},
        {std::numeric_limits<double>::quiet_NaN(), "km"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.number, row.unit);
        CHECK_FALSE(steps_of(row.number, measure_of(row.unit)).has_value());
    }
}

TEST_CASE("binary noise is not finer than a step") {
    CHECK(steps_of(0.1 + 0.2, measure_of("km")).value() == 300);
    CHECK(steps_of(1.1 * 3, measure_of("percent")).value() == 330);
    double sum = 0;
    for (int i = 0; i < 1000; ++i) sum += 0.1;
    CHECK(sum != 100);
    CHECK(steps_of(sum, measure_of("km")).value() == 100'000);
}

TEST_CASE("every number of steps comes back from the JSON it is written as") {
    std::mt19937_64 random(3);
    std::uniform_int_distribution<std::int64_t> any(-10'000'000'000, 10'000'000'000);
    for (const contract::Signal& signal : contract::signals()) {
        const Measure& measure = measure_of(signal.unit);
        for (int round = 0; round < 50; ++round) {
            const std::int64_t steps = round == 0 ? 9'999'999'999 : any(random) >> (round % 30);
            const auto text = document::write(decimal(steps, measure.per_unit));
            REQUIRE(text.ok());
            CAPTURE(text.value());
            const auto read = document::parse(text.value());
            REQUIRE(read.ok());
            const auto same = steps_of(read.value().number(), measure);
            REQUIRE(same);
            CHECK(*same == steps);
        }
    }
}

TEST_CASE("steps are written with no more digits than they need") {
    struct Row {
        std::int64_t steps, per_unit;
        std::string_view text;
    };
    const std::vector<Row> rows = {
        {4'250, 100, "42.5"},
        {7'800, 100, "78"},
        {1, 1'000, "0.001"},
        {-1'225, 100, "-12.25"},
        {0, 100, "0"},
        {283'245, 1'000, "283.245"},
        {-122'419'400, 1'000'000, "-122.4194"},
        {7, 1, "7"},
    };
    for (const Row& row : rows) CHECK(document::write(decimal(row.steps, row.per_unit)).value() == row.text);
}

TEST_CASE("rounding is to the nearest, and half away from zero") {
    struct Row {
        double number;
        int places;
        std::string_view text;
    };
    const std::vector<Row> rows = {
        {175.97232164161298, 6, "175.972322"},
        {2.5, 0, "3"},
        {-2.5, 0, "-3"},
        {0.1 + 0.2, 6, "0.3"},
        {-0.0000001, 6, "0"},
        {1'000'000, 6, "1000000"},
        {1e20, 0, "100000000000000000000"},
    };
    for (const Row& row : rows) CHECK(document::write(rounded(row.number, row.places)).value() == row.text);
}

}  // namespace
}  // namespace smartcar_sim::vehicle
