#include <string>
#include <vector>

#include "catch.h"
#include "report/report.h"
#include "report/samples.h"

namespace smartcar_sim::report {
namespace {

std::string markdown(const std::vector<scenario::Result>& results) {
    const auto report = make_report(Kind::kMarkdown);
    for (const scenario::Result& result : results) report->add(result);
    return report->finish({});
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a name is text and never markup") {
    struct Row {
        std::string name, written;
    };
    const Row rows[] = {
        {"Zoë 車 at 8:30, twice.", "Zoë 車 at 8:30, twice."},
        {"<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"},
        {"a | b", "a \\| b"},
        {"a\n| b", "a \\| b"},
        {"*a* _b_ ~c~ `d` $e$ #1", "\\*a\\* \\_b\\_ \\~c\\~ \\`d\\` \\$e\\$ \\#1"},
        {"CHARGING_STARTED _a_b_ __c__ d_", "CHARGING_STARTED \\_a_b\\_ \\_\\_c\\_\\_ d\\_"},
        {"[a](b) ![c](d)", "\\[a\\](b) !\\[c\\](d)"},
        {"a \\ b &lt; c", "a \\\\ b &amp;lt; c"},
        {"see http://x and WWW.x.com, now.", "see http\\://x and WWW\\.x.com, now."},
        {"@octocat", "@<!-- -->octocat"},
        {"\x1b[31m caf\xe9", "\uFFFD\\[31m caf\uFFFD"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        scenario::Result result = samples::passed();
        result.name = row.name;
        CHECK(contains(markdown({result}), "| passed | " + row.written + " | `scenarios/charging-session.json:4` |"));
        result = samples::plainly_failed();
        result.name = row.name;
        CHECK(contains(markdown({result}), "\n### failed: " + row.written + "\n"));
    }
}

TEST_CASE("what came back is code, however many backticks it has") {
    struct Row {
        std::string actual, written;
    };
    const Row rows[] = {
        {"401 in 3 ms", "`401 in 3 ms`"}, {"<b>|</b>", "`<b>|</b>`"}, {"a `b` c", "``a `b` c``"},
        {"`a``", "``` `a`` ```"},         {" a", "`  a `"},
    };
    for (const Row& row : rows) {
        scenario::Result result = samples::plainly_failed();
        result.steps.front().complaints.front().actual = row.actual;
        CHECK(contains(markdown({result}), "- **actual** " + row.written + "\n"));
    }
}

TEST_CASE("a bar in a file's name does not end its cell") {
    scenario::Result result = samples::passed();
    result.file = "a|b.json";
    CHECK(contains(markdown({result}), " | `a\\|b.json:4` | 3 | 14 ms |\n"));
}

TEST_CASE("a block of code has a longer fence than any in it") {
    scenario::Result result = samples::plainly_failed();
    result.steps.front().source = "{ \"raw\": \"````\" }";
    CHECK(contains(markdown({result}), "`````json\n{ \"raw\": \"````\" }\n`````\n"));
    result.steps.front().source = "{\n      \"a\": 1\n    }";
    CHECK(contains(markdown({result}), "```json\n{\n  \"a\": 1\n}\n```\n"));
}

TEST_CASE("nothing is told below the table of scenarios that passed or did not run") {
    CHECK(!contains(markdown({samples::passed()}), "###"));
    scenario::Result result = samples::passed();
    result.verdict = scenario::Verdict::kNotRun;
    result.skipped = "the run was stopped";
    const std::string text = markdown({result});
    CHECK(contains(text, "| **not-run** | A charging session reaches the callback: the run was stopped |"));
    CHECK(!contains(text, "###"));
}

}  // namespace smartcar_sim::report
