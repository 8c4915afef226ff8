// The examination of a callback: prepared, made, told.
#include "audit/audit.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/audit_line.h"
#include "app/instance.h"
#include "app/probes.h"
#include "app/stop_signal.h"
#include "audit/baseline.h"
#include "base/text.h"
#include "cli/audit_output.h"
#include "cli/audit_subject.h"
#include "cli/commands/commands.h"
#include "cli/input.h"
#include "cli/instance_options.h"
#include "cli/run_options.h"
#include "cli/stage.h"
#include "cli/under_test.h"

namespace smartcar_sim::cli {

namespace {

using app::CalledOff;

base::Result<audit::Choice> choice_of(const Settings& settings) {
    using Part = audit::Check::Part;
    audit::Choice choice;
    const bool thorough = settings.flag(OptionId::kThorough);
    auto only = audit::find_checks(settings.list(OptionId::kOnly), thorough ? Part::kThorough : Part::kUsual);
    if (!only) return only.error();
    auto skip = audit::find_checks(settings.list(OptionId::kSkip), Part::kThorough);
    if (!skip) return skip.error();
    choice.only = std::move(only).value();
    choice.skip = std::move(skip).value();
    if (thorough) choice.extent = audit::Choice::Extent::kThorough;
    return choice;
}

base::Result<std::optional<audit::Baseline>> baseline_of(const Settings& settings) {
    if (!settings.has(OptionId::kBaseline)) return std::optional<audit::Baseline>();
    const std::string path = settings.text(OptionId::kBaseline);
    const auto text = read_bytes(path);
    if (!text) return text.error();
    auto baseline = audit::parse_baseline(text.value(), path);
    if (!baseline) return baseline.error();
    return std::optional(std::move(baseline).value());
}

class AuditCommand {
public:
    AuditCommand(const Invocation& invocation, const audit::Choice& choice, std::optional<audit::Baseline> baseline,
                 std::optional<Captured> captured)
        : invocation_(invocation),
          settings_(invocation.settings),
          terminal_(invocation.terminal),
          selected_(audit::chosen_checks(choice)),
          baseline_(std::move(baseline)),
          captured_(std::move(captured)) {}

    ExitCode run(app::InstanceOptions options);

private:
    [[nodiscard]] base::Result<base::Done> prepare(app::InstanceOptions options);
    [[nodiscard]] base::Result<base::Done> perform();
    [[nodiscard]] ExitCode give_up(const base::Error& error);
    [[nodiscard]] std::unique_ptr<audit::Probe> probe();
    [[nodiscard]] bool probe_given() const {
        return settings_.has(OptionId::kProbe) || settings_.has(OptionId::kProbeUrl);
    }
    void announce() const;
    void look_at_application();
    [[nodiscard]] ExitCode exit_code() const;
    [[nodiscard]] bool counts(const audit::Finding& finding) const;

    const Invocation& invocation_;
    const Settings& settings_;
    Terminal& terminal_;
    const std::vector<const audit::Check*> selected_;
    const std::optional<audit::Baseline> baseline_;
    std::optional<Captured> captured_;
    CalledOff called_off_;
    std::optional<int> signal_;
    std::unique_ptr<AuditOutput> output_;
    std::unique_ptr<app::Instance> instance_;
    std::unique_ptr<UnderTest> under_test_;
    std::unique_ptr<app::AuditLine> line_;
    audit::Subject subject_;
    audit::Summary summary_;
};

ExitCode AuditCommand::run(app::InstanceOptions options) {
    app::StopSignal stop;  // before any thread
    auto reports = report_files(settings_);
    if (!reports) return terminal_.fail(exit_code_of(reports.error()), reports.error());
    output_ = std::make_unique<AuditOutput>(invocation_, std::move(reports).value());

    auto done = prepare(std::move(options));
    if (done) {
        called_off_.on_call_off([this] { line_->abort(); });
        signal_ = perform_until_signal(stop, *under_test_, called_off_, [&] { done = perform(); });
    }
    if (under_test_) under_test_->stop();
    if (!done) return give_up(done.error());
    summary_.exit = static_cast<int>(exit_code());
    const auto written = output_->finish(summary_);
    if (!written) return terminal_.fail(ExitCode::kEnvironment, written.error());
    if (called_off_.kind() == CalledOff::Kind::kApplication) {
        return terminal_.fail(exit_code(), {"application_gone", called_off_.why()});
    }
    return exit_code();
}

// The reports of an earlier audit must not be taken for this one's.
ExitCode AuditCommand::give_up(const base::Error& error) {
    const ExitCode code = signal_ ? exit_code() : exit_code_of(error);
    if (under_test_) {
        summary_.callback = under_test_->callback();
        summary_.conclusions = {"No check was made: " + error.message};
        summary_.version = invocation_.surroundings.version;
        summary_.exit = static_cast<int>(code);
        const auto written = output_->give_up(summary_);
        if (!written) return terminal_.fail(ExitCode::kEnvironment, written.error());
    }
    return signal_ ? code : terminal_.fail(code, error);
}

// All that can be known to fail before anything is sent.
base::Result<base::Done> AuditCommand::prepare(app::InstanceOptions options) {
    if (captured_) options.platform.webhook_version = captured_->version;
    const bool seeded = settings_.has(OptionId::kSeed);
    summary_.seed = options.seed;
    summary_.webhook_version = name_of(options.platform.webhook_version);
    options.simulation.drive = simulation::Simulation::Drive::kInline;
    options.clock = app::InstanceOptions::Start::kFrozen;
    if (seeded) options.start_at = app::kSeededStart;
    options.listen = app::Listen{.port = static_cast<int>(settings_.integer(OptionId::kPlatformPort).value_or(0))};
    choose_vehicle(settings_, options.vehicles);
    // A callback that heard of a vehicle from an earlier audit knows newer events of it than this one begins with.
    if (!settings_.has(OptionId::kVehicleId)) {
        options.vehicles.front().id = base::Ids(options.seed).uuid("vehicle", "audit", 0);
    }
    auto under_test = UnderTest::choose(invocation_, options.platform, called_off_);
    if (!under_test) return under_test.error();
    under_test_ = std::move(under_test).value();
    line_ = std::make_unique<app::AuditLine>(options.client, called_off_);

    auto instance = app::Instance::start(std::move(options));
    if (!instance) return instance.error();
    instance_ = std::move(instance).value();
    const contract::Version version = instance_->platform().configuration().webhook_version;
    const auto stage = set_stage(
        instance_->platform(), under_test_->callback(),
        version == contract::Version::k4_0 ? platform::WebhookType::kSignals : platform::WebhookType::kEventBased);
    if (!stage) return stage.error();
    subject_ = subject_of(settings_, *instance_, stage.value(), std::move(captured_));
    return base::Done{};
}

// A path is one of that server's; a URL is itself.
std::string at_origin(const std::string& origin, const std::string& url) {
    return url.starts_with('/') ? origin + url : url;
}

std::unique_ptr<audit::Probe> AuditCommand::probe() {
    const base::Milliseconds patience = settings_.duration(OptionId::kProbeWait);
    if (settings_.has(OptionId::kProbe)) {
        return std::make_unique<app::CommandProbe>(settings_.text(OptionId::kProbe), patience, called_off_);
    }
    const auto by_get = [&](std::string url, std::string name) {
        return std::make_unique<app::UrlProbe>(std::move(url), std::move(name), patience, *line_);
    };
    if (settings_.has(OptionId::kProbeUrl)) {
        return by_get(at_origin(under_test_->callback().origin(), settings_.text(OptionId::kProbeUrl)),
                      "the URL of --probe-url");
    }
    if (const std::string url = under_test_->probe_url(); !url.empty()) {
        return by_get(url, "the page /applied of the built-in callback");
    }
    // Who is not told where the platform is makes no calls to it.
    if (!settings_.has(OptionId::kApp) && !settings_.has(OptionId::kPlatformPort)) return nullptr;
    return std::make_unique<app::CallsProbe>(instance_->requests(), patience);
}

void AuditCommand::announce() const {
    terminal_.note("examining " + under_test_->callback().text() + ": " + std::to_string(selected_.size()) +
                   " checks with " + std::string(name_of(subject_.version)) + " messages, at most " +
                   base::format_duration(settings_.duration(OptionId::kAuditTime)) + " in all and " +
                   base::format_duration(subject_.timeout) + " for an answer");
}

base::Result<base::Done> AuditCommand::perform() {
    const auto ready = under_test_->start(instance_->origin());
    if (!ready) return ready.error();
    announce();
    const std::unique_ptr<audit::Probe> eyes = probe();
    const Watch watch([this] { look_at_application(); });
    line_->begin();
    audit::Options options{.selected = selected_,
                           .max_time = settings_.duration(OptionId::kAuditTime),
                           .on_finding = [this](const audit::Finding& finding) { output_->add(finding); }};
    const std::uint64_t seed = summary_.seed;
    summary_ = audit::examine(subject_, *line_, eyes.get(), instance_->ids(), options).summary;
    look_at_application();  // it may have gone with the last check
    summary_.seed = seed;
    summary_.version = invocation_.surroundings.version;
    if (called_off_.kind() != CalledOff::Kind::kNot) {
        summary_.conclusions.insert(summary_.conclusions.begin(),
                                    "The audit was called off: " + called_off_.why() + ".");
    }
    if (baseline_) summary_.comparison = audit::compare(output_->findings(), *baseline_);
    return base::Done{};
}

void AuditCommand::look_at_application() {
    if (const auto gone = under_test_->gone()) called_off_.call_off(CalledOff::Kind::kApplication, *gone);
}

// Against a baseline only what got worse counts.
bool AuditCommand::counts(const audit::Finding& finding) const {
    const auto least = audit::parse_severity(settings_.text(OptionId::kFailOn)).value_or(audit::Severity::kHigh);
    if (finding.verdict != audit::Verdict::kFail || finding.severity < least) return false;
    if (!summary_.comparison) return true;
    return std::ranges::count(summary_.comparison->worse, finding.id) > 0;
}

ExitCode AuditCommand::exit_code() const {
    if (signal_) return *signal_ == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated;
    if (called_off_.kind() == CalledOff::Kind::kApplication) return ExitCode::kEnvironment;
    const bool blind = probe_given() && summary_.probe.empty();
    const bool nothing_told = !summary_.grade || summary_.unasked > 0 || blind;
    const bool failed = std::ranges::any_of(output_->findings(), [this](const auto& each) { return counts(each); });
    return nothing_told || failed ? ExitCode::kFailed : ExitCode::kHeld;
}

}  // namespace

ExitCode run_audit(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    // First, for it conceals the token that the user gave.
    auto options = instance_options(settings, terminal);
    if (!options) return terminal.fail(exit_code_of(options.error()), options.error());
    auto choice = choice_of(settings);
    if (!choice) return terminal.fail(exit_code_of(choice.error()), choice.error());
    if (settings.has(OptionId::kProbe) && settings.has(OptionId::kProbeUrl)) {
        return terminal.fail(ExitCode::kUsage, {"bad_arguments", "give --probe or --probe-url, not both"});
    }
    if (settings.has(OptionId::kProbeUrl)) {
        const auto url = app::UrlProbe::check(at_origin("http://127.0.0.1", settings.text(OptionId::kProbeUrl)));
        if (!url) return terminal.fail(ExitCode::kUsage, {"bad_value", "--probe-url: " + url.error().message});
    }
    const bool narrowed = settings.has(OptionId::kOnly) || settings.has(OptionId::kSkip);
    const auto is_preflight = [](const audit::Check* check) { return check->part == audit::Check::Part::kPreflight; };
    const bool asks_preflight = std::ranges::any_of(choice.value().only, is_preflight);
    if (narrowed && !asks_preflight && std::ranges::all_of(audit::chosen_checks(choice.value()), is_preflight)) {
        return terminal.fail(ExitCode::kUsage,
                             {"nothing_selected", "--only and --skip leave no check but the preflight"});
    }
    auto baseline = baseline_of(settings);
    if (!baseline) return terminal.fail(exit_code_of(baseline.error()), baseline.error());
    auto captured = captured_body(settings);
    if (!captured) return terminal.fail(exit_code_of(captured.error()), captured.error());
    return AuditCommand(invocation, choice.value(), std::move(baseline).value(), std::move(captured).value())
        .run(std::move(options).value());
}

}  // namespace smartcar_sim::cli
