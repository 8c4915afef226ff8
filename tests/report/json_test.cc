#include "report/json.h"

#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "catch.h"
#include "document/json.h"
#include "report/samples.h"

namespace smartcar_sim::report {
namespace {

std::vector<document::Value> objects(const std::string& lines) {
    std::vector<document::Value> found;
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) {
        INFO(line);
        const auto value = document::parse(line);
        REQUIRE(value.ok());
        found.push_back(value.value());
    }
    return found;
}

std::string text(const document::Value& object, std::string_view name) {
    const document::Value* member = object.find(name);
    REQUIRE(member != nullptr);
    return member->is_null() ? "null" : member->string() != nullptr ? *member->string() : "?";
}

}  // namespace

TEST_CASE("every line is an object, a step's or the scenario's") {
    const auto lines = objects(json_lines(samples::passed()));
    REQUIRE(lines.size() == 4);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(text(lines[i], "type") == "step");
        CHECK(*lines[i].find("step")->integer() == static_cast<std::int64_t>(i + 1));
    }
    CHECK(text(lines[3], "type") == "scenario");
    CHECK(*lines[3].find("platformMilliseconds")->integer() == 2'280'000);
}

TEST_CASE("a step that passed has nothing to complain of") {
    const document::Value step = objects(json_lines(samples::passed())).front();
    CHECK(*step.find("passed")->boolean());
    CHECK(text(step, "expected") == "verified");
    for (const std::string_view name : {"actual", "why", "hint", "request", "response", "version"}) {
        INFO(name);
        CHECK(text(step, name) == "null");
    }
    CHECK(step.find("complaints") == nullptr);
}

TEST_CASE("the first complaint stands among the members of its step, and several in a list too") {
    const document::Value step = objects(json_lines(samples::failed())).at(1);
    CHECK(!*step.find("passed")->boolean());
    CHECK(text(step, "expected") == "delivered at the first attempt");
    REQUIRE(step.find("complaints") != nullptr);
    const document::Array& complaints = *step.find("complaints")->array();
    REQUIRE(complaints.size() == 2);
    for (const std::string_view name : {"expected", "actual", "why", "hint", "request", "response"}) {
        INFO(name);
        CHECK(text(complaints[0], name) == text(step, name));
    }
    CHECK(text(complaints[1], "why") == "null");
    CHECK(text(complaints[1], "response") == "timeout (no answer within 15s)");

    CHECK(objects(json_lines(samples::plainly_failed())).front().find("complaints") == nullptr);
}

TEST_CASE("bytes that are not UTF-8 do not spoil a line") {
    scenario::Result result = samples::plainly_failed();
    const std::string odd = "caf\xe9\x1b";
    result.file = result.name = result.error = result.skipped = odd;
    result.tags = result.application_output = {odd};
    scenario::StepResult& step = result.steps.front();
    step.path = step.title = step.expected = step.place.file = odd;
    scenario::Complaint& complaint = step.complaints.front();
    complaint.expected = complaint.actual = complaint.why = complaint.fix = odd;
    const auto lines = objects(json_lines(result));
    for (const std::string_view name : {"scenario", "file", "path", "title", "expected", "actual", "why", "hint"}) {
        CHECK(text(lines.front(), name) == "caf\uFFFD\x1b");
    }
    CHECK(text(lines.back(), "error") == "caf\uFFFD\x1b");

    scenario::Summary summary = samples::summary();
    summary.version = summary.slowest.front().title = summary.slowest.front().place.file = odd;
    CHECK(text(objects(json_line(summary)).front(), "version") == "caf\uFFFD\x1b");
}

TEST_CASE("a seed of 64 bits is written in full") {
    scenario::Summary summary;
    summary.seed = std::numeric_limits<std::uint64_t>::max();
    CHECK(json_line(summary).find("\"seed\":18446744073709551615,") != std::string::npos);
}

}  // namespace smartcar_sim::report
