// Scenarios against a callback: chosen, played, judged, reported.
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "app/application.h"
#include "app/called_off.h"
#include "app/data_files.h"
#include "app/scenario_run.h"
#include "app/stop_signal.h"
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
        std::string versions;
        for (const contract::Version version : scenario.versions) {
            versions.append(versions.empty() ? "" : ", ").append(name_of(version));
        }
        if (!terminal.json()) {
            terminal.print(scenario.path + "  " + terminal.paint(Colour::kStrong, scenario.name) + "  " + versions);
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
std::optional<delivery::Failure> no_answer(http::ClientTransport& transport, const base::Url& url) {
    constexpr base::Milliseconds kPatience{2'000};
    delivery::Outgoing outgoing{
        .url = url, .request = {}, .timeout = kPatience, .reuse = delivery::Outgoing::Reuse::kFresh};
    outgoing.request.method = "GET";
    outgoing.request.target = url.target;
    const delivery::Exchange exchange = transport.exchange(outgoing);
    const auto* failure = std::get_if<delivery::Failure>(&exchange.answer);
    return failure == nullptr ? std::nullopt : std::optional(*failure);
}

// Looks after the run while it is under way: the time it may take, and whether the application is still there.
class Watch {
public:
    Watch(CalledOff& called_off, app::Application* application, std::optional<base::Milliseconds> most)
        : thread_([this, &called_off, application, most] { watch(called_off, application, most); }) {}
    ~Watch() {
        over_.call_off();
        thread_.join();
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

private:
    void watch(CalledOff& called_off, app::Application* application, std::optional<base::Milliseconds> most) {
        const auto end = Steady::now() + most.value_or(base::Milliseconds(0));
        while (over_.wait(kLook)) {
            if (most && Steady::now() >= end) {
                called_off.call_off(CalledOff::Kind::kTime,
                                    "the run took longer than --max-time " + base::format_duration(*most));
            }
            const auto code = application == nullptr ? std::nullopt : application->exit_code();
            if (code) called_off.call_off(CalledOff::Kind::kApplication, gone(*code));
        }
    }

    static std::string gone(int code) { return "the application ended with exit code " + std::to_string(code); }

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
    [[nodiscard]] base::Result<base::Done> start_application();
    [[nodiscard]] base::Result<base::Done> wait_for_callback();
    void play();
    void give_up(const base::Error& obstacle);
    [[nodiscard]] ExitCode exit_code() const;

    ExitCode fail(const base::Error& error) const {
        const bool environment = error.code == "port_taken" || error.code == "bad_address" ||
                                 error.code == "not_started" || error.code == "file_unwritable";
        return terminal_.fail(environment ? ExitCode::kEnvironment : exit_code_of(error), error);
    }

    const Invocation& invocation_;
    const Settings& settings_;
    Terminal& terminal_;
    const Selection selection_;
    Target target_;
    CalledOff called_off_;
    std::optional<int> signal_;
    platform::Configuration configuration_;
    std::unique_ptr<RunOutput> output_;
    std::unique_ptr<app::Application> application_;
    std::unique_ptr<app::ScenarioRun> scenarios_;
    scenario::Summary summary_;
};

ExitCode ScenarioCommand::run(app::InstanceOptions instance) {
    const auto start = Steady::now();
    const std::uint64_t seed = instance.seed;
    configuration_ = instance.platform;
    auto reports = report_files(settings_);
    if (!reports) return fail(reports.error());
    auto target = target_of(invocation_, configuration_.application_management_token);
    if (!target) return fail(target.error());
    target_ = std::move(target).value();
    const bool verbose = terminal_.verbosity() >= Verbosity::kVerbose;
    output_ = std::make_unique<RunOutput>(invocation_, std::move(reports).value(),
                                          verbose ? report::Detail::kEverySteps : report::Detail::kWhatFailed);

    app::ScenarioRun::Options options;
    options.instance = std::move(instance);
    options.callback = target_.callback;
    options.port = static_cast<int>(settings_.integer(OptionId::kPlatformPort).value_or(0));
    options.jobs = static_cast<std::size_t>(settings_.integer(OptionId::kJobs).value_or(1));
    options.fail_fast = settings_.flag(OptionId::kFailFast);
    options.vehicle_id = settings_.text(OptionId::kVehicleId);
    options.keep = output_->keep();
    options.on_result = [this](const scenario::Result& result) { output_->add(result); };
    options.before_result = [this](scenario::Result& result) {
        if (application_ && result.verdict != scenario::Verdict::kPassed) {
            result.application_output = application_->last_lines();
        }
    };
    const auto timed = set_time(settings_, options);
    if (!timed) return fail(timed.error());
    auto variables = variables_named(selection_.scenarios, invocation_);
    if (!variables) return fail(variables.error());
    options.environment = std::move(variables).value();

    app::StopSignal stop;  // before any thread of the run
    auto scenarios = app::ScenarioRun::start(std::move(options), called_off_);
    if (!scenarios) return fail(scenarios.error());
    scenarios_ = std::move(scenarios).value();

    std::optional<base::Error> obstacle;
    std::thread player([&] {
        const auto started = start_application();
        const auto reached = started ? wait_for_callback() : started;
        if (reached) {
            play();
        } else {
            obstacle = reached.error();
        }
        stop.release();
    });
    if (const int signal = stop.wait(); signal != 0) {
        signal_ = signal;
        stop.let_next_kill();
        called_off_.call_off(CalledOff::Kind::kSignal, signal == SIGINT ? "interrupted" : "terminated");
    }
    player.join();
    if (application_) application_->stop();
    if (obstacle) give_up(*obstacle);

    summary_.seed = seed;
    summary_.version = invocation_.surroundings.version;
    summary_.took = std::chrono::ceil<base::Milliseconds>(Steady::now() - start);
    summary_.exit = static_cast<int>(exit_code());
    const auto written = output_->finish(summary_);
    if (!written) return terminal_.fail(ExitCode::kEnvironment, written.error());
    return exit_code();
}

// The reports say so of every scenario: left alone, those of an earlier run would be taken for this one's.
void ScenarioCommand::give_up(const base::Error& obstacle) {
    if (!signal_) terminal_.fail(ExitCode::kEnvironment, obstacle);
    std::vector<scenario::Result> unplayed;
    for (const app::Performance& performance : selection_.performances) {
        scenario::Result& result = unplayed.emplace_back();
        result.file = performance.path;
        result.name = performance.name;
        result.verdict = signal_ ? scenario::Verdict::kNotRun : scenario::Verdict::kError;
        (signal_ ? result.skipped : result.error) = signal_ ? called_off_.why() : obstacle.message;
    }
    summary_.scenarios = unplayed.size();
    (signal_ ? summary_.skipped : summary_.errors) = unplayed.size();
    output_->add_unplayed(std::move(unplayed));
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
        [this, prefix](std::string_view line) { terminal_.note(prefix + std::string(line)); });
    if (!application) return application.error();
    application_ = std::move(application).value();
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
        const auto obstacle = waits ? no_answer(transport, url) : transport.obstacle(url);
        if (!obstacle) return base::Done{};
        const auto code = application_ ? application_->exit_code() : std::nullopt;
        if (code) {
            std::string lines;
            for (const std::string& line : application_->last_lines()) lines += "\n  " + line;
            return base::Error{"application_gone", "the application ended with exit code " + std::to_string(*code) +
                                                       " before it answered" +
                                                       (lines.empty() ? "" : "; its last lines:" + lines)};
        }
        const bool hopeless = obstacle->kind == delivery::Failure::Kind::kRefusedByPolicy;
        if (hopeless || Steady::now() >= end || !called_off_.pause(pause)) {
            return base::Error{
                "unreachable",
                (waits && !hopeless ? "nothing answered at " + url.text() + " within " + base::format_duration(most)
                                    : "no connection to the callback") +
                    ": " + obstacle->detail + ". " + std::string(delivery::fix_for(obstacle->kind))};
        }
    }
}

void ScenarioCommand::play() {
    std::optional<base::Milliseconds> most;
    if (settings_.has(OptionId::kMaxTime)) most = settings_.duration(OptionId::kMaxTime);
    {
        const Watch watch(called_off_, application_.get(), most);
        summary_ = scenarios_->play(selection_.performances);
    }
    // It may have gone with the last step.
    const auto code = application_ ? application_->exit_code() : std::nullopt;
    if (code && called_off_.kind() == CalledOff::Kind::kNot) {
        called_off_.call_off(CalledOff::Kind::kApplication,
                             "the application ended with exit code " + std::to_string(*code));
        terminal_.fail(ExitCode::kEnvironment, {"application_gone", called_off_.why()});
    }
}

ExitCode ScenarioCommand::exit_code() const {
    if (signal_) return *signal_ == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated;
    if (called_off_.kind() == CalledOff::Kind::kApplication) return ExitCode::kEnvironment;
    if (called_off_.kind() == CalledOff::Kind::kTime || summary_.failed > 0) return ExitCode::kFailed;
    return summary_.errors > 0 ? ExitCode::kEnvironment : ExitCode::kHeld;
}

}  // namespace

ExitCode run_run(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    const auto fixtures = app::load_vehicles();
    if (!fixtures) return terminal.fail(exit_code_of(fixtures.error()), fixtures.error());
    Selected selected = select(invocation, arguments, fixtures.value());
    if (selected.failed) return *selected.failed;
    if (settings.flag(OptionId::kList)) return list_selected(selected.selection, terminal);
    const auto fit = check_fitness(selected.selection.scenarios, settings);
    if (!fit) return terminal.fail(ExitCode::kUsage, fit.error());
    auto options = instance_options(settings, terminal);
    if (!options) return terminal.fail(exit_code_of(options.error()), options.error());
    return ScenarioCommand(invocation, std::move(selected.selection)).run(std::move(options).value());
}

}  // namespace smartcar_sim::cli
