// Which vehicles a webhook hears of, private to platform/.
#pragma once

#include <string>
#include <string_view>

#include "platform/records.h"

namespace smartcar_sim::platform {

// A 4.0 webhook then owes the vehicle its first delivery. Subscribing again changes nothing.
void subscribe(WebhookRecord& webhook, const std::string& vehicle_id);
void unsubscribe(WebhookRecord& webhook, std::string_view vehicle_id);

// Every vehicle that is connected now.
void subscribe_connected(const Records& records, WebhookRecord& webhook);

}  // namespace smartcar_sim::platform
