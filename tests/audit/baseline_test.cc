#include "audit/baseline.h"

#include <string>
#include <string_view>
#include <vector>

#include "catch.h"

namespace smartcar_sim::audit {
namespace {

using Ids = std::vector<std::string>;

Finding found(std::string_view id, Verdict verdict) {
    Finding finding;
    finding.id = id;
    finding.verdict = verdict;
    return finding;
}

}  // namespace

TEST_CASE("of the lines of a report those about checks are read") {
    const auto baseline = parse_baseline(
        "{\"type\":\"audit\",\"seed\":7}\n"
        "{\"type\":\"check\",\"id\":\"signature-missing\",\"verdict\":\"fail\",\"came\":\"x\"}\r\n"
        "\n"
        "  \t\n"
        "{\"type\":\"check\",\"id\":\"chunked\",\"verdict\":\"pass\"}\n"
        "{\"type\":\"check\",\"id\":\"order-kept\",\"verdict\":\"unknown\"}\n"
        "{\"type\":\"check\",\"id\":\"event-types\",\"verdict\":\"skip\"}\n"
        "[1,2]\n"
        "{\"type\":\"summary\",\"verdict\":\"none\"}",
        "old.jsonl");
    REQUIRE(baseline.ok());
    CHECK(baseline.value() == Baseline{{"signature-missing", Verdict::kFail},
                                       {"chunked", Verdict::kPass},
                                       {"order-kept", Verdict::kUnknown},
                                       {"event-types", Verdict::kSkip}});
}

TEST_CASE("what is no baseline is refused with its line") {
    struct Row {
        std::string lines, code, message;
        int line;
    };
    const std::string good = R"({"type":"check","id":"chunked","verdict":"pass"})";
    const std::string none = "there is no check in it; a baseline is what `audit --report json=FILE` wrote";
    const Row rows[] = {
        {"", "bad_baseline", none, 1},
        {"\n\n", "bad_baseline", none, 1},
        {R"({"type":"summary"})", "bad_baseline", none, 1},
        {good + "\n" + R"({"type":"check","id":"x","verdict":"passed"})", "bad_baseline",
         "this check has no verdict of pass, fail, skip or unknown", 2},
        {good + "\n\n" + R"({"type":"check","id":"x"})", "bad_baseline",
         "this check has no verdict of pass, fail, skip or unknown", 3},
        {good + "\n" + R"({"type":"check","verdict":"pass"})", "bad_baseline", "this check has no id", 2},
    };
    for (const Row& row : rows) {
        INFO(row.lines);
        const auto baseline = parse_baseline(row.lines, "old.jsonl");
        REQUIRE_FALSE(baseline.ok());
        CHECK(baseline.error() == base::Error{row.code, row.message, base::Place{"old.jsonl", row.line, 1}});
    }
}

TEST_CASE("a line of a baseline that is no JSON is refused where it breaks") {
    const auto baseline =
        parse_baseline("{\"type\":\"check\",\"id\":\"chunked\",\"verdict\":\"pass\"}\n{\"type\":oops}\n", "old.jsonl");
    REQUIRE_FALSE(baseline.ok());
    CHECK(baseline.error().code == "bad_json");
    CHECK(baseline.error().place == base::Place{"old.jsonl", 2, 9});
}

TEST_CASE("a comparison says what is worse, better, still failing and gone") {
    const Baseline before{
        {"better", Verdict::kFail},           {"still", Verdict::kFail},   {"not-asked", Verdict::kFail},
        {"skipped", Verdict::kFail},          {"unknown", Verdict::kFail}, {"worse", Verdict::kPass},
        {"worse-unknown", Verdict::kUnknown}, {"fine", Verdict::kPass},    {"lost", Verdict::kPass}};
    const std::vector<Finding> findings{found("worse", Verdict::kFail),      found("worse-unknown", Verdict::kFail),
                                        found("worse-new", Verdict::kFail),  found("still", Verdict::kFail),
                                        found("better", Verdict::kPass),     found("skipped", Verdict::kSkip),
                                        found("unknown", Verdict::kUnknown), found("fine", Verdict::kPass),
                                        found("lost", Verdict::kSkip),       found("new", Verdict::kPass)};
    const Comparison comparison = compare(findings, before);
    CHECK(comparison.worse == Ids{"worse", "worse-unknown", "worse-new"});
    CHECK(comparison.better == Ids{"better"});
    CHECK(comparison.still == Ids{"still"});
    CHECK(comparison.gone == Ids{"not-asked", "skipped", "unknown"});
}

}  // namespace smartcar_sim::audit
