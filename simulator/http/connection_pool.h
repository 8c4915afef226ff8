// Idle connections to receivers, kept for the next request to the same origin. May be used from several threads.
#pragma once

#include <cstddef>
#include <map>
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
    // The connection used last, if it is still quiet; the others that are not are closed on the way.
    [[nodiscard]] std::unique_ptr<OpenConnection> take(const std::string& origin);
    // Beyond the bound it is closed.
    void keep(const std::string& origin, std::unique_ptr<OpenConnection> connection);

private:
    // More than there are senders; a receiver sees no more idle connections than it had busy ones.
    static constexpr std::size_t kMostIdle = 64;

    [[nodiscard]] std::unique_ptr<OpenConnection> pop(const std::string& origin);

    std::mutex mutex_;
    std::map<std::string, std::vector<std::unique_ptr<OpenConnection>>> idle_;  // by origin; guarded by mutex_
    std::size_t count_ = 0;                                                     // of them all; guarded by mutex_
};

}  // namespace smartcar_sim::http
