// The file descriptors that this process may open: connections are the many of them.
#pragma once

#include <cstddef>

namespace smartcar_sim::http {

// How many of `connections` there is room for. The soft limit, 1,024 on most machines, is raised for them as far as
// the hard one lets it; where that is too low, the rest of the simulator keeps a share of it.
[[nodiscard]] std::size_t make_room_for(std::size_t connections);

// The same for a process that may open so many descriptors.
[[nodiscard]] std::size_t room_for(std::size_t connections, std::size_t descriptors);

}  // namespace smartcar_sim::http
