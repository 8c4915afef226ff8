// The main job with nothing else running: the shipped scenario "demo" against the built-in callback.
#include <algorithm>
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

base::Result<std::string> path_of_demo() {
    const auto shipped = app::shipped_scenarios();
    if (!shipped) return shipped.error();
    const auto demo = std::ranges::find(shipped.value(), kName, &app::ShippedScenario::name);
    if (demo != shipped.value().end()) return demo->path;
    return base::Error{"data_missing", "the scenario \"demo\" was not found; reinstall"};
}

}  // namespace

ExitCode run_demo(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    auto instance = instance_options(settings, terminal);
    if (!instance) return terminal.fail(exit_code_of(instance.error()), instance.error());
    const auto path = path_of_demo();
    if (!path) return terminal.fail(exit_code_of(path.error()), path.error());
    const auto callback = BuiltInCallback::start(instance.value().platform.application_management_token, "");
    if (!callback) return terminal.fail(ExitCode::kEnvironment, callback.error());

    const contract::Version version = instance.value().platform.webhook_version;
    RunOutput output(invocation, {}, report::Detail::kEverySteps);
    app::ScenarioRun::Options options;
    options.callback = callback.value()->url();
    options.port = static_cast<int>(settings.integer(OptionId::kPlatformPort).value_or(0));
    options.keep = output.keep();
    base::Milliseconds took{0};
    options.on_result = [&](const scenario::Result& result) {
        took = result.took;
        output.add(result);
    };
    if (settings.has(OptionId::kSeed)) options.start_at = app::kSeededStart;
    const std::uint64_t seed = instance.value().seed;
    options.instance = std::move(instance).value();
    app::CalledOff never;
    const auto run = app::ScenarioRun::start(std::move(options), never);
    if (!run) return terminal.fail(ExitCode::kEnvironment, run.error());
    scenario::Summary summary = run.value()->play(
        {{.path = path.value(), .name = std::string(kName), .version = version, .key = std::string(kName)}});
    const bool held = summary.passed == summary.scenarios;
    summary.slowest.clear();  // a demo is not about speed
    summary.took = took;
    summary.seed = seed;
    summary.version = surroundings.version;
    const ExitCode code = held ? ExitCode::kHeld : summary.errors > 0 ? ExitCode::kEnvironment : ExitCode::kFailed;
    summary.exit = static_cast<int>(code);
    const auto finished = output.finish(summary);
    if (!finished) return terminal.fail(ExitCode::kEnvironment, finished.error());
    if (held) {
        terminal.note("your own callback next: " + surroundings.program +
                      " serve --callback http://127.0.0.1:3000/webhooks");
    }
    return code;
}

}  // namespace smartcar_sim::cli
