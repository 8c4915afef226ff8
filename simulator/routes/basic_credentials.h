// The two halves of HTTP Basic authentication.
#pragma once

#include <optional>

#include "contract/http.h"
#include "platform/oauth.h"

namespace smartcar_sim::routes {

// As they were sent: the SDKs do not form-encode them. Nothing without a Basic header of that form.
[[nodiscard]] std::optional<platform::Credentials> basic_credentials(const contract::Request& request);

}  // namespace smartcar_sim::routes
