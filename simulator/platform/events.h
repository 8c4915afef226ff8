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

// One reading by a webhook of type schedule or dynamic, when it can deliver.
[[nodiscard]] Fired fire_reading(Turn& turn, const WebhookRecord& webhook, const VehicleRecord& record);

// VEHICLE_ERROR to every 4.0 webhook of the vehicle for which the signals that fail are others now than it was last
// told: those that fail since as ERROR, those that no longer do as RESOLVED (webhooks.md section 2.4). A webhook that
// still owes its first delivery is told with that.
[[nodiscard]] Fired fire_failures(Turn& turn, const VehicleRecord& record);

// The first deliveries the webhook still owes its vehicles; none while it cannot deliver.
[[nodiscard]] Fired deliver_first(Turn& turn, WebhookRecord& webhook);

}  // namespace smartcar_sim::platform
