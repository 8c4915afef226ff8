// The course of a scenario: what is done when, what later steps know of it, and what ends it.
#include <algorithm>
#include <utility>

#include "a_theatre.h"
#include "signature/hmac.h"
#include "vehicle/vin.h"

namespace smartcar_sim::scenario {
namespace {

using Lines = std::vector<std::string>;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::string_view kReady = R"({"verify": {}}, {"subscribe": "car"}, )";

std::string story(std::string_view steps, std::string_view more = "") {
    return std::string(more) + std::string(kCar) + R"("steps": [)" + std::string(kReady) + std::string(steps) + "]";
}

Lines events_sent(const Theatre& theatre) {
    Lines events;
    for (const std::string& body : theatre.bodies()) {
        const std::size_t at = body.find("eventType\":\"");
        events.push_back(at == std::string::npos ? body : body.substr(at + 12, body.find('"', at + 12) - at - 12));
    }
    return events;
}

TEST_CASE("the story of the product's page is played in no time and holds", "[scenario][play]") {
    Theatre theatre(R"("tags": ["charging"],
  "webhook": { "type": "eventBased", "version": "2.0", "events": ["CHARGING_STARTED", "CHARGING_STOPPED", "CHARGING_COMPLETED"] },
  "vehicles": { "car": { "fixture": "tesla-model-3-2020", "state": { "tractionbattery-stateofcharge": 42, "charge-ischarging": false } } },
  "steps": [
    { "verify": {} },
    { "subscribe": "car" },
    { "set": { "vehicle": "car", "state": { "charge-ischargingcableconnected": true, "charge-ischarging": true } },
      "expect": { "events": ["CHARGING_STARTED"], "status": "2xx", "within": "2s" } },
    { "wait": "38m" },
    { "send": { "vehicle": "car", "event": "CHARGING_COMPLETED" }, "fault": { "answer": "lost", "times": 3 },
      "expect": { "attempts": 4, "outcome": "delivered" } },
    { "send": { "vehicle": "car", "event": "CHARGING_STOPPED" }, "fault": { "signature": "wrong-key" }, "expect": { "rejected": true } }
  ])");
    const Result result = theatre.play();
    CHECK(complaints_of(result).empty());
    CHECK(result.verdict == Verdict::kPassed);
    // Counted, not timed: a challenge, an event, four attempts, a forgery, and nobody waited.
    CHECK(theatre.sent().size() == 7);
    CHECK(theatre.outside.pauses.empty());
    CHECK(result.passed == minutes(38) + 3 * seconds(15) + seconds(25) + seconds(50) + seconds(100));
    REQUIRE(result.steps.size() == 6);
    CHECK(result.steps[4].exchanges.size() == 4);
    CHECK(result.steps[5].number == 6);
    CHECK(result.steps[5].place.line == 12);
}

TEST_CASE("a scenario keeps what was exchanged only where it is of use", "[scenario][play]") {
    Theatre theatre(story(R"({"send": "CHARGING_STARTED"}, {"send": "CHARGING_STOPPED", "expect": {"status": 404}})"));
    const Result result = theatre.play(Keep::kFailures);
    CHECK(result.steps[2].exchanges.empty());
    CHECK(result.steps[2].source.empty());
    CHECK(result.steps[3].exchanges.size() == 1);
    CHECK(result.steps[3].source == R"({"send": "CHARGING_STOPPED", "expect": {"status": 404}})");
}

// --- order and time ------------------------------------------------------------------------------------

TEST_CASE("steps that belong together reach the callback in the order asked for", "[scenario][play]") {
    const auto played = [](std::string_view order) {
        Theatre theatre(story(R"({"together": {"order": ")" + std::string(order) + R"(", "steps": [
            {"send": "CHARGING_STARTED"}, {"repeat": {"times": 2, "steps": [{"send": "CHARGING_STOPPED"}]}}]}})"));
        const Result result = theatre.play();
        CHECK(complaints_of(result).empty());
        CHECK(result.steps[2].path == "steps/2/together/0");
        CHECK(result.steps[4].path == "steps/2/together/1/repeat/1/0");
        return events_sent(theatre);
    };
    CHECK(played("given") == Lines{"CHARGING_STARTED", "CHARGING_STOPPED", "CHARGING_STOPPED"});
    CHECK(played("reversed") == Lines{"CHARGING_STOPPED", "CHARGING_STOPPED", "CHARGING_STARTED"});
    CHECK(played("concurrent").size() == 3);
}

TEST_CASE("reversed, the event that happened first has the first id and arrives last", "[scenario][play]") {
    Theatre given(story(R"({"together": {"steps": [{"send": "CHARGING_STARTED"}, {"send": "CHARGING_STOPPED"}]}})"));
    Theatre reversed(story(
        R"({"together": {"order": "reversed", "steps": [{"send": "CHARGING_STARTED"}, {"send": "CHARGING_STOPPED"}]}})"));
    static_cast<void>(given.play());
    static_cast<void>(reversed.play());
    Lines backwards = reversed.bodies();
    std::ranges::reverse(backwards);
    CHECK(given.bodies() == backwards);
}

TEST_CASE("a delayed event is judged when it arrives, at its own line", "[scenario][play]") {
    Theatre theatre(story(R"({"send": "CHARGING_STARTED", "fault": {"delay": "1m"}}, {"wait": "30s"},
                             {"send": "CHARGING_STOPPED"}, {"wait": "1m"})"));
    theatre.callback.then(fakes::answered(200));
    theatre.callback.then(fakes::answered(503));
    const Result result = theatre.play();
    CHECK(events_sent(theatre).front() == "CHARGING_STOPPED");
    CHECK(complaints_of(result) == Lines{"3: delivered at the first attempt / 503 in 1 ms"});
    CHECK_FALSE(result.steps[2].source.empty());
}

TEST_CASE("an event that is still under way at the end is waited for in platform time", "[scenario][play]") {
    Theatre theatre(story(R"({"send": "CHARGING_STARTED", "fault": {"delay": "5m"}})"));
    const Result result = theatre.play();
    CHECK(result.verdict == Verdict::kPassed);
    CHECK(theatre.bodies().size() == 1);
    CHECK(result.passed == minutes(5));
}

TEST_CASE("a wait makes the retries that fall due", "[scenario][play]") {
    Theatre theatre(
        story(R"({"send": "CHARGING_STARTED", "expect": {"status": 503}}, {"wait": "24s"}, {"wait": "1s"})"));
    theatre.callback.then(fakes::answered(503));
    const Result result = theatre.play();
    CHECK(complaints_of(result).empty());
    CHECK(theatre.bodies().size() == 2);
}

TEST_CASE("the longest course of a scenario counts waits, delays and whole ladders", "[scenario][play]") {
    const auto course = [](std::string_view steps) {
        return longest_course(*Theatre(story(steps)).read.scenario, seconds(15));
    };
    CHECK(course(R"({"wait": "38m"}, {"repeat": {"times": 3, "steps": [{"wait": "1m"}]}})") == minutes(41));
    CHECK(course(R"({"send": "CHARGING_STARTED", "fault": {"delay": "10s"}})") == seconds(10));
    CHECK(course(R"({"send": "CHARGING_STARTED", "expect": {"outcome": "delivered"}})") == seconds(175 + 4 * 15));
}

// --- what ends it --------------------------------------------------------------------------------------

TEST_CASE("a failed expectation does not end the scenario", "[scenario][play]") {
    Theatre theatre(story(R"({"send": "CHARGING_STARTED", "expect": {"status": 404}}, {"send": "CHARGING_STOPPED"})"));
    const Result result = theatre.play();
    CHECK(result.verdict == Verdict::kFailed);
    CHECK(result.steps.back().verdict == Verdict::kPassed);
}

TEST_CASE("a webhook that is not verified ends the scenario, and the teardown is played", "[scenario][play]") {
    Theatre theatre(std::string(kCar) +
                    R"("steps": [{"verify": {}}, {"subscribe": "car"}, {"send": "CHARGING_STARTED"}],
                                           "teardown": [{"probe": {"url": "/reset", "method": "POST"}}])");
    theatre.callback.answer_challenges(fakes::answered(200, R"({"challenge":"nonsense"})"));
    const Result result = theatre.play();
    REQUIRE(result.steps.size() == 4);
    CHECK(result.steps[0].verdict == Verdict::kFailed);
    CHECK(result.steps[1].verdict == Verdict::kNotRun);
    CHECK(result.steps[2].verdict == Verdict::kNotRun);
    CHECK(result.steps[3].verdict == Verdict::kPassed);
    CHECK(theatre.outside.requests.size() == 1);
    CHECK(theatre.bodies().empty());
}

TEST_CASE("a setup that fails keeps the steps from being played", "[scenario][play]") {
    Theatre theatre(std::string(kCar) + R"("setup": [{"probe": {"url": "/reset"}}], "steps": [{"verify": {}}])");
    theatre.outside.on_request = [](const auto&) { return fakes::answered(500); };
    const Result result = theatre.play();
    CHECK(result.verdict == Verdict::kFailed);
    CHECK(result.steps[1].verdict == Verdict::kNotRun);
    CHECK(theatre.sent().empty());
}

TEST_CASE("no connection at first contact is the environment's fault, later it is a failure", "[scenario][play]") {
    const auto unreachable = fakes::failed(delivery::Failure::Kind::kUnreachable, "127.0.0.1:3000: connection refused");
    SECTION("at first contact, and the teardown is played") {
        Theatre theatre(story(R"({"send": "CHARGING_STARTED"})", R"("teardown": [{"probe": {"url": "/reset"}}], )"));
        theatre.callback.answer_challenges(unreachable);
        const Result result = theatre.play();
        CHECK(result.verdict == Verdict::kError);
        CHECK(result.error == "no connection to the callback: 127.0.0.1:3000: connection refused");
        CHECK(result.steps[2].verdict == Verdict::kNotRun);
        CHECK(theatre.outside.requests.size() == 1);
    }
    SECTION("after it answered once") {
        Theatre theatre(story(R"({"send": "CHARGING_STARTED"})"));
        theatre.callback.then(unreachable);
        const Result result = theatre.play();
        CHECK(result.verdict == Verdict::kFailed);
        CHECK(complaints_of(result).size() == 1);
    }
    SECTION("after it answered in another scenario") {
        Theatre theatre(story(R"({"send": "CHARGING_STARTED"})"));
        theatre.contacted = true;
        theatre.callback.answer_challenges(unreachable);
        CHECK(theatre.play().verdict == Verdict::kFailed);
    }
}

TEST_CASE("a run that is called off ends after the step under way, without a teardown", "[scenario][play]") {
    Theatre theatre(std::string(kCar) +
                    R"("steps": [{"verify": {}}, {"subscribe": "car"}, {"send": "CHARGING_STARTED"}],
                                           "teardown": [{"probe": {"url": "/reset"}}])");
    theatre.callback.meanwhile([&] { theatre.outside.off = "interrupted"; });
    const Result result = theatre.play();
    CHECK(result.error == "interrupted");
    // What was under way then says nothing about the callback.
    CHECK(result.steps.front().verdict == Verdict::kNotRun);
    CHECK(complaints_of(result).empty());
    CHECK(result.steps.back().path == "teardown/0");
    CHECK(result.verdict != Verdict::kPassed);
    CHECK(theatre.sent().size() == 1);
    CHECK(theatre.outside.requests.empty());
}

// The application does something while a step is under way: another event, once.
void meanwhile_fire(Theatre& theatre, std::string_view event) {
    theatre.callback.meanwhile([&theatre, event, done = false]() mutable {
        if (theatre.bodies().empty() || std::exchange(done, true)) return;
        auto fired =
            theatre.running->platform.fire({.vehicle = theatre.cast.ids.at("car"), .event = std::string(event)});
        REQUIRE(fired.ok());
        const auto sent = theatre.running->simulation.submit(std::move(fired).value());
        REQUIRE(sent.ok());
    });
}

TEST_CASE("what the application sets off meanwhile is not judged by the step's own demand", "[scenario][play]") {
    Theatre theatre(
        story(R"({"send": "CHARGING_STARTED", "expect": {"status": 404, "events": ["CHARGING_STARTED"]}})"));
    meanwhile_fire(theatre, "CHARGING_STOPPED");
    theatre.callback.then(fakes::answered(404));
    CHECK(complaints_of(theatre.play()).empty());
    CHECK(theatre.bodies().size() == 2);
}

TEST_CASE("what the application sets off meanwhile has to be delivered all the same", "[scenario][play]") {
    for (const std::string_view step :
         {R"({"send": "CHARGING_STARTED", "fault": {"signature": "wrong-key"}})",
          R"({"together": {"steps": [{"send": "CHARGING_STARTED", "expect": {"status": 401}}]}})"}) {
        Theatre theatre(story(step));
        meanwhile_fire(theatre, "CHARGING_STOPPED");
        theatre.callback.then(fakes::answered(401));
        theatre.callback.then(fakes::answered(500));
        CHECK(complaints_of(theatre.play()) == Lines{"3: delivered at the first attempt / 500 in 1 ms"});
    }
}

// --- names ---------------------------------------------------------------------------------------------

TEST_CASE("a later step knows what an earlier one sent and got", "[scenario][play]") {
    Theatre theatre(story(R"({"send": "CHARGING_STARTED", "id": "s1"},
        {"send": {"raw": "{s1.eventId} {s1.deliveryId} {s1.status} {s1.response/received} {s1.request/payload/vehicleId} {car} {car.vin} {webhook.id} {webhook.callbackUri} {origin} {callback} {env.PORT} {{car} {\"a\":{\"b\":1}}"}},
        {"send": "CHARGING_STOPPED", "with": {"/payload/eventId": "{s1.eventId}", "/payload/eventTime": "{s1.response/received}"}})",
                          R"("env": ["PORT"], )"));
    theatre.callback.always(fakes::answered(200, R"({"received":true})"));
    const Result result = theatre.play();
    CHECK(complaints_of(result).empty());
    const Lines bodies = theatre.bodies();
    REQUIRE(bodies.size() == 3);
    const auto first = document::parse(bodies[0]).value();
    const std::string event_id = *first.find("payload")->find("eventId")->string();
    const std::string vehicle = theatre.cast.ids.at("car");
    const auto fleet = theatre.running->platform.fleet();
    const auto delivery = theatre.running->journal.find({.event_id = event_id}).deliveries.front();
    CHECK(bodies[1] == event_id + " " + delivery.attempts.front().delivery_id + " 200 true " + vehicle + " " + vehicle +
                           " " + fleet.front().vehicle->vin + " " + theatre.running->platform.webhooks().front().id +
                           " http://127.0.0.1:3000/webhooks http://127.0.0.1:8080 http://127.0.0.1:3000/webhooks 3000 "
                           "{car} {\"a\":{\"b\":1}}");
    // A text that is a name and nothing else becomes what it stands for: a boolean here.
    CHECK(bodies[2].find(R"("eventTime":true)") != std::string::npos);
    CHECK(bodies[2].find(R"("eventId":")" + event_id + '"') != std::string::npos);
}

TEST_CASE("a name that stands for nothing fails the step that uses it", "[scenario][play]") {
    Theatre theatre(story(R"({"send": "CHARGING_STARTED", "id": "s1"}, {"send": {"raw": "{s1.response/none}"}})"));
    CHECK(complaints_of(theatre.play()) ==
          Lines{"4: the step can be done / {s1.response/none}: there is nothing at /none"});
}

// --- the application ------------------------------------------------------------------------------------

TEST_CASE("a user who connects is sent to the application with the code", "[scenario][play]") {
    Theatre theatre(R"("vehicles": {"car": {"fixture": "tesla-model-3-2020", "connected": false}}, "steps": [
        {"connect": {"vehicles": "car", "redirectUri": "/exchange", "state": "x {{y"}, "id": "visit"},
        {"probe": {"url": "/me", "requestHeaders": {"authorization": "Bearer {visit.accessToken}"}}}])");
    theatre.outside.on_request = [](const auto&) { return fakes::answered(302); };
    const Result result = theatre.play();
    REQUIRE(theatre.outside.requests.size() == 2);
    const std::string target = theatre.outside.requests[0].request.target;
    CHECK(target.starts_with("/exchange?code="));
    CHECK(target.ends_with("&state=x%20%7By"));
    CHECK(theatre.outside.requests[0].url.authority() == "127.0.0.1:3000");
    CHECK(theatre.outside.requests[1].request.headers.get("authorization")->size() > 20);
    CHECK(complaints_of(result) == Lines{"2: status 2xx / 302 in 1 ms"});
    CHECK(theatre.running->platform.fleet().front().connected);
}

TEST_CASE("an application that does not take the code ends the scenario", "[scenario][play]") {
    Theatre theatre(R"("vehicles": {"car": {"fixture": "tesla-model-3-2020", "connected": false}}, "steps": [
        {"connect": {"redirectUri": "/exchange"}}, {"verify": {}}])");
    theatre.outside.on_request = [](const auto&) { return fakes::answered(500); };
    const Result result = theatre.play();
    CHECK(complaints_of(result) == Lines{"1: status 2xx or 3xx / 500 in 1 ms"});
    CHECK(result.steps[1].verdict == Verdict::kNotRun);
}

TEST_CASE("a probe asks until the answer is as expected", "[scenario][play]") {
    Theatre theatre(story(
        R"({"probe": {"url": "/cars/{car}", "body": {"/charging": true, "/name": {"matches": "^M"}}, "within": "1m"}})"));
    theatre.outside.on_request = [&](const auto&) {
        return fakes::answered(200, theatre.outside.requests.size() < 4 ? R"({"charging":false})"
                                                                        : R"({"charging":true,"name":"Model 3"})");
    };
    CHECK(complaints_of(theatre.play()).empty());
    CHECK(theatre.outside.requests.size() == 4);
    CHECK(theatre.outside.pauses.size() == 3);
    CHECK(theatre.outside.requests[0].request.target == "/cars/" + theatre.cast.ids.at("car"));
}

TEST_CASE("a probe without a time asks once and says what is wrong", "[scenario][play]") {
    Theatre theatre(story(
        R"({"probe": {"url": "http://127.0.0.1:4000/x", "status": [200, "4xx"], "headers": {"x-a": "1"}, "body": {"/a": [1, {"b": 2}], "/c": 1}}})"));
    theatre.outside.on_request = [](const auto&) { return fakes::answered(503, R"({"a":[1,{"b":3}]})"); };
    CHECK(complaints_of(theatre.play()) ==
          Lines{"3: status 200 or 4xx / 503 in 1 ms {\"a\":[1,{\"b\":3}]}", "3: header x-a \"1\" / there is none",
                "3: body /a [1,{\"b\":2}] / [1,{\"b\":3}]", "3: body /c 1 / there is none"});
    CHECK(theatre.outside.pauses.empty());
}

TEST_CASE("a command is run and its exit code and output are judged", "[scenario][play]") {
    Theatre theatre(
        story(R"({"probe": {"command": "psql -c {car}", "exit": 0, "output": {"matches": "^[0-9]+$"}}, "id": "c"},
                             {"send": {"raw": "{c.output}"}})"));
    theatre.callback.always(fakes::answered(200));
    theatre.outside.on_command = [](const auto&) {
        return base::Result<CommandAnswer>(CommandAnswer{.exit_code = 1, .output = "none"});
    };
    CHECK(complaints_of(theatre.play()) ==
          Lines{R"(3: exit 0 / exit 1, printing "none")", R"(3: output matching "^[0-9]+$" / "none")"});
    CHECK(theatre.outside.commands.front() == "psql -c " + theatre.cast.ids.at("car"));
    CHECK(theatre.bodies().back() == "none");
}

TEST_CASE("a name in a pattern is what it stands for when the output and the answer are judged", "[scenario][play]") {
    Theatre theatre(story(
        R"({"probe": {"command": "x", "output": {"matches": "^<{callback}>$"}}},
           {"probe": {"url": "/x", "body": {"/id": {"matches": "^{car}$"}}}})"));
    theatre.outside.on_command = [](const auto&) {
        return base::Result<CommandAnswer>(CommandAnswer{.exit_code = 0, .output = "<http://127.0.0.1:3000/webhooks>"});
    };
    theatre.outside.on_request = [&](const auto&) {
        return fakes::answered(200, R"({"id": ")" + theatre.cast.ids.at("car") + "\"}");
    };
    CHECK(complaints_of(theatre.play()).empty());
}

TEST_CASE("calls of the application are counted by method and path", "[scenario][play]") {
    const auto played = [](std::string_view expectation) {
        Theatre theatre(
            story(R"({"expectCalls": {"method": "GET", "path": "/v2.0/vehicles", )" + std::string(expectation) + "}}"));
        theatre.outside.made = {{"GET", "/v2.0/vehicles?limit=1", 200},
                                {"GET", "/v2.0/vehicles/", 401},
                                {"POST", "/v2.0/vehicles", 404},
                                {"GET", "/v2.0/vehicles/x", 200}};
        const Result result = theatre.play();
        return result.steps[2].complaints;
    };
    CHECK(played(R"("exactly": 2)").empty());
    CHECK(played(R"("atLeast": 1, "atMost": 2)").empty());
    REQUIRE(played(R"("exactly": 1)").size() == 1);
    CHECK(played(R"("exactly": 1)").front().expected == "exactly 1 call of GET /v2.0/vehicles");
    CHECK(played(R"("exactly": 1)").front().actual == "2");
    CHECK(played(R"("exactly": 1)").front().why ==
          "the last calls were GET /v2.0/vehicles?limit=1 (200), GET /v2.0/vehicles/ (401), POST /v2.0/vehicles (404), "
          "GET /v2.0/vehicles/x (200)");
    CHECK(played(R"("atLeast": 3)").size() == 1);
    CHECK(played(R"("atMost": 1)").size() == 1);
}

TEST_CASE("that no more calls come is known when the time is over", "[scenario][play]") {
    Theatre theatre(story(R"({"expectCalls": {"path": "/x", "exactly": 0, "within": "1m"}})"));
    theatre.outside.on_pause = [&] { theatre.outside.made.push_back({"GET", "/x", 200}); };
    CHECK(complaints_of(theatre.play()) == Lines{"3: exactly 0 calls of /x / 1"});
    CHECK(theatre.outside.pauses.size() == 1);
}

// --- tokens, people, vehicles ----------------------------------------------------------------------------

TEST_CASE("what is signed with a rotated token is refused until the token is back", "[scenario][play]") {
    Theatre theatre(story(R"({"rotateToken": "new"}, {"send": "CHARGING_STARTED", "expect": {"status": 401}},
                             {"rotateToken": {"token": "{env.NEXT_TOKEN}"}}, {"send": {"raw": "x"}, "expect": {"rejected": true}},
                             {"rotateToken": "previous"}, {"rotateToken": "previous"}, {"send": "CHARGING_STOPPED"})",
                          R"("env": ["NEXT_TOKEN"], )"));
    CHECK(complaints_of(theatre.play()).empty());
    const auto sent = theatre.sent();
    REQUIRE(sent.size() == 4);
    CHECK(sent[2].request.headers.get("sc-signature") == signature::hmac_sha256_hex("the-next-token-of-ours", "x"));
}

TEST_CASE("a rotation's window says which token signs and which the application may use", "[scenario][play]") {
    Theatre theatre(story(
        R"({"rotateToken": {"window": "both", "signWith": "old"}}, {"send": "CHARGING_STARTED"}, {"probe": {"url": "/"}},
           {"tokenWindow": {"window": "both"}}, {"send": {"raw": "x"}, "expect": {"rejected": true}}, {"probe": {"url": "/"}},
           {"rotateToken": "new"}, {"rotateToken": "previous"}, {"rotateToken": "previous"}, {"send": "CHARGING_STOPPED"})"));
    Lines seen;
    theatre.outside.on_request = [&](const delivery::Outgoing&) {
        const platform::TokenWindow window = theatre.running->platform.token_window();
        seen.push_back(std::string(name_of(window.accepts)) + ", signs " + std::string(name_of(window.signs)));
        return fakes::answered(200);
    };
    const Result result = theatre.play();
    CHECK(complaints_of(result).empty());
    CHECK(seen == Lines{"both, signs old", "both, signs new"});
    CHECK(result.steps[2].title == "rotate to a new token: the API accepts both, the old one signs");
    CHECK(result.steps[5].title == "token window: the API accepts both, the new one signs");
}

TEST_CASE("faults of the application's calls stand until they are cleared, and are about the vehicle",
          "[scenario][play]") {
    Theatre theatre(story(
        R"({"apiFault": {"endpoint": "/battery", "vehicle": "car", "type": "VEHICLE_STATE", "code": "ASLEEP", "times": 2, "after": 1, "latency": "200ms"}},
           {"probe": {"url": "/"}}, {"apiFault": "clear"}, {"probe": {"url": "/"}},
           {"apiFault": {"endpoint": "*", "method": "POST", "status": 503, "times": 1}}, {"apiFault": {"endpoint": "/", "latency": "1s"}})"));
    std::vector<std::vector<fault::StandingFault>> seen;
    theatre.outside.on_request = [&](const delivery::Outgoing&) {
        seen.push_back(theatre.running->simulation.api_faults().all());
        return fakes::answered(200);
    };
    const Result result = theatre.play();
    CHECK(complaints_of(result).empty());
    REQUIRE(seen.size() == 2);
    REQUIRE(seen[0].size() == 1);
    CHECK(seen[0][0].fault.vehicle == theatre.cast.ids.at("car"));
    CHECK(seen[0][0].fault.endpoint == "/battery");
    CHECK(seen[1].empty());
    CHECK(theatre.running->simulation.api_faults().all().size() == 2);
    std::vector<std::string> titles;
    for (const StepResult& step : result.steps) {
        if (step.title.find("api fault") != std::string::npos) titles.push_back(step.title);
    }
    CHECK(titles == std::vector<std::string>{
                        "api fault VEHICLE_STATE ASLEEP, slowed by 200ms for /battery of car 2 times after 1",
                        "no api fault any more", "api fault status 503 for POST * once",
                        "api fault slowed by 1s for /"});
}

TEST_CASE("a fault of the application's calls can be set up and stands from the first step", "[scenario][play]") {
    Theatre theatre(
        story(R"({"probe": {"url": "/"}})", R"("setup": [{"apiFault": {"endpoint": "*", "status": 500}}], )"));
    std::size_t standing = 0;
    theatre.outside.on_request = [&](const delivery::Outgoing&) {
        standing = theatre.running->simulation.api_faults().all().size();
        return fakes::answered(200);
    };
    CHECK(complaints_of(theatre.play()).empty());
    CHECK(standing == 1);
}

TEST_CASE("a token that was rotated to anew is another one", "[scenario][play]") {
    Theatre theatre(story(
        R"({"rotateToken": "new"}, {"send": {"raw": "x"}, "expect": {"rejected": true}}, {"rotateToken": "previous"},
                             {"rotateToken": "new"}, {"send": {"raw": "x"}, "expect": {"rejected": true}})"));
    CHECK(complaints_of(theatre.play()).empty());
    const auto sent = theatre.sent();
    REQUIRE(sent.size() == 3);
    CHECK(sent[1].request.body == sent[2].request.body);
    CHECK(sent[1].request.headers.get("sc-signature") != sent[2].request.headers.get("sc-signature"));
}

TEST_CASE("there is no token before the first", "[scenario][play]") {
    CHECK(complaints_of(Theatre(story(R"({"rotateToken": "previous"})")).play()) ==
          Lines{"3: the step can be done / there is no token before this one"});
    CHECK(complaints_of(Theatre(story(R"({"tokenWindow": {"window": "both"}})")).play()) ==
          Lines{"3: the step can be done / the application management token was not rotated yet, so there is no old "
                "one: rotate it first"});
}

TEST_CASE("after a vehicle is disconnected nothing is sent about it", "[scenario][play]") {
    Theatre theatre(story(R"({"send": "CHARGING_STARTED", "fault": {"delay": "1m"}}, {"disconnect": "car"},
                             {"send": "CHARGING_STOPPED"})"));
    const Result result = theatre.play();
    CHECK(theatre.bodies().empty());
    REQUIRE(
        complaints_of(result) ==
        Lines{"3: delivered at the first attempt / dropped before an attempt was made: nobody was to be told any more",
              "5: the event reaches a webhook / it reached none"});
    CHECK(result.steps[4].complaints.front().why.starts_with("webhook \"webhook\": not-subscribed"));
}

TEST_CASE("two vehicles of one fixture differ in id and VIN", "[scenario][play]") {
    const Theatre theatre(
        R"("vehicles": {"a": {"fixture": "tesla-model-3-2020"}, "b": {"fixture": "tesla-model-3-2020"}},
                       "steps": [{"verify": {}}])");
    const auto& vehicles = theatre.cast.vehicles;
    REQUIRE(vehicles.size() == 2);
    CHECK(vehicles[0].id != fakes::shipped_vehicle("tesla-model-3-2020").id);
    CHECK(vehicles[0].vin == fakes::shipped_vehicle("tesla-model-3-2020").vin);
    CHECK(vehicles[1].id != vehicles[0].id);
    CHECK(vehicles[1].vin != vehicles[0].vin);
    CHECK(vehicle::has_valid_check_digit(vehicles[1].vin));
}

TEST_CASE("a vehicle begins as the scenario says", "[scenario][play]") {
    Theatre theatre(R"("vehicles": {
            "sim": {"fixture": "tesla-model-3-2020", "mode": "simulated", "state": {"tractionbattery-stateofcharge": 7}},
            "new": {"fixture": "kia-ev6-2022", "connected": false},
            "few": {"fixture": "kia-ev6-2022", "permissions": ["read_vin"]}},
        "steps": [{"verify": {}}])");
    static_cast<void>(theatre.play());
    const auto fleet = theatre.running->platform.fleet();
    REQUIRE(fleet.size() == 3);
    CHECK(fleet[0].vehicle->mode == contract::Mode::kSimulated);
    CHECK(fleet[0].vehicle->state.steps("tractionbattery-stateofcharge") == 700);
    CHECK(fleet[0].connected);
    CHECK_FALSE(fleet[1].connected);
    CHECK(fleet[2].granted == vehicle::PermissionSet{"read_vin"});
}

// --- versions and webhooks --------------------------------------------------------------------------------

TEST_CASE("a step of the other version is left out", "[scenario][play]") {
    const std::string both = story(R"({"only": "2.0", "send": "CHARGING_STARTED"},
                                      {"only": "4.0", "send": "VEHICLE_STATE"})",
                                   R"("webhook": {"version": ["2.0", "4.0"]}, )");
    Theatre old(both, contract::Version::k2_0);
    const Result result = old.play();
    CHECK(events_sent(old) == Lines{"CHARGING_STARTED"});
    CHECK(result.version == contract::Version::k2_0);
    CHECK(result.steps.size() == 3);
    Theatre current(both, contract::Version::k4_0);
    CHECK(complaints_of(current.play()).empty());
    CHECK(events_sent(current) == Lines{"VEHICLE_STATE", "VEHICLE_STATE"});  // the first delivery of the subscription
}

TEST_CASE("a step can be about one of several webhooks", "[scenario][play]") {
    Theatre theatre(std::string(kCar) + R"("webhooks": {"a": {}, "b": {"callbackUri": "/other"}}, "steps": [
        {"verify": {}, "to": "b"}, {"subscribe": "car"}, {"send": "CHARGING_STARTED", "to": "a"},
        {"set": {"vehicle": "car", "state": {"charge-ischarging": true}}, "to": "b"}])");
    const Result result = theatre.play();
    CHECK(complaints_of(result) == Lines{"3: the event reaches a webhook / it reached none"});
    CHECK(result.steps[2].complaints.front().why.starts_with("webhook \"a\": unverified"));
    REQUIRE(theatre.sent().size() == 2);
    CHECK(theatre.sent()[1].url.target == "/other");
}

TEST_CASE("a payload file is sent as it is and signed anew", "[scenario][play]") {
    Theatre theatre(story(R"({"send": {"file": "payload.json"}})"));
    CHECK(complaints_of(theatre.play()).empty());
    CHECK(theatre.bodies() == Lines{R"({"a": 1.0})"});
}

}  // namespace
}  // namespace smartcar_sim::scenario
