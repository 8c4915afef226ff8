// What an application and a browser say to the platform, over real sockets.
#pragma once

#include <string>
#include <utility>

#include "base/url.h"
#include "catch.h"
#include "delivery/transport.h"
#include "document/json.h"
#include "document/pointer.h"
#include "http/client_transport.h"

namespace smartcar_sim::app {

struct Answered {
    int status = 0;
    contract::Headers headers;
    document::Value body;  // null when it is no JSON

    // The text at that pointer; "" when there is none.
    [[nodiscard]] std::string text(std::string_view pointer) const {
        const auto found = document::find(body, pointer);
        const bool is_text = found.ok() && found.value() != nullptr && found.value()->string() != nullptr;
        return is_text ? *found.value()->string() : "";
    }
};

class ApiClient {
public:
    explicit ApiClient(std::string origin) : origin_(std::move(origin)) {}

    Answered get(const std::string& target, contract::Headers headers = {}) {
        return call("GET", target, std::move(headers), "");
    }
    Answered post(const std::string& target, std::string body, contract::Headers headers = {}) {
        return call("POST", target, std::move(headers), std::move(body));
    }
    Answered call(std::string method, const std::string& target, contract::Headers headers, std::string body) {
        delivery::Outgoing outgoing;
        outgoing.url = base::parse_url(origin_ + target).value();
        outgoing.timeout = std::chrono::seconds(60);
        outgoing.request = {.method = std::move(method),
                            .target = outgoing.url.target,
                            .headers = std::move(headers),
                            .body = std::move(body),
                            .peer = {}};
        const delivery::Exchange exchange = transport_.exchange(outgoing);
        if (const auto* failure = std::get_if<delivery::Failure>(&exchange.answer)) {
            FAIL(target << " was not answered: " << failure->detail);
        }
        const auto& response = std::get<contract::Response>(exchange.answer);
        auto body_read = document::parse(response.body);
        return {response.status, response.headers, body_read ? std::move(body_read).value() : document::Value()};
    }

private:
    const std::string origin_;
    http::ClientTransport transport_{{}};
};

}  // namespace smartcar_sim::app
