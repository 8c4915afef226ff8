#include "contract/shown_headers.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"

namespace smartcar_sim::contract {

namespace {

bool opens_doors(std::string_view name) {
    static const Headers kNames{{"authorization", ""}, {"proxy-authorization", ""}, {"cookie", ""}, {"set-cookie", ""}};
    return kNames.get(name).has_value();
}

// Those of delivery_headers(), and those that depend on the bytes sent.
bool is_of_the_contract(std::string_view name) {
    static const Headers kNames{{"accept", ""},       {"content-type", ""}, {"user-agent", ""},
                                {"sc-signature", ""}, {"host", ""},         {"content-length", ""}};
    return kNames.get(name).has_value();
}

}  // namespace

std::vector<std::string> credentials_in(const Headers& added) {
    constexpr std::array<std::string_view, 8> kSigns{"auth",   "cookie",   "key",     "token",
                                                     "secret", "password", "session", "credential"};
    std::vector<std::string> credentials;
    for (const auto& [name, value] : added) {
        const std::string lower = base::lower_case(name);
        const auto in_name = [&](std::string_view sign) { return lower.find(sign) != std::string::npos; };
        if (!std::ranges::any_of(kSigns, in_name)) continue;
        credentials.emplace_back(value);
        if (const std::size_t blank = value.find(' '); blank != std::string_view::npos) {
            credentials.emplace_back(value.substr(blank + 1));
        }
    }
    return credentials;
}

Headers shown_headers(const Headers& headers) {
    Headers shown;
    for (const auto& [name, value] : headers) shown.add(name, opens_doors(name) ? "…" : value);
    return shown;
}

Headers shown_delivery_headers(const Headers& headers) {
    Headers shown;
    for (const auto& [name, value] : headers) shown.add(name, is_of_the_contract(name) ? value : "…");
    return shown;
}

}  // namespace smartcar_sim::contract
