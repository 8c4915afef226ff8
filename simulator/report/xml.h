// Pieces of XML that any parser reads back as what was written, or as U+FFFD where XML cannot say it. Private to
// report/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace smartcar_sim::report {

[[nodiscard]] std::string xml_text(std::string_view text);
[[nodiscard]] std::string xml_attribute(std::string_view name, std::string_view text);  // ` name="text"`
[[nodiscard]] std::string seconds(base::Milliseconds time);                             // "15.003"

// What JUnit says of a <testsuite> and of all <testsuites>.
struct JunitTotals {
    std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
    base::Milliseconds time{0};

    [[nodiscard]] std::string attributes() const;
};
// A line within a suite's <properties>.
[[nodiscard]] std::string junit_property(std::string_view name, std::string_view value);

}  // namespace smartcar_sim::report
