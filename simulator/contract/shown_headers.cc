#include "contract/shown_headers.h"

#include <string_view>

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
