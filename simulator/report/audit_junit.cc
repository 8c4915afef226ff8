#include "base/printable.h"
#include "report/audit_kinds.h"
#include "report/audit_text.h"
#include "report/audit_words.h"
#include "report/words.h"
#include "report/xml.h"

namespace smartcar_sim::report {

namespace {

using audit::Verdict;

std::string totals(std::size_t tests, std::size_t failures, std::size_t skipped, base::Milliseconds time) {
    return xml_attribute("tests", std::to_string(tests)) + xml_attribute("failures", std::to_string(failures)) +
           xml_attribute("errors", "0") + xml_attribute("skipped", std::to_string(skipped)) +
           xml_attribute("time", seconds(time));
}

std::string property(std::string_view name, std::string_view value) {
    return "      <property" + xml_attribute("name", name) + xml_attribute("value", value) + "/>\n";
}

std::string properties(const audit::Summary& summary) {
    return "    <properties>\n" + property("callback", summary.callback.text()) +
           property("grade", summary.grade ? std::string(1, *summary.grade) : "none") +
           property("seed", std::to_string(summary.seed)) + property("version", summary.version) +
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
    base::Milliseconds time{0};
    std::string cases;
    for (const audit::Finding* finding : of) {
        time += finding->took;
        cases += testcase(*finding);
    }
    return "  <testsuite" + xml_attribute("name", name_of(counts.family)) +
           totals(of.size(), counts.failed, counts.skipped + counts.unknown, time) + ">\n" + properties(summary) +
           cases + "  </testsuite>\n";
}

}  // namespace

std::string audit_junit(std::span<const audit::Finding> findings, const audit::Summary& summary) {
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"smartcar-sim audit\"" +
                       totals(findings.size(), summary.failed, summary.skipped + summary.unknown, summary.took) + ">\n";
    for (const FamilyCounts& counts : by_family(findings)) text += suite(findings, counts, summary);
    return text + "</testsuites>\n";
}

}  // namespace smartcar_sim::report
