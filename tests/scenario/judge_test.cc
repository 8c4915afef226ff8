// What is judged when something and when nothing is said: each row would pass if the rule were not there.
#include "a_theatre.h"
#include "signature/hmac.h"

namespace smartcar_sim::scenario {
namespace {

using Lines = std::vector<std::string>;
using fakes::answered;
using fakes::failed;
using Kind = delivery::Failure::Kind;

Result played(std::string_view steps, const std::vector<delivery::Answer>& answers) {
    Theatre theatre(std::string(kCar) + R"("steps": [{"verify": {}}, {"subscribe": "car"}, )" + std::string(steps) +
                    "]");
    for (const delivery::Answer& answer : answers) theatre.callback.then(answer);
    return theatre.play();
}

struct Row {
    std::string_view says;
    std::string_view step;
    std::vector<delivery::Answer> answers;  // of the callback to events, in turn; then as the reference receiver
    Lines complaints;
};

const delivery::Answer kTimeout = failed(Kind::kTimeout, "no answer within 15s");

TEST_CASE("an event is judged by what is said of it, and by the usual when nothing is", "[scenario][judge]") {
    const std::vector<Row> rows{
        {"an honest event has to be delivered at the first attempt",
         R"({"send": "CHARGING_STARTED"})",
         {answered(204)},
         {}},
        {"a later success is too late",
         R"({"send": "CHARGING_STARTED"})",
         {answered(500), answered(200)},
         {"3: delivered at the first attempt / 500 in 1 ms"}},
        {"a redirect is no success",
         R"({"send": "CHARGING_STARTED"})",
         {answered(302)},
         {"3: delivered at the first attempt / 302 in 1 ms"}},
        {"a timeout is no success",
         R"({"send": "CHARGING_STARTED"})",
         {kTimeout},
         {"3: delivered at the first attempt / timeout (no answer within 15s)"}},
        {"a forgery has to be rejected",
         R"({"send": "CHARGING_STARTED", "fault": {"signature": "wrong-key"}})",
         {answered(200)},
         {"3: rejected: any status but 2xx / 200 in 1 ms"}},
        {"any status but 2xx rejects",
         R"({"send": "CHARGING_STARTED", "fault": {"body": "tampered"}})",
         {answered(302)},
         {}},
        {"no answer does not reject",
         R"({"send": "CHARGING_STARTED", "fault": {"signature": "missing"}})",
         {kTimeout},
         {"3: rejected: any status but 2xx / timeout (no answer within 15s)"}},
        {"each duplicate has to be delivered",
         R"({"send": "CHARGING_STARTED", "fault": {"duplicate": true}})",
         {answered(200), answered(409)},
         {"3: delivered at the first attempt / 409 in 1 ms"}},
        {"lost answers are climbed over",
         R"({"send": "CHARGING_STARTED", "fault": {"answer": "lost", "times": 3}})",
         {},
         {}},
        {"a receiver that refuses what it has seen is found out",
         R"({"send": "CHARGING_STARTED", "fault": {"answer": "lost"}})",
         {answered(200), answered(409), answered(409), answered(409)},
         {"3: delivered in the end / 409 in 1 ms"}},
        {"four lost answers drop the event",
         R"({"send": "CHARGING_STARTED", "fault": {"answer": "lost", "times": 4}})",
         {},
         {}},
        {"a status that is said counts instead",
         R"({"send": "CHARGING_STARTED", "expect": {"status": [503, "4xx"]}})",
         {answered(503)},
         {}},
        {"and is not met by another",
         R"({"send": "CHARGING_STARTED", "expect": {"status": 201}})",
         {answered(200)},
         {"3: status 201 / 200 in 1 ms"}},
        {"attempts let the clock run until the delivery is final",
         R"({"send": "CHARGING_STARTED", "expect": {"attempts": 3}})",
         {answered(500), kTimeout, answered(200)},
         {}},
        {"and are counted",
         R"({"send": "CHARGING_STARTED", "expect": {"attempts": 2, "outcome": "delivered"}})",
         {answered(200)},
         {"3: delivered after 2 attempts / delivered after 1 attempt; the last: 200 in 1 ms"}},
        {"an outcome is awaited",
         R"({"send": "CHARGING_STARTED", "expect": {"outcome": "dropped"}})",
         {answered(500), answered(500), answered(500), answered(500)},
         {}},
        {"within is asked of the answer, and the usual still holds",
         R"({"send": "CHARGING_STARTED", "expect": {"within": "5s"}})",
         {answered(500)},
         {"3: delivered at the first attempt / 500 in 1 ms"}},
        {"an answer that took longer is too late",
         R"({"send": "CHARGING_STARTED", "expect": {"within": "0s"}})",
         {answered(200)},
         {"3: an answer within 0s / 1ms"}},
        {"headers and body of the answer",
         R"({"send": "CHARGING_STARTED", "expect": {"headers": {"x-a": "1"}, "body": {"/received": true, "/n": {"matches": "[0-9]"}}}})",
         {answered(200, R"({"received":true,"n":12})")},
         {"3: header x-a \"1\" / there is none"}},
        {"a body that is no JSON",
         R"({"send": "CHARGING_STARTED", "expect": {"body": {"/received": true}}})",
         {answered(200, "ok")},
         {"3: a body in JSON / \"ok\""}},
        {"events by their names",
         R"({"set": {"vehicle": "car", "state": {"charge-ischarging": true}}, "expect": {"events": ["CHARGING_STOPPED"]}})",
         {},
         {"3: events CHARGING_STOPPED / CHARGING_STARTED"}},
        {"nobody is to be told",
         R"({"set": {"vehicle": "car", "state": {"charge-ischarging": true}}, "expect": {"events": []}})",
         {},
         {"3: no event / CHARGING_STARTED"}},
        {"an event that did not come",
         R"({"set": {"vehicle": "car", "state": {"tractionbattery-stateofcharge": 3}}, "expect": {"events": ["CHARGING_STARTED"]}})",
         {},
         {"3: the event reaches a webhook / it set off no event"}},
        {"an answer of which something is expected has to come",
         R"({"set": {"vehicle": "car", "state": {"tractionbattery-stateofcharge": 3}}, "expect": {"within": "1s", "body": {"/a": 1}}})",
         {},
         {"3: the event reaches a webhook / it set off no event"}},
        {"what is not to be rejected is 2xx",
         R"({"send": "CHARGING_STARTED", "fault": {"signature": "wrong-key"}, "expect": {"rejected": false}})",
         {answered(401)},
         {"3: status 2xx / 401 in 1 ms"}},
        {"a change that sets nothing off is no failure",
         R"({"set": {"vehicle": "car", "state": {"tractionbattery-stateofcharge": 3}}})",
         {},
         {}},
    };
    for (const Row& row : rows) {
        INFO(row.says);
        CHECK(complaints_of(played(row.step, row.answers)) == row.complaints);
    }
}

TEST_CASE("a step that reaches nobody says why", "[scenario][judge]") {
    struct Reach {
        std::string_view scenario;
        std::string_view reason;
    };
    const std::vector<Reach> rows{
        {R"("steps": [{"subscribe": "car"}, {"send": "CHARGING_STARTED"}])", "unverified"},
        {R"("steps": [{"verify": {}}, {"send": "CHARGING_STARTED"}])", "not-subscribed"},
        {R"("steps": [{"verify": {}}, {"subscribe": "car"}, {"disable": {}}, {"send": "CHARGING_STARTED"}])",
         "disabled"},
        {R"("steps": [{"verify": {}}, {"subscribe": "car"}, {"disable": {}}, {"test": {}}])", "disabled"},
        {R"("steps": [{"subscribe": "car"}, {"send": {"raw": "x"}}])", "unverified"},
        {R"("steps": [{"verify": {}}, {"subscribe": "car"}, {"send": "VEHICLE_STATE"}])", "other-type"},
        {R"("webhook": {"events": ["CHARGING_STOPPED"]}, "steps": [{"verify": {}}, {"subscribe": "car"}, {"send": "CHARGING_STARTED"}])",
         "event-not-selected"},
        {R"("steps": [{"verify": {}}, {"set": {"state": {"charge-ischarging": true}}}])", "not-subscribed"},
    };
    for (const Reach& row : rows) {
        INFO(row.scenario);
        const Result result = Theatre(std::string(kCar) + std::string(row.scenario)).play();
        REQUIRE(complaints_of(result).size() == 1);
        const Complaint& complaint = result.steps.back().complaints.front();
        CHECK(complaint.actual == "it reached none");
        CHECK(complaint.why.starts_with("webhook \"webhook\": " + std::string(row.reason)));
    }
    const Result simulated =
        Theatre(
            R"("vehicles": {"car": {"fixture": "simulated-bev-2023"}}, "steps": [{"verify": {}}, {"subscribe": "car"}, {"send": "CHARGING_STARTED"}])")
            .play();
    CHECK(simulated.steps.back().complaints.front().why.starts_with("webhook \"webhook\": vehicle-not-live"));
}

TEST_CASE("a challenge is judged by the platform's own verdict", "[scenario][judge]") {
    const auto verified = [](std::string_view expect, const delivery::Answer& answer) {
        Theatre theatre(std::string(kCar) + R"("steps": [{"verify": {})" + std::string(expect) + "}]");
        theatre.callback.answer_challenges(answer);
        return theatre.play();
    };
    const auto wrong = answered(200, R"({"challenge":"nonsense"})");
    const Result result = verified("", wrong);
    CHECK(complaints_of(result) == Lines{R"(1: verified / wrong-hash: 200 in 1 ms {"challenge":"nonsense"})"});
    CHECK_FALSE(result.steps[0].complaints[0].why.empty());
    CHECK(complaints_of(verified(R"(, "expect": {"verified": false})", wrong)).empty());
    CHECK(complaints_of(verified(R"(, "expect": {"status": "2xx"})", wrong)).empty());
    CHECK(complaints_of(verified(R"(, "expect": {"status": 401, "verified": false})", wrong)) ==
          Lines{R"(1: status 401 / 200 in 1 ms {"challenge":"nonsense"})"});
    CHECK(complaints_of(verified(R"(, "expect": {"body": {"/challenge": {"matches": "^[0-9a-f]{64}$"}}})", wrong))
              .size() == 2);
}

TEST_CASE("a refusal that names a hash is explained by the mistake that makes it", "[scenario][judge]") {
    Theatre theatre(std::string(kCar) +
                    R"("steps": [{"verify": {}}, {"subscribe": "car"}, {"send": {"raw": "{ \"a\": \"é\" }"}}])");
    // The hash of {"a":"é"} under the development token: what a receiver computes that prints the JSON
    // again.
    const std::string hash = signature::hmac_sha256_hex(platform::kDevelopmentToken, R"({"a":"é"})");
    theatre.callback.then(answered(401, "expected " + hash));
    const Result result = theatre.play();
    REQUIRE(complaints_of(result).size() == 1);
    const Complaint& complaint = result.steps[2].complaints.front();
    CHECK(complaint.why.starts_with("the answer names a hash; "));
    CHECK(complaint.why.find("The body was parsed and written again") != std::string::npos);
    CHECK_FALSE(complaint.fix.empty());
}

TEST_CASE("a callback that has the token and refuses is told to hash the raw bytes", "[scenario][judge]") {
    const Result result = played(R"({"send": "CHARGING_STARTED"})", {answered(401)});
    CHECK(result.steps[2].complaints.front().fix.starts_with("The challenge was answered rightly"));
    const Result rotated = played(R"({"rotateToken": "new"}, {"send": "CHARGING_STARTED"})", {answered(401)});
    CHECK(rotated.steps[3].complaints.front().fix.starts_with("The signature is right under the simulator's token"));
    const Result waiting =
        played(R"({"rotateToken": {"signWith": "old"}}, {"send": "CHARGING_STARTED"})", {answered(401)});
    CHECK(waiting.steps[3].complaints.front().fix.starts_with("The challenge was answered rightly"));
}

TEST_CASE("what a failure does not call for is not advised", "[scenario][judge]") {
    const auto fix = [](std::string_view step, const delivery::Answer& answer) {
        return played(step, {answer}).steps[2].complaints.front().fix;
    };
    CHECK(fix(R"({"send": "CHARGING_STARTED", "fault": {"signature": "empty"}, "expect": {"status": 403}})",
              answered(401))
              .empty());
    CHECK(
        fix(R"({"set": {"vehicle": "car", "permissions": {"revoke": ["read_battery"]}}, "expect": {"events": ["VEHICLE_ERROR"]}})",
            answered(200))
            .starts_with("A change of permissions sends nothing by itself"));
}

TEST_CASE("what was expected is told of steps that hold too", "[scenario][judge]") {
    const auto expected = [](std::string_view step) { return played(step, {}).steps[2].expected; };
    CHECK(expected(R"({"send": "CHARGING_STARTED"})") == "delivered at the first attempt");
    CHECK(expected(R"({"send": "CHARGING_STARTED", "fault": {"signature": "empty"}})") ==
          "rejected: any status but 2xx");
    CHECK(
        expected(
            R"({"send": "CHARGING_STARTED", "expect": {"status": ["2xx", 409], "within": "2s", "events": ["CHARGING_STARTED"]}})") ==
        "status 2xx or 409, within 2s, events CHARGING_STARTED");
    CHECK(expected(R"({"send": "CHARGING_STARTED", "expect": {"attempts": 1, "outcome": "delivered"}})") ==
          "delivered after 1 attempt");
    CHECK(expected(R"({"wait": "1s"})").empty());
}

}  // namespace
}  // namespace smartcar_sim::scenario
