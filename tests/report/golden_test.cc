// Every kind of report of the run in samples.h and the audit in audit_samples.h, against a file in
// tests/golden/report/.
#include <memory>
#include <string>
#include <vector>

#include "catch.h"
#include "golden_file.h"
#include "report/audit_report.h"
#include "report/audit_samples.h"
#include "report/audit_text.h"
#include "report/github.h"
#include "report/report.h"
#include "report/samples.h"
#include "report/text.h"

namespace smartcar_sim::report {
namespace {

std::string report_of(Kind kind) {
    const auto report = make_report(kind);
    for (const scenario::Result& result : samples::results()) report->add(result);
    return report->finish(samples::summary());
}

std::string text_of(Detail detail) {
    std::string text;
    std::vector<std::string> failed;
    for (const scenario::Result& result : samples::results()) {
        text += scenario_text(result, detail, unpainted);
        if (result.verdict == scenario::Verdict::kFailed || result.verdict == scenario::Verdict::kError) {
            failed.push_back(scenario_text(result, Detail::kWhatFailed, unpainted));
        }
    }
    return text + summary_text(samples::summary(), failed, unpainted);
}

std::string for_github() {
    std::string text;
    Annotations annotations;
    for (const scenario::Result& result : samples::results()) {
        annotations.add(result);
        text += group_begin(result) + "\n" + group_end() + "\n";
    }
    for (const std::string& line : annotations.finish()) text += line + "\n";
    return text;
}

std::string audit_report_of(Kind kind) {
    return audit_report(kind, samples::audit_findings(), samples::audit_summary());
}

std::string audit_text_of(Detail detail) {
    const std::vector<audit::Finding> findings = samples::audit_findings();
    std::string text;
    for (const audit::Finding& finding : findings) text += finding_text(finding, detail, unpainted);
    return text + summary_text(findings, samples::audit_summary(), unpainted);
}

}  // namespace

TEST_CASE("every kind of report says what its golden file shows") {
    struct Row {
        std::string file, happened;
    };
    const Row rows[] = {
        {"report.jsonl", report_of(Kind::kJson)},
        {"junit.xml", report_of(Kind::kJunit)},
        {"summary.md", report_of(Kind::kMarkdown)},
        {"failures.txt", text_of(Detail::kWhatFailed)},
        {"every_step.txt", text_of(Detail::kEverySteps)},
        {"github.txt", for_github()},
        {"report.html", report_of(Kind::kHtml)},
        {"audit.jsonl", audit_report_of(Kind::kJson)},
        {"audit.xml", audit_report_of(Kind::kJunit)},
        {"audit.html", audit_report_of(Kind::kHtml)},
        {"audit.md", audit_report_of(Kind::kMarkdown)},
        {"audit_failures.txt", audit_text_of(Detail::kWhatFailed)},
        {"audit_every_check.txt", audit_text_of(Detail::kEverySteps)},
    };
    for (const Row& row : rows) {
        INFO(row.file);
        CHECK(row.happened == golden::expected("report/" + row.file, row.happened));
    }
}

}  // namespace smartcar_sim::report
