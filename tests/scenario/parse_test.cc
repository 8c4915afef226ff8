// Scenario files as values, member by member; names that are known when they are read; webhooks in each version.
#include "scenario/parse.h"

#include <string>
#include <string_view>
#include <vector>

#include "a_theatre.h"

namespace smartcar_sim::scenario {
namespace {

using base::Milliseconds;
using Texts = std::vector<std::string>;
using contract::Version;

Scenario read(std::string_view rest) {
    Parsed result = parsed(rest);
    for (const base::Error& error : result.errors) UNSCOPED_INFO(error.message);
    REQUIRE(result.errors.empty());
    REQUIRE(result.scenario.has_value());
    return *std::move(result.scenario);
}

// The one step of a file with one car, after steps that it may name.
Step step(const std::string& text, const std::string& before = "") {
    return read(std::string(kCar) + R"("steps": [)" + before + text + "]").steps.back();
}

template <class T>
T action(const std::string& text) {
    const Step read = step(text);
    REQUIRE(std::holds_alternative<T>(read.action));
    return std::get<T>(read.action);
}

Texts messages(std::string_view rest) {
    Texts texts;
    for (const base::Error& error : parsed(rest).errors) texts.push_back(error.message);
    return texts;
}

Texts codes(std::string_view rest) {
    Texts texts;
    for (const base::Error& error : parsed(rest).errors) texts.push_back(error.code);
    return texts;
}

// --- the file -------------------------------------------------------------------------------------------

TEST_CASE("everything a file says about itself is kept", "[scenario][parse]") {
    const Scenario scenario = read(R"(
        "$schema": "./scenario.schema.json", "description": "why", "tags": ["a", "b"], "env": ["PORT", "HOST"],
        "webhooks": {"first": {"events": ["CHARGING_STARTED"]}, "second": {"version": "4.0"}},
        "vehicles": {
            "car": {"fixture": "tesla-model-3-2020", "state": {"tractionbattery-stateofcharge": 42},
                    "mode": "test", "connected": false, "permissions": ["read_battery", "read_charge"]},
            "plain": {"fixture": "kia-ev6-2022"}},
        "setup": [{"verify": {}}], "steps": [{"wait": "1s"}, {"wait": "2s"}], "teardown": [{"disable": {}}])");
    CHECK(scenario.file == "story.json");
    CHECK(scenario.name == "A story");
    CHECK(scenario.line == 1);
    CHECK(scenario.description == "why");
    CHECK(scenario.tags == Texts{"a", "b"});
    CHECK(scenario.environment == Texts{"PORT", "HOST"});
    REQUIRE(scenario.webhooks.size() == 2);
    CHECK(scenario.webhooks[0].alias == "first");
    CHECK(scenario.webhooks[0].settings == document::parse(R"({"events": ["CHARGING_STARTED"]})").value());
    CHECK(scenario.webhooks[0].versions.empty());
    CHECK(scenario.webhooks[1].alias == "second");
    REQUIRE(scenario.vehicles.size() == 2);
    const FakeVehicle& car = scenario.vehicles[0];
    CHECK(car.alias == "car");
    CHECK(car.fixture == "tesla-model-3-2020");
    REQUIRE(car.state.size() == 1);
    CHECK(car.state[0].signal->code == "tractionbattery-stateofcharge");
    CHECK(car.mode == contract::Mode::kTest);
    CHECK_FALSE(car.connected);
    CHECK(car.permissions == Texts{"read_battery", "read_charge"});
    const FakeVehicle& plain = scenario.vehicles[1];
    CHECK(plain.state.empty());
    CHECK_FALSE(plain.mode.has_value());
    CHECK(plain.connected);
    CHECK_FALSE(plain.permissions.has_value());
    CHECK(scenario.versions.empty());
    CHECK(scenario.setup.size() == 1);
    CHECK(scenario.steps.size() == 2);
    CHECK(scenario.teardown.size() == 1);
    CHECK_FALSE(scenario.has_commands);
}

TEST_CASE("a file that says little has one webhook, every fixture, and nothing before or after", "[scenario][parse]") {
    const Scenario scenario = read(R"("steps": [{"subscribe": "kia-ev6-2022"}])");
    REQUIRE(scenario.webhooks.size() == 1);
    CHECK(scenario.webhooks[0].alias == "webhook");
    CHECK(scenario.webhooks[0].settings == document::Value(document::Object{}));
    CHECK(scenario.vehicles.empty());
    CHECK(scenario.setup.empty());
    CHECK(scenario.teardown.empty());
    CHECK(std::get<Subscribe>(scenario.steps[0].action).vehicle == "kia-ev6-2022");
}

TEST_CASE("a step knows its line, its text and what it is for", "[scenario][parse]") {
    const std::string text =
        "{\n// why\n\"formatVersion\": 1,\n\"name\": \"x\",\n\"steps\": [\n"
        "  {\"wait\": \"1s\", // a } here\n   \"says\": \"time flies\", \"only\": \"4.0\"}\n]}";
    auto root = document::parse(text, "f.json", document::Comments::kAllowed);
    REQUIRE(root.ok());
    const Parsed parsed = parse({.name = "f.json", .text = text, .root = std::move(root).value()}, {});
    REQUIRE(parsed.scenario.has_value());
    CHECK(parsed.scenario->line == 4);
    const Step& wait = parsed.scenario->steps.at(0);
    CHECK(wait.place == base::Place{"f.json", 6, 3});
    CHECK(wait.source == "{\"wait\": \"1s\", // a } here\n   \"says\": \"time flies\", \"only\": \"4.0\"}");
    CHECK(wait.says == "time flies");
    CHECK(wait.only == Version::k4_0);
    CHECK(wait.kind == "wait");
    CHECK(wait.id.empty());
    CHECK_FALSE(wait.to.has_value());
    CHECK(wait.with.empty());
    CHECK(wait.fault == fault::Plan{});
}

TEST_CASE("versions of a list are those the file runs in, each once and in their order", "[scenario][parse]") {
    CHECK(read(R"("webhook": {"version": ["4.0", "2.0"]}, "steps": [{"verify": {}}])").versions ==
          std::vector{Version::k4_0, Version::k2_0});
    const Scenario several = read(R"("webhooks": {"a": {"version": ["2.0"]}, "b": {"version": ["2.0", "4.0"]},
                                                  "c": {"version": "4.0"}}, "steps": [{"verify": {}}])");
    CHECK(several.versions == std::vector{Version::k2_0, Version::k4_0});
    CHECK(several.webhooks[0].versions == std::vector{Version::k2_0});
    CHECK(several.webhooks[1].versions == std::vector{Version::k2_0, Version::k4_0});
    CHECK(several.webhooks[2].versions.empty());
}

TEST_CASE("one mistake is enough to have no scenario", "[scenario][parse]") {
    const Parsed result = parsed(R"("steps": [{"verify": {}}, {"wait": 5}])");
    CHECK_FALSE(result.scenario.has_value());
    CHECK(result.errors.size() == 1);
}

// --- the actions ----------------------------------------------------------------------------------------

TEST_CASE("connect says whose vehicles, what for and where the user goes", "[scenario][parse]") {
    const auto connect = action<Connect>(
        R"({"connect": {"vehicles": ["car"], "scope": ["required:read_vin", "read_charge"], "mode": "simulated",
                        "redirectUri": "/callback", "state": "s"}})");
    CHECK(connect.vehicles == Texts{"car"});
    CHECK(connect.scope == Texts{"required:read_vin", "read_charge"});
    CHECK(connect.mode == contract::Mode::kSimulated);
    CHECK(connect.redirect_uri == "/callback");
    CHECK(connect.state == "s");
    CHECK(action<Connect>(R"({"connect": {"vehicles": "car"}})").vehicles == Texts{"car"});
    const auto plain = action<Connect>(R"({"connect": {}})");
    CHECK(plain.mode == contract::Mode::kLive);
    CHECK(plain.vehicles.empty());
    CHECK(plain.scope.empty());
    CHECK(plain.redirect_uri.empty());
    CHECK_FALSE(plain.state.has_value());
}

TEST_CASE("what is about a vehicle takes its alias as a text, as a member, or the only one there is",
          "[scenario][parse]") {
    for (const std::string about : {R"("car")", R"({"vehicle": "car"})", "{}"}) {
        INFO(about);
        CHECK(action<Subscribe>(R"({"subscribe": )" + about + "}").vehicle == "car");
        CHECK(action<Unsubscribe>(R"({"unsubscribe": )" + about + "}").vehicle == "car");
        CHECK(action<Disconnect>(R"({"disconnect": )" + about + "}").vehicle == "car");
    }
    CHECK(action<Send>(R"({"send": "CHARGING_STARTED"})").vehicle == "car");
    CHECK(action<Send>(R"({"send": {"event": "CHARGING_STARTED"}})").vehicle == "car");
    CHECK(action<Set>(R"({"set": {"state": {}}})").vehicle == "car");
}

TEST_CASE("without vehicles a fixture is its own alias, and which one has to be said", "[scenario][parse]") {
    CHECK(messages(R"("steps": [{"subscribe": {}}])") ==
          Texts{R"(there are several vehicles; say which with "vehicle": "kia-ev6-2022", "simulated-bev-2023" or )"
                R"("tesla-model-3-2020")"});
    CHECK(read(R"("steps": [{"send": {"raw": "{kia-ev6-2022} {tesla-model-3-2020.vin}"}}])").steps.size() == 1);
}

// It was said that there are several, and none was named.
TEST_CASE("where no vehicle is, it is not said that there are several", "[scenario][parse]") {
    const std::string text = R"({"formatVersion": 1, "name": "x", "steps": [{"subscribe": {}}]})";
    const Parsed none = parse({.name = "f", .text = text, .root = document::parse(text).value()}, {});
    REQUIRE(none.errors.size() == 1);
    CHECK(none.errors[0].message == "there is no vehicle that it could be about");
}

TEST_CASE("the steps without members are what they are called", "[scenario][parse]") {
    CHECK(std::holds_alternative<Verify>(step(R"({"verify": {}})").action));
    CHECK(std::holds_alternative<Test>(step(R"({"test": {}})").action));
    CHECK(std::holds_alternative<Enable>(step(R"({"enable": {}})").action));
    CHECK(std::holds_alternative<Disable>(step(R"({"disable": {}})").action));
    CHECK(action<Wait>(R"({"wait": "1h30m"})").time == std::chrono::minutes(90));
}

TEST_CASE("an event is sent by name in both versions or by one for each", "[scenario][parse]") {
    const auto named = action<Send>(R"({"send": "CHARGING_STOPPED"})");
    CHECK(named.event.in(Version::k2_0) == "CHARGING_STOPPED");
    CHECK(named.event.in(Version::k4_0) == "CHARGING_STOPPED");
    const auto each = action<Send>(R"({"send": {"event": {"2.0": "CHARGING_STOPPED", "4.0": "VEHICLE_STATE"}}})");
    CHECK(each.event.v2_0 == "CHARGING_STOPPED");
    CHECK(each.event.v4_0 == "VEHICLE_STATE");
    const auto one = action<Send>(R"({"send": {"event": {"4.0": "VEHICLE_STATE"}}})");
    CHECK_FALSE(one.event.v2_0.has_value());
    CHECK_FALSE(one.event.empty());
    CHECK_FALSE(one.payload.has_value());
    CHECK_FALSE(one.raw.has_value());
}

TEST_CASE("triggers and errors are kept with their event", "[scenario][parse]") {
    const auto state = action<Send>(
        R"({"send": {"vehicle": "car", "event": "VEHICLE_STATE", "triggers": ["FIRST_DELIVERY", "charge-ischarging"]}})");
    CHECK(state.vehicle == "car");
    CHECK(state.triggers == Texts{"FIRST_DELIVERY", "charge-ischarging"});
    const auto failed = action<Send>(R"({"send": {"event": "VEHICLE_ERROR", "errors": [
        {"type": "VEHICLE_STATE", "code": "ASLEEP", "state": "RESOLVED", "signals": ["charge-ischarging"]},
        {"type": "PERMISSION", "state": "ERROR"}]}})");
    REQUIRE(failed.errors.size() == 2);
    CHECK(failed.errors[0].type == "VEHICLE_STATE");
    CHECK(failed.errors[0].code == "ASLEEP");
    CHECK(failed.errors[0].state == contract::VehicleFault::State::kResolved);
    REQUIRE(failed.errors[0].signals.has_value());
    CHECK(failed.errors[0].signals->size() == 1);
    CHECK_FALSE(failed.errors[1].code.has_value());
    CHECK(failed.errors[1].state == contract::VehicleFault::State::kError);
    CHECK_FALSE(failed.errors[1].signals.has_value());
}

TEST_CASE("a payload file is read byte for byte, and raw bytes are kept as written", "[scenario][parse]") {
    const auto file = action<Send>(R"({"send": {"file": "payload.json"}})");
    CHECK(file.payload == R"({"a": 1.0})");
    CHECK(file.event.empty());
    CHECK(file.vehicle.empty());
    CHECK(action<Send>(R"({"send": {"raw": "{car} {{x}"}})").raw == "{car} {{x}");
    CHECK(action<Send>(R"({"send": {"raw": ""}})").raw == "");
}

TEST_CASE("set keeps state as it is written, and what is granted and revoked", "[scenario][parse]") {
    const auto set = action<Set>(R"({"set": {"vehicle": "car",
        "state": {"charge-ischarging": true, "tractionbattery-stateofcharge": 80.5},
        "permissions": {"grant": ["read_vin"], "revoke": ["read_charge", "read_battery"]}}})");
    CHECK(document::Value(set.state) ==
          document::parse(R"({"charge-ischarging": true, "tractionbattery-stateofcharge": 80.5})").value());
    CHECK(set.grant == Texts{"read_vin"});
    CHECK(set.revoke == Texts{"read_charge", "read_battery"});
    const auto permissions = action<Set>(R"({"set": {"permissions": {"revoke": ["read_vin"]}}})");
    CHECK(permissions.state.empty());
    CHECK(permissions.grant.empty());
}

TEST_CASE("state that holds a name is looked at when it is played", "[scenario][parse]") {
    const Step named = step(R"({"set": {"state": {"charge-ischarging": "{p.response/on}"}}})",
                            R"({"probe": {"url": "/x"}, "id": "p"}, )");
    CHECK(std::get<Set>(named.action).state.size() == 1);
    CHECK(messages(std::string(kCar) + R"("steps": [{"set": {"state": {"charge-ischarging": "on"}}}])") ==
          Texts{"charge-ischarging must be a boolean, not a string"});
}

TEST_CASE("a token is rotated to a new one, to the one before, or to one that is given", "[scenario][parse]") {
    CHECK(action<RotateToken>(R"({"rotateToken": "new"})").to == RotateToken::To::kNew);
    CHECK(action<RotateToken>(R"({"rotateToken": "previous"})").to == RotateToken::To::kPrevious);
    const auto given = action<RotateToken>(R"({"rotateToken": {"token": "{car}-token"}})");
    CHECK(given.to == RotateToken::To::kGiven);
    CHECK(given.token == "{car}-token");
    CHECK(given.window == platform::TokenWindow{});
}

TEST_CASE("a rotation has a window, which can be moved", "[scenario][parse]") {
    using Window = platform::TokenWindow;
    const auto rotated = action<RotateToken>(R"({"rotateToken": {"window": "both", "signWith": "old"}})");
    CHECK(rotated.window == Window{.accepts = Window::Accepts::kBoth, .signs = Window::Signs::kOld});
    CHECK(action<RotateToken>(R"({"rotateToken": {"token": "t", "window": "old"}})").window ==
          Window{.accepts = Window::Accepts::kOld, .signs = Window::Signs::kOld});
    CHECK(action<MoveTokenWindow>(R"({"tokenWindow": {"window": "both"}})").window ==
          Window{.accepts = Window::Accepts::kBoth, .signs = Window::Signs::kNew});
    CHECK(action<MoveTokenWindow>(R"({"tokenWindow": {"window": "new", "signWith": "old"}})").window ==
          Window{.accepts = Window::Accepts::kNew, .signs = Window::Signs::kOld});
}

TEST_CASE("a fault of the application's calls is read whole, and can be taken away", "[scenario][parse]") {
    const auto fault = action<ApiFault>(
        R"({"apiFault": {"endpoint": "/battery", "vehicle": "car", "type": "VEHICLE_STATE", "code": "ASLEEP", "times": 2, "latency": "200ms"}})");
    CHECK(fault.fault == fault::ApiFault{.endpoint = "/battery",
                                         .vehicle = "car",
                                         .error = contract::ApiError{.type = "VEHICLE_STATE", .code = "ASLEEP"},
                                         .latency = base::Milliseconds(200),
                                         .times = 2});
    // Its braces are no names.
    CHECK(action<ApiFault>(R"({"apiFault": {"endpoint": "/signals/{code}", "status": 400, "body": "{x}"}})")
              .fault->endpoint == "/signals/{code}");
    CHECK_FALSE(action<ApiFault>(R"({"apiFault": "clear"})").fault.has_value());
}

TEST_CASE("steps stand within together and repeat, to any depth", "[scenario][parse]") {
    const auto together = action<Together>(R"({"together": {"order": "reversed", "steps": [
        {"send": "CHARGING_STARTED"}, {"test": {}}, {"repeat": {"times": 3, "steps": [{"set": {"state": {}}}]}}]}})");
    CHECK(together.order == Together::Order::kReversed);
    REQUIRE(together.steps.size() == 3);
    const auto& within = std::get<Repeat>(together.steps[2].action);
    CHECK(within.times == 3);
    CHECK(within.steps.size() == 1);
    CHECK(action<Together>(R"({"together": {"steps": [{"test": {}}]}})").order == Together::Order::kGiven);
    CHECK(action<Together>(R"({"together": {"order": "concurrent", "steps": [{"test": {}}]}})").order ==
          Together::Order::kConcurrent);
    const auto repeat = action<Repeat>(R"({"repeat": {"times": 2, "steps": [
        {"repeat": {"times": 2, "steps": [{"wait": "1s"}, {"verify": {}}]}}]}})");
    CHECK(std::get<Repeat>(repeat.steps.at(0).action).steps.size() == 2);
}

TEST_CASE("what cannot stand in together cannot hide in a repeat within it", "[scenario][parse]") {
    CHECK(codes(std::string(kCar) + R"("steps": [{"together": {"steps": [
        {"repeat": {"times": 2, "steps": [{"wait": "1s"}]}}, {"together": {"steps": [{"test": {}}]}}]}}])") ==
          Texts{"bad_step", "bad_step"});
}

TEST_CASE("a probe asks an address or runs a command", "[scenario][parse]") {
    const Step asked =
        step(R"({"probe": {"url": "/state/{car}", "method": "POST", "requestHeaders": {"a": "b", "c": ""},
        "requestBody": {"id": "{car}"}, "status": [200, "4xx"], "headers": {"x": "y"}, "body": {"/n": 1}, "within": "2s"}})");
    const auto& probe = std::get<Probe>(asked.action);
    CHECK(probe.url == "/state/{car}");
    CHECK(probe.method == "POST");
    CHECK(probe.headers == std::vector<std::pair<std::string, std::string>>{{"a", "b"}, {"c", ""}});
    CHECK(probe.body == R"({"id":"{car}"})");
    CHECK(probe.command.empty());
    REQUIRE(asked.expect.status.size() == 2);
    CHECK(asked.expect.status[1].first == 400);
    CHECK(asked.expect.headers.size() == 1);
    CHECK(asked.expect.body.size() == 1);
    CHECK(asked.expect.within == Milliseconds(2000));

    const Scenario scenario = read(R"("steps": [{"probe": {"url": "/", "requestBody": "as it is"}},
        {"probe": {"command": "cat log", "exit": 3, "output": {"matches": "^ok"}, "within": "1s"}}])");
    CHECK(std::get<Probe>(scenario.steps[0].action).body == "as it is");
    CHECK(std::get<Probe>(scenario.steps[0].action).method == "GET");
    CHECK(scenario.has_commands);
    const auto& command = std::get<Probe>(scenario.steps[1].action);
    CHECK(command.command == "cat log");
    CHECK(command.exit_code == 3);
    REQUIRE(command.output.has_value());
    CHECK(command.output->pattern == "^ok");
    CHECK(scenario.steps[1].expect.within == Milliseconds(1000));
}

TEST_CASE("a command is seen wherever it stands", "[scenario][parse]") {
    CHECK(read(R"("steps": [{"verify": {}}], "teardown": [{"repeat": {"times": 1, "steps": [
        {"probe": {"command": "true"}}]}}])")
              .has_commands);
    CHECK_FALSE(read(R"("steps": [{"probe": {"url": "/"}}])").has_commands);
}

TEST_CASE("calls are counted exactly, or between bounds, or at least one", "[scenario][parse]") {
    const Step counted = step(
        R"({"expectCalls": {"method": "GET", "path": "/v2.0/vehicles/{car}", "atLeast": 2, "atMost": 3, "within": "5s"}})");
    const auto& calls = std::get<ExpectCalls>(counted.action);
    CHECK(calls.method == "GET");
    CHECK(calls.path == "/v2.0/vehicles/{car}");
    CHECK(calls.at_least == 2);
    CHECK(calls.at_most == 3);
    CHECK_FALSE(calls.exactly.has_value());
    CHECK(counted.expect.within == Milliseconds(5000));
    const auto none = action<ExpectCalls>(R"({"expectCalls": {"path": "/x", "exactly": 0}})");
    CHECK(none.exactly == 0);
    CHECK_FALSE(none.at_least.has_value());
    CHECK(none.method.empty());
    CHECK(action<ExpectCalls>(R"({"expectCalls": {"path": "/x"}})").at_least == 1);
    CHECK_FALSE(action<ExpectCalls>(R"({"expectCalls": {"path": "/x", "atMost": 4}})").at_least.has_value());
    CHECK(action<ExpectCalls>(R"({"expectCalls": {"path": "/x", "atLeast": 2, "atMost": 2}})").at_most == 2);
}

// --- what goes with a step ------------------------------------------------------------------------------

TEST_CASE("edits keep their order, their values and their names", "[scenario][parse]") {
    const Step sent = step(R"({"send": "CHARGING_STARTED", "to": "webhook", "id": "s-1",
                               "with": {"/b": [1, "{car}"], "": {"all": 1}, "/a~1b/0": null}})");
    CHECK(sent.id == "s-1");
    CHECK(sent.to == "webhook");
    REQUIRE(sent.with.size() == 3);
    CHECK(sent.with[0].pointer == "/b");
    CHECK(sent.with[0].value == document::parse(R"([1, "{car}"])").value());
    CHECK(sent.with[1].pointer.empty());
    CHECK(sent.with[2].pointer == "/a~1b/0");
    CHECK(sent.with[2].value.is_null());
}

// It was found when the body was written, in the middle of a run.
TEST_CASE("an edit that no body can carry is found when the file is read", "[scenario][parse]") {
    CHECK(messages(std::string(kCar) +
                   R"("steps": [{"send": "CHARGING_STARTED", "with": {"/a": [9007199254740993]}}])") ==
          Texts{R"("/0" cannot be sent unchanged: 9007199254740993 is past 2^53 - 1, where JavaScript rounds)"});
}

TEST_CASE("a fault is a plan", "[scenario][parse]") {
    CHECK(step(R"({"send": "CHARGING_STARTED", "fault": {"signature": "flipped-bit", "body": "tampered"}})").fault ==
          fault::Plan{.signature = fault::SignatureFault::kFlippedBit, .body = fault::BodyFault::kTampered});
    CHECK(step(R"({"test": {}, "fault": {"duplicate": true, "delay": "5s", "answer": "lost", "times": 3}})").fault ==
          fault::Plan{.duplicates = 1, .delay = Milliseconds(5000), .lost_answers = 3});
    CHECK(step(R"({"set": {"state": {}}, "fault": {"duplicate": 4, "answer": "lost"}})").fault ==
          fault::Plan{.duplicates = 4, .lost_answers = 1});
}

TEST_CASE("every member of an expectation is read", "[scenario][parse]") {
    const Expectation expect = step(R"({"send": "CHARGING_STARTED", "expect": {"status": [204, "5xx", "2xx"],
        "within": "1s500ms", "attempts": 4, "outcome": "dropped", "events": ["CHARGING_STARTED", "CHARGING_STARTED"],
        "headers": {"content-type": {"matches": "json"}, "x": "y"},
        "body": {"/received": true, "": {"equals": {"matches": "x"}}, "/id": {"matches": "^{car}$"}}}})")
                                   .expect;
    REQUIRE(expect.status.size() == 3);
    CHECK(expect.status[0].first == 204);
    CHECK(expect.status[0].last == 204);
    CHECK(expect.status[1].first == 500);
    CHECK(expect.status[1].last == 599);
    CHECK(expect.status[2].last == 299);
    CHECK_FALSE(expect.rejected);
    CHECK(expect.within == Milliseconds(1500));
    CHECK(expect.attempts == 4);
    CHECK(expect.outcome == delivery::Outcome::kDropped);
    CHECK(expect.events.v2_0 == Texts{"CHARGING_STARTED", "CHARGING_STARTED"});
    CHECK(expect.events.v4_0 == expect.events.v2_0);
    CHECK_FALSE(expect.verified.has_value());
    REQUIRE(expect.headers.size() == 2);
    CHECK(expect.headers[0].first == "content-type");
    CHECK(expect.headers[0].second.kind == Matcher::Kind::kMatches);
    CHECK(expect.headers[1].second.equals == document::Value("y"));
    REQUIRE(expect.body.size() == 3);
    CHECK(expect.body[0].second.equals == document::Value(true));
    CHECK(expect.body[1].first.empty());
    CHECK(expect.body[1].second.equals == document::parse(R"({"matches": "x"})").value());
    CHECK(expect.body[2].second.pattern == "^{car}$");
    CHECK(expect.says_outcome());
}

TEST_CASE("an expectation says nothing that is not written", "[scenario][parse]") {
    const Expectation nothing = step(R"({"send": "CHARGING_STARTED", "expect": {}})").expect;
    CHECK_FALSE(nothing.says_outcome());
    CHECK(nothing.events.empty());
    CHECK_FALSE(nothing.within.has_value());
    const Expectation nobody = step(R"({"send": "CHARGING_STARTED", "expect": {"events": []}})").expect;
    CHECK(nobody.events.v2_0 == Texts{});
    CHECK(nobody.events.v4_0 == Texts{});
    const Expectation each =
        step(R"({"send": "CHARGING_STARTED", "expect": {"events": {"2.0": ["CHARGING_STARTED"]}}})").expect;
    CHECK(each.events.in(Version::k2_0) == Texts{"CHARGING_STARTED"});
    CHECK_FALSE(each.events.in(Version::k4_0).has_value());
    CHECK(step(R"({"verify": {}, "expect": {"verified": false}})").expect.verified == false);
    CHECK(step(R"({"test": {}, "expect": {"rejected": true}})").expect.rejected);
    CHECK(step(R"({"test": {}, "expect": {"outcome": "delivered", "status": 200}})").expect.outcome ==
          delivery::Outcome::kDelivered);
}

// --- names ----------------------------------------------------------------------------------------------

TEST_CASE("a step is named by later ones, in setup, steps and teardown alike", "[scenario][parse]") {
    CHECK(read(std::string(kCar) + R"("setup": [{"verify": {}, "id": "v"}, {"connect": {}, "id": "c"}],
        "steps": [{"send": "CHARGING_STARTED", "id": "s", "with": {"/a": "{v.challenge} {v.status} {v.response/challenge}"}},
                  {"together": {"steps": [{"test": {}, "id": "inner"}]}},
                  {"probe": {"url": "/{s.eventId}/{s.deliveryId}/{s.signature}", "requestBody": "{s.request/a/0}"}, "id": "p"},
                  {"probe": {"command": "true"}, "id": "ran"},
                  {"wait": "1s", "id": "w"}],
        "teardown": [{"send": {"raw": "{p.response/a} {ran.output} {inner.eventId} {c.code} {c.accessToken} {c.refreshToken} {w.eventId}"}}])")
              .teardown.size() == 1);
}

TEST_CASE("a step can name neither itself nor what comes later", "[scenario][parse]") {
    const Texts unknown{R"(unknown name {s.eventId}; a step is named with "id", before it is used)"};
    CHECK(messages(R"("steps": [{"send": {"raw": "{s.eventId}"}, "id": "s"}])") == unknown);
    CHECK(messages(R"("steps": [{"send": {"raw": "{s.eventId}"}}, {"test": {}, "id": "s"}])") == unknown);
    CHECK(messages(R"("setup": [{"send": {"raw": "{s.eventId}"}}], "steps": [{"test": {}, "id": "s"}])") == unknown);
    // A step around others is read when its own are.
    CHECK(messages(R"("steps": [{"repeat": {"times": 2, "steps": [{"send": {"raw": "{s.eventId}"}}]}, "id": "s"}])") ==
          unknown);
}

TEST_CASE("names are looked up in every text of a step that they are filled in to", "[scenario][parse]") {
    const std::vector<std::string> steps{
        R"({"send": {"raw": "{who}"}})",
        R"({"send": "CHARGING_STARTED", "with": {"/a": [{"b": "{who}"}]}})",
        R"({"send": "CHARGING_STARTED", "with": {"/{who}": 1}})",
        R"({"send": "CHARGING_STARTED", "expect": {"headers": {"a": "{who}"}}})",
        R"({"send": "CHARGING_STARTED", "expect": {"body": {"/a": {"matches": "{who}"}}}})",
        R"({"send": "CHARGING_STARTED", "expect": {"body": {"/a": ["{who}"]}}})",
        R"({"set": {"state": {"odometer-traveleddistance": "{who}"}}})",
        R"({"connect": {"redirectUri": "/{who}"}})",
        R"({"connect": {"state": "{who}"}})",
        R"({"connect": {"scope": ["{who}"]}})",
        R"({"rotateToken": {"token": "{who}"}})",
        R"({"probe": {"url": "/{who}"}})",
        R"({"probe": {"url": "/", "requestHeaders": {"a": "{who}"}}})",
        R"({"probe": {"url": "/", "requestBody": {"a": "{who}"}}})",
        R"({"probe": {"url": "/", "headers": {"a": "{who}"}}})",
        R"({"probe": {"url": "/", "body": {"/a": "{who}"}}})",
        R"({"probe": {"command": "echo {who}"}})",
        R"({"probe": {"command": "x", "output": {"matches": "{who}"}}})",
        R"({"expectCalls": {"path": "/{who}"}})",
    };
    for (const std::string& text : steps) {
        INFO(text);
        CHECK(codes(std::string(kCar) + R"("steps": [)" + text + "]") == Texts{"unknown_name"});
    }
}

TEST_CASE("two braces are no name, whatever they hold", "[scenario][parse]") {
    CHECK(messages(R"("steps": [{"send": {"raw": "{{who} {\"json\": {}}"}}])").empty());
}

TEST_CASE("a variable is named if it is listed", "[scenario][parse]") {
    CHECK(messages(R"("env": ["PORT"], "steps": [{"probe": {"url": "http://127.0.0.1:{env.PORT}/"}}])").empty());
    CHECK(messages(R"("steps": [{"probe": {"url": "http://127.0.0.1:{env.PORT}/"}}])") ==
          Texts{R"({env.PORT}: PORT is not listed in "env")"});
}

// The complaint stood at 1:1, where the fixture was said to be named.
TEST_CASE("who takes a fixture's name is told where he did", "[scenario][parse]") {
    const std::string text =
        "{\"formatVersion\": 1, \"name\": \"x\",\n\"webhooks\": {\"kia\": {}},\n\"steps\": "
        "[{\"verify\": {},\n\"id\": \"tesla\"}]}";
    const Parsed result = parse({.name = "f", .text = text, .root = document::parse(text).value()},
                                {.fixtures = {"kia", "tesla"}, .read_payload = {}});
    REQUIRE(result.errors.size() == 2);
    CHECK(result.errors[0].message == R"("kia" is the name of something else already)");
    CHECK(result.errors[0].place == base::Place{"f", 2, 14});
    CHECK(result.errors[1].place == base::Place{"f", 4, 7});
}

// --- webhooks -------------------------------------------------------------------------------------------

const base::Url kCallback{.scheme = "http", .host = "127.0.0.1", .port = 4000, .target = "/hooks"};

base::Result<platform::WebhookSettings> settings(std::string_view webhook, Version version) {
    const Scenario scenario = read(R"("webhook": )" + std::string(webhook) + R"(, "steps": [{"verify": {}}])");
    return settings_in(scenario.webhooks.at(0), version, kCallback, {});
}

TEST_CASE("a callback URI that is a path is one of the callback's host", "[scenario][parse]") {
    CHECK(settings("{}", Version::k2_0).value().callback.text() == "http://127.0.0.1:4000/hooks");
    CHECK(settings(R"({"callbackUri": "/other?x=1"})", Version::k2_0).value().callback.text() ==
          "http://127.0.0.1:4000/other?x=1");
    CHECK(settings(R"({"callbackUri": "https://localhost/x"})", Version::k2_0).value().callback.text() ==
          "https://localhost/x");
    const auto errors = settings(R"({"type": "signals", "errorCallbackUri": "/errors"})", Version::k4_0);
    REQUIRE(errors.ok());
    REQUIRE(errors.value().error_callback.has_value());
    CHECK(errors.value().error_callback->text() == "http://127.0.0.1:4000/errors");
    CHECK(errors.value().callback.text() == "http://127.0.0.1:4000/hooks");
}

TEST_CASE("an address that is no URL is refused with the member it stands in", "[scenario][parse]") {
    CHECK(resolve_url("/x", kCallback).value().text() == "http://127.0.0.1:4000/x");
    CHECK_FALSE(resolve_url("x", kCallback).ok());
    CHECK_FALSE(resolve_url("", kCallback).ok());
    const Webhook webhook{
        .alias = "w", .settings = document::parse(R"({"errorCallbackUri": "ftp://x"})").value(), .versions = {}};
    const auto refused = settings_in(webhook, Version::k4_0, kCallback, {});
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message == "/errorCallbackUri: the URL must begin with http:// or https://");
}

TEST_CASE("a webhook without a version has that of the run", "[scenario][parse]") {
    CHECK(settings("{}", Version::k2_0).value().type == platform::WebhookType::kEventBased);
    CHECK(settings("{}", Version::k4_0).value().type == platform::WebhookType::kSignals);
    CHECK(settings(R"({"type": "schedule"})", Version::k4_0).value().type == platform::WebhookType::kSchedule);
    CHECK(settings(R"({"version": "2.0"})", Version::k4_0).value().version() == Version::k2_0);
}

TEST_CASE("members of the other version are left out of a webhook that runs in both", "[scenario][parse]") {
    const std::string both = R"({"version": ["2.0", "4.0"], "name": "n", "events": ["CHARGING_STARTED"],
        "dialect": "doc", "triggers": ["charge-ischarging"], "data": ["odometer-traveleddistance"],
        "errorCallbackUri": "/errors", "autoSubscribe": true})";
    const auto old = settings(both, Version::k2_0);
    REQUIRE(old.ok());
    CHECK(old.value().version() == Version::k2_0);
    CHECK(old.value().events == Texts{"CHARGING_STARTED"});
    CHECK_FALSE(old.value().error_callback.has_value());
    CHECK(old.value().triggers.empty());
    CHECK(old.value().auto_subscribe);
    const auto current = settings(both, Version::k4_0);
    REQUIRE(current.ok());
    CHECK(current.value().version() == Version::k4_0);
    CHECK(current.value().events.empty());
    CHECK(current.value().dialect == contract::Dialect::kDoc);
    CHECK(current.value().triggers == Texts{"charge-ischarging"});
    CHECK(current.value().data == Texts{"charge-ischarging", "odometer-traveleddistance"});
    CHECK(current.value().error_callback.has_value());
    CHECK(current.value().name == "n");
}

TEST_CASE("members of the other version are mistakes in a webhook of one", "[scenario][parse]") {
    for (const std::string webhook : {R"({"version": "2.0", "triggers": ["charge-ischarging"]})",
                                      R"({"version": "4.0", "events": ["CHARGING_STARTED"]})",
                                      R"({"version": "2.0", "errorCallbackUri": "/errors"})"}) {
        INFO(webhook);
        CHECK(codes(R"("webhook": )" + webhook + R"(, "steps": [{"verify": {}}])") == Texts{"bad_webhook"});
    }
    CHECK(messages(R"("webhook": {"version": ["2.0"], "triggers": ["charge-ischarging"]}, "steps": [{"verify": {}}])")
              .empty());
}

}  // namespace
}  // namespace smartcar_sim::scenario
