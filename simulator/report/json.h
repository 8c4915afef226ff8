// A run as one JSON object a line: what `run --json` prints and `--report json=FILE` keeps (product.md,
// "Machine-readable output"). Members may be added and are never renamed. Bytes that are not UTF-8 are U+FFFD.
#pragma once

#include <string>

#include "scenario/result.h"

namespace smartcar_sim::report {

// {"type":"step",…} for each step, then {"type":"scenario",…}; each line ends with a line break.
[[nodiscard]] std::string json_lines(const scenario::Result& result);

// {"type":"summary",…} and a line break.
[[nodiscard]] std::string json_line(const scenario::Summary& summary);

}  // namespace smartcar_sim::report
