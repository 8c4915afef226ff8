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

// Sent with -H to see what a callback behind a proxy does. Their values are such that hiding them everywhere would hide
// the callback's address and words of the simulator's own.
bool tells_of_the_way(std::string_view name) {
    static const Headers kNames{
        {"accept-encoding", ""},  {"accept-language", ""},  {"cache-control", ""},    {"connection", ""},
        {"content-encoding", ""}, {"forwarded", ""},        {"traceparent", ""},      {"via", ""},
        {"x-forwarded-for", ""},  {"x-forwarded-host", ""}, {"x-forwarded-port", ""}, {"x-forwarded-proto", ""},
        {"x-real-ip", ""},        {"x-request-id", ""}};
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
    for (const auto& [name, value] : headers) {
        shown.add(name, is_of_the_contract(name) || tells_of_the_way(name) ? value : "…");
    }
    return shown;
}

}  // namespace smartcar_sim::contract
