#include "report/report.h"

#include <string>

#include "catch.h"
#include "report/samples.h"

namespace smartcar_sim::report {

TEST_CASE("a kind of report is known by its name") {
    CHECK(parse_kind("json").value() == Kind::kJson);
    CHECK(parse_kind("junit").value() == Kind::kJunit);
    CHECK(parse_kind("html").value() == Kind::kHtml);
    CHECK(parse_kind("md").value() == Kind::kMarkdown);
}

TEST_CASE("a kind of report that there is not is refused in words") {
    struct Row {
        std::string name, message;
    };
    const Row rows[] = {
        {"junti", "unknown report \"junti\"; did you mean \"junit\"?"},
        {"JSON", "unknown report \"JSON\"; did you mean \"json\"?"},
        {"tap", "unknown report \"tap\"; there is json, junit, html, md"},
        {"", "unknown report \"\"; there is json, junit, html, md"},
        {"htm", "unknown report \"htm\"; did you mean \"html\"?"},
    };
    for (const Row& row : rows) {
        const auto kind = parse_kind(row.name);
        REQUIRE(!kind.ok());
        CHECK(kind.error().code == "unknown_report");
        CHECK(kind.error().message == row.message);
    }
}

TEST_CASE("a run without scenarios has a report of every kind") {
    struct Row {
        Kind kind;
        std::string text;
    };
    const Row rows[] = {
        {Kind::kJson,
         R"({"type":"summary","scenarios":0,"passed":0,"failed":0,"errors":0,"skipped":0,"steps":0,"seed":7,"exit":1,)"
         R"("version":"1.2.3","milliseconds":0,"slowest":[]})"
         "\n"},
        {Kind::kJunit,
         "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"smartcar-sim\" tests=\"0\" failures=\"0\" "
         "errors=\"0\" skipped=\"0\" time=\"0.000\">\n</testsuites>\n"},
        {Kind::kMarkdown,
         "## smartcar-sim: not finished\n\n0 scenarios: 0 passed, 0 failed; 0 steps in 0 ms\n\n"
         "seed 7: repeat with `--seed 7` (smartcar-sim 1.2.3)\n"},
    };
    scenario::Summary nothing;
    nothing.seed = 7;
    nothing.exit = 1;
    nothing.version = "1.2.3";
    for (const Row& row : rows) CHECK(make_report(row.kind)->finish(nothing) == row.text);
}

}  // namespace smartcar_sim::report
