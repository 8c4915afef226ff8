// Where the checkout is: fixtures, golden files and scripts are read from there.
#pragma once

#include <string>

namespace smartcar_sim {

[[nodiscard]] std::string source_folder();

}  // namespace smartcar_sim
