// The header fields every delivery and verification carries, but for Host, Content-Length and SC-Signature.
#pragma once

#include "contract/http.h"
#include "contract/message.h"

namespace smartcar_sim::contract {

// accept, content-type and user-agent, in the order and with the values of the one public capture with headers
// (contract/clients.md section 5). That capture is of 4.0; the user agent of 2.0 only follows its pattern. Not
// sent: accept-encoding, since a mock has no use for a compressed answer, and the sender's tracing headers.
[[nodiscard]] Headers delivery_headers(Version version);

}  // namespace smartcar_sim::contract
