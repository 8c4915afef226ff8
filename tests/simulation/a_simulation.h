// A running platform with one connected Tesla and a callback that a test scripts.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"
#include "document/json.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "fakes/running_platform.h"
#include "fakes/scripted_callback.h"
#include "signature/hmac.h"

namespace smartcar_sim::simulation {

using fakes::answered;
using fakes::failed;
using fakes::kStart;
using std::chrono::seconds;

inline constexpr std::string_view kTesla = "tesla-model-3-2020";
inline constexpr base::Milliseconds kPatience = seconds(30);  // of wall time; never reached when all is well

inline const delivery::Answer kTimedOut = failed(delivery::Failure::Kind::kTimeout, "no answer within 15s");

struct World {
    explicit World(Simulation::Options options = fakes::RunningPlatform::inline_options(), fakes::Tuning tuning = {})
        : running([this](const delivery::Outgoing& outgoing) { return callback.answer(outgoing); }, std::move(options),
                  {std::string(kTesla)}, tuning) {
        REQUIRE(running.platform.connect({}).ok());
    }

    // The id of a webhook as `json` says, unverified, with the Tesla subscribed.
    std::string add_webhook(std::string json = "{}") {
        json.insert(1, std::string(R"("callbackUri":"http://127.0.0.1:3000/webhooks")") + (json == "{}" ? "" : ","));
        const auto body = document::parse(json);
        REQUIRE(body.ok());
        const auto settings = platform::parse_webhook(body.value(), running.platform.configuration());
        REQUIRE(settings.ok());
        const std::string id = running.platform.create_webhook(settings.value()).id;
        REQUIRE(running.platform.subscribe_vehicle(id, kTesla).ok());
        return id;
    }

    Verification verify(const std::string& webhook_id) {
        auto verification = running.simulation.verify(webhook_id);
        REQUIRE(verification.ok());
        return std::move(verification).value();
    }

    std::string add_verified(const std::string& json = "{}") {
        std::string id = add_webhook(json);
        REQUIRE(verify(id).verdict.verified);
        return id;
    }

    // One event, which reaches one webhook.
    Queued send(std::string_view event = "CHARGING_STARTED", const Manner& manner = {}) {
        auto fired = running.platform.fire({.vehicle = std::string(kTesla), .event = std::string(event)});
        REQUIRE(fired.ok());
        const auto sent = running.simulation.submit(std::move(fired).value(), manner);
        REQUIRE(sent.ok());
        REQUIRE(sent.value().queued.size() == 1);
        return sent.value().queued.front();
    }

    Moved advance(base::Milliseconds by) {
        const auto moved = running.simulation.advance(by, kPatience);
        REQUIRE(moved.ok());
        return moved.value();
    }

    Moved settle() {
        const auto moved = running.simulation.settle(kPatience);
        REQUIRE(moved.ok());
        return moved.value();
    }

    [[nodiscard]] delivery::Delivery delivery(const Queued& queued) const {
        return running.journal.at(queued.position).value();
    }

    // When its attempts were made.
    [[nodiscard]] std::vector<base::Milliseconds> instants(const Queued& queued) const {
        std::vector<base::Milliseconds> since_start;
        for (const delivery::Attempt& attempt : delivery(queued).attempts) since_start.push_back(attempt.at - kStart);
        return since_start;
    }

    [[nodiscard]] std::vector<delivery::Outgoing> sent() const { return running.callback_transport.sent(); }

    fakes::ScriptedCallback callback;
    fakes::RunningPlatform running;
};

inline std::vector<base::Milliseconds> after(std::initializer_list<int> instants) {
    std::vector<base::Milliseconds> all;
    for (const int instant : instants) all.emplace_back(seconds(instant));
    return all;
}

inline std::string signature_of(const contract::Request& request) {
    return std::string(request.headers.get("SC-Signature").value_or("none"));
}

inline std::string honest_signature_of(const contract::Request& request) {
    return signature::hmac_sha256_hex(platform::kDevelopmentToken, request.body);
}

// The member at a JSON pointer of a body, as JSON text; empty when there is none.
inline std::string member(const std::string& body, std::string_view pointer) {
    const auto parsed = document::parse(body);
    REQUIRE(parsed.ok());
    const auto found = document::find(parsed.value(), pointer);
    if (!found.ok() || found.value() == nullptr) return {};
    std::string text;
    document::Writer(text).value(*found.value());
    return text;
}

}  // namespace smartcar_sim::simulation
