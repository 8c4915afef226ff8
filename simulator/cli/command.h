// The table of commands: name, arguments, options, examples and the function that does it.
//
// A new command is a row in commands.cc and a function of type Run in commands/. Help, the man page
// and shell completion come from the row.
#pragma once

#include <filesystem>
#include <istream>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/settings.h"
#include "cli/terminal.h"

namespace smartcar_sim::cli {

// Everything a command line touches that is not its arguments: replaced whole in tests.
struct Surroundings {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    Environment environment;
    std::filesystem::path working_folder;  // where the search for smartcar-sim.json starts
    std::string program = "smartcar-sim";  // as it was started: what to type to start it again
    std::string version, commit;           // for --version
    std::vector<std::string> libraries;    // for --version: "OpenSSL 1.2.3"
};

// One call of a command.
struct Invocation {
    const Settings& settings;                   // of the options in the command's row
    const std::vector<std::string>& arguments;  // as many as the row allows
    Terminal& terminal;
    const Surroundings& surroundings;
};

using Run = ExitCode (*)(const Invocation& invocation);

struct Arguments {
    std::string_view placeholder;  // "EVENT|FILE"; empty for none
    std::size_t least = 0;
    std::size_t most = 0;
    std::vector<std::string_view> words;  // if not empty, each argument is one of these
};

struct Example {
    std::string_view line;  // as pasted into a shell
    std::string_view says;
};

struct Command {
    std::string_view name;
    std::string_view summary;  // one line, no final stop
    std::string_view details;  // sentences for `help NAME`; may be empty
    Arguments arguments;
    std::vector<OptionId> options;
    std::vector<Example> examples;
    Run run;
};

// In the order of `help`.
[[nodiscard]] std::span<const Command> commands();
[[nodiscard]] const Command* find_command(std::string_view name);
// Code "unknown_command", or "unknown_option" for a word that begins with a dash.
[[nodiscard]] base::Error unknown_command(const std::string& word);

// One command line without the program's name: parsed, resolved, run. Never throws on bad input.
[[nodiscard]] ExitCode run(std::span<const std::string> arguments, const Surroundings& surroundings);

}  // namespace smartcar_sim::cli
