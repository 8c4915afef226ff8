#include "cli/report_output.h"

#include <utility>

#include "cli/output_file.h"
#include "report/github.h"

namespace smartcar_sim::cli {

namespace {

Colour colour_of(report::Tone tone) {
    switch (tone) {
        case report::Tone::kGood:
            return Colour::kGood;
        case report::Tone::kBad:
            return Colour::kBad;
        case report::Tone::kWarning:
            return Colour::kWarning;
        case report::Tone::kDim:
            return Colour::kDim;
        case report::Tone::kStrong:
            break;
    }
    return Colour::kStrong;
}

// Empty when it is not set.
std::string variable(const Environment& environment, const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? "" : found->second;
}

}  // namespace

report::Paint paint_of(const Terminal& terminal) {
    return [&terminal](report::Tone tone, std::string_view text) { return terminal.paint(colour_of(tone), text); };
}

bool on_github(const Environment& environment) { return variable(environment, "GITHUB_ACTIONS") == "true"; }

base::Result<base::Done> write_summary_of_step(const Environment& environment, std::string markdown) {
    const std::string path = variable(environment, "GITHUB_STEP_SUMMARY");
    if (!on_github(environment) || path.empty()) return base::Done{};
    return write_file("GITHUB_STEP_SUMMARY", path, report::capped_summary(std::move(markdown)), Writing::kAppend);
}

}  // namespace smartcar_sim::cli
