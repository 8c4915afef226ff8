// An application that calls v3, with a token of its own and with its user's.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"
#include "routes/an_application.h"

namespace smartcar_sim::routes {

inline constexpr std::string_view kSimulated = "d0c0ffee-1006-4000-8000-000000000006";
inline constexpr std::string_view kUser = platform::kDevelopmentUserId;

struct ApiCaller : Application {
    explicit ApiCaller(const std::vector<std::string>& fixtures = {"tesla-model-3-2020", "ford-f-150-2021",
                                                                   "simulated-bev-2023"})
        : Application(fixtures) {}

    // With a token of the application, about its user.
    contract::Response ask(std::string method, std::string target, std::string body = {}) {
        return send(std::move(method), std::move(target),
                    {{"Authorization", "Bearer " + token}, {"sc-user-id", std::string(kUser)}}, std::move(body));
    }
    contract::Response ask(std::string target) { return ask("GET", std::move(target)); }

    std::string application_token() {
        const auto& configuration = world.platform.configuration();
        const auto answer = world.platform.issue_application_token(
            {.client_id = configuration.api_client_id, .client_secret = configuration.client_secret.reveal()});
        return std::get<platform::ApplicationToken>(answer).access_token;
    }
    std::string token = application_token();

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

inline std::string json(std::string_view text) { return '"' + std::string(text) + '"'; }

}  // namespace smartcar_sim::routes
