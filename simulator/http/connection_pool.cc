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
    std::vector<Idle> old;
    const std::lock_guard lock(mutex_);
    remove_old(now, old);
    const auto last = std::ranges::find(idle_.rbegin(), idle_.rend(), origin, &Idle::origin);
    if (last == idle_.rend()) return nullptr;
    auto connection = std::move(last->connection);
    idle_.erase(std::next(last).base());
    return connection;
}

void ConnectionPool::keep(const std::string& origin, std::unique_ptr<OpenConnection> connection, Moment now) {
    std::vector<Idle> old;
    const std::lock_guard lock(mutex_);
    remove_old(now, old);
    if (idle_.size() == kMostIdle) {
        old.push_back(std::move(idle_.front()));
        idle_.erase(idle_.begin());
    }
    idle_.push_back({origin, std::move(connection), now});
}

void ConnectionPool::remove_old(Moment now, std::vector<Idle>& old) {
    const auto young =
        std::ranges::find_if(idle_, [now](const Idle& idle) { return now - idle.since <= kLongestIdle; });
    std::ranges::move(idle_.begin(), young, std::back_inserter(old));
    idle_.erase(idle_.begin(), young);
}

}  // namespace smartcar_sim::http
