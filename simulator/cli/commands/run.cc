// Scenarios against a callback: chosen, played, judged, reported.
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "app/called_off.h"
#include "app/scenario_run.h"
#include "app/stop_signal.h"
#include "base/text.h"
#include "cli/commands/commands.h"
#include "cli/instance_options.h"
#include "cli/run_options.h"
#include "cli/run_output.h"
#include "cli/scenario_selection.h"
#include "cli/under_test.h"
#include "document/writer.h"
#include "scenario/play.h"

namespace smartcar_sim::cli {

namespace {

using Steady = std::chrono::steady_clock;
using CalledOff = app::CalledOff;

ExitCode list_selected(const Selection& selection, Terminal& terminal) {
    for (const Chosen& scenario : selection.scenarios) {
        if (!terminal.json()) {
            std::vector<std::string_view> versions(scenario.versions.size());
            std::ranges::transform(scenario.versions, versions.begin(),
                                   [](contract::Version version) { return name_of(version); });
            terminal.print(scenario.path + "  " + terminal.paint(Colour::kStrong, scenario.name) + "  " +
                           base::joined(versions, ", "));
            continue;
        }
        std::string line;
        document::Writer json(line);
        json.begin_object().member("type", "scenario").member("file", scenario.path).member("name", scenario.name);
        json.key("versions").begin_array();
        for (const contract::Version version : scenario.versions) json.value(name_of(version));
        json.end_array().key("tags").begin_array();
        for (const std::string& tag : scenario.tags) json.value(tag);
        json.end_array().end_object();
        terminal.print(line);
    }
    return ExitCode::kHeld;
}

class ScenarioCommand {
public:
    ScenarioCommand(const Invocation& invocation, Selection selection)
        : invocation_(invocation),
          settings_(invocation.settings),
          terminal_(invocation.terminal),
          selection_(std::move(selection)) {}

    ExitCode run(app::InstanceOptions instance);

private:
    [[nodiscard]] base::Result<base::Done> prepare(app::InstanceOptions instance);
    [[nodiscard]] base::Result<base::Done> perform();
    void play();
    void look_at_time();
    void look_at_application();
    void give_up(const base::Error& obstacle);
    [[nodiscard]] ExitCode exit_code() const;

    const Invocation& invocation_;
    const Settings& settings_;
    Terminal& terminal_;
    const Selection selection_;
    const Steady::time_point began_ = Steady::now();
    CalledOff called_off_;
    std::optional<int> signal_;
    std::optional<ExitCode> gave_up_;  // nothing could be played
    std::unique_ptr<RunOutput> output_;
    std::unique_ptr<UnderTest> under_test_;
    std::unique_ptr<app::ScenarioRun> scenarios_;
    scenario::Summary summary_;
};

ExitCode ScenarioCommand::run(app::InstanceOptions instance) {
    app::StopSignal stop;  // before any thread
    const std::uint64_t seed = instance.seed;
    auto reports = report_files(settings_);
    if (!reports) return terminal_.fail(exit_code_of(reports.error()), reports.error());
    const bool verbose = terminal_.verbosity() >= Verbosity::kVerbose;
    output_ = std::make_unique<RunOutput>(invocation_, std::move(reports).value(),
                                          verbose ? report::Detail::kEverySteps : report::Detail::kWhatFailed);

    auto done = prepare(std::move(instance));
    if (done) {
        signal_ = perform_until_signal(stop, *under_test_, called_off_, [&] { done = perform(); });
    }
    if (under_test_) under_test_->stop();
    if (!done) give_up(done.error());

    summary_.seed = seed;
    summary_.version = invocation_.surroundings.version;
    summary_.took = std::chrono::ceil<base::Milliseconds>(Steady::now() - began_);
    summary_.exit = static_cast<int>(exit_code());
    const bool ill_asked = gave_up_ && *gave_up_ != ExitCode::kEnvironment;
    const auto written = ill_asked ? output_->write(summary_) : output_->finish(summary_);
    if (!written) return terminal_.fail(ExitCode::kEnvironment, written.error());
    return exit_code();
}

// All that can be known to fail before anything is started.
base::Result<base::Done> ScenarioCommand::prepare(app::InstanceOptions instance) {
    app::ScenarioRun::Options options;
    const auto timed = set_time(settings_, options);
    if (!timed) return timed.error();
    const auto jobs = jobs_for(selection_.scenarios, settings_);
    if (!jobs) return jobs.error();
    auto variables = variables_named(selection_.scenarios, invocation_);
    if (!variables) return variables.error();
    auto under_test = UnderTest::choose(invocation_, instance.platform, called_off_);
    if (!under_test) return under_test.error();
    under_test_ = std::move(under_test).value();

    options.instance = std::move(instance);
    options.callback = under_test_->callback();
    options.port = static_cast<int>(settings_.integer(OptionId::kPlatformPort).value_or(0));
    options.jobs = jobs.value();
    options.fail_fast = settings_.flag(OptionId::kFailFast);
    options.vehicle_id = settings_.text(OptionId::kVehicleId);
    options.environment = std::move(variables).value();
    options.keep = output_->keep();
    options.on_result = [this](const scenario::Result& result) { output_->add(result); };
    options.before_result = [this](scenario::Result& result) {
        if (result.verdict != scenario::Verdict::kPassed) result.application_output = under_test_->last_lines();
    };
    auto scenarios = app::ScenarioRun::start(std::move(options), called_off_);
    if (!scenarios) return scenarios.error();
    scenarios_ = std::move(scenarios).value();
    return base::Done{};
}

base::Result<base::Done> ScenarioCommand::perform() {
    const Watch watch([this] { look_at_time(); });
    const auto ready = under_test_->start(scenarios_->origin());
    if (!ready) return ready.error();
    play();
    return base::Done{};
}

// The reports say so of every scenario: left alone, those of an earlier run would be taken for this one's.
void ScenarioCommand::give_up(const base::Error& obstacle) {
    // Asked for now, so that the application has told its last line before it is said to be gone.
    const std::vector<std::string> lines = under_test_ ? under_test_->last_lines() : std::vector<std::string>();
    gave_up_ = exit_code_of(obstacle);
    if (!signal_) terminal_.fail(*gave_up_, obstacle);
    const scenario::Verdict verdict = signal_ ? scenario::Verdict::kNotRun : scenario::Verdict::kError;
    std::vector<scenario::Result> results;
    for (const app::Performance& performance : selection_.performances) {
        results.push_back(unplayed(performance, verdict, signal_ ? called_off_.why() : obstacle.message));
        results.back().application_output = lines;
    }
    summary_.scenarios = results.size();
    (signal_ ? summary_.skipped : summary_.errors) = results.size();
    output_->add_unplayed(std::move(results), RunOutput::Reason::kShared);
}

void ScenarioCommand::look_at_time() {
    if (!settings_.has(OptionId::kMaxTime)) return;
    const base::Milliseconds most = settings_.duration(OptionId::kMaxTime);
    if (Steady::now() - began_ < most) return;
    called_off_.call_off(CalledOff::Kind::kTime, "the run took longer than --max-time " + base::format_duration(most));
}

void ScenarioCommand::look_at_application() {
    if (const auto gone = under_test_->gone()) called_off_.call_off(CalledOff::Kind::kApplication, *gone);
}

void ScenarioCommand::play() {
    {
        const Watch watch([this] { look_at_application(); });
        summary_ = scenarios_->play(selection_.performances);
    }
    look_at_time();
    // It may have gone with the last step.
    const bool was_there = called_off_.kind() == CalledOff::Kind::kNot;
    look_at_application();
    if (was_there && called_off_.kind() == CalledOff::Kind::kApplication) {
        terminal_.fail(ExitCode::kEnvironment, {"application_gone", called_off_.why()});
    }
}

ExitCode ScenarioCommand::exit_code() const {
    if (signal_) return *signal_ == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated;
    if (called_off_.kind() == CalledOff::Kind::kApplication) return ExitCode::kEnvironment;
    if (called_off_.kind() == CalledOff::Kind::kTime || summary_.failed > 0) return ExitCode::kFailed;
    if (gave_up_) return *gave_up_;
    return summary_.errors > 0 ? ExitCode::kEnvironment : ExitCode::kHeld;
}

// What was said of files that are not valid, in the reports too.
ExitCode report_invalid(const Invocation& invocation, const Selected& selected, std::uint64_t seed) {
    if (selected.invalid.empty()) return *selected.failed;
    auto reports = report_files(invocation.settings);
    if (!reports) return invocation.terminal.fail(exit_code_of(reports.error()), reports.error());
    RunOutput output(invocation, std::move(reports).value(), report::Detail::kWhatFailed);
    scenario::Summary summary;
    summary.scenarios = summary.errors = selected.invalid.size();
    summary.seed = seed;
    summary.version = invocation.surroundings.version;
    summary.exit = static_cast<int>(*selected.failed);
    output.add_unplayed(selected.invalid, RunOutput::Reason::kOwn);
    const auto written = output.write(summary);
    if (!written) return invocation.terminal.fail(ExitCode::kEnvironment, written.error());
    return *selected.failed;
}

}  // namespace

ExitCode run_run(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    const bool only_lists = settings.flag(OptionId::kList);
    // First, for it conceals the token that the user gave.
    auto options = instance_options(settings, terminal);
    if (!options) return terminal.fail(exit_code_of(options.error()), options.error());
    Selected selected = select(invocation, arguments, options.value().vehicles);
    if (selected.failed) {
        return only_lists ? *selected.failed : report_invalid(invocation, selected, options.value().seed);
    }
    if (only_lists) return list_selected(selected.selection, terminal);
    return ScenarioCommand(invocation, std::move(selected.selection)).run(std::move(options).value());
}

}  // namespace smartcar_sim::cli
