#include "http/connection_pool.h"

#include <utility>

namespace smartcar_sim::http {

std::unique_ptr<OpenConnection> ConnectionPool::take(const std::string& origin) {
    while (auto connection = pop(origin)) {
        if (connection->channel->quiet()) return connection;
    }
    return nullptr;
}

std::unique_ptr<OpenConnection> ConnectionPool::pop(const std::string& origin) {
    const std::lock_guard lock(mutex_);
    const auto found = idle_.find(origin);
    if (found == idle_.end()) return nullptr;
    auto connection = std::move(found->second.back());
    found->second.pop_back();
    if (found->second.empty()) idle_.erase(found);
    --count_;
    return connection;
}

void ConnectionPool::keep(const std::string& origin, std::unique_ptr<OpenConnection> connection) {
    const std::lock_guard lock(mutex_);
    if (count_ >= kMostIdle) return;
    idle_[origin].push_back(std::move(connection));
    ++count_;
}

}  // namespace smartcar_sim::http
