// What the reference receiver got, as people and programs read it.
#pragma once

#include <string>

#include "cli/terminal.h"
#include "receiver/receiver.h"

namespace smartcar_sim::cli {

// "200  verification answered (4.0)"
[[nodiscard]] std::string describe(const receiver::Handled& handled, const Terminal& terminal);
// {"type":"received",…}
[[nodiscard]] std::string received_object(const receiver::Handled& handled);

}  // namespace smartcar_sim::cli
