// Scenarios played by files: in which order results come, and what ends a run.
#include "app/scenario_run.h"

#include <filesystem>

#include "app/data_files.h"
#include "app/scenario_files.h"
#include "catch.h"
#include "cli/temporary_folder.h"
#include "fakes/live_callback.h"
#include "source_folder.h"

namespace smartcar_sim::app {
namespace {

struct Run {
    Run() { std::filesystem::current_path(source_folder()); }

    std::string add(const std::string& name, const std::string& steps) {
        const std::string path =
            folder.write(name + ".json",
                         R"({"formatVersion": 1, "name": ")" + name +
                             R"(", "vehicles": {"car": {"fixture": "tesla-model-3-2020"}}, "steps": [)" + steps + "]}");
        performances.push_back({.path = path, .name = name, .version = contract::Version::k2_0, .key = name});
        return path;
    }

    scenario::Summary play(ScenarioRun::Options options = {}) {
        options.instance.vehicles = load_vehicles().value();
        options.instance.seed = 7;
        options.callback = base::parse_url(callback.url()).value();
        options.on_result = [this](const scenario::Result& result) { results.push_back(result); };
        auto run = ScenarioRun::start(std::move(options), called_off);
        REQUIRE(run.ok());
        return run.value()->play(performances);
    }

    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const scenario::Result& result : results) names.push_back(result.name);
        return names;
    }

    TemporaryFolder folder;
    fakes::LiveCallback callback;
    CalledOff called_off;
    std::vector<Performance> performances;
    std::vector<scenario::Result> results;
};

constexpr const char* kEvent = R"({"verify": {}}, {"subscribe": "car"}, {"send": "CHARGING_STARTED"})";

TEST_CASE("results come in the order of the scenarios, however many play at once", "[app][scenarios]") {
    Run run;
    std::vector<std::string> wanted;
    for (int i = 0; i < 20; ++i) {
        wanted.push_back("s" + std::to_string(i));
        run.add(wanted.back(), kEvent);
    }
    ScenarioRun::Options options;
    options.jobs = 8;
    const auto summary = run.play(std::move(options));
    CHECK(run.names() == wanted);
    CHECK(summary.passed == 20);
    CHECK(summary.steps == 60);
    CHECK(summary.slowest.size() == 5);
}

TEST_CASE("after a failure nothing more is begun when that is asked for", "[app][scenarios]") {
    Run run;
    run.add("a", R"({"verify": {}, "expect": {"status": 404}})");
    run.add("b", kEvent);
    ScenarioRun::Options options;
    options.fail_fast = true;
    const auto summary = run.play(std::move(options));
    CHECK(summary.failed == 1);
    CHECK(summary.skipped == 1);
    CHECK(run.results.back().skipped == "an earlier scenario failed (--fail-fast)");
}

TEST_CASE("a run that was called off plays nothing", "[app][scenarios]") {
    Run run;
    run.add("a", kEvent);
    run.called_off.call_off(CalledOff::Kind::kSignal, "interrupted");
    CHECK(run.play().skipped == 1);
    CHECK(run.results.front().skipped == "interrupted");
}

// It was told of as a failure of what the callback had been asked.
TEST_CASE("a scenario whose application went away is an error and no failure", "[app][scenarios]") {
    for (const auto& [kind, verdict] : {std::pair(CalledOff::Kind::kApplication, scenario::Verdict::kError),
                                        std::pair(CalledOff::Kind::kTime, scenario::Verdict::kFailed)}) {
        Run run;
        run.add("a", R"({"verify": {}}, {"wait": "9h"})");
        run.add("b", kEvent);
        ScenarioRun::Options options;
        options.speed = 1;
        options.instance.on_attempt = [&run, why = kind](const delivery::Delivery&) {
            run.called_off.call_off(why, "it is gone");
        };
        const auto summary = run.play(std::move(options));
        CHECK(run.results.front().verdict == verdict);
        CHECK(run.results.front().error == "it is gone");
        CHECK(run.results.back().skipped == "it is gone");
        CHECK(summary.errors + summary.failed == 1);
    }
}

TEST_CASE("a file that is not the one that was checked is not played", "[app][scenarios]") {
    for (const std::string now :
         {"{", R"({"formatVersion": 1, "name": "a", "steps": [{"probe": {"command": "touch started"}}]})"}) {
        Run run;
        const std::string path = run.add("a", kEvent);
        run.performances.front().checked = std::hash<std::string>{}(document::read_text(path).value());
        CHECK(run.play().passed == 1);
        run.folder.write("a.json", now);
        CHECK(run.play().errors == 1);
        CHECK(run.results.back().error == "the file was changed after it was checked; run it again");
        CHECK_FALSE(std::filesystem::exists("started"));
    }
}

TEST_CASE("shipped scenarios are found by name and folders are not descended into", "[app][scenarios]") {
    std::filesystem::current_path(source_folder());
    const auto all = select_scenarios({"scenarios"});
    REQUIRE(all.ok());
    for (const ScenarioFile& file : all.value()) CHECK(file.path.find("with-app") == std::string::npos);
    const auto named = select_scenarios({"with-app/new-user-connects", "burst", "scenarios/burst.json"});
    REQUIRE(named.ok());
    REQUIRE(named.value().size() == 2);
    CHECK(named.value().front().key == "scenarios/burst.json");
    CHECK(shipped_scenarios().value().size() >= 16 + 3);
}

// They ran twice when others stood between them in the order of their paths.
TEST_CASE("a file that is named twice is chosen once, however its path is written", "[app][scenarios]") {
    std::filesystem::current_path(source_folder());
    const std::size_t all = select_scenarios({"scenarios"}).value().size();
    for (const std::vector<std::string>& twice : std::vector<std::vector<std::string>>{
             {"scenarios", "./scenarios"},
             {"scenarios/burst.json", "./scenarios"},
             {"burst", "scenarios", "scenarios/../scenarios/burst.json", source_folder() + "/scenarios"},
         }) {
        CHECK(select_scenarios(twice).value().size() == all);
    }
}

TEST_CASE("each shipped scenario is found by its name", "[app][scenarios]") {
    std::filesystem::current_path(source_folder());
    const auto all = shipped_scenarios().value();
    for (const ShippedScenario& shipped : all) {
        const auto found = select_scenarios({shipped.name});
        CAPTURE(shipped.name);
        REQUIRE(found.ok());
        CHECK(found.value().front().path == shipped.path);
    }
}

TEST_CASE("what is derived from a file does not depend on how its path is written", "[app][scenarios]") {
    std::filesystem::current_path(source_folder());
    const auto key = [](const std::string& path) { return select_scenarios({path}).value().front().key; };
    CHECK(key("scenarios/burst.json") == key("./scenarios/../scenarios/burst.json"));
    CHECK(key("scenarios/burst.json") == key(source_folder() + "/scenarios/burst.json"));
}

}  // namespace
}  // namespace smartcar_sim::app
