// Where Connect may send a browser, private to platform/.
#pragma once

#include <optional>
#include <string>

#include "base/text.h"
#include "platform/configuration.h"
#include "platform/connect_error.h"
#include "platform/oauth.h"

namespace smartcar_sim::platform {

// Whether it is registered; with none registered, whether Smartcar would let one register it (api.md section 2.1).
[[nodiscard]] bool is_allowed(const std::string& uri, const Configuration& configuration);
// The one asked for or else the default; empty when there is neither.
[[nodiscard]] std::string redirect_uri_of(const std::string& asked, const Configuration& configuration);
// Nothing without a redirect URI.
[[nodiscard]] std::string with_query(std::string uri, const base::Fields& fields);
// error, error_description, state if there was one, then the others.
[[nodiscard]] base::Fields error_fields(ConnectError error, const std::optional<std::string>& state,
                                        const base::Fields& more = {});

// Nothing for the one client there is.
[[nodiscard]] std::optional<ErrorPage> unknown_client(const std::string& client_id, const Configuration& configuration);

// The page, and the way back to the application where there is a redirect URI that can be trusted.
[[nodiscard]] ErrorPage with_way_back(ErrorPage page, const std::string& redirect_uri,
                                      const std::optional<std::string>& state, const Configuration& configuration);

}  // namespace smartcar_sim::platform
