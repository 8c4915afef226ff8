// The request that carries a verify challenge.
#pragma once

#include <optional>
#include <string>

#include "base/secret.h"
#include "base/url.h"
#include "contract/message.h"
#include "delivery/transport.h"

namespace smartcar_sim::delivery {

// Everything one challenge is made of. A 2.0 body holds the webhook's id and the challenge alone.
struct VerifyRequest {
    base::Url url;
    contract::Version version = contract::Version::k2_0;
    contract::Envelope envelope;  // its mode is not sent
    std::string event_id;         // 4.0
    contract::Stamp stamp;        // 4.0
    std::string challenge;
    contract::Headers headers;              // -H: each replaces the standard one of its name
    std::optional<base::Secret> sign_with;  // --sign-verify; contract/clients.md section 1 item 4: unsigned
    base::Milliseconds timeout{15'000};
};

// On a connection of its own: a callback that has answered a challenge may drop the connection afterwards
// (contract/clients.md section 1 item 9).
[[nodiscard]] Outgoing verify_request(const VerifyRequest& verify);

}  // namespace smartcar_sim::delivery
