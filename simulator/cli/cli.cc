#include <algorithm>
#include <utility>

#include "cli/command.h"
#include "cli/config_file.h"
#include "cli/help.h"
#include "cli/parser.h"

namespace smartcar_sim::cli {
namespace {

std::optional<std::string_view> variable(const Environment& environment, const std::string& name) {
    const auto found = environment.find(name);
    if (found == environment.end() || found->second.empty()) return std::nullopt;
    return found->second;
}

// no-color.org and bixense.com/clicolors.
bool shows_colour(std::string_view choice, const Environment& environment, bool is_terminal) {
    if (choice != "auto") return choice == "always";
    if (variable(environment, "NO_COLOR")) return false;
    if (variable(environment, "CLICOLOR_FORCE").value_or("0") != "0") return true;
    return is_terminal && variable(environment, "TERM") != "dumb";
}

Verbosity verbosity_of(const Settings& settings) {
    if (settings.flag(OptionId::kQuiet)) return Verbosity::kQuiet;
    const int level = settings.count(OptionId::kVerbose);
    return level == 0 ? Verbosity::kNormal : level == 1 ? Verbosity::kVerbose : Verbosity::kDebug;
}

Terminal::Style style_of(const Settings& settings, const Surroundings& surroundings) {
    const std::string choice = settings.text(OptionId::kColor);
    return {.json = settings.flag(OptionId::kJson),
            .verbosity = verbosity_of(settings),
            .colour_out = shows_colour(choice, surroundings.environment, surroundings.out_is_terminal),
            .colour_err = shows_colour(choice, surroundings.environment, surroundings.err_is_terminal)};
}

// Before the options are understood, errors already keep to --json.
Terminal::Style early_style(std::span<const std::string> arguments) {
    const auto end = std::ranges::find(arguments, "--");
    return {.json = std::find(arguments.begin(), end, "--json") != end};
}

// Commands that nothing but their own line can set work beside a broken smartcar-sim.json.
bool is_configurable(const Command& command) {
    return std::ranges::any_of(command.options, [](OptionId id) { return option(id).configurable(); });
}

// A full disk or a closed pipe must not look like success.
ExitCode unless_output_was_lost(ExitCode code, const Surroundings& surroundings, Terminal& terminal) {
    surroundings.out.flush();
    if (surroundings.out || code != ExitCode::kHeld) return code;
    return terminal.fail(ExitCode::kEnvironment, {"output_lost", "the output could not be written"});
}

ExitCode run_command(const Command& command, std::span<const std::string> arguments, const Surroundings& surroundings) {
    Terminal early(surroundings.out, surroundings.err, early_style(arguments));
    const auto line = parse_line(command, arguments);
    if (!line) return early.fail(ExitCode::kUsage, line.error());

    const auto& given = line.value().given;
    if (std::ranges::any_of(given, [](const Given& one) { return one.id == OptionId::kHelp; })) {
        early.print(help_for(command));
        return ExitCode::kHeld;
    }
    ConfigFile file;
    if (is_configurable(command)) {
        auto loaded = load_config(surroundings.working_folder);
        if (const auto* problem = std::get_if<ConfigProblem>(&loaded)) {
            return report(*problem, early);
        }
        file = std::get<ConfigFile>(std::move(loaded));
    }
    const auto settings = Settings::resolve(command.options, given, surroundings.environment, file);
    if (!settings) return early.fail(ExitCode::kUsage, settings.error());

    Terminal terminal(surroundings.out, surroundings.err, style_of(settings.value(), surroundings));
    const ExitCode code = command.run({settings.value(), line.value().arguments, terminal, surroundings});
    return unless_output_was_lost(code, surroundings, terminal);
}

}  // namespace

ExitCode run(std::span<const std::string> arguments, const Surroundings& surroundings) {
    Terminal terminal(surroundings.out, surroundings.err, early_style(arguments));
    if (arguments.empty()) {
        terminal.note(overview());
        return ExitCode::kUsage;
    }
    const std::string& first = arguments.front();
    if (first == "--version") {
        terminal.print(version_text(surroundings));
        return unless_output_was_lost(ExitCode::kHeld, surroundings, terminal);
    }
    const Command* command = find_command(first == "--help" || first == "-h" ? "help" : first);
    if (command == nullptr) return terminal.fail(ExitCode::kUsage, unknown_command(first));
    return run_command(*command, arguments.subspan(1), surroundings);
}

}  // namespace smartcar_sim::cli
