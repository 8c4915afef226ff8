#include "routes/guard.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "base/url.h"
#include "routes/sim_answer.h"

namespace smartcar_sim::routes {

namespace {

bool is_allowed(const std::string& host, const AllowedHosts& allowed) {
    constexpr std::array<std::string_view, 3> kLoopback{"127.0.0.1", "localhost", "::1"};
    const auto is_host = [&](const std::string& name) { return base::equal_but_for_case(name, host); };
    return std::ranges::find(kLoopback, host) != kLoopback.end() || std::ranges::any_of(allowed.names, is_host);
}

}  // namespace

std::optional<contract::Response> refuse_foreign(const contract::Request& request, const AllowedHosts& allowed) {
    const auto host = request.headers.get("host");
    const auto here = base::parse_url("http://" + std::string(host.value_or("")));
    if (!here.ok() || !is_allowed(here.value().host, allowed)) {
        return sim_error(
            403, "host_not_allowed",
            "The Host header \"" + std::string(host.value_or("")) +
                "\" does not name this simulator; start it with --allow-host NAME to accept another name.");
    }
    const auto origin = request.headers.get("origin");
    if (!origin) return std::nullopt;
    const auto page = base::parse_url(*origin);
    if (page.ok() && page.value().authority() == here.value().authority()) return std::nullopt;
    return sim_error(
        403, "origin_not_allowed",
        "A page of " + std::string(*origin) + " may not use this API; only the simulator's own pages may.");
}

}  // namespace smartcar_sim::routes
