// A vehicle as the signals of a 4.0 message show it (contract/webhooks.md section 2.2).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "contract/message.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

// Code, name and group of a code that is in the catalogue; any other is a bug.
[[nodiscard]] contract::SignalName signal_name(std::string_view code);

// One entry for every code, in their order: COMPATIBILITY/VEHICLE_NOT_CAPABLE when the vehicle lacks the
// signal, PERMISSION/null when `granted` lacks the permission it asks for, else its body and times.
[[nodiscard]] std::vector<contract::SignalReading> read_signals(const Vehicle& vehicle,
                                                                std::span<const std::string> codes,
                                                                std::span<const std::string> granted,
                                                                base::Instant retrieved_at);

}  // namespace smartcar_sim::vehicle
