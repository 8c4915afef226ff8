#include <algorithm>
#include <string>

#include "base/text.h"
#include "catch.h"
#include "document/json.h"
#include "fault/plan.h"

namespace smartcar_sim::fault {
namespace {

base::Result<Plan> parse(const std::string& json) {
    const auto value = document::parse(json);
    REQUIRE(value.ok());
    return parse_plan(value.value());
}

}  // namespace

TEST_CASE("a plan says what goes wrong with a delivery") {
    struct Row {
        std::string json;
        Plan plan;
    };
    const Row rows[] = {
        {"{}", {}},
        {R"({"signature": "wrong-key"})", {.signature = SignatureFault::kWrongKey}},
        {R"({"signature": "missing"})", {.signature = SignatureFault::kMissing}},
        {R"({"signature": "empty"})", {.signature = SignatureFault::kEmpty}},
        {R"({"signature": "flipped-bit"})", {.signature = SignatureFault::kFlippedBit}},
        {R"({"signature": "upper-case"})", {.signature = SignatureFault::kUpperCase}},
        {R"({"signature": "of-another-body"})", {.signature = SignatureFault::kOfAnotherBody}},
        {R"({"body": "tampered"})", {.body = BodyFault::kTampered}},
        {R"({"body": "truncated"})", {.body = BodyFault::kTruncated}},
        {R"({"body": "re-serialised"})", {.body = BodyFault::kReserialised}},
        {R"({"duplicate": true})", {.duplicates = 1}},
        {R"({"duplicate": 3})", {.duplicates = 3}},
        {R"({"delay": "1m5s"})", {.delay = base::Milliseconds(65'000)}},
        {R"({"answer": "lost"})", {.lost_answers = 1}},
        {R"({"answer": "lost", "times": 3})", {.lost_answers = 3}},
        {R"({"times": 3, "answer": "lost"})", {.lost_answers = 3}},
        {R"({"signature": "empty", "body": "tampered", "delay": "5s", "duplicate": 1000})",
         {.signature = SignatureFault::kEmpty,
          .body = BodyFault::kTampered,
          .duplicates = 1000,
          .delay = base::Milliseconds(5'000)}},
    };
    for (const Row& row : rows) {
        INFO(row.json);
        const auto plan = parse(row.json);
        REQUIRE(plan.ok());
        CHECK(plan.value() == row.plan);
    }
}

TEST_CASE("a plan that cannot be followed is refused in words") {
    struct Row {
        std::string json;
        std::string message;
    };
    const Row rows[] = {
        {"[]", "a fault is an object like {\"signature\": \"wrong-key\"}, not an array"},
        {R"("wrong-key")", "a fault is an object like {\"signature\": \"wrong-key\"}, not a string"},
        {R"({"signatur": "missing"})", "unknown member \"signatur\"; did you mean \"signature\"?"},
        {R"({"colour": "red"})", "unknown member \"colour\""},
        {R"({"signature": "wrong_key"})", "unknown signature fault \"wrong_key\"; did you mean \"wrong-key\"?"},
        {R"({"signature": "odd"})", "unknown signature fault \"odd\""},
        {R"({"signature": null})", "\"signature\" is a string, not null"},
        {R"({"body": "reserialised"})", "unknown body fault \"reserialised\"; did you mean \"re-serialised\"?"},
        {R"({"body": 1})", "\"body\" is a string, not a number"},
        {R"({"duplicate": false})", "\"duplicate\" is true or a whole number from 1 to 1000, not false"},
        {R"({"duplicate": 0})", "\"duplicate\" is true or a whole number from 1 to 1000, not 0"},
        {R"({"duplicate": 1001})", "\"duplicate\" is true or a whole number from 1 to 1000, not 1001"},
        {R"({"duplicate": "2"})", "\"duplicate\" is true or a whole number from 1 to 1000, not a string"},
        {R"({"delay": 5})", "\"delay\" is a duration like \"5s\", not a number"},
        {R"({"answer": "late"})", "unknown answer fault \"late\""},
        {R"({"answer": "Lost"})", "unknown answer fault \"Lost\"; did you mean \"lost\"?"},
        {R"({"answer": "lost", "times": 1.5})", "\"times\" is a whole number from 1 to 1000, not a number"},
        {R"({"answer": "lost", "times": -1})", "\"times\" is a whole number from 1 to 1000, not -1"},
        {R"({"times": 2})", "\"times\" says how many answers are lost; it needs \"answer\": \"lost\""},
        {R"({"answer": "lost", "signature": "missing"})",
         "\"answer\": \"lost\" needs retries, and a forged signature or body is sent once"},
    };
    for (const Row& row : rows) {
        INFO(row.json);
        const auto plan = parse(row.json);
        REQUIRE_FALSE(plan.ok());
        CHECK(plan.error() == base::Error{.code = "bad_fault", .message = row.message});
    }
}

TEST_CASE("a delay that is no duration is refused with the duration's own words") {
    const auto plan = parse(R"({"delay": "5"})");
    REQUIRE_FALSE(plan.ok());
    CHECK(plan.error().code == "bad_fault");
    CHECK(plan.error().message == "\"delay\": " + base::parse_duration("5").error().message);
}

TEST_CASE("only a signature or body fault is a forgery") {
    CHECK(parse(R"({"signature": "upper-case"})").value().forges());
    CHECK(parse(R"({"body": "re-serialised"})").value().forges());
    CHECK_FALSE(parse(R"({"duplicate": true, "delay": "1s", "answer": "lost"})").value().forges());
}

TEST_CASE("every name of a fault is understood and says what it does") {
    for (const Name& name : names()) {
        INFO(name.id);
        CHECK_FALSE(name.says.empty());
        const std::string id(name.id);
        const std::size_t colon = id.find(": ");
        const bool has_word = colon != std::string::npos;
        const std::string member = id.substr(0, colon);
        const std::string value = has_word ? '"' + id.substr(colon + 2) + '"' : member == "delay" ? "\"1s\"" : "1";
        const std::string lost = member == "times" ? R"("answer": "lost", )" : "";
        CHECK(parse("{" + lost + '"' + member + "\": " + value + "}").ok());
        CHECK(std::ranges::count(names(), name.id, &Name::id) == 1);
    }
    CHECK(names().size() == 13);
}

}  // namespace smartcar_sim::fault
