// Bytes a command is pointed at, taken as they are.
#pragma once

#include <istream>
#include <string>

#include "base/result.h"

namespace smartcar_sim::cli {

// The whole file, or all of `in` when `path` is "-". Code "file_unreadable".
[[nodiscard]] base::Result<std::string> read_input(const std::string& path, std::istream& in);
[[nodiscard]] base::Result<std::string> read_bytes(const std::string& path);

}  // namespace smartcar_sim::cli
