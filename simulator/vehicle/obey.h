// What a vehicle does when it is told to, or why it does not (contract/api.md sections 4.13 to 4.18 and 7.3).
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "base/clock.h"
#include "contract/api_error.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

// One order. The command's kind says which of the rest counts.
struct Command {
    CommandKind kind = CommandKind::kLock;
    std::int64_t amount = 0;       // kSetChargeLimit: basis points; kSetAmperage: milliamperes
    Destination destination = {};  // kSendDestination
    Changes changes = {};          // what the other kinds come to: charge port, schedule, climate, trunk
};

// What obeying comes to.
struct Obeyed {
    Changes changes = {};  // of what the vehicle reports: obeying makes no signal
    std::optional<Destination> destination = {};
};

// `vehicle` is the vehicle as it is now. First what it cannot do at all (COMPATIBILITY), then what keeps it from doing
// it now: a virtual key it lacks, service, no connection, sleep, and the command's own obstacles (VEHICLE_STATE).
[[nodiscard]] std::variant<Obeyed, contract::ApiError> obey(const Vehicle& vehicle, const Command& command);

}  // namespace smartcar_sim::vehicle
