#include "audit/finding.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/check.h"
#include "catch.h"

namespace smartcar_sim::audit {
namespace {

Finding found(Verdict verdict, Severity severity = Severity::kLow) {
    Finding finding;
    finding.verdict = verdict;
    finding.severity = severity;
    return finding;
}

}  // namespace

TEST_CASE("families, severities and verdicts are read as they are written") {
    std::set<std::string_view> names;
    for (const Family family : families()) {
        CHECK(parse_family(name_of(family)) == family);
        CHECK(names.insert(name_of(family)).second);
        CHECK(names.insert(title_of(family)).second);
    }
    CHECK(families().size() == 8);
    for (const Severity severity : {Severity::kLow, Severity::kMedium, Severity::kHigh, Severity::kCritical}) {
        CHECK(parse_severity(name_of(severity)) == severity);
    }
    for (const Verdict verdict : {Verdict::kPass, Verdict::kFail, Verdict::kSkip, Verdict::kUnknown}) {
        CHECK(parse_verdict(name_of(verdict)) == verdict);
    }
    CHECK(name_of(Family::kRawBytes) == "raw-bytes");
    CHECK(title_of(Family::kRawBytes) == "Raw bytes");
    CHECK(name_of(Severity::kCritical) == "critical");
    CHECK(name_of(Verdict::kUnknown) == "unknown");
    for (const std::string_view nothing : {"", "Pass", "raw bytes", "low "}) {
        CHECK(parse_family(nothing) == std::nullopt);
        CHECK(parse_severity(nothing) == std::nullopt);
        CHECK(parse_verdict(nothing) == std::nullopt);
    }
}

TEST_CASE("the worst failure makes the grade") {
    struct Row {
        std::vector<Finding> findings;
        std::optional<char> grade;
    };
    const Finding pass = found(Verdict::kPass, Severity::kCritical);
    const Finding low = found(Verdict::kFail, Severity::kLow);
    const Finding medium = found(Verdict::kFail, Severity::kMedium);
    const Finding high = found(Verdict::kFail, Severity::kHigh);
    const Finding critical = found(Verdict::kFail, Severity::kCritical);
    const Finding skip = found(Verdict::kSkip, Severity::kCritical);
    const Finding unknown = found(Verdict::kUnknown, Severity::kCritical);
    const Row rows[] = {
        {{}, std::nullopt},
        {{skip, unknown}, std::nullopt},
        {{pass}, 'A'},
        {{pass, skip, unknown}, 'A'},
        {{low}, 'B'},
        {{low, pass, skip}, 'B'},
        {{low, medium, pass}, 'C'},
        {{high, medium, low}, 'D'},
        {{pass, critical, low}, 'F'},
        {{medium, medium}, 'C'},
        {{pass, high, unknown, low}, 'D'},
    };
    for (const Row& row : rows) {
        CAPTURE(row.findings.size(), row.grade.value_or('-'));
        CHECK(grade_of(row.findings) == row.grade);
    }
}

TEST_CASE("findings are counted by verdict and the rest of a summary stays") {
    const std::vector<Finding> findings{found(Verdict::kPass), found(Verdict::kFail),    found(Verdict::kPass),
                                        found(Verdict::kSkip), found(Verdict::kUnknown), found(Verdict::kPass),
                                        found(Verdict::kSkip)};
    Summary summary;
    summary.seed = 5;
    summary.passed = 99;
    summary.grade = 'F';
    count(findings, summary);
    CHECK(summary.passed == 3);
    CHECK(summary.failed == 1);
    CHECK(summary.skipped == 2);
    CHECK(summary.unknown == 1);
    CHECK(summary.grade == 'B');
    CHECK(summary.seed == 5);
    count({}, summary);
    CHECK(summary.passed == 0);
    CHECK(summary.grade == std::nullopt);
}

TEST_CASE("every check has an id of its own and says in sentences what it asks and why") {
    std::set<std::string_view> ids;
    for (const Check& check : checks()) {
        INFO(check.id);
        CHECK(ids.insert(check.id).second);
        CHECK(check.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string_view::npos);
        CHECK(parse_family(check.id) == std::nullopt);
        CHECK(check.asks.ends_with('?'));
        for (const std::string_view text : {check.sends, check.expects, check.why, check.fix}) {
            INFO(text);
            CHECK(text.ends_with('.'));
            CHECK(text.find("  ") == std::string_view::npos);
        }
        CHECK(check.run != nullptr);
    }
    CHECK(ids.size() >= 90);
}

}  // namespace smartcar_sim::audit
