// A platform at a standstill with three vehicles, for tests.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "catch.h"
#include "document/json.h"
#include "document/pointer.h"
#include "platform/platform.h"
#include "vehicle/fixture.h"
#include "vehicle/permissions.h"

namespace smartcar_sim::platform {

class StandingClock final : public base::Clock {
public:
    [[nodiscard]] base::Instant now() const override { return now_; }
    void pass(base::Milliseconds time) { now_ += time; }

private:
    base::Instant now_{base::Milliseconds(1'767'225'600'000)};  // 2026-01-01T00:00:00.000Z
};

inline constexpr std::string_view kTesla = "d0c0ffee-1001-4000-8000-000000000001";
inline constexpr std::string_view kFord = "d0c0ffee-1003-4000-8000-000000000003";
inline constexpr std::string_view kSimulated = "d0c0ffee-1006-4000-8000-000000000006";

inline vehicle::Changes state_of(std::initializer_list<std::pair<std::string_view, document::Value>> given) {
    vehicle::Changes changes;
    for (const auto& [code, value] : given) changes.push_back(vehicle::change(code, value).value());
    return changes;
}

inline vehicle::Vehicle a_vehicle(std::string fixture, std::string_view id, contract::Mode mode) {
    vehicle::Vehicle vehicle;
    vehicle.fixture = std::move(fixture);
    vehicle.id = id;
    vehicle.vin = "5YJ3E1EA7LF600042";
    vehicle.make = "TESLA";
    vehicle.model = "Model 3";
    vehicle.year = 2020;
    vehicle.mode = mode;
    vehicle.permissions = vehicle::PermissionSet::all();
    vehicle.commands = vehicle::CommandSet::all();
    vehicle.state.apply(state_of({{"charge-chargelimits", 80},
                                  {"charge-ischarging", false},
                                  {"charge-ischargingcableconnected", true},
                                  {"odometer-traveleddistance", 42506.3},
                                  {"tractionbattery-stateofcharge", 42},
                                  {"tractionbattery-range", 200}}),
                        {});
    return vehicle;
}

inline std::vector<vehicle::Vehicle> a_fleet() {
    vehicle::Vehicle ford = a_vehicle("ford-f-150-2021", kFord, contract::Mode::kLive);
    ford.permissions = {"read_vehicle_info", "read_fuel"};
    ford.state = {};
    return {a_vehicle("tesla-model-3-2020", kTesla, contract::Mode::kLive), std::move(ford),
            a_vehicle("simulated-bev-2023", kSimulated, contract::Mode::kSimulated)};
}

struct World {
    // The members that the analyzer misses are set by the constructors of their own types.
    // NOLINTNEXTLINE(clang-analyzer-optin.cplusplus.UninitializedObject)
    explicit World(Configuration configuration = {}) : platform(std::move(configuration), a_fleet(), clock, ids) {}

    StandingClock clock;
    base::Ids ids{7};
    Platform platform;

    // Settings as `json` says, with a callback on loopback.
    [[nodiscard]] WebhookSettings settings(std::string json = "{}") const {
        json.insert(1, std::string(R"("callbackUri":"http://127.0.0.1:3000/webhooks")") + (json == "{}" ? "" : ","));
        const auto body = document::parse(json);
        REQUIRE(body.ok());
        auto parsed = parse_webhook(body.value(), platform.configuration());
        REQUIRE(parsed.ok());
        return std::move(parsed).value();
    }

    Webhook add(const std::string& json = "{}") { return platform.create_webhook(settings(json)); }

    Webhook add_verified(const std::string& json = "{}") {
        const Webhook webhook = add(json);
        REQUIRE(platform.record_verification(webhook.id, webhook.settings.callback, Verified::kYes).ok());
        return platform.webhook(webhook.id).value();
    }

    // All live vehicles unless `vehicles` names some.
    Connected connect(std::vector<std::string> vehicles = {}) {
        auto connected = platform.connect({.vehicles = std::move(vehicles)});
        REQUIRE(connected.ok());
        return std::move(connected).value();
    }

    Fired subscribe(const Webhook& webhook, std::string_view vehicle) {
        auto fired = platform.subscribe_vehicle(webhook.id, vehicle);
        REQUIRE(fired.ok());
        return std::move(fired).value();
    }

    Fired set(std::string_view vehicle, std::initializer_list<std::pair<std::string_view, document::Value>> given) {
        auto fired = platform.set_state(vehicle, state_of(given));
        REQUIRE(fired.ok());
        return std::move(fired).value();
    }

    Fired fire(const Firing& firing) {
        auto fired = platform.fire(firing);
        REQUIRE(fired.ok());
        return std::move(fired).value();
    }

    // The body as the first attempt would carry it.
    [[nodiscard]] document::Value body(const Effect& effect) const {
        auto parsed = document::parse(effect.message.render({.delivery_id = "d", .delivered_at = clock.now()}));
        REQUIRE(parsed.ok());
        return std::move(parsed).value();
    }
};

// The text at a pointer; empty when there is none or it is not a string.
inline std::string text_at(const document::Value& root, std::string_view pointer) {
    const auto found = document::find(root, pointer);
    const bool text = found.ok() && found.value() != nullptr && found.value()->string() != nullptr;
    return text ? *found.value()->string() : std::string();
}

inline std::vector<std::string> event_names(const Fired& fired) {
    std::vector<std::string> names;
    names.reserve(fired.effects.size());
    for (const Effect& effect : fired.effects) names.push_back(effect.event_name);
    return names;
}

inline std::vector<std::string> reasons(const Fired& fired) {
    std::vector<std::string> names;
    names.reserve(fired.skipped.size());
    for (const Skipped& skipped : fired.skipped) names.emplace_back(name_of(skipped.reason));
    return names;
}

using Texts = std::vector<std::string>;

}  // namespace smartcar_sim::platform
