// Idle connections to receivers, kept for the next request to the same origin. May be used from several threads.
//
// They are kept for a second. A request that is lost on a kept connection is a failed attempt like any other, because
// the receiver may have taken it; so a connection is not used when the receiver may be about to close it. Servers keep
// idle ones for 2 s (gunicorn), 5 s (Node.js, uvicorn, Apache) or longer.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/input.h"
#include "http/socket.h"

namespace smartcar_sim::http {

struct OpenConnection {
    OpenConnection(std::unique_ptr<Channel> connected, std::string peer)
        : channel(std::move(connected)), input(*channel), address(std::move(peer)) {}

    std::unique_ptr<Channel> channel;
    Input input;
    std::string address;  // "127.0.0.1:3000"
};

class ConnectionPool {
public:
    using Moment = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::milliseconds kLongestIdle{1000};
    // More than there are senders; a receiver sees no more idle connections than it had busy ones.
    static constexpr std::size_t kMostIdle = 64;

    // The connection used last, if it is still quiet. Those found otherwise on the way, and all that have been idle
    // for too long, whatever their origin, are closed.
    [[nodiscard]] std::unique_ptr<OpenConnection> take(const std::string& origin, Moment now);
    // Beyond the bound the one that has been idle longest is closed for it.
    void keep(const std::string& origin, std::unique_ptr<OpenConnection> connection, Moment now);

private:
    struct Idle {
        std::string origin;
        std::unique_ptr<OpenConnection> connection;
        Moment since;
    };
    [[nodiscard]] std::unique_ptr<OpenConnection> last_used(const std::string& origin, Moment now);
    // Takes out those that have been idle for too long; closing them can wait until the mutex, which it requires, is
    // free.
    void remove_old(Moment now, std::vector<Idle>& old);

    std::mutex mutex_;
    std::vector<Idle> idle_;  // the one used last at the end; guarded by mutex_
};

}  // namespace smartcar_sim::http
