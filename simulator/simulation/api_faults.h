// The faults that stand, for everybody who sets them and every request that may meet one.
//
// May be used from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "fault/api_fault.h"

namespace smartcar_sim::simulation {

class ApiFaults {
public:
    // Ids of faults are derived from `ids`, which outlives it.
    explicit ApiFaults(const base::Ids& ids) : ids_(ids) {}

    // `fault.vehicle` is an id. Code "too_many_faults".
    [[nodiscard]] base::Result<fault::StandingFault> add(fault::ApiFault fault);
    // Code "not_found".
    [[nodiscard]] base::Result<base::Done> remove(std::string_view id);
    void clear();
    // As at the start: ids begin anew too.
    void reset();
    [[nodiscard]] std::vector<fault::StandingFault> all() const;

    // What the request meets, and is counted by. Costs nothing while there is no fault.
    [[nodiscard]] std::optional<fault::ApiFault> meet(const fault::ApiRequest& request);

private:
    const base::Ids& ids_;
    std::atomic<bool> any_{false};  // whether there may be one: written under mutex_
    mutable std::mutex mutex_;
    fault::StandingFaults faults_;  // guarded by mutex_
    std::uint64_t ordinal_ = 0;     // guarded by mutex_: of the next id
};

}  // namespace smartcar_sim::simulation
