#include "base/printable.h"
#include "report/audit_kinds.h"
#include "report/audit_text.h"
#include "report/audit_words.h"
#include "report/words.h"
#include "report/xml.h"

namespace smartcar_sim::report {

namespace {

using audit::Verdict;

constexpr int kEnvironment = 3;  // the exit code when the callback was not there, or went

std::string properties(const audit::Summary& summary) {
    return "    <properties>\n" + junit_property("callback", summary.callback.text()) +
           junit_property("grade", summary.grade ? std::string(1, *summary.grade) : "none") +
           junit_property("seed", std::to_string(summary.seed)) + junit_property("version", summary.version) +
           "    </properties>\n";
}

std::string failure(const audit::Finding& finding) {
    return "      <failure" +
           xml_attribute("message", base::shortened(std::string(finding.asks) + " " + finding.came)) +
           xml_attribute("type", name_of(finding.severity)) + ">" +
           xml_text(finding_text(finding, Detail::kWhatFailed, unpainted)) + "</failure>\n";
}

std::string outcome(const audit::Finding& finding) {
    switch (finding.verdict) {
        case Verdict::kPass:
            return {};
        case Verdict::kFail:
            return failure(finding);
        case Verdict::kSkip:
        case Verdict::kUnknown:
            break;
    }
    const std::string message = std::string(word_for(finding.verdict)) + ": " + one_line(finding.came);
    return "      <skipped" + xml_attribute("message", message) + "/>\n";
}

std::string testcase(const audit::Finding& finding) {
    return "    <testcase" + xml_attribute("name", finding.id) + xml_attribute("classname", name_of(finding.family)) +
           xml_attribute("time", seconds(finding.took)) + ">\n" + outcome(finding) + "      <system-out>" +
           xml_text(finding_text(finding, Detail::kEverySteps, unpainted)) + "</system-out>\n    </testcase>\n";
}

std::string suite(std::span<const audit::Finding> findings, const FamilyCounts& counts, const audit::Summary& summary) {
    const Findings of = of_family(findings, counts.family);
    JunitTotals totals{.tests = of.size(), .failures = counts.failed, .skipped = counts.skipped + counts.unknown};
    std::string cases;
    for (const audit::Finding* finding : of) {
        totals.time += finding->took;
        cases += testcase(*finding);
    }
    return "  <testsuite" + xml_attribute("name", name_of(counts.family)) + totals.attributes() + ">\n" +
           properties(summary) + cases + "  </testsuite>\n";
}

// What kept the audit from its end, as an error of its own: it is not the doing of a check.
std::string obstacle(const audit::Summary& summary) {
    const std::string why = summary.conclusions.empty() ? std::string() : one_line(summary.conclusions.front());
    const JunitTotals totals{.tests = 1, .errors = 1, .time = summary.took};
    return "  <testsuite" + xml_attribute("name", "audit") + totals.attributes() + ">\n" + properties(summary) +
           "    <testcase" + xml_attribute("name", "audit") + xml_attribute("classname", "audit") +
           xml_attribute("time", seconds(summary.took)) + ">\n      <error" + xml_attribute("message", why) +
           xml_attribute("type", "environment") + "/>\n    </testcase>\n  </testsuite>\n";
}

}  // namespace

std::string audit_junit(std::span<const audit::Finding> findings, const audit::Summary& summary) {
    const std::size_t errors = summary.exit == kEnvironment ? 1 : 0;
    const JunitTotals totals{.tests = findings.size() + errors,
                             .failures = summary.failed,
                             .errors = errors,
                             .skipped = summary.skipped + summary.unknown,
                             .time = summary.took};
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"smartcar-sim audit\"" +
                       totals.attributes() + ">\n";
    if (errors > 0) text += obstacle(summary);
    for (const FamilyCounts& counts : by_family(findings)) text += suite(findings, counts, summary);
    return text + "</testsuites>\n";
}

}  // namespace smartcar_sim::report
