// What a receiver made of the events it believed: the observable effect by which duplicates and order are judged.
//
// Kept in memory: the newest 10,000 event ids and 1,000 vehicles. May be used from any thread.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "document/value.h"

namespace smartcar_sim::receiver {

// How events take effect; all but the first are mistakes.
enum class Effects {
    kOnceInOrder,      // an event id counts once, and what is older than what is known changes nothing
    kEachTime,         // every delivery counts
    kOncePerDelivery,  // goes by deliveryId
    kLastTold,         // an older event undoes a newer one
    kFirstAlone,       // after a vehicle's first event nothing changes any more
};

class Ledger {
public:
    // Takes the event into account; returns whether its id was new.
    bool apply(const document::Value& event, Effects effects);
    // {"vehicleId":…,"sessions":n,"charging":…,"stateOfCharge":…,"asOf":…}: what is known of a vehicle, of one that is
    // not known too.
    [[nodiscard]] std::string shown(std::string_view vehicle_id) const;

private:
    static constexpr std::size_t kMostEvents = 10'000;
    static constexpr std::size_t kMostVehicles = 1'000;

    struct Vehicle {
        int sessions = 0;  // times that charging was told to have started
        std::optional<bool> charging;
        std::optional<double> state_of_charge;
        std::optional<base::Instant> as_of;
    };

    [[nodiscard]] bool remember(const std::string& id);        // mutex_ is held
    [[nodiscard]] Vehicle& vehicle_of(const std::string& id);  // mutex_ is held

    mutable std::mutex mutex_;
    std::set<std::string, std::less<>> seen_;               // guarded by mutex_
    std::deque<std::string> order_;                         // of seen_, oldest first; guarded by mutex_
    std::map<std::string, Vehicle, std::less<>> vehicles_;  // guarded by mutex_
    std::deque<std::string> heard_of_;                      // of vehicles_, first heard of first; guarded by mutex_
};

}  // namespace smartcar_sim::receiver
