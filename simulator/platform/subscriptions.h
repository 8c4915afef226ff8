// Which vehicles a webhook hears of, private to platform/.
#pragma once

#include <string>
#include <string_view>

#include "platform/records.h"

namespace smartcar_sim::platform {

// A 4.0 webhook then owes the vehicle its first delivery, and one that reads on schedule gets a timer. Subscribing
// again changes nothing.
void subscribe(Turn& turn, WebhookRecord& webhook, VehicleIndex vehicle);
void unsubscribe(Records& records, WebhookRecord& webhook, VehicleIndex vehicle);

// Every vehicle that is connected now.
void subscribe_connected(Turn& turn, WebhookRecord& webhook);

}  // namespace smartcar_sim::platform
