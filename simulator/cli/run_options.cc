#include "cli/run_options.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/text.h"
#include "cli/output_file.h"

namespace smartcar_sim::cli {

namespace {

base::Error bad_value(std::string message) { return {"bad_value", std::move(message)}; }

bool names_secret(std::string_view name) {
    const std::string lower = base::lower_case(name);
    for (const std::string_view word : {"token", "secret", "password", "key"}) {
        if (lower.find(word) != std::string::npos) return true;
    }
    return false;
}

// "60x", "0.5x".
std::optional<double> factor_of(const std::string& text) {
    if (!text.ends_with('x')) return std::nullopt;
    const auto factor = base::parse_number<double>(std::string_view(text).substr(0, text.size() - 1));
    constexpr double kLeast = 0.001;
    constexpr double kMost = 1'000'000;
    return factor && *factor >= kLeast && *factor <= kMost ? factor : std::nullopt;
}

}  // namespace

base::Result<std::vector<ReportFile>> report_files(const Settings& settings) {
    std::vector<ReportFile> files;
    for (const std::string& pair : settings.list(OptionId::kReport)) {
        const std::size_t equals = pair.find('=');
        const auto kind = report::parse_kind(pair.substr(0, equals));
        if (!kind) return bad_value("--report: " + kind.error().message);
        const std::string path = pair.substr(equals + 1);
        if (path.empty()) return bad_value("--report: " + pair + " names no file");
        if (std::ranges::find(files, path, &ReportFile::path) != files.end()) {
            return bad_value("--report: " + path + " is given twice; the second report would replace the first");
        }
        // Found out now, and not when the run is over.
        const auto writable = write_file("--report", path, "", Writing::kAppend);
        if (!writable) return writable.error();
        files.push_back({.kind = kind.value(), .path = path});
    }
    return files;
}

base::Result<base::Done> set_time(const Settings& settings, app::ScenarioRun::Options& options) {
    if (settings.has(OptionId::kSeed)) options.start_at = app::kSeededStart;
    if (settings.has(OptionId::kStartAt)) {
        const std::string text = settings.text(OptionId::kStartAt);
        options.start_at = base::parse_instant(text);
        if (!options.start_at) {
            return bad_value("--start-at: \"" + text + "\" is no instant such as 2026-01-01T00:00:00Z");
        }
    }
    const bool is_realtime = settings.flag(OptionId::kRealtime);
    if (is_realtime) options.speed = 1;
    if (!settings.has(OptionId::kSpeed)) return base::Done{};
    if (is_realtime) {
        return base::Error{"bad_arguments", "--realtime is --speed 1x: leave out the one or the other"};
    }
    const std::string text = settings.text(OptionId::kSpeed);
    const auto factor = factor_of(text);
    if (!factor) return bad_value("--speed: \"" + text + "\" is no factor such as 60x");
    options.speed = *factor;
    return base::Done{};
}

base::Result<std::map<std::string, std::string>> variables_named(const std::vector<Chosen>& scenarios,
                                                                 const Invocation& invocation) {
    std::map<std::string, std::string> variables;
    for (const Chosen& scenario : scenarios) {
        for (const std::string& name : scenario.environment) {
            const auto found = invocation.surroundings.environment.find(name);
            if (found == invocation.surroundings.environment.end()) {
                return base::Error{"no_variable", "\"env\" lists " + name + ", which is not set; set it for this run",
                                   base::Place{scenario.path, 0, 0}};
            }
            const bool is_token = std::ranges::find(scenario.secrets, name) != scenario.secrets.end();
            if (is_token || names_secret(name)) {
                invocation.terminal.conceal({found->second, base::Secret::Origin::kSupplied});
            }
            variables.insert(*found);
        }
    }
    return variables;
}

base::Result<std::size_t> jobs_for(const std::vector<Chosen>& scenarios, const Settings& settings) {
    std::string one_at_a_time;  // why
    if (settings.has(OptionId::kApp)) one_at_a_time = "--app starts one application, which reaches one platform";
    if (settings.integer(OptionId::kPlatformPort).value_or(0) > 0)
        one_at_a_time = "--port is the address of one platform";
    for (const Chosen& scenario : scenarios) {
        if (scenario.runs_commands && !settings.flag(OptionId::kAllowCommands)) {
            return base::Error{"bad_arguments",
                               scenario.path + " runs a command; if you trust it, add --allow-commands"};
        }
        if (scenario.counts_calls) {
            one_at_a_time =
                scenario.path + " is about calls of the platform, which an application reaches at one address";
        }
    }
    const auto jobs = static_cast<std::size_t>(settings.integer(OptionId::kJobs).value_or(1));
    if (jobs == 1 || one_at_a_time.empty()) return jobs;
    if (!settings.on_command_line(OptionId::kJobs)) return std::size_t{1};
    return base::Error{"bad_arguments", one_at_a_time + "; leave out --jobs"};
}

}  // namespace smartcar_sim::cli
