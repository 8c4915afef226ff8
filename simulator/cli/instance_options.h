// From settings to what app::Instance::start() takes.
#pragma once

#include "app/instance.h"
#include "base/result.h"
#include "cli/settings.h"
#include "cli/terminal.h"

namespace smartcar_sim::cli {

// A command asks only for options of its own row; the others keep their defaults. Without --seed the
// seed is drawn. What the instance does is logged on the terminal, which must outlive it. Errors: those
// of the token and of the vehicle fixtures (their place is set).
[[nodiscard]] base::Result<app::InstanceOptions> instance_options(const Settings& settings, Terminal& terminal);

// --remote, --cacert and --insecure.
[[nodiscard]] http::ClientTransport::Options client_options(const Settings& settings);

}  // namespace smartcar_sim::cli
