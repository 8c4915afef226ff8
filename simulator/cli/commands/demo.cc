// The main job with nothing else running: the shipped scenario "demo" against the built-in callback.
#include <string>
#include <utility>

#include "app/called_off.h"
#include "app/data_files.h"
#include "app/scenario_files.h"
#include "app/scenario_run.h"
#include "cli/built_in_callback.h"
#include "cli/commands/commands.h"
#include "cli/instance_options.h"
#include "cli/run_output.h"

namespace smartcar_sim::cli {

namespace {

constexpr std::string_view kName = "demo";

base::Result<app::LoadedScenario> load(const std::vector<vehicle::Vehicle>& fixtures) {
    const auto shipped = app::shipped_scenarios();
    if (!shipped) return shipped.error();
    for (const app::ShippedScenario& each : shipped.value()) {
        if (each.name == kName) return app::load_scenario(each.path, fixtures);
    }
    return base::Error{"data_missing", "the scenario \"demo\" was not found; reinstall"};
}

}  // namespace

ExitCode run_demo(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    auto instance = instance_options(settings, terminal);
    if (!instance) return terminal.fail(exit_code_of(instance.error()), instance.error());
    const auto loaded = load(instance.value().vehicles);
    if (!loaded) return terminal.fail(exit_code_of(loaded.error()), loaded.error());
    for (const base::Error& error : loaded.value().errors) {
        terminal.fail(ExitCode::kInvalidFile, error, loaded.value().text);
    }
    if (!loaded.value().scenario) return ExitCode::kInvalidFile;
    const auto callback = BuiltInCallback::start(instance.value().platform.application_management_token, "");
    if (!callback) return terminal.fail(ExitCode::kEnvironment, callback.error());

    const contract::Version version = instance.value().platform.webhook_version;
    RunOutput output(invocation, {}, report::Detail::kEverySteps);
    app::ScenarioRun::Options options;
    options.callback = callback.value()->url();
    options.port = static_cast<int>(settings.integer(OptionId::kPlatformPort).value_or(0));
    options.keep = output.keep();
    options.on_result = [&output](const scenario::Result& result) { output.add(result); };
    if (settings.has(OptionId::kSeed)) options.start_at = app::kSeededStart;
    const std::uint64_t seed = instance.value().seed;
    options.instance = std::move(instance).value();
    app::CalledOff never;
    const auto run = app::ScenarioRun::start(std::move(options), never);
    if (!run) return terminal.fail(ExitCode::kEnvironment, run.error());
    scenario::Summary summary =
        run.value()->play({{.scenario = &*loaded.value().scenario, .version = version, .key = std::string(kName)}});
    const bool held = summary.passed == summary.scenarios;
    summary.seed = seed;
    summary.version = surroundings.version;
    summary.exit = static_cast<int>(held ? ExitCode::kHeld : ExitCode::kFailed);
    const auto finished = output.finish(summary);
    if (!finished) return terminal.fail(ExitCode::kEnvironment, finished.error());
    if (held) {
        terminal.note("your own callback next: " + surroundings.program +
                      " serve --callback http://127.0.0.1:3000/webhooks");
    }
    return held ? ExitCode::kHeld : ExitCode::kFailed;
}

}  // namespace smartcar_sim::cli
