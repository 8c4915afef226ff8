// Which cpp-httplib this is, for --version.
#pragma once

#include <string>

namespace smartcar_sim::http {

// "cpp-httplib 1.2.3", as compiled in.
[[nodiscard]] std::string library_version();

}  // namespace smartcar_sim::http
