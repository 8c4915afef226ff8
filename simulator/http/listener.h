// A socket that accepts connections.
#pragma once

#include <string>

#include "base/result.h"
#include "http/socket.h"

namespace smartcar_sim::http {

struct Listener {
    Socket socket;
    int port = 0;  // the one the system chose when 0 was asked for
};

// Listens on a name or a numeric address of either family. Codes "port_taken" and "bad_address"; the message says
// which address and what to do.
[[nodiscard]] base::Result<Listener> listen_on(const std::string& host, int port);

// A port of 127.0.0.1 that nobody listens on now, nor is given by chance soon, for a program that has to be told one.
// Code "port_taken".
[[nodiscard]] base::Result<int> find_free_port();

struct Accepted {
    Io outcome = Io::kDone;  // kReset: nothing was accepted this time, try again
    Socket socket = {};      // does not block, sends at once
    std::string peer = {};   // the address without a port
};

// The next connection. Waits a moment instead when the process has no descriptor left for it.
[[nodiscard]] Accepted accept_on(const Listener& listener, const Interrupt& closing);

}  // namespace smartcar_sim::http
