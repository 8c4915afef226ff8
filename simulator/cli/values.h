// The rules for an option's value, the same wherever the value came from.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "cli/options.h"

namespace smartcar_sim::cli {

// The value as Settings keeps it: flags become "true" or "false". The Error's message does not say
// who gave the value; code "bad_value".
[[nodiscard]] base::Result<std::string> check_value(const Option& option, std::string_view value);

// "Name: value" taken apart, blanks around the value dropped; for a checked kHeader.
[[nodiscard]] std::pair<std::string, std::string> split_header(std::string_view text);

}  // namespace smartcar_sim::cli
