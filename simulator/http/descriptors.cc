#include "http/descriptors.h"

#include <algorithm>

#include <sys/resource.h>

namespace smartcar_sim::http {
namespace {

// Connections to callbacks, 64 of them idle; pipes, files and standard streams.
constexpr std::size_t kOthers = 256;

}  // namespace

std::size_t room_for(std::size_t connections, std::size_t descriptors) {
    return std::min(connections, descriptors - std::min(kOthers, descriptors / 2));
}

std::size_t make_room_for(std::size_t connections) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return connections;
    const rlim_t wanted = std::min<rlim_t>(connections + kOthers, limit.rlim_max);
    if (limit.rlim_cur < wanted) {
        const rlimit raised{wanted, limit.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit.rlim_cur = wanted;
    }
    return room_for(connections, limit.rlim_cur);
}

}  // namespace smartcar_sim::http
