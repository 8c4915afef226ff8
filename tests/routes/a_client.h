// Someone at the /_sim API of a platform without sockets: a Tesla, a simulated car, a callback that can be scripted.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "document/writer.h"
#include "fakes/scripted_callback.h"
#include "routes/an_application.h"

namespace smartcar_sim::routes {

inline constexpr std::string_view kSimulatedCar = "d0c0ffee-1006-4000-8000-000000000006";

struct Client {
    explicit Client(fakes::Tuning tuning = {},
                    simulation::Simulation::Options options = fakes::RunningPlatform::inline_options())
        : world([this](const delivery::Outgoing& outgoing) { return callback.answer(outgoing); }, std::move(options),
                {"tesla-model-3-2020", "simulated-bev-2023"}, tuning),
          service(world.context, AllowedHosts{{"sim.test"}}) {}

    contract::Response send(std::string method, std::string target, std::string body = {},
                            contract::Headers headers = {{"Host", "127.0.0.1:8080"}}) {
        return service.answer({.method = std::move(method),
                               .target = std::move(target),
                               .headers = std::move(headers),
                               .body = std::move(body),
                               .peer = "127.0.0.1"});
    }
    contract::Response get(std::string target) { return send("GET", std::move(target)); }
    contract::Response post(std::string target, std::string body = {}) {
        return send("POST", std::move(target), std::move(body));
    }
    contract::Response patch(std::string target, std::string body) {
        return send("PATCH", std::move(target), std::move(body));
    }

    // The id of a new webhook; `members` are added to its callback: R"(,"version":"4.0")".
    std::string add_webhook(const std::string& members = {}) {
        const auto created =
            post("/_sim/webhooks", R"({"callbackUri":"http://127.0.0.1:3000/webhooks")" + members + "}");
        REQUIRE(created.status == 201);
        return text_at(created, "/id");
    }

    // One that is verified and has the connected Tesla as its subscriber.
    std::string add_ready_webhook(const std::string& members = {}) {
        REQUIRE(post("/_sim/connect", R"({"vehicles":["tesla-model-3-2020"]})").status == 200);
        const std::string id = add_webhook(members);
        REQUIRE(post("/_sim/webhooks/" + id + "/verify").status == 200);
        REQUIRE(send("PUT", "/_sim/webhooks/" + id + "/subscriptions/" + std::string(kTesla)).status == 204);
        return id;
    }

    // POST /_sim/events about the Tesla; `members` as above.
    contract::Response fire(std::string_view event, const std::string& members = {}, const std::string& query = {}) {
        return post("/_sim/events" + query,
                    R"({"vehicleId":"tesla-model-3-2020","event":")" + std::string(event) + '"' + members + "}");
    }

    // Lets the platform's clock run until nothing waits.
    void settle() { REQUIRE(world.simulation.settle(std::chrono::seconds(30)).ok()); }

    fakes::ScriptedCallback callback;
    fakes::RunningPlatform world;
    Service service;
};

inline std::string error_body(const std::string& code, const std::string& message) {
    return R"({"error":{"code":")" + code + R"(","message":")" + message + R"("}})";
}

}  // namespace smartcar_sim::routes
