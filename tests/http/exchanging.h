// What tests of the client say to receivers.
#pragma once

#include <string>
#include <string_view>

#include "base/url.h"
#include "catch.h"
#include "delivery/transport.h"

namespace smartcar_sim::http {

// A POST of "{}" to a path of this origin.
inline delivery::Outgoing post_to(const std::string& origin, std::string_view path = "/hook") {
    delivery::Outgoing outgoing;
    outgoing.url = base::parse_url(origin + std::string(path)).value();
    outgoing.request = {
        .method = "POST", .target = outgoing.url.target, .headers = {{"SC-Signature", "ab"}}, .body = "{}", .peer = ""};
    outgoing.timeout = base::Milliseconds(20'000);
    return outgoing;
}

inline contract::Response answer_in(const delivery::Exchange& exchange) {
    if (const auto* failure = std::get_if<delivery::Failure>(&exchange.answer)) FAIL("no answer: " << failure->detail);
    return std::get<contract::Response>(exchange.answer);
}

inline delivery::Failure failure_in(const delivery::Exchange& exchange) {
    if (const auto* answer = std::get_if<contract::Response>(&exchange.answer)) FAIL("answered " << answer->status);
    return std::get<delivery::Failure>(exchange.answer);
}

}  // namespace smartcar_sim::http
