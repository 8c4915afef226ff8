#include "report/json.h"

#include <cassert>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/printable.h"
#include "contract/message.h"
#include "document/writer.h"
#include "report/kinds.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

using base::as_utf8;

std::int64_t number(std::size_t count) { return static_cast<std::int64_t>(count); }

// One object on a line of its own.
class Line {
public:
    explicit Line(std::string_view type) : json_(text_) { json_.begin_object().member("type", type); }

    Line& text(std::string_view name, std::string_view content) {
        json_.member(name, as_utf8(content));
        return *this;
    }
    Line& text_or_null(std::string_view name, std::string_view content) {
        json_.text_or_null(name, as_utf8(content));
        return *this;
    }
    Line& version(const std::optional<contract::Version>& version) {
        return text_or_null("version", version ? name_of(*version) : std::string_view());
    }
    Line& place(const base::Place& place) {
        json_.member("file", as_utf8(place.file)).member("line", place.line).member("column", place.column);
        return *this;
    }
    // Of one complaint, in an object of its own or among the members of its step.
    Line& finding(const Finding& found) {
        text("expected", found.expected).text_or_null("actual", found.actual).text_or_null("why", found.why);
        text_or_null("hint", found.fix).text_or_null("request", found.request);
        return text_or_null("response", found.response);
    }

    [[nodiscard]] document::Writer& json() { return json_; }

    [[nodiscard]] std::string take() {
        json_.end_object();
        assert(!json_.failed());
        text_ += '\n';
        return std::move(text_);
    }

private:
    std::string text_;
    document::Writer json_;
};

std::string step_line(const scenario::Result& result, const scenario::StepResult& step) {
    Line line("step");
    line.text("scenario", result.name).version(result.version).place(step.place);
    line.json().member("step", step.number);
    line.text("path", step.path).text("title", step.title).text("verdict", name_of(step.verdict));
    line.json().member("passed", step.verdict == scenario::Verdict::kPassed);
    const std::vector<Finding> found = findings(step);
    line.finding(found.front());
    line.json().member("milliseconds", std::int64_t{step.took.count()});
    if (found.size() > 1) {
        line.json().key("complaints").begin_array();
        for (const Finding& one : found) {
            line.json().begin_object();
            line.finding(one);
            line.json().end_object();
        }
        line.json().end_array();
    }
    return line.take();
}

void write_texts(document::Writer& json, std::string_view name, const std::vector<std::string>& texts) {
    json.key(name).begin_array();
    for (const std::string& text : texts) json.value(as_utf8(text));
    json.end_array();
}

std::string scenario_line(const scenario::Result& result) {
    Line line("scenario");
    line.text("scenario", result.name).version(result.version).text("file", result.file);
    line.json().member("line", result.line);
    write_texts(line.json(), "tags", result.tags);
    line.text("verdict", name_of(result.verdict));
    line.json().member("passed", result.verdict == scenario::Verdict::kPassed);
    line.json().member("steps", number(result.steps.size()));
    line.json().member("milliseconds", std::int64_t{result.took.count()});
    line.json().member("platformMilliseconds", std::int64_t{result.passed.count()});
    line.text_or_null("error", result.error).text_or_null("skipped", result.skipped);
    write_texts(line.json(), "applicationOutput", result.application_output);
    return line.take();
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
    Line line("summary");
    document::Writer& json = line.json();
    json.member("scenarios", number(summary.scenarios)).member("passed", number(summary.passed));
    json.member("failed", number(summary.failed)).member("errors", number(summary.errors));
    json.member("skipped", number(summary.skipped)).member("steps", number(summary.steps));
    // Not as a value: a seed may have more than the 53 bits that the writer can say.
    json.key("seed").raw(std::to_string(summary.seed));
    json.member("exit", summary.exit);
    line.text("version", summary.version);
    json.member("milliseconds", std::int64_t{summary.took.count()});
    json.key("slowest").begin_array();
    for (const auto& slow : summary.slowest) {
        json.begin_object().member("title", as_utf8(slow.title));
        line.place(slow.place);
        json.member("milliseconds", std::int64_t{slow.took.count()}).end_object();
    }
    json.end_array();
    return line.take();
}

std::unique_ptr<Report> make_json() { return std::make_unique<Json>(); }

}  // namespace smartcar_sim::report
