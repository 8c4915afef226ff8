// Effects made from records: which bytes tell a webhook what, private to platform/.
//
// Each takes a new event id, derived from the webhook and the vehicle.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "contract/message.h"
#include "platform/effect.h"
#include "platform/records.h"

namespace smartcar_sim::platform {

[[nodiscard]] contract::Envelope envelope_of(const Webhook& webhook, contract::Mode mode);

[[nodiscard]] Effect charging_event_effect(Turn& turn, const Webhook& webhook, const VehicleRecord& record,
                                           std::string_view event);

// VEHICLE_STATE with all of the webhook's data.
[[nodiscard]] Effect state_effect(Turn& turn, const Webhook& webhook, const VehicleRecord& record,
                                  const contract::Triggers& triggers);

// VEHICLE_ERROR, to the error callback if there is one. `errors` are pairs of the contract's table; one that names no
// signals is about all of the webhook's data.
[[nodiscard]] Effect error_effect(Turn& turn, const Webhook& webhook, const VehicleRecord& record,
                                  std::vector<contract::VehicleFault> errors);

// The webhook's read endpoints, answered now, in the unit system that is the default everywhere else.
[[nodiscard]] Effect readings_effect(Turn& turn, const Webhook& webhook, const VehicleRecord& record);

// What the webhook's signals say of the vehicle now, or why they do not: what its account answers instead of what
// could be read included.
[[nodiscard]] std::vector<contract::SignalReading> signals_of(const Turn& turn, const Webhook& webhook,
                                                              const VehicleRecord& record);

[[nodiscard]] std::vector<contract::SignalName> names_of(std::span<const std::string> codes);

}  // namespace smartcar_sim::platform
