#include "simulation/api_faults.h"

#include <utility>

namespace smartcar_sim::simulation {

base::Result<fault::StandingFault> ApiFaults::add(fault::ApiFault fault) {
    const std::lock_guard lock(mutex_);
    const auto added = faults_.add(ids_.uuid("api fault", "", ordinal_), std::move(fault));
    if (!added) return added.error();
    ++ordinal_;
    any_ = true;
    return faults_.all().back();
}

base::Result<base::Done> ApiFaults::remove(std::string_view id) {
    const std::lock_guard lock(mutex_);
    auto removed = faults_.remove(id);
    any_ = !faults_.all().empty();
    return removed;
}

void ApiFaults::clear() {
    const std::lock_guard lock(mutex_);
    faults_.clear();
    any_ = false;
}

void ApiFaults::reset() {
    const std::lock_guard lock(mutex_);
    faults_.clear();
    any_ = false;
    ordinal_ = 0;
}

std::vector<fault::StandingFault> ApiFaults::all() const {
    const std::lock_guard lock(mutex_);
    return faults_.all();
}

std::optional<fault::ApiFault> ApiFaults::meet(const fault::ApiRequest& request) {
    if (!any_) return std::nullopt;
    const std::lock_guard lock(mutex_);
    return faults_.meet(request);
}

}  // namespace smartcar_sim::simulation
