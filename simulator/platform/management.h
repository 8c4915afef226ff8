// What an application sees of its connections, subscriptions and earlier commands (contract/api.md sections 4.24 and
// 6.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "contract/message.h"
#include "document/value.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::platform {

// That a user granted the application something of a vehicle.
struct Connection {
    std::string id;  // another one every time the vehicle is connected
    std::string user_id;
    std::optional<std::string> external_id;  // what the application calls the user
    std::shared_ptr<const vehicle::Vehicle> vehicle;
    vehicle::PermissionSet granted;
    base::Instant created_at;
    base::Instant updated_at;  // when the user last granted or took something
};

// Which connections; an empty text is any.
struct ConnectionFilter {
    std::string id = {};
    std::string user_id = {};
    std::string vehicle_id = {};
    std::string external_id = {};
    std::optional<contract::Mode> mode = {};  // test is simulated
};
// A place in the list of all connections, newest first: behind the one that was made then.
struct ConnectionPosition {
    base::Instant created_at{};
    std::uint32_t vehicle = 0;  // where it stands among the vehicles
    bool operator==(const ConnectionPosition&) const = default;
};
// Which part of the list.
struct ConnectionWindow {
    std::optional<ConnectionPosition> after = {};
    std::size_t offset = 0;
    std::size_t limit = 0;
};
struct ConnectionPage {
    std::size_t count = 0;  // all that pass the filter
    std::vector<Connection> connections;
    std::optional<ConnectionPosition> last = {};  // of this page, when there are more
};

// That a webhook hears of a vehicle.
struct Subscription {
    std::string id;  // another one every time the vehicle is subscribed
    std::string webhook_id;
    std::string user_id;
    std::shared_ptr<const vehicle::Vehicle> vehicle;
    base::Instant created_at;
};
struct SubscriptionFilter {
    std::string id = {};
    std::string webhook_id = {};
    std::string user_id = {};
    std::string vehicle_id = {};
    std::optional<contract::Mode> mode = {};
};
struct SubscriptionPage {
    std::size_t count = 0;
    std::vector<Subscription> subscriptions;  // from offset, at most limit
};
struct SubscriptionRequest {
    std::string webhook_id;
    std::string user_id;
    std::string vehicle_id;
};
enum class SubscriptionRefusal {
    kNoWebhook,
    kNotConnected,  // no vehicle of that user
    kExists,
};

// A command that a vehicle obeyed.
struct Execution {
    std::string id;
    std::string vehicle_id;
    std::string command;              // "charge-set-limit"; of a schedule "daily", or empty when it was deleted
    document::Value parameters = {};  // null: it takes none
    base::Instant at{};
    std::string action = {};       // of a schedule: "create", "delete"
    std::string schedule_id = {};  // of a schedule
};

}  // namespace smartcar_sim::platform
