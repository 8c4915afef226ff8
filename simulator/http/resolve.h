// From a host's name to its addresses, within a deadline.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/url.h"
#include "delivery/transport.h"
#include "http/socket.h"

struct sockaddr_storage;

namespace smartcar_sim::http {

// One address that a connection may be tried to.
struct Address {
    std::shared_ptr<const sockaddr_storage> socket;  // what connect() takes, never changed
    std::size_t size = 0;
    std::string host = {};  // numeric
    std::string text = {};  // with the port: "127.0.0.1:3000", "[::1]:3000"
};

using Resolved = std::variant<std::vector<Address>, delivery::Failure>;

// Asks the system, which takes as long as it likes: a name server that is silent holds it for tens of seconds.
[[nodiscard]] Resolved ask_system(const base::Url& url);

// What `ask` finds, or a timeout. The question cannot be called off, so it is put on a thread of its own, which is left
// behind when the wait ends first. A numeric host is no question and needs no thread. Neither is localhost or a name
// below it: it is 127.0.0.1 and ::1 whatever the system says (RFC 6761 section 6.3), of which a receiver may use one.
[[nodiscard]] Resolved resolve(const base::Url& url, const Wait& wait,
                               std::function<Resolved(const base::Url&)> ask = ask_system);

}  // namespace smartcar_sim::http
