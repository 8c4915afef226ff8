// The compatible vehicles of v3: the models of the fleet with all that they report and obey (contract/api.md section
// 6.2).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>

#include "base/text.h"
#include "contract/v3_error.h"
#include "document/value.h"
#include "platform/platform.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::routes {

struct CompatibleFilter {
    std::string make = {};  // upper case; empty: every one
    std::optional<vehicle::Powertrain> powertrain = {};
    std::optional<vehicle::Region> region = {};
};
// filter[make], filter[powertrainType], filter[region]; VALIDATION for a powertrain or region that is none.
[[nodiscard]] std::variant<CompatibleFilter, contract::V3Error> compatible_filter(const base::Fields& query);

// One resource for every make, model, powertrain and region, in the order of the fleet. Simulated vehicles are of no
// make, and left out.
[[nodiscard]] document::Array compatible_vehicles(std::span<const platform::FleetEntry> fleet,
                                                  const CompatibleFilter& filter);

}  // namespace smartcar_sim::routes
