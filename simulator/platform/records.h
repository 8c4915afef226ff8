// What the platform remembers, private to platform/: plain values, so that a snapshot is a copy.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "platform/configuration.h"
#include "platform/platform.h"
#include "platform/special_login.h"
#include "platform/timers.h"
#include "platform/webhook.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::platform {

// Where a vehicle stands in Records::vehicles.
using VehicleIndex = std::uint32_t;

struct VehicleRecord {
    VehiclePtr vehicle;                                  // as of its last change (as_of() says what it is by now)
    std::shared_ptr<const std::string> user_id;          // its owner
    std::optional<vehicle::PermissionSet> granted = {};  // once connected
    std::uint32_t connections = 0;                       // how often it was connected
    base::Instant connected_at{};                        // of the connection there is
    base::Instant updated_at{};                          // when its permissions last changed
    // What every endpoint but the static ones answers: the login it was connected with said so.
    std::shared_ptr<const contract::ApiError> forced_error = {};
};

// Some vehicles in the order they were chosen. Shared by all that one visit to Connect gave out, because it may have
// been to a hundred thousand.
class VehicleSet {
public:
    VehicleSet() = default;
    explicit VehicleSet(std::vector<VehicleIndex> order);

    [[nodiscard]] bool contains(VehicleIndex vehicle) const { return vehicle < members_.size() && members_[vehicle]; }
    [[nodiscard]] const std::vector<VehicleIndex>& order() const { return order_; }
    [[nodiscard]] VehicleSet without(VehicleIndex vehicle) const;

private:
    std::vector<VehicleIndex> order_;
    std::vector<bool> members_;
};
using VehicleSetPtr = std::shared_ptr<const VehicleSet>;

// The signals of a vehicle that fail, with type and code of the error; an empty code is null.
using Failures = std::map<std::string, std::pair<std::string, std::string>>;

// When a vehicle was last subscribed to a webhook, and how often before.
struct Enrolment {
    base::Instant since{};
    std::uint32_t ordinal = 0;
};

struct WebhookRecord {
    Webhook webhook;
    std::vector<bool> subscribed = {};       // by VehicleIndex: the webhook's subscriptions again, for a quick look
    std::vector<Enrolment> enrolments = {};  // by VehicleIndex
    // Subscribed vehicles whose next VEHICLE_STATE is FIRST_DELIVERY.
    std::set<std::string> first_delivery_due = {};
    // What VEHICLE_ERROR last said of each vehicle, and is not resolved.
    std::map<std::string, Failures, std::less<>> failing = {};

    [[nodiscard]] bool has_subscribed(VehicleIndex vehicle) const {
        return vehicle < subscribed.size() && subscribed[vehicle];
    }
    [[nodiscard]] bool can_deliver() const { return webhook.status() == WebhookStatus::kVerified; }
};

// What a code or token opens.
struct Grant {
    VehicleSetPtr vehicles;  // never null
    base::Instant expires_at;
};
struct CodeGrant {
    Grant grant;
    std::string redirect_uri;  // empty: made without one
};
template <class T>
using ByText = std::map<std::string, T, std::less<>>;

struct Records {
    std::vector<VehicleRecord> vehicles;  // in the order of the fixtures; grown by enlist() alone
    std::vector<WebhookRecord> webhooks;  // in order of creation
    std::uint64_t webhooks_created = 0;
    ByText<CodeGrant> codes;
    ByText<Grant> access_tokens;
    ByText<Grant> refresh_tokens;
    ByText<base::Instant> application_tokens;  // and when they expire
    ByText<std::string> external_ids;          // what an application calls a user, by the user's id

    std::deque<Execution> executions;  // oldest first

    Timers timers;  // of charging vehicles and of webhooks that read on schedule

    VehicleRecord& enlist(VehicleRecord record);

    // Nothing when there is none. A vehicle is named by id or fixture.
    [[nodiscard]] VehicleRecord* find_vehicle(std::string_view name);
    [[nodiscard]] std::optional<VehicleIndex> index_of(std::string_view name) const;
    [[nodiscard]] VehicleIndex index_of(const VehicleRecord& record) const;  // one of `vehicles`
    [[nodiscard]] WebhookRecord* find_webhook(std::string_view id);
    [[nodiscard]] const WebhookRecord* find_webhook(std::string_view id) const;

private:
    using ById = std::unordered_map<std::string, VehicleIndex>;
    std::shared_ptr<ById> by_id_;  // shared with snapshots until one enlists another
};

// How many ids of each kind and parent were given out.
class Ordinals {
public:
    using Counts = std::map<std::pair<std::string, std::string>, std::uint64_t>;  // by kind and parent

    [[nodiscard]] std::string next_id(const base::Ids& ids, std::string_view kind, std::string_view parent);
    // How many there were, and there is one more now.
    [[nodiscard]] std::uint64_t next(std::string_view kind, std::string_view parent);

    [[nodiscard]] const Counts& all() const { return next_; }
    void set(std::string_view kind, std::string_view parent, std::uint64_t count);
    // Each is at least what it is there, so that none given out here or there comes again.
    void raise(const Ordinals& others);

private:
    Counts next_;
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
// The vehicle as it is at `now`: the same one unless it charges.
[[nodiscard]] VehiclePtr as_of(const VehiclePtr& vehicle, base::Instant now);
// What to say about a vehicle whose owner has not been through Connect.
[[nodiscard]] base::Error not_connected(const VehicleRecord& record);

}  // namespace smartcar_sim::platform
