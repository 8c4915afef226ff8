#include "report/json.h"

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "report/json_object.h"
#include "report/kinds.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

void write_version(JsonObject& line, const scenario::Result& result) {
    line.text_or_null("version", result.version ? name_of(*result.version) : std::string_view());
}

void write_place(JsonObject& line, const base::Place& place) {
    line.text("file", place.file);
    line.json().member("line", place.line).member("column", place.column);
}

// Of one complaint, in an object of its own or among the members of its step.
void write_finding(JsonObject& line, const Finding& found) {
    line.text("expected", found.expected).text_or_null("actual", found.actual).text_or_null("why", found.why);
    line.text_or_null("hint", found.fix).text_or_null("request", found.request);
    line.text_or_null("response", found.response);
}

std::string step_line(const scenario::Result& result, const scenario::StepResult& step) {
    JsonObject line("step");
    line.text("scenario", result.name);
    write_version(line, result);
    write_place(line, step.place);
    line.json().member("step", step.number);
    line.text("path", step.path).text("title", step.title).text("verdict", name_of(step.verdict));
    line.json().member("passed", step.verdict == scenario::Verdict::kPassed);
    const std::vector<Finding> found = findings(step);
    write_finding(line, found.front());
    line.time("milliseconds", step.took);
    if (found.size() > 1) {
        line.json().key("complaints").begin_array();
        for (const Finding& one : found) {
            line.json().begin_object();
            write_finding(line, one);
            line.json().end_object();
        }
        line.json().end_array();
    }
    return line.take();
}

std::string scenario_line(const scenario::Result& result) {
    JsonObject line("scenario");
    line.text("scenario", result.name);
    write_version(line, result);
    line.text("file", result.file);
    line.json().member("line", result.line);
    line.texts("tags", result.tags).text("verdict", name_of(result.verdict));
    line.json().member("passed", result.verdict == scenario::Verdict::kPassed);
    line.count("steps", result.steps.size());
    line.time("milliseconds", result.took).time("platformMilliseconds", result.passed);
    line.text_or_null("error", result.error).text_or_null("skipped", result.skipped);
    return line.texts("applicationOutput", result.application_output).take();
}

class Json final : public Report {
public:
    void add(const scenario::Result& result) override { text_ += json_lines(result); }
    std::string finish(const scenario::Summary& summary) override { return std::move(text_) + json_line(summary); }

private:
    std::string text_;
};

}  // namespace

std::string json_lines(const scenario::Result& result) {
    std::string lines;
    for (const scenario::StepResult& step : result.steps) lines += step_line(result, step);
    return lines + scenario_line(result);
}

std::string json_line(const scenario::Summary& summary) {
    JsonObject line("summary");
    line.count("scenarios", summary.scenarios).count("passed", summary.passed).count("failed", summary.failed);
    line.count("errors", summary.errors).count("skipped", summary.skipped).count("steps", summary.steps);
    line.seed(summary.seed);
    line.json().member("exit", summary.exit);
    line.text("version", summary.version).time("milliseconds", summary.took);
    line.json().key("slowest").begin_array();
    for (const auto& slow : summary.slowest) {
        line.json().begin_object();
        line.text("title", slow.title);
        write_place(line, slow.place);
        line.time("milliseconds", slow.took).json().end_object();
    }
    line.json().end_array();
    return line.take();
}

std::unique_ptr<Report> make_json() { return std::make_unique<Json>(); }

}  // namespace smartcar_sim::report
