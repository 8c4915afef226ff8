// Scenarios against a callback: chosen, played, judged, reported.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "app/application.h"
#include "app/called_off.h"
#include "app/scenario_run.h"
#include "app/stop_signal.h"
#include "base/printable.h"
#include "base/text.h"
#include "cli/built_in_callback.h"
#include "cli/commands/commands.h"
#include "cli/instance_options.h"
#include "cli/run_options.h"
#include "cli/run_output.h"
#include "cli/scenario_selection.h"
#include "document/writer.h"
#include "http/listener.h"
#include "scenario/play.h"

namespace smartcar_sim::cli {

namespace {

using Steady = std::chrono::steady_clock;
using CalledOff = app::CalledOff;

constexpr std::string_view kPath = "/webhooks";  // of an application that was told its port
constexpr base::Milliseconds kLook{20};          // between two looks at whether it is still there

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

// The callback as it was given, that of the application to be started, or the built-in one.
struct Target {
    base::Url callback;
    std::unique_ptr<BuiltInCallback> built_in;
};

base::Result<Target> target_of(const Invocation& invocation, const base::Secret& token) {
    const Settings& settings = invocation.settings;
    const bool built_in = settings.flag(OptionId::kBuiltIn) || settings.has(OptionId::kBehave);
    if (built_in && (settings.on_command_line(OptionId::kCallback) || settings.has(OptionId::kApp))) {
        return base::Error{"bad_arguments",
                           "the built-in callback is played against instead of yours; leave out "
                           "--callback and --app, or --built-in and --behave"};
    }
    Target target;
    if (built_in) {
        auto started = BuiltInCallback::start(token, settings.text(OptionId::kBehave));
        if (!started) return started.error();
        target.built_in = std::move(started).value();
        target.callback = target.built_in->url();
    } else if (settings.has(OptionId::kCallback)) {
        target.callback = settings.url(OptionId::kCallback);
    } else if (settings.has(OptionId::kApp)) {
        const auto port = http::find_free_port();
        if (!port) return port.error();
        target.callback = {.scheme = "http", .host = "127.0.0.1", .port = port.value(), .target = std::string(kPath)};
    } else {
        return base::Error{"missing_option", "say what to play against: --callback URL, --app COMMAND or --built-in"};
    }
    return target;
}

// Why it does not answer a GET in any way at all; nothing when it does.
std::optional<delivery::Failure> no_answer(http::ClientTransport& transport, const base::Url& url,
                                           base::Milliseconds left) {
    constexpr base::Milliseconds kPatience{2'000};
    delivery::Outgoing outgoing{.url = url,
                                .request = {},
                                .timeout = std::clamp(left, base::Milliseconds(1), kPatience),
                                .reuse = delivery::Outgoing::Reuse::kFresh};
    outgoing.request.method = "GET";
    outgoing.request.target = url.target;
    const delivery::Exchange exchange = transport.exchange(outgoing);
    const auto* failure = std::get_if<delivery::Failure>(&exchange.answer);
    return failure == nullptr ? std::nullopt : std::optional(*failure);
}

std::string application_gone(int code) { return "the application ended with exit code " + std::to_string(code); }

// Looks after something while it is under way, on a thread of its own.
class Watch {
public:
    explicit Watch(std::function<void()> look)
        : thread_([this, look = std::move(look)] {
              while (over_.wait(kLook)) look();
          }) {}
    ~Watch() {
        over_.call_off();
        thread_.join();
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

private:
    app::Pause over_;
    std::thread thread_;
};

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
    [[nodiscard]] base::Result<base::Done> start_application();
    [[nodiscard]] base::Result<base::Done> wait_for_callback();
    [[nodiscard]] std::string what_to_do() const;
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
    Target target_;
    CalledOff called_off_;
    std::optional<int> signal_;
    std::optional<ExitCode> gave_up_;  // nothing could be played
    platform::Configuration configuration_;
    std::unique_ptr<RunOutput> output_;
    std::unique_ptr<app::Application> application_;
    const std::shared_ptr<std::atomic<pid_t>> group_ = std::make_shared<std::atomic<pid_t>>(0);  // the application's
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
        std::thread player([&] {
            done = perform();
            stop.release();
        });
        if (const int signal = stop.wait(); signal != 0) {
            signal_ = signal;
            stop.let_next_kill(group_);
            called_off_.call_off(CalledOff::Kind::kSignal, signal == SIGINT ? "interrupted" : "terminated");
        }
        player.join();
    }
    if (application_) application_->stop();
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
    configuration_ = instance.platform;
    app::ScenarioRun::Options options;
    const auto timed = set_time(settings_, options);
    if (!timed) return timed.error();
    const auto jobs = jobs_for(selection_.scenarios, settings_);
    if (!jobs) return jobs.error();
    auto variables = variables_named(selection_.scenarios, invocation_);
    if (!variables) return variables.error();
    auto target = target_of(invocation_, configuration_.application_management_token);
    if (!target) return target.error();
    target_ = std::move(target).value();

    options.instance = std::move(instance);
    options.callback = target_.callback;
    options.port = static_cast<int>(settings_.integer(OptionId::kPlatformPort).value_or(0));
    options.jobs = jobs.value();
    options.fail_fast = settings_.flag(OptionId::kFailFast);
    options.vehicle_id = settings_.text(OptionId::kVehicleId);
    options.environment = std::move(variables).value();
    options.keep = output_->keep();
    options.on_result = [this](const scenario::Result& result) { output_->add(result); };
    options.before_result = [this](scenario::Result& result) {
        if (application_ && result.verdict != scenario::Verdict::kPassed) {
            result.application_output = application_->last_lines();
        }
    };
    auto scenarios = app::ScenarioRun::start(std::move(options), called_off_);
    if (!scenarios) return scenarios.error();
    scenarios_ = std::move(scenarios).value();
    return base::Done{};
}

base::Result<base::Done> ScenarioCommand::perform() {
    const Watch watch([this] { look_at_time(); });
    const auto started = start_application();
    if (!started) return started.error();
    const auto reached = wait_for_callback();
    if (!reached) return reached.error();
    play();
    return base::Done{};
}

// The reports say so of every scenario: left alone, those of an earlier run would be taken for this one's.
void ScenarioCommand::give_up(const base::Error& obstacle) {
    // Asked for now, so that the application has told its last line before it is said to be gone.
    const std::vector<std::string> lines = application_ ? application_->last_lines() : std::vector<std::string>();
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

base::Result<base::Done> ScenarioCommand::start_application() {
    if (!settings_.has(OptionId::kApp)) return base::Done{};
    // Who answers there before it was started would be judged in its place. A port we chose was free just now.
    if (settings_.has(OptionId::kCallback) &&
        !http::ClientTransport(client_options(settings_)).obstacle(target_.callback)) {
        return base::Error{"port_taken", "something else listens at " + target_.callback.origin() +
                                             " already; end it, or give --app another --callback"};
    }
    const std::string prefix = terminal_.paint_note(Colour::kDim, "app |") + " ";
    auto application = app::Application::start(
        settings_.text(OptionId::kApp), app::variables_for(configuration_, scenarios_->origin(), target_.callback),
        [this, prefix](std::string_view line) {
            terminal_.note(prefix + base::printable(line, base::Lines::kJoined));
        });
    if (!application) return application.error();
    application_ = std::move(application).value();
    *group_ = application_->group();
    return base::Done{};
}

// With --app or --wait-for until it answers anything at all, else once: a callback that is not there would fail every
// scenario for the same reason.
base::Result<base::Done> ScenarioCommand::wait_for_callback() {
    const bool waits = application_ || settings_.has(OptionId::kWaitFor);
    const base::Url url = settings_.has(OptionId::kWaitFor) ? settings_.url(OptionId::kWaitFor) : target_.callback;
    const base::Milliseconds most = settings_.duration(OptionId::kWaitTimeout);
    const auto end = Steady::now() + (waits ? most : base::Milliseconds(0));
    http::ClientTransport transport(client_options(settings_));
    constexpr base::Milliseconds kFirst{5};
    constexpr base::Milliseconds kLongest{200};
    for (base::Milliseconds pause = kFirst;; pause = std::min(pause * 2, kLongest)) {
        const auto left = std::chrono::ceil<base::Milliseconds>(end - Steady::now());
        const auto obstacle = waits ? no_answer(transport, url, left) : transport.obstacle(url);
        if (!obstacle) return base::Done{};
        const auto code = application_ ? application_->exit_code() : std::nullopt;
        if (code) return base::Error{"application_gone", application_gone(*code) + " before it answered"};
        if (called_off_.kind() != CalledOff::Kind::kNot) {
            return base::Error{"called_off", called_off_.why() + "; nothing had answered at " + url.text()};
        }
        const bool hopeless = obstacle->kind == delivery::Failure::Kind::kRefusedByPolicy;
        if (!waits || hopeless) {
            return base::Error{"unreachable", "no connection to the callback: " + obstacle->detail + ". " +
                                                  std::string(delivery::fix_for(obstacle->kind))};
        }
        if (Steady::now() >= end) {
            return base::Error{"unreachable", "nothing answered at " + url.text() + " within " +
                                                  base::format_duration(most) + ": " + obstacle->detail + ". " +
                                                  what_to_do()};
        }
        called_off_.pause(pause);
    }
}

std::string ScenarioCommand::what_to_do() const {
    const std::string more_time = " or needs more time (--wait-timeout).";
    if (settings_.has(OptionId::kWaitFor)) return "It is the address of --wait-for that is wrong," + more_time;
    return "The application runs, but does not listen on the port in PORT, which is " +
           std::to_string(target_.callback.port) + "," + more_time;
}

void ScenarioCommand::look_at_time() {
    if (!settings_.has(OptionId::kMaxTime)) return;
    const base::Milliseconds most = settings_.duration(OptionId::kMaxTime);
    if (Steady::now() - began_ < most) return;
    called_off_.call_off(CalledOff::Kind::kTime, "the run took longer than --max-time " + base::format_duration(most));
}

void ScenarioCommand::look_at_application() {
    const auto code = application_ ? application_->exit_code() : std::nullopt;
    if (code) called_off_.call_off(CalledOff::Kind::kApplication, application_gone(*code));
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
