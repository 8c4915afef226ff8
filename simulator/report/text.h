// A run as a person reads it on a terminal.
//
// Whatever a callback, an application or a scenario's author wrote is printable in it: base::printable().
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "scenario/result.h"

namespace smartcar_sim::report {

enum class Tone { kGood, kBad, kWarning, kDim, kStrong };
// Gives a text its colour, or gives it back as it is.
using Paint = std::function<std::string(Tone tone, std::string_view text)>;
[[nodiscard]] std::string unpainted(Tone tone, std::string_view text);

enum class Detail {
    kWhatFailed,
    kEverySteps,  // also the steps that passed, and each exchange
};

// "passed  scenarios/x.json  A charging session  12 steps, 38m in 14 ms" and, below it, each step that did not hold:
// where it stands, its source, what was expected and what came, why, what to do about it, the request as a curl command
// and the answer; then the application's last lines. Ends with a line break.
[[nodiscard]] std::string scenario_text(const scenario::Result& result, Detail detail, const Paint& paint);

// What scenario_text() has below its first line with kWhatFailed and no colour: what a CI system shows of a failure.
[[nodiscard]] std::string failure_text(const scenario::Result& result);

// All of a scenario, every step of it, without colour.
[[nodiscard]] std::string transcript(const scenario::Result& result);

// Of a scenario that did not pass, where and what, two lines a step: for the end of a long run.
[[nodiscard]] std::string brief_text(const scenario::Result& result, const Paint& paint);

// The end of a run: what failed once more, the slowest steps, the counts, and how to repeat it. `failed_again` is what
// brief_text() gave of each scenario that failed. Ends with a line break.
[[nodiscard]] std::string summary_text(const scenario::Summary& summary, std::span<const std::string> failed_again,
                                       const Paint& paint);

}  // namespace smartcar_sim::report
