#include "report/words.h"

#include <algorithm>
#include <variant>

#include "base/printable.h"
#include "base/text.h"

namespace smartcar_sim::report {

namespace {

Finding finding(const scenario::StepResult& step, const scenario::Complaint& complaint) {
    Finding found{.expected = complaint.expected,
                  .actual = complaint.actual,
                  .why = complaint.why,
                  .fix = complaint.fix,
                  .request = {},
                  .response = {}};
    if (complaint.exchange && *complaint.exchange < step.exchanges.size()) {
        const scenario::Exchange& exchange = step.exchanges[*complaint.exchange];
        found.request = scenario::curl_command(exchange);
        found.response = scenario::answer_line(exchange);
    }
    return found;
}

}  // namespace

std::string one_line(std::string_view text) { return base::printable(text, base::Lines::kJoined); }

std::string place_text(const base::Place& place) {
    std::string text = one_line(place.file);
    if (place.line > 0) text += ":" + std::to_string(place.line);
    if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
    return text;
}

std::string heading(const scenario::StepResult& step) {
    return "step " + std::to_string(step.number) + ", " + one_line(step.title);
}

std::string counted(std::size_t count, std::string_view noun) {
    return std::to_string(count).append(" ").append(noun).append(count == 1 ? "" : "s");
}

std::string extent(const scenario::Result& result) {
    std::string text = counted(result.steps.size(), "step");
    if (result.passed.count() > 0) text += ", " + base::format_duration(result.passed);
    return text + " in " + std::to_string(result.took.count()) + " ms";
}

std::string counts(const scenario::Summary& summary) {
    std::string text = std::to_string(summary.passed) + " passed, " + std::to_string(summary.failed) + " failed";
    if (summary.errors > 0) text += ", " + std::to_string(summary.errors) + " in error";
    if (summary.skipped > 0) text += ", " + std::to_string(summary.skipped) + " not run";
    return text;
}

std::string_view verdict_on(const scenario::Summary& summary) {
    if (summary.failed > 0) return name_of(scenario::Verdict::kFailed);
    if (summary.errors > 0) return name_of(scenario::Verdict::kError);
    return summary.exit == 0 ? name_of(scenario::Verdict::kPassed) : "not finished";
}

std::string seed_line(std::uint64_t seed) {
    const std::string number = std::to_string(seed);
    return "seed " + number + ": repeat with --seed " + number;
}

std::string answer_in_short(const delivery::Answer& answer, base::Milliseconds took) {
    const auto* failure = std::get_if<delivery::Failure>(&answer);
    const std::string what = failure != nullptr ? std::string(name_of(failure->kind))
                                                : std::to_string(std::get<contract::Response>(answer).status);
    return what + " in " + std::to_string(took.count()) + " ms";
}

std::vector<Finding> findings(const scenario::StepResult& step) {
    std::vector<Finding> found;
    found.reserve(step.complaints.size());
    for (const scenario::Complaint& complaint : step.complaints) found.push_back(finding(step, complaint));
    if (found.empty())
        found.push_back({.expected = step.expected, .actual = {}, .why = {}, .fix = {}, .request = {}, .response = {}});
    return found;
}

std::vector<std::string> printable_lines(std::string_view text) {
    const std::string all = base::printable(text, base::Lines::kKept);
    std::string_view rest = all;
    std::vector<std::string> lines;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        lines.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return lines;
}

std::vector<std::string> source_lines(const scenario::StepResult& step) {
    std::vector<std::string> lines = printable_lines(step.source);
    std::size_t common = std::string::npos;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const std::size_t blanks = lines[i].find_first_not_of(" \t");
        if (blanks != std::string::npos) common = std::min(common, blanks);
    }
    for (std::size_t i = 1; i < lines.size(); ++i) lines[i].erase(0, std::min(common, lines[i].size()));
    return lines;
}

}  // namespace smartcar_sim::report
