// What wrong steps of different kinds have in common. Private to receiver/.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "contract/http.h"
#include "contract/message.h"
#include "receiver/behaviours.h"

namespace smartcar_sim::receiver {

using MaybeResponse = std::optional<contract::Response>;  // nothing: go on

// {"error": why} when something is so.
[[nodiscard]] MaybeResponse error_if(bool so, int status, std::string_view why);
// What an exception nobody handles becomes.
[[nodiscard]] MaybeResponse broken_if(bool so);

[[nodiscard]] bool is_post(const Circumstances& now);

// Of a challenge that came by POST; nothing for any other request.
[[nodiscard]] std::optional<contract::Version> version_of(const Circumstances& now);
[[nodiscard]] std::optional<std::string> challenge_in(const Circumstances& now);
// The same by whatever method.
[[nodiscard]] std::optional<std::string> challenge_by_any_method(const Circumstances& now);

}  // namespace smartcar_sim::receiver
