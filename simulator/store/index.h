// Which deliveries carry a name: positions under a text key, in order.
#pragma once

#include <set>
#include <string>
#include <unordered_map>

#include "delivery/journal.h"

namespace smartcar_sim::store {

class Index {
public:
    using Positions = std::set<delivery::Position>;

    void add(const std::string& key, delivery::Position position) { positions_[key].insert(position); }

    void remove(const std::string& key, delivery::Position position) {
        const auto found = positions_.find(key);
        if (found == positions_.end()) return;
        found->second.erase(position);
        if (found->second.empty()) positions_.erase(found);
    }

    // Nothing when no delivery carries it.
    [[nodiscard]] const Positions* of(const std::string& key) const {
        const auto found = positions_.find(key);
        return found == positions_.end() ? nullptr : &found->second;
    }

private:
    std::unordered_map<std::string, Positions> positions_;
};

}  // namespace smartcar_sim::store
