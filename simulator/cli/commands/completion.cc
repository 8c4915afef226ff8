#include "cli/completion.h"

#include "cli/commands/commands.h"

namespace smartcar_sim::cli {

ExitCode run_completion(const Invocation& invocation) {
    const bool bash = invocation.arguments.front() == "bash";
    invocation.terminal.print(bash ? bash_completion() : zsh_completion());
    return ExitCode::kHeld;
}

}  // namespace smartcar_sim::cli
