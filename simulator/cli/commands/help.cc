#include "cli/help.h"

#include "cli/commands/commands.h"
#include "cli/manual.h"
#include "document/pointer.h"

namespace smartcar_sim::cli {

ExitCode run_help(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    if (settings.flag(OptionId::kMan)) {
        terminal.print(man_page(surroundings.version));
        return ExitCode::kHeld;
    }
    if (arguments.empty()) {
        terminal.print(overview());
        return ExitCode::kHeld;
    }
    const Command* command = find_command(arguments.front());
    if (command == nullptr) return terminal.fail(ExitCode::kUsage, unknown_command(arguments.front()));
    terminal.print(help_for(*command));
    return ExitCode::kHeld;
}

}  // namespace smartcar_sim::cli
