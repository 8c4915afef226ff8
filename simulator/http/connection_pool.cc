#include "http/connection_pool.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace smartcar_sim::http {

std::unique_ptr<OpenConnection> ConnectionPool::take(const std::string& origin, Moment now) {
    while (auto connection = last_used(origin, now)) {
        if (connection->channel->quiet()) return connection;
    }
    return nullptr;
}

std::unique_ptr<OpenConnection> ConnectionPool::last_used(const std::string& origin, Moment now) {
    const std::lock_guard lock(mutex_);
    close_old(now);
    const auto last = std::ranges::find(idle_.rbegin(), idle_.rend(), origin, &Idle::origin);
    if (last == idle_.rend()) return nullptr;
    auto connection = std::move(last->connection);
    idle_.erase(std::next(last).base());
    return connection;
}

void ConnectionPool::keep(const std::string& origin, std::unique_ptr<OpenConnection> connection, Moment now) {
    const std::lock_guard lock(mutex_);
    close_old(now);
    if (idle_.size() == kMostIdle) idle_.erase(idle_.begin());
    idle_.push_back({origin, std::move(connection), now});
}

void ConnectionPool::close_old(Moment now) {
    std::erase_if(idle_, [now](const Idle& idle) { return now - idle.since > kLongestIdle; });
}

}  // namespace smartcar_sim::http
