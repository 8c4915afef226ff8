// Header fields as a person may see them: in the journal, in the log.
#pragma once

#include "contract/http.h"

namespace smartcar_sim::contract {

// Credentials and cookies are "…".
[[nodiscard]] Headers shown_headers(const Headers& headers);

// Of a request to a callback: what the contract does not send came from the user's -H and is "…", since a proxy's or
// a callback's own secret may have any name; but for names that tell of a request's way and hold no secret, such as
// X-Forwarded-For.
[[nodiscard]] Headers shown_delivery_headers(const Headers& headers);

}  // namespace smartcar_sim::contract
