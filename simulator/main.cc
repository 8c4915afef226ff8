// argv in, exit code out; the only catch-all.
#include <algorithm>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>
#include <vector>

#include <unistd.h>

#include "cli/command.h"
#include "cli/parser.h"
#include "document/library_version.h"
#include "http/library_version.h"
#include "signature/library_version.h"
#include "version.h"

namespace {

using namespace smartcar_sim;

cli::Environment environment_of(char** variables) {
    cli::Environment environment;
    for (; *variables != nullptr; ++variables) {
        const std::string entry(*variables);
        const std::size_t equals = entry.find('=');
        if (equals != std::string::npos) environment.emplace(entry.substr(0, equals), entry.substr(equals + 1));
    }
    return environment;
}

cli::ExitCode run(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    std::error_code gone;
    const std::filesystem::path working_folder = std::filesystem::current_path(gone);
    if (gone) {
        std::cerr << "smartcar-sim: the working folder cannot be found (" << gone.message()
                  << "); change to one that exists\n";
        return cli::ExitCode::kEnvironment;
    }
    const cli::Surroundings surroundings{.in = std::cin,
                                         .out = std::cout,
                                         .err = std::cerr,
                                         .out_is_terminal = isatty(STDOUT_FILENO) == 1,
                                         .err_is_terminal = isatty(STDERR_FILENO) == 1,
                                         .environment = environment_of(environ),
                                         .working_folder = working_folder,
                                         .program = argc > 0 ? argv[0] : "smartcar-sim",
                                         .version = kVersion,
                                         .commit = kCommit,
                                         .libraries = {http::library_version(), signature::library_version(),
                                                       document::library_version(), cli::library_version()}};
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    return cli::run(arguments, surroundings);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return static_cast<int>(run(argc, argv));
    } catch (const std::exception& bug) {
        std::cerr << "smartcar-sim: internal error: " << bug.what() << "\n";
        return static_cast<int>(cli::ExitCode::kEnvironment);
    }
}
