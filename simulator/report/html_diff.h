// Where two texts differ, byte by byte. Private to report/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "audit/finding.h"

namespace smartcar_sim::report {

// Bytes [at, end) of the one text stand in place of those of the other; both begin and end between characters.
struct Change {
    std::size_t expected_at = 0, expected_end = 0;
    std::size_t actual_at = 0, actual_end = 0;

    bool operator==(const Change&) const = default;
};
struct Changes {
    std::vector<Change> list;  // in order
    bool all_found = true;     // otherwise the last one is the rest of both, which have too little in common
};
// A shortest list of changes, but that a few equal bytes between two long changes are part of one.
[[nodiscard]] Changes changes_between(std::string_view expected, std::string_view actual);

// The first places where the texts differ, each with what stands around it, and how many there are.
[[nodiscard]] std::string difference_html(const audit::Difference& difference);

}  // namespace smartcar_sim::report
