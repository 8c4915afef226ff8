// Who is told what when something happens to a vehicle, private to platform/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/effect.h"
#include "platform/records.h"

namespace smartcar_sim::platform {

// What one change of state amounts to.
struct StateChange {
    std::optional<std::string_view> event;  // of 2.0
    std::vector<std::string> signals;       // whose bodies are others now
};

// A charging event to 2.0 event based webhooks, one VEHICLE_STATE with all changed triggers to 4.0 webhooks.
[[nodiscard]] Fired fire_change(Turn& turn, const VehicleRecord& record, const StateChange& change);

// The first deliveries the webhook still owes its vehicles; none while it cannot deliver.
[[nodiscard]] Fired deliver_first(Turn& turn, WebhookRecord& webhook);

}  // namespace smartcar_sim::platform
