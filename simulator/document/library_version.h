// Which nlohmann/json this is, for --version.
#pragma once

#include <string>

namespace smartcar_sim::document {

// "nlohmann/json 1.2.3", as compiled in.
[[nodiscard]] std::string library_version();

}  // namespace smartcar_sim::document
