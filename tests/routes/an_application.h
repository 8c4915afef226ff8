// An application that calls the platform's API, without a socket.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "catch.h"
#include "contract/http.h"
#include "document/json.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "fakes/running_platform.h"
#include "routes/router.h"
#include "routes/service.h"

namespace smartcar_sim::routes {

inline constexpr std::string_view kTesla = "d0c0ffee-1001-4000-8000-000000000001";
inline constexpr std::string_view kFord = "d0c0ffee-1003-4000-8000-000000000003";
inline constexpr std::string_view kUnknownUuid = "99999999-9999-4999-8999-999999999999";

struct Application {
    explicit Application(const std::vector<std::string>& fixtures = {"tesla-model-3-2020", "ford-f-150-2021"},
                         const fakes::Tuning& tuning = {})
        : world([](const delivery::Outgoing&) { return fakes::answered(200); },
                fakes::RunningPlatform::inline_options(), fixtures, tuning) {}

    fakes::RunningPlatform world;
    Service service{world.context, AllowedHosts{}};

    contract::Response send(std::string method, std::string target, contract::Headers headers = {},
                            std::string body = {}) {
        contract::Request request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.headers = std::move(headers);
        request.body = std::move(body);
        return service.answer(request);
    }

    contract::Response get(std::string target, std::string_view access_token) {
        return send("GET", std::move(target), bearer(access_token));
    }

    static contract::Headers bearer(std::string_view token) {
        return {{"Authorization", "Bearer " + std::string(token)}};
    }

    // An access token for the vehicles of one visit to Connect.
    std::string connect(const platform::ConnectRequest& request = {}) {
        const auto connected = world.platform.connect(request);
        REQUIRE(connected.ok());
        return connected.value().access_token;
    }

    // `members` are added to its callback: R"(,"version":"4.0")".
    std::string add_webhook(const std::string& members = {}) {
        const auto body = document::parse(R"({"callbackUri":"http://127.0.0.1:3000/webhooks")" + members + "}");
        REQUIRE(body.ok());
        const auto settings = platform::parse_webhook(body.value(), world.platform.configuration());
        REQUIRE(settings.ok());
        return world.platform.create_webhook(settings.value()).id;
    }
};

inline std::string header(const contract::Response& response, std::string_view name) {
    return std::string(response.headers.get(name).value_or(""));
}

// The text at a pointer of a JSON body; empty when there is none.
inline std::string text_at(const contract::Response& response, std::string_view pointer) {
    const auto body = document::parse(response.body);
    REQUIRE(body.ok());
    const auto found = document::find(body.value(), pointer);
    const bool text = found.ok() && found.value() != nullptr && found.value()->string() != nullptr;
    return text ? *found.value()->string() : std::string();
}

// The value at a pointer of a JSON body as JSON; empty when there is none.
inline std::string json_at(const contract::Response& response, std::string_view pointer) {
    CAPTURE(response.body);
    const auto body = document::parse(response.body);
    REQUIRE(body.ok());
    const auto found = document::find(body.value(), pointer);
    if (!found.ok() || found.value() == nullptr) return {};
    auto text = document::write(*found.value());
    REQUIRE(text.ok());
    return std::move(text).value();
}

}  // namespace smartcar_sim::routes
