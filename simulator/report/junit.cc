// JUnit XML as Jenkins, GitLab, CircleCI, Azure and the reporters for GitHub read it. There is no standard: these are
// the elements and attributes that all of them take (tests/report/junit.xsd). GitLab shows only the text of a failure
// and the others its message first, so the text says everything once more.
#include <memory>
#include <utility>
#include <vector>

#include "base/printable.h"
#include "report/kinds.h"
#include "report/text.h"
#include "report/words.h"
#include "report/xml.h"

namespace smartcar_sim::report {

namespace {

using scenario::Verdict;

void count(const scenario::Result& result, JunitTotals& totals) {
    ++totals.tests;
    totals.failures += result.verdict == Verdict::kFailed ? 1 : 0;
    totals.errors += result.verdict == Verdict::kError ? 1 : 0;
    totals.skipped += result.verdict == Verdict::kNotRun ? 1 : 0;
    totals.time += result.took;
}

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
    return "      <" + name + xml_attribute("message", message) + xml_attribute("type", type) + ">" +
           xml_text(failure_text(result)) + "</" + name + ">\n";
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
    return "      <skipped" + xml_attribute("message", one_line(result.skipped)) + "/>\n";
}

std::string testcase(const scenario::Result& result) {
    return "    <testcase" + xml_attribute("name", result.title()) + xml_attribute("classname", result.file) +
           xml_attribute("file", result.file) + xml_attribute("line", std::to_string(result.line)) +
           xml_attribute("time", seconds(result.took)) + ">\n" + outcome(result) + "      <system-out>" +
           xml_text(transcript(result)) + "</system-out>\n    </testcase>\n";
}

class Junit final : public Report {
public:
    void add(const scenario::Result& result) override {
        if (suites_.empty() || suites_.back().file != result.file) suites_.push_back({result.file, {}, {}});
        count(result, suites_.back().totals);
        suites_.back().cases += testcase(result);
        count(result, totals_);
    }

    std::string finish(const scenario::Summary& summary) override {
        totals_.time = summary.took;  // not the sum: scenarios may have run beside each other
        const std::string properties = "    <properties>\n" + junit_property("seed", std::to_string(summary.seed)) +
                                       junit_property("version", summary.version) + "    </properties>\n";
        std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"smartcar-sim\"" +
                           totals_.attributes() + ">\n";
        for (Suite& suite : suites_) {
            text += "  <testsuite" + xml_attribute("name", suite.file) + xml_attribute("file", suite.file) +
                    suite.totals.attributes() + ">\n" + properties + suite.cases + "  </testsuite>\n";
            suite.cases = {};
        }
        return text + "</testsuites>\n";
    }

private:
    struct Suite {
        std::string file;
        JunitTotals totals;
        std::string cases;
    };

    std::vector<Suite> suites_;
    JunitTotals totals_;
};

}  // namespace

std::unique_ptr<Report> make_junit() { return std::make_unique<Junit>(); }

}  // namespace smartcar_sim::report
