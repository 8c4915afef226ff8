// Files that a command leaves behind.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace smartcar_sim::cli {

enum class Writing { kReplace, kAppend };

// Code "file_unwritable", with what the system says; `what` is what the path was given as: "--report".
[[nodiscard]] base::Result<base::Done> write_file(std::string_view what, const std::string& path,
                                                  std::string_view content, Writing writing);

}  // namespace smartcar_sim::cli
