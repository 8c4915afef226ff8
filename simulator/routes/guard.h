// Keeps web pages of other origins away from the /_sim API: a page that a developer happens to visit
// can reach 127.0.0.1, by a plain form or by rebinding its own name to it.
//
// A request passes when its Host names this server (loopback name or address, or a name that
// --allow-host listed) and its Origin, where a browser sent one, is that same host.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "contract/http.h"

namespace smartcar_sim::routes {

struct AllowedHosts {
    std::vector<std::string> names;  // in any case, without port; loopback names need not be listed
};

// The 403 to answer with, or nothing when the request may go on.
[[nodiscard]] std::optional<contract::Response> refuse_foreign(const contract::Request& request,
                                                               const AllowedHosts& allowed);

}  // namespace smartcar_sim::routes
