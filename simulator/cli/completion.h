// Completion scripts for shells, made from the tables.
#pragma once

#include <string>

namespace smartcar_sim::cli {

// To be sourced, or put in a folder of bash-completion under the name smartcar-sim.
[[nodiscard]] std::string bash_completion();
// To be put in a folder of $fpath under the name _smartcar-sim.
[[nodiscard]] std::string zsh_completion();

}  // namespace smartcar_sim::cli
