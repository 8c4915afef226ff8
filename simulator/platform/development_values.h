// The values every command uses when nobody gave others: documented, invented here, the same after
// every restart, so that an application's .env file survives one. None of them opens anything real.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace smartcar_sim::platform {

inline constexpr std::string_view kDevelopmentClientId = "d0c0ffee-0001-4000-8000-000000000001";
inline constexpr std::string_view kDevelopmentClientSecret = "d0c0ffee-0002-4000-8000-000000000002";
inline constexpr std::string_view kDevelopmentToken = "d0c0ffee-0003-4000-8000-000000000003";
inline constexpr std::string_view kDevelopmentUserId = "d0c0ffee-0004-4000-8000-000000000004";
// Asks for application tokens at /oauth2/token, with the client secret.
inline constexpr std::string_view kDevelopmentApiClientId = "client_d0c0ffee-0006-4000-8000-000000000006";

// The id of the n-th webhook created, from 0: d0c0ffee-0005-4000-8000-000000000001, …2, in hex.
[[nodiscard]] std::string development_webhook_id(std::size_t ordinal);

}  // namespace smartcar_sim::platform
