#include "report/github.h"

#include <string>
#include <vector>

#include "base/text.h"
#include "catch.h"
#include "report/samples.h"

namespace smartcar_sim::report {
namespace {

scenario::Result with_complaints(std::size_t count) {
    scenario::Result result = samples::plainly_failed();
    std::vector<scenario::Complaint>& complaints = result.steps.front().complaints;
    complaints.resize(count, complaints.front());
    return result;
}

}  // namespace

TEST_CASE("a complaint is an annotation of the step's line") {
    const auto lines = annotations(samples::plainly_failed());
    REQUIRE(lines.size() == 1);
    CHECK(lines.front() ==
          "::error file=scenarios/both.json,line=20,col=5,title=Both versions are taken%3A send CHARGING_STARTED about "
          "car::expected delivered%0Aactual 401 in 3 ms");
}

TEST_CASE("what GitHub would read as part of the command is escaped") {
    scenario::Result result = samples::plainly_failed();
    scenario::StepResult& step = result.steps.front();
    step.place.file = "a,b:c%.json";
    step.title = "50%, then\r\n::stop-commands::x";
    step.complaints.front().expected = "100%: a,b\n::error::forged";
    step.complaints.front().actual = "caf\xe9\x1b";
    CHECK(annotations(result).front() ==
          "::error file=a%2Cb%3Ac%25.json,line=20,col=5,title=Both versions are taken%3A 50%25%2C then "
          "%3A%3Astop-commands%3A%3Ax::expected 100%25: a,b ::error::forged%0Aactual caf\uFFFD\uFFFD");
}

TEST_CASE("a scenario in error is annotated once, at its name") {
    scenario::Result result = samples::plainly_failed();
    result.verdict = result.steps.front().verdict = scenario::Verdict::kError;
    result.steps.front().complaints.clear();
    result.error = "no application";
    const auto lines = annotations(result);
    REQUIRE(lines.size() == 1);
    CHECK(lines.front() == "::error file=scenarios/both.json,line=5,title=Both versions are taken::no application");
}

TEST_CASE("what passed or did not run has no annotation") {
    scenario::Result result = samples::passed();
    CHECK(annotations(result).empty());
    result.verdict = scenario::Verdict::kNotRun;
    CHECK(annotations(result).empty());
}

TEST_CASE("a run has at most ten annotations, the last of which counts those left out") {
    struct Row {
        std::size_t complaints, lines;
        std::string last;
    };
    const std::string one = annotations(with_complaints(1)).front();
    const auto more = [](const std::string& count) {
        return "::error title=" + count + " more::" + count +
               " more expectations did not hold; the step's summary has them all";
    };
    const Row rows[] = {{1, 1, one}, {9, 9, one}, {10, 10, one}, {11, 10, more("2")}, {1'000, 10, more("991")}};
    for (const Row& row : rows) {
        INFO(row.complaints);
        Annotations all;
        for (std::size_t i = 0; i < row.complaints; ++i) all.add(with_complaints(1));
        Annotations at_once;
        at_once.add(with_complaints(row.complaints));
        CHECK(all.finish() == at_once.finish());
        REQUIRE(all.finish().size() == row.lines);
        CHECK(all.finish().front() == one);
        CHECK(all.finish().back() == row.last);
    }
}

TEST_CASE("a group is one line, whatever the scenario's name") {
    scenario::Result result = samples::passed();
    result.name = "50%\n::error::forged";
    CHECK(group_begin(result) == "::group::50%25 ::error::forged");
    CHECK(group_end() == "::endgroup::");
}

TEST_CASE("a summary that GitHub takes is left as it is") {
    const std::string most(kMostSummary, 'x');
    CHECK(capped_summary(most) == most);
}

TEST_CASE("a longer summary ends after a line and says so") {
    std::string text;
    while (text.size() <= 2 * kMostSummary) text += "Zoë 車 🚗 line\n";
    const std::string capped = capped_summary(text);
    CHECK(capped.size() <= kMostSummary);
    CHECK(capped.size() > kMostSummary - 300);
    CHECK(base::is_utf8(capped));
    const std::size_t end =
        capped.rfind("\n\nThe summary ends here: GitHub takes no more, and all of it has 1953 KiB.");
    REQUIRE(end != std::string::npos);
    CHECK(capped.substr(0, end + 1) == text.substr(0, end + 1));
    CHECK(capped.back() == '\n');
}

TEST_CASE("a summary is cut before a block of code rather than within it") {
    const std::string before(kMostSummary - 5'000, 'x');
    struct Row {
        std::string open, within, close;
    };
    const Row rows[] = {
        {"```json\n", "line\n", "```\n"}, {"`````sh\n", "```\n````\n", "`````\n"},
        {"~~~\n", "```\n", "~~~\n"},      {"  ```\n", "``` no end\n", "   ```  \n"},
        {"```\n", "~~~\n", "````\n"},
    };
    for (const Row& row : rows) {
        INFO(row.open);
        std::string block = row.open;
        while (block.size() < 10'000) block += row.within;
        const std::string capped = capped_summary(before + "\n" + block + row.close);
        CHECK(capped.starts_with(before + "\n\nThe summary ends here"));
        // One that ended in time is kept.
        const std::string kept = before + "\n" + row.open + row.within + row.close;
        CHECK(capped_summary(kept + std::string(10'000, 'x')).starts_with(kept + "\nThe summary ends here"));
    }
}

TEST_CASE("of a summary without line breaks only the sentence is left") {
    CHECK(capped_summary(std::string(kMostSummary + 1, 'x')).starts_with("\nThe summary ends here"));
}

}  // namespace smartcar_sim::report
