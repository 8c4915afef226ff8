// Codes and tokens given out, private to platform/.
#pragma once

#include <string>
#include <vector>

#include "platform/oauth.h"
#include "platform/records.h"

namespace smartcar_sim::platform {

// Works once, for kCodeLifetime. `redirect_uri` is empty for a code made without one.
[[nodiscard]] std::string issue_code(Turn& turn, const std::vector<std::string>& vehicle_ids, std::string redirect_uri);
[[nodiscard]] Tokens issue_tokens(Turn& turn, const std::vector<std::string>& vehicle_ids);

}  // namespace smartcar_sim::platform
