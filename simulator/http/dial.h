// From a host and a port to a connected socket, within a deadline and within the policy.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/url.h"
#include "delivery/transport.h"
#include "http/socket.h"

namespace smartcar_sim::http {

// Which addresses may be connected to.
enum class Reach {
    kNear,      // this machine and private ranges
    kAnywhere,  // --remote
};

// True for a numeric address of this machine (127.0.0.0/8, ::1, 0.0.0.0, ::) or of a private range (RFC 1918,
// fc00::/7); an IPv4 address written as IPv6 counts as what it is. Link-local ones are far: clouds keep credentials at
// one.
[[nodiscard]] bool is_near(std::string_view address);

struct Dialled {
    Socket socket;        // does not block, sends at once
    std::string address;  // "127.0.0.1:3000", "[::1]:3000"
};

// Tries the addresses of the host in turn. The policy is checked on each of them, after resolution, so that a name
// cannot lead elsewhere than it says.
[[nodiscard]] std::variant<Dialled, delivery::Failure> dial(const base::Url& url, Reach reach, const Wait& wait);

}  // namespace smartcar_sim::http
