// An application that calls v3, with a token of its own and with its user's.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"
#include "document/json.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "fakes/running_platform.h"
#include "routes/router.h"
#include "routes/service.h"

namespace smartcar_sim::routes {

inline constexpr std::string_view kTesla = "d0c0ffee-1001-4000-8000-000000000001";
inline constexpr std::string_view kFord = "d0c0ffee-1003-4000-8000-000000000003";
inline constexpr std::string_view kSimulated = "d0c0ffee-1006-4000-8000-000000000006";
inline constexpr std::string_view kUnknownUuid = "99999999-9999-4999-8999-999999999999";
inline constexpr std::string_view kUser = platform::kDevelopmentUserId;

struct Application {
    explicit Application(const std::vector<std::string>& fixtures = {"tesla-model-3-2020", "ford-f-150-2021",
                                                                     "simulated-bev-2023"})
        : world([](const delivery::Outgoing&) { return fakes::answered(200); },
                fakes::RunningPlatform::inline_options(), fixtures) {}

    fakes::RunningPlatform world;
    Service service{world.context, AllowedHosts{}};

    contract::Response send(std::string method, std::string target, contract::Headers headers, std::string body = {}) {
        contract::Request request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.headers = std::move(headers);
        request.body = std::move(body);
        return service.answer(request);
    }

    static contract::Headers bearer(const std::string& token) { return {{"Authorization", "Bearer " + token}}; }
    // With a user's access token.
    contract::Response get(std::string target, std::string_view access_token) {
        return send("GET", std::move(target), {{"Authorization", "Bearer " + std::string(access_token)}});
    }
    // With a token of the application, about its user.
    contract::Response ask(std::string method, std::string target, std::string body = {}) {
        return send(std::move(method), std::move(target),
                    {{"Authorization", "Bearer " + token}, {"sc-user-id", std::string(kUser)}}, std::move(body));
    }
    contract::Response ask(std::string target) { return ask("GET", std::move(target)); }

    // An access token for the vehicles of one visit to Connect.
    std::string connect(const platform::ConnectRequest& request = {}) {
        const auto connected = world.platform.connect(request);
        REQUIRE(connected.ok());
        return connected.value().access_token;
    }

    std::string application_token() {
        const auto& configuration = world.platform.configuration();
        const auto answer = world.platform.issue_application_token(
            {.client_id = configuration.api_client_id, .client_secret = configuration.client_secret.reveal()});
        return std::get<platform::ApplicationToken>(answer).access_token;
    }
    std::string token = application_token();

    // A webhook; `members` are added to its callback: R"(,"version":"4.0")".
    std::string add_webhook(const std::string& members = {}) {
        const auto body = document::parse(R"({"callbackUri":"http://127.0.0.1:3000/webhooks")" + members + "}");
        REQUIRE(body.ok());
        const auto settings = platform::parse_webhook(body.value(), world.platform.configuration());
        REQUIRE(settings.ok());
        return world.platform.create_webhook(settings.value()).id;
    }

    void verify(const std::string& webhook) {
        const auto made = world.platform.webhook(webhook);
        REQUIRE(made.ok());
        REQUIRE(
            world.platform.record_verification(webhook, made.value().settings.callback, platform::Verified::kYes).ok());
    }

    vehicle::Vehicle car(std::string_view id) {
        const auto entry = world.platform.fleet_entry(id);
        REQUIRE(entry.ok());
        return *entry.value().vehicle;
    }
    void set(std::string_view id, std::string_view code, const document::Value& value) {
        const auto change = vehicle::change(code, value);
        REQUIRE(change.ok());
        REQUIRE(world.platform.set_state(id, {change.value()}).ok());
    }
};

inline std::string at(std::string_view vehicle, const std::string& rest = "") {
    return "/v3/vehicles/" + std::string(vehicle) + rest;
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

inline std::string header(const contract::Response& response, std::string_view name) {
    return std::string(response.headers.get(name).value_or(""));
}

inline std::string json(std::string_view text) { return '"' + std::string(text) + '"'; }

}  // namespace smartcar_sim::routes
