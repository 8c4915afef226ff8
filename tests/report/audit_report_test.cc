#include "report/audit_report.h"

#include <string>

#include "catch.h"
#include "report/audit_samples.h"
#include "report/audit_text.h"
#include "report/audit_words.h"

namespace smartcar_sim::report {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

audit::Summary nothing() {
    audit::Summary summary;
    summary.callback = {.scheme = "http", .host = "127.0.0.1", .port = 3000, .target = "/"};
    summary.webhook_version = "2.0";
    summary.seed = 18'446'744'073'709'551'615U;
    summary.version = "1.2.3";
    return summary;
}

}  // namespace

TEST_CASE("a check that passed is told in JSON without what it exchanged") {
    audit::Finding finding = samples::plain_finding();
    CHECK_FALSE(has(json_line(finding), "\"exchanges\""));
    finding.verdict = audit::Verdict::kUnknown;
    CHECK(has(json_line(finding), R"("exchanges":[{"title":"the event","request":{"method":"POST")"));
}

TEST_CASE("a connection over which nothing was sent is told as that") {
    audit::Finding finding = samples::plain_finding();
    finding.verdict = audit::Verdict::kFail;
    audit::Sent nothing_sent;
    nothing_sent.title = "a connection and no byte";
    finding.exchanges = {nothing_sent};
    CHECK(has(json_line(finding), R"("title":"a connection and no byte","raw":"","response")"));
    CHECK(has(audit_report(Kind::kHtml, {&finding, 1}, nothing()), R"(sent, raw <span class="soft">no bytes</span>)"));
}

TEST_CASE("bytes that are not UTF-8 are U+FFFD in JSON") {
    audit::Finding finding = samples::plain_finding();
    finding.came = "caf\xe9";
    CHECK(has(json_line(finding), "\"came\":\"caf\uFFFD\""));
}

// JUnit knew of no error: what could not be examined was taken for a success without cases.
TEST_CASE("what kept an audit from its end is an error in JUnit") {
    audit::Summary summary = nothing();
    summary.exit = 3;
    summary.conclusions = {"No check was made: <nobody> is there"};
    const std::string report = audit_report(Kind::kJunit, {}, summary);
    CHECK(has(report, R"(<testsuites name="smartcar-sim audit" tests="1" failures="0" errors="1" skipped="0")"));
    CHECK(has(report, R"(<testsuite name="audit" tests="1" failures="0" errors="1" skipped="0" time="0.000">)"));
    CHECK(has(report, R"(<error message="No check was made: &lt;nobody&gt; is there" type="environment"/>)"));
    const audit::Finding finding = samples::plain_finding();
    CHECK(has(audit_report(Kind::kJunit, {&finding, 1}, summary), R"(tests="2" failures="0" errors="1")"));
}

TEST_CASE("an audit without checks has a report of every kind") {
    CHECK(audit_report(Kind::kJson, {}, nothing()) ==
          R"({"type":"summary","grade":null,"passed":0,"failed":0,"skipped":0,"unknown":0,)"
          R"("callback":"http://127.0.0.1:3000/","webhookVersion":"2.0",)"
          R"("latency":{"answers":0,"median":0,"p95":0,"slowest":0,"limit":0},"conclusions":[],"comparison":null,)"
          R"("probe":null,"seed":18446744073709551615,"exit":0,"version":"1.2.3","milliseconds":0})"
          "\n");
    CHECK(audit_report(Kind::kJunit, {}, nothing()) ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"smartcar-sim audit\" tests=\"0\" "
          "failures=\"0\" "
          "errors=\"0\" skipped=\"0\" time=\"0.000\">\n</testsuites>\n");
    CHECK(has(audit_report(Kind::kMarkdown, {}, nothing()), "## smartcar-sim audit: no grade\n"));
    CHECK(has(audit_report(Kind::kHtml, {}, nothing()), "too little was asked to tell"));
}

TEST_CASE("a suite is a family, and what was skipped or is unknown counts as skipped") {
    const std::string text = audit_report(Kind::kJunit, samples::audit_findings(), samples::audit_summary());
    CHECK(
        has(text,
            R"(<testsuites name="smartcar-sim audit" tests="15" failures="6" errors="0" skipped="3" time="17.412">)"));
    CHECK(has(text, R"(<testsuite name="handshake" tests="4" failures="1" errors="0" skipped="1" time="0.018">)"));
    CHECK(has(text, R"(<testcase name="signature-missing" classname="forgery" time="0.006">)"));
    CHECK(has(text, R"(<skipped message="unknown: 200 both times; what the callback did)"));
    CHECK(has(text, R"(type="critical">)"));
}

TEST_CASE("only what failed is told unless everything is asked for") {
    CHECK(finding_text(samples::plain_finding(), Detail::kWhatFailed, unpainted).empty());
    CHECK(has(finding_text(samples::plain_finding(), Detail::kEverySteps, unpainted),
              "passed   event-taken  is an event taken?\n"));
}

TEST_CASE("a comparison in which nothing changed says so") {
    audit::Summary summary = nothing();
    summary.comparison = audit::Comparison{};
    CHECK(has(summary_text({}, summary, unpainted), "as in the baseline: nothing failed then or fails now\n"));
}

TEST_CASE("the share of the limit is rounded up, so that no time takes none of it") {
    struct Row {
        int time, limit;
        long long share;
    };
    const Row rows[] = {{0, 15'000, 0},  {1, 15'000, 1},          {15, 15'000, 1},
                        {16, 15'000, 2}, {15'000, 15'000, 1'000}, {7, 0, 0}};
    for (const Row& row : rows) {
        CHECK(share_of_limit(base::Milliseconds(row.time), base::Milliseconds(row.limit)) == row.share);
    }
}

TEST_CASE("an answer that is one is not many") {
    const audit::Latency latency{.answers = 1,
                                 .median = base::Milliseconds(4),
                                 .p95 = base::Milliseconds(4),
                                 .slowest = base::Milliseconds(4),
                                 .limit = base::Milliseconds(15'000)};
    CHECK(latency_text(latency) ==
          "median 4 ms, p95 4 ms, slowest 4 ms (1 answer); p95 is 0.1 % of the 15s that Smartcar waits");
    CHECK(latency_text({}).empty());
}

}  // namespace smartcar_sim::report
