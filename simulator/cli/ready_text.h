// What serve says when it is ready: the origin, the values an application needs, and what to try.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/configuration.h"
#include "platform/webhook.h"

namespace smartcar_sim::cli {

struct Ready {
    std::string origin;
    platform::Configuration configuration;
    std::vector<platform::Webhook> webhooks;
    std::string access_token;              // empty before anyone connected
    std::vector<std::string> vehicle_ids;  // of that token
};

[[nodiscard]] std::string describe(const Ready& ready);
// {"type":"ready",…}, also what --ready-file holds. A token the user supplied is masked.
[[nodiscard]] std::string ready_object(const Ready& ready);

}  // namespace smartcar_sim::cli
