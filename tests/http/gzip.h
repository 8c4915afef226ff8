// Compression by the library, for bodies of tests.
#pragma once

#include <string>
#include <string_view>

namespace smartcar_sim::http {

// Empty when the library was built without zlib.
[[nodiscard]] std::string gzipped(std::string_view bytes);

}  // namespace smartcar_sim::http
