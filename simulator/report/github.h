// What GitHub Actions reads: commands on stdout and a step's summary.
//
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scenario/result.h"

namespace smartcar_sim::report {

// Of one kind and one step; GitHub drops the rest without a word.
inline constexpr std::size_t kMostAnnotations = 10;

// GitHub refuses a step's summary of more than 1,024 KiB as a whole; this leaves room for what the step's other
// commands have written to it.
inline constexpr std::size_t kMostSummary = 1'000'000;

// "::error file=scenarios/x.json,line=12,col=9,title=…::…", one for each complaint, or for what kept the scenario from
// its end. Each is one line, without its line break.
[[nodiscard]] std::vector<std::string> annotations(const scenario::Result& result);

// The annotations of a whole run.
class Annotations {
public:
    void add(const scenario::Result& result);
    // All of them, or nine and one that says how many more there are.
    [[nodiscard]] std::vector<std::string> finish() const;

private:
    std::vector<std::string> first_;  // at most kMostAnnotations
    std::size_t count_ = 0;
};

// What the log folds up: "::group::TITLE" before what is printed of a scenario, "::endgroup::" after it.
[[nodiscard]] std::string group_begin(const scenario::Result& result);
[[nodiscard]] std::string group_end();

// For $GITHUB_STEP_SUMMARY: what is longer than kMostSummary is cut after a line, before a block of code rather than
// within it, and says so.
[[nodiscard]] std::string capped_summary(std::string markdown);

}  // namespace smartcar_sim::report
