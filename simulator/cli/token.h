// The application management token of a command: --token or --token-file, then
// APPLICATION_MANAGEMENT_TOKEN, then "tokenFile" of smartcar-sim.json, then the development token.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "cli/settings.h"
#include "cli/terminal.h"

namespace smartcar_sim::cli {

// Which of kToken and kTokenFile, both among the settings, the token comes from. Code "token_twice".
[[nodiscard]] base::Result<OptionId> token_source(const Settings& settings);

// A token file's final newline is not part of the token, which is printable ASCII without blanks and quotes. Warns when
// the token stood on the command line, where other users of the machine can read it; from here on the terminal conceals
// it. Codes: "token_twice", "token_empty", "token_assigned", "bad_token", "file_unreadable".
[[nodiscard]] base::Result<base::Secret> application_management_token(const Settings& settings, Terminal& terminal);

}  // namespace smartcar_sim::cli
