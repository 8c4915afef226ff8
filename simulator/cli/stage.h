// What an event needs to be sent at all: a verified webhook with one connected, subscribed vehicle.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/url.h"
#include "cli/settings.h"
#include "contract/message.h"
#include "platform/platform.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::cli {

struct Stage {
    std::string webhook_id, vehicle_id;
    base::Url callback;
    contract::Version version;
};

// The first vehicle of the platform is connected and subscribed, and nothing is sent.
[[nodiscard]] base::Result<Stage> set_stage(platform::Platform& platform, const base::Url& callback,
                                            platform::WebhookType type);

// The vehicle the event is about stands first, under the id the receiver knows (--vehicle-id): a live one, of which
// most can be read.
void choose_vehicle(const Settings& settings, std::vector<vehicle::Vehicle>& vehicles);

}  // namespace smartcar_sim::cli
