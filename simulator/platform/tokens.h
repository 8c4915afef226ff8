// Codes and tokens given out, private to platform/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "platform/oauth.h"
#include "platform/records.h"

namespace smartcar_sim::platform {

// Works once, for kCodeLifetime. `redirect_uri` is empty for a code made without one.
[[nodiscard]] std::string issue_code(Turn& turn, const std::vector<std::string>& vehicle_ids, std::string redirect_uri);
[[nodiscard]] Tokens issue_tokens(Turn& turn, const std::vector<std::string>& vehicle_ids);

[[nodiscard]] bool are_valid(const Credentials& given, std::string_view client_id, const base::Secret& client_secret);
[[nodiscard]] OAuthError invalid_client();

}  // namespace smartcar_sim::platform
