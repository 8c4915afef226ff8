// The functions of the command table, one source file each.
#pragma once

#include "cli/command.h"

namespace smartcar_sim::cli {

ExitCode run_demo(const Invocation& invocation);
ExitCode run_serve(const Invocation& invocation);
ExitCode run_verify(const Invocation& invocation);
ExitCode run_send(const Invocation& invocation);
ExitCode run_run(const Invocation& invocation);
ExitCode run_audit(const Invocation& invocation);
ExitCode run_validate(const Invocation& invocation);
ExitCode run_init(const Invocation& invocation);
ExitCode run_callback(const Invocation& invocation);
ExitCode run_explain(const Invocation& invocation);
ExitCode run_sign(const Invocation& invocation);
ExitCode run_list(const Invocation& invocation);
ExitCode run_config(const Invocation& invocation);
ExitCode run_completion(const Invocation& invocation);
ExitCode run_help(const Invocation& invocation);

}  // namespace smartcar_sim::cli
