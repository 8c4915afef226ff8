// Requests as the platform sends them.
#pragma once

#include <string>

#include "base/secret.h"
#include "contract/http.h"
#include "contract/message.h"

namespace smartcar_sim::receiver::requests {

inline const std::string kToken = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10";
inline const std::string kChallenge = "challenge_063f9ab0f106cc06b7d06e7945b4eced";
inline const std::string kEvent =
    R"({"version":"2.0","webhookId":"865ca68d","eventName":"eventBased","mode":"live","payload":{"eventId":"52f6e0bb",)"
    R"("vehicleId":"dc6ea99e","eventType":"CHARGING_STARTED","eventTime":"2022-04-13T10:15:00.000Z"}})";

[[nodiscard]] base::Secret token();
[[nodiscard]] contract::Request unsigned_post(const std::string& body);
[[nodiscard]] contract::Request signed_post(const std::string& body);
// An unsigned verification, as contract builds it.
[[nodiscard]] contract::Request verification(contract::Version version, const std::string& challenge = kChallenge);

}  // namespace smartcar_sim::receiver::requests
