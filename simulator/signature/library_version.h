// Which OpenSSL this is, for --version.
#pragma once

#include <string>

namespace smartcar_sim::signature {

// "OpenSSL 1.2.3", as linked at run time.
[[nodiscard]] std::string library_version();

}  // namespace smartcar_sim::signature
