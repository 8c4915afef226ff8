// A webhook as the dashboard's wizard makes it, and its JSON in the /_sim API and in scenario files.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/url.h"
#include "contract/message.h"
#include "document/value.h"
#include "document/writer.h"
#include "platform/configuration.h"

namespace smartcar_sim::platform {

// The first three send version 2.0, signals sends 4.0.
enum class WebhookType { kEventBased, kSchedule, kDynamic, kSignals };
[[nodiscard]] std::string_view name_of(WebhookType type);  // "eventBased", "schedule", "dynamic", "signals"
[[nodiscard]] constexpr contract::Version version_of(WebhookType type) {
    return type == WebhookType::kSignals ? contract::Version::k4_0 : contract::Version::k2_0;
}

enum class WebhookStatus { kUnverified, kVerified, kDisabled };
[[nodiscard]] std::string_view name_of(WebhookStatus status);  // "unverified", "verified", "disabled"

// What its maker chooses.
struct WebhookSettings {
    std::string name;
    base::Url callback;
    WebhookType type = WebhookType::kEventBased;
    contract::Dialect dialect = contract::Dialect::kWire;
    std::vector<std::string> events;                     // eventBased: "CHARGING_STARTED", …
    std::vector<std::string> paths;                      // schedule, dynamic: read endpoints, "/battery", "/charge"
    base::Milliseconds interval{std::chrono::hours(1)};  // schedule, dynamic: between two readings of a vehicle
    std::vector<std::string> triggers;                   // signals: codes whose change makes an event
    std::vector<std::string> data;                       // signals: codes in every event; the triggers are among them
    std::optional<base::Url> error_callback;             // signals: where VEHICLE_ERROR goes instead
    bool auto_subscribe = false;                         // every vehicle connected now or later

    [[nodiscard]] contract::Version version() const { return version_of(type); }
    bool operator==(const WebhookSettings&) const = default;
};

// What a signals webhook watches and sends when its maker chose nothing: a charging session.
inline constexpr std::array<std::string_view, 3> kDefaultTriggers{
    "charge-ischarging", "charge-ischargingcableconnected", "tractionbattery-stateofcharge"};
inline constexpr std::array<std::string_view, 3> kDefaultData{"charge-chargelimits", "tractionbattery-range",
                                                              "odometer-traveleddistance"};

// What a schedule or dynamic webhook reads when its maker chose nothing.
inline constexpr std::array<std::string_view, 2> kDefaultPaths{"/battery", "/charge"};

struct Webhook {
    std::string id;
    WebhookSettings settings;
    bool verified = false;
    bool enabled = true;
    base::Instant created_at{};
    std::vector<std::string> subscriptions;  // vehicle ids, in order of subscribing

    [[nodiscard]] WebhookStatus status() const {
        if (!enabled) return WebhookStatus::kDisabled;
        return verified ? WebhookStatus::kVerified : WebhookStatus::kUnverified;
    }
};

// {"name","callbackUri","type","version","dialect","events","paths","interval","triggers","data","errorCallbackUri",
//  "autoSubscribe"}: only callbackUri is required. Without a type the version decides (2.0 eventBased, 4.0
// signals), without a version the type, without both `defaults`. Without a selection: all events; /battery and
// /charge; kDefaultTriggers and kDefaultData. Code "bad_webhook"; the message starts with the JSON pointer:
//   /events/0: unknown event "CHARGING_STRATED"; did you mean "CHARGING_STARTED"?
[[nodiscard]] base::Result<WebhookSettings> parse_webhook(const document::Value& body, const Configuration& defaults);

// Whether any type of webhook of that version has a member of that name; of an unknown name true.
[[nodiscard]] bool has_member(contract::Version version, std::string_view name);

// The settings after a PATCH: members given replace, members absent stay; type and version cannot change.
[[nodiscard]] base::Result<WebhookSettings> patch_webhook(const WebhookSettings& settings,
                                                          const document::Value& patch);

// The members that parse_webhook reads back as the same settings, into an object that is begun.
void write_settings(document::Writer& json, const WebhookSettings& settings);

// The same members, and "id", "status", "createdAt", "subscriptions".
void write(document::Writer& json, const Webhook& webhook);

}  // namespace smartcar_sim::platform
