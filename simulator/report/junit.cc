// JUnit XML as Jenkins, GitLab, CircleCI, Azure and the reporters for GitHub read it. There is no standard: these are
// the elements and attributes that all of them take (tests/report/junit.xsd). GitLab shows only the text of a failure
// and the others its message first, so the text says everything once more.
#include <array>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "base/printable.h"
#include "report/kinds.h"
#include "report/text.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

using scenario::Verdict;

// What XML 1.0 allows in no form, not even as a reference: C0 controls but for three, and U+FFFE and U+FFFF.
bool is_not_of_xml(std::string_view character) {
    const auto first = static_cast<unsigned char>(character.front());
    if (first < 0x20) return first != '\t' && first != '\n' && first != '\r';
    return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

enum class Where { kElement, kAttribute };

// A parser makes a space of a line break in an attribute and "\n" of a "\r" anywhere, but not of a reference.
std::string_view reference(char letter, Where where) {
    switch (letter) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";  // "]]>" may not stand in a text
        case '\r':
            return "&#13;";
        case '"':
            return where == Where::kAttribute ? "&quot;" : "";
        case '\n':
            return where == Where::kAttribute ? "&#10;" : "";
        case '\t':
            return where == Where::kAttribute ? "&#9;" : "";
        default:
            return "";
    }
}

std::string escaped(std::string_view text, Where where) {
    std::string out;
    for (const char letter : base::replaced(text, is_not_of_xml)) {
        const std::string_view instead = reference(letter, where);
        if (instead.empty()) {
            out += letter;
        } else {
            out += instead;
        }
    }
    return out;
}

// ` name="text"`
std::string attribute(std::string_view name, std::string_view text) {
    return " " + std::string(name) + "=\"" + escaped(text, Where::kAttribute) + "\"";
}

std::string seconds(base::Milliseconds time) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%lld.%03lld", static_cast<long long>(time.count() / 1000),
                  static_cast<long long>(time.count() % 1000));
    return text.data();
}

struct Totals {
    std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
    base::Milliseconds time{0};

    void count(const scenario::Result& result) {
        ++tests;
        failures += result.verdict == Verdict::kFailed ? 1 : 0;
        errors += result.verdict == Verdict::kError ? 1 : 0;
        skipped += result.verdict == Verdict::kNotRun ? 1 : 0;
        time += result.took;
    }
    [[nodiscard]] std::string attributes() const {
        return attribute("tests", std::to_string(tests)) + attribute("failures", std::to_string(failures)) +
               attribute("errors", std::to_string(errors)) + attribute("skipped", std::to_string(skipped)) +
               attribute("time", seconds(time));
    }
};

// "send CHARGING_STARTED about car: expected delivered at the first attempt, actual 401 in 3 ms"
std::string message_of(const scenario::Result& result) {
    for (const scenario::StepResult& step : result.steps) {
        if (!did_not_hold(step.verdict)) continue;
        const Finding first = findings(step).front();
        return base::shortened(step.title + ": expected " + first.expected +
                               (first.actual.empty() ? "" : ", actual " + first.actual));
    }
    return base::shortened(result.error);
}

std::string problem(std::string_view element, std::string_view type, std::string_view message,
                    const scenario::Result& result) {
    const std::string name(element);
    return "      <" + name + attribute("message", message) + attribute("type", type) + ">" +
           escaped(failure_text(result), Where::kElement) + "</" + name + ">\n";
}

std::string outcome(const scenario::Result& result) {
    switch (result.verdict) {
        case Verdict::kPassed:
            return {};
        case Verdict::kFailed:
            return problem("failure", "expectation", message_of(result), result);
        case Verdict::kError:
            return problem("error", "environment", base::shortened(result.error), result);
        case Verdict::kNotRun:
            break;
    }
    return "      <skipped" + attribute("message", one_line(result.skipped)) + "/>\n";
}

std::string testcase(const scenario::Result& result) {
    return "    <testcase" + attribute("name", result.title()) + attribute("classname", result.file) +
           attribute("file", result.file) + attribute("line", std::to_string(result.line)) +
           attribute("time", seconds(result.took)) + ">\n" + outcome(result) + "      <system-out>" +
           escaped(transcript(result), Where::kElement) + "</system-out>\n    </testcase>\n";
}

class Junit final : public Report {
public:
    void add(const scenario::Result& result) override {
        if (suites_.empty() || suites_.back().file != result.file) suites_.push_back({result.file, {}, {}});
        suites_.back().totals.count(result);
        suites_.back().cases += testcase(result);
        totals_.count(result);
    }

    std::string finish(const scenario::Summary& summary) override {
        totals_.time = summary.took;  // not the sum: scenarios may have run beside each other
        const std::string properties =
            "    <properties>\n      <property name=\"seed\"" + attribute("value", std::to_string(summary.seed)) +
            "/>\n      <property name=\"version\"" + attribute("value", summary.version) + "/>\n    </properties>\n";
        std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"smartcar-sim\"" +
                           totals_.attributes() + ">\n";
        for (Suite& suite : suites_) {
            text += "  <testsuite" + attribute("name", suite.file) + attribute("file", suite.file) +
                    suite.totals.attributes() + ">\n" + properties + suite.cases + "  </testsuite>\n";
            suite.cases = {};
        }
        return text + "</testsuites>\n";
    }

private:
    struct Suite {
        std::string file;
        Totals totals;
        std::string cases;
    };

    std::vector<Suite> suites_;
    Totals totals_;
};

}  // namespace

std::unique_ptr<Report> make_junit() { return std::make_unique<Junit>(); }

}  // namespace smartcar_sim::report
