// What the platform remembers, private to platform/: plain values, so that a snapshot is a copy.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "platform/configuration.h"
#include "platform/platform.h"
#include "platform/webhook.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::platform {

struct VehicleRecord {
    VehiclePtr vehicle;
    std::string user_id;                              // its owner
    std::optional<std::vector<std::string>> granted;  // permissions, once connected
};

struct WebhookRecord {
    Webhook webhook;
    // Subscribed vehicles whose next VEHICLE_STATE is FIRST_DELIVERY.
    std::set<std::string> first_delivery_due;

    [[nodiscard]] bool has_subscribed(std::string_view vehicle_id) const;
    [[nodiscard]] bool can_deliver() const { return webhook.status() == WebhookStatus::kVerified; }
};

// What a code or token opens.
struct Grant {
    std::vector<std::string> vehicle_ids;
    base::Instant expires_at;
};
struct CodeGrant {
    Grant grant;
    std::string redirect_uri;  // empty: made without one
};
template <class T>
using ByText = std::map<std::string, T, std::less<>>;

struct Records {
    std::vector<VehicleRecord> vehicles;  // in the order of the fixtures
    std::vector<WebhookRecord> webhooks;  // in order of creation
    std::uint64_t webhooks_created = 0;
    ByText<CodeGrant> codes;
    ByText<Grant> access_tokens;
    ByText<Grant> refresh_tokens;

    // Nothing when there is none. A vehicle is named by id or fixture.
    [[nodiscard]] VehicleRecord* find_vehicle(std::string_view name);
    [[nodiscard]] WebhookRecord* find_webhook(std::string_view id);
    [[nodiscard]] const WebhookRecord* find_webhook(std::string_view id) const;
};

// How many ids of each kind and parent were given out.
class Ordinals {
public:
    [[nodiscard]] std::string next_id(const base::Ids& ids, std::string_view kind, std::string_view parent);

private:
    std::map<std::pair<std::string, std::string>, std::uint64_t> next_;
};

// One call's turn at the records, while the platform's mutex is held.
struct Turn {
    const Configuration& configuration;
    Records& records;
    Ordinals& ordinals;
    const base::Ids& ids;
    base::Instant now;

    [[nodiscard]] std::string next_id(std::string_view kind, std::string_view parent) {
        return ordinals.next_id(ids, kind, parent);
    }
};

// The record, or code "not_found" with a suggestion.
[[nodiscard]] base::Result<VehicleRecord*> require_vehicle(Records& records, std::string_view name);
[[nodiscard]] base::Result<WebhookRecord*> require_webhook(Records& records, std::string_view id);
// What to say about a vehicle whose owner has not been through Connect.
[[nodiscard]] base::Error not_connected(const VehicleRecord& record);

}  // namespace smartcar_sim::platform
