#include "routes/basic_credentials.h"

#include <string>
#include <string_view>

#include "base/text.h"

namespace smartcar_sim::routes {

std::optional<platform::Credentials> basic_credentials(const contract::Request& request) {
    constexpr std::string_view kBasic = "basic ";
    const std::string_view value = request.headers.get("authorization").value_or("");
    if (!base::equal_but_for_case(value.substr(0, kBasic.size()), kBasic)) return std::nullopt;
    const auto decoded = base::from_base64(value.substr(kBasic.size()));
    const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon == std::string::npos) return std::nullopt;
    return platform::Credentials{.client_id = decoded->substr(0, colon), .client_secret = decoded->substr(colon + 1)};
}

}  // namespace smartcar_sim::routes
