// A run written by hand: one scenario that passes, one that fails at every place where a report could be misled, one in
// error, one not run, and one that ran for both payload versions.
#pragma once

#include <string>
#include <vector>

#include "scenario/result.h"

namespace smartcar_sim::report::samples {

[[nodiscard]] std::vector<scenario::Result> results();
[[nodiscard]] scenario::Summary summary();

// Parts of them, to be changed.
[[nodiscard]] scenario::Exchange exchange(std::string body, int status, std::string answer);
[[nodiscard]] scenario::Result passed();
[[nodiscard]] scenario::Result failed();
// A scenario whose only step failed; it has one complaint and no exchange.
[[nodiscard]] scenario::Result plainly_failed();

}  // namespace smartcar_sim::report::samples
