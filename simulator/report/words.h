// What the reports tell in the same words, and what they tell of a step that did not hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "delivery/transport.h"
#include "scenario/result.h"

namespace smartcar_sim::report {

// One line of what others wrote: base::printable() with blanks joined.
[[nodiscard]] std::string one_line(std::string_view text);

[[nodiscard]] std::string place_text(const base::Place& place);       // "scenarios/x.json:12:9", as far as it is known
[[nodiscard]] std::string heading(const scenario::StepResult& step);  // "step 6, send CHARGING_STARTED about car"
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);  // "1 step", "12 steps"
[[nodiscard]] std::string extent(const scenario::Result& result);             // "12 steps, 38m in 14 ms"
[[nodiscard]] std::string counts(const scenario::Summary& summary);  // "3 passed, 1 failed, 1 in error, 1 not run"
// "passed", "failed", "error"; "not finished" when it is nothing of that and yet the exit code is not 0.
[[nodiscard]] std::string_view verdict_on(const scenario::Summary& summary);
// "seed 7: repeat with --seed 7"
[[nodiscard]] std::string seed_line(std::uint64_t seed);

// "401 in 3 ms", "timeout in 15000 ms"
[[nodiscard]] std::string answer_in_short(const delivery::Answer& answer, base::Milliseconds took);

// One complaint about a step, with the exchange it is about. Empty is what there is nothing to tell of.
struct Finding {
    std::string expected, actual, why, fix;
    std::string request;   // the curl command
    std::string response;  // scenario::answer_line()
};

// Of a step that did not hold: its complaints, or that there is only what was expected of it.
[[nodiscard]] std::vector<Finding> findings(const scenario::StepResult& step);

// The lines of what others wrote, printable.
[[nodiscard]] std::vector<std::string> printable_lines(std::string_view text);
// The lines of a step as it stands in its file, without the blanks that all lines but the first begin with.
[[nodiscard]] std::vector<std::string> source_lines(const scenario::StepResult& step);

}  // namespace smartcar_sim::report
