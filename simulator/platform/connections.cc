// Connections, subscriptions and executions as the application lists and ends them.
#include "platform/connections.h"

#include <algorithm>
#include <utility>

#include "platform/access.h"
#include "platform/acting.h"
#include "platform/events.h"
#include "platform/platform.h"
#include "platform/subscriptions.h"

namespace smartcar_sim::platform {
namespace {

bool passes(std::string_view wanted, std::string_view is) { return wanted.empty() || wanted == is; }

bool passes(const std::optional<contract::Mode>& wanted, contract::Mode is) {
    return !wanted || (*wanted == contract::Mode::kLive) == (is == contract::Mode::kLive);
}

std::string connection_id(const base::Ids& ids, const VehicleRecord& record) {
    return ids.uuid("connection", record.vehicle->id, record.connections);
}

std::optional<std::string> external_id_of(const Records& records, const VehicleRecord& record) {
    const auto found = records.external_ids.find(*record.user_id);
    return found == records.external_ids.end() ? std::nullopt : std::optional(found->second);
}

bool passes(const Records& records, const base::Ids& ids, const ConnectionFilter& filter, const VehicleRecord& record) {
    return record.granted && passes(filter.user_id, *record.user_id) && passes(filter.vehicle_id, record.vehicle->id) &&
           passes(filter.mode, record.vehicle->mode) &&
           (filter.external_id.empty() || external_id_of(records, record) == filter.external_id) &&
           (filter.id.empty() || filter.id == connection_id(ids, record));
}

ConnectionPosition position_of(const Records& records, const VehicleRecord& record) {
    return {.created_at = record.connected_at, .vehicle = records.index_of(record)};
}

// Newest first; of one visit to Connect, in the order of the vehicles.
bool is_before(const ConnectionPosition& left, const ConnectionPosition& right) {
    if (left.created_at != right.created_at) return left.created_at > right.created_at;
    return left.vehicle < right.vehicle;
}

Connection connection_of(const Turn& turn, const VehicleRecord& record) {
    return {.id = connection_id(turn.ids, record),
            .user_id = *record.user_id,
            .external_id = external_id_of(turn.records, record),
            .vehicle = as_of(record.vehicle, turn.now),
            .granted = *record.granted,
            .created_at = record.connected_at,
            .updated_at = record.updated_at};
}

std::vector<ConnectionPosition> positions(const Turn& turn, const ConnectionFilter& filter) {
    std::vector<ConnectionPosition> found;
    for (const VehicleRecord& record : turn.records.vehicles) {
        if (passes(turn.records, turn.ids, filter, record)) found.push_back(position_of(turn.records, record));
    }
    std::ranges::sort(found, is_before);
    return found;
}

// Where in the list the window begins.
std::size_t first_of(const std::vector<ConnectionPosition>& list, const ConnectionWindow& window) {
    if (!window.after) return std::min(window.offset, list.size());
    return static_cast<std::size_t>(std::ranges::upper_bound(list, *window.after, is_before) - list.begin());
}

std::vector<Connection> end_all(const Turn& turn, const ConnectionFilter& filter) {
    std::vector<Connection> ended;
    for (const ConnectionPosition& position : positions(turn, filter)) {
        VehicleRecord& record = turn.records.vehicles[position.vehicle];
        ended.push_back(connection_of(turn, record));
        end_connection(turn.records, record);
    }
    return ended;
}

// --- subscriptions ------------------------------------------------------------------------------------

std::string subscription_id(const base::Ids& ids, const Webhook& webhook, const std::string& vehicle_id,
                            const Enrolment& enrolment) {
    return ids.uuid("subscription", webhook.id + vehicle_id, enrolment.ordinal);
}

Subscription subscription_of(const Turn& turn, const WebhookRecord& webhook, VehicleIndex index) {
    const VehicleRecord& record = turn.records.vehicles[index];
    const Enrolment& enrolment = webhook.enrolments[index];
    return {.id = subscription_id(turn.ids, webhook.webhook, record.vehicle->id, enrolment),
            .webhook_id = webhook.webhook.id,
            .user_id = *record.user_id,
            .vehicle = as_of(record.vehicle, turn.now),
            .created_at = enrolment.since};
}

struct Subscribed {
    const WebhookRecord* webhook = nullptr;
    VehicleIndex vehicle = 0;
};

std::vector<Subscribed> subscribed(const Turn& turn, const SubscriptionFilter& filter) {
    std::vector<Subscribed> found;
    for (const WebhookRecord& webhook : turn.records.webhooks) {
        if (!passes(filter.webhook_id, webhook.webhook.id)) continue;
        for (const std::string& id : webhook.webhook.subscriptions) {
            if (!passes(filter.vehicle_id, id)) continue;
            const VehicleIndex index = *turn.records.index_of(id);
            const VehicleRecord& record = turn.records.vehicles[index];
            const bool passed = passes(filter.user_id, *record.user_id) && passes(filter.mode, record.vehicle->mode);
            const bool is_it = filter.id.empty() ||
                               filter.id == subscription_id(turn.ids, webhook.webhook, id, webhook.enrolments[index]);
            if (passed && is_it) found.push_back({.webhook = &webhook, .vehicle = index});
        }
    }
    return found;
}

}  // namespace

// --- connections ----------------------------------------------------------------------------------------

ConnectionPage Platform::connections(const ConnectionFilter& filter, const ConnectionWindow& window) {
    const std::lock_guard lock(mutex_);
    const Turn now = turn();
    const auto list = positions(now, filter);
    const std::size_t first = first_of(list, window);
    const std::size_t last = first + std::min(window.limit, list.size() - first);
    ConnectionPage page{.count = list.size(), .connections = {}};
    page.connections.reserve(last - first);
    for (std::size_t i = first; i < last; ++i) {
        page.connections.push_back(connection_of(now, now.records.vehicles[list[i].vehicle]));
    }
    if (last < list.size() && last > first) page.last = list[last - 1];
    return page;
}

std::vector<Connection> Platform::end_connections(const ConnectionFilter& filter) {
    const std::lock_guard lock(mutex_);
    return end_all(turn(), filter);
}

std::optional<std::vector<Connection>> Platform::delete_user(std::string_view user_id) {
    const std::lock_guard lock(mutex_);
    const Turn now = turn();
    const bool is_known = std::ranges::any_of(now.records.vehicles,
                                              [&](const VehicleRecord& record) { return *record.user_id == user_id; });
    if (!is_known) return std::nullopt;
    auto ended = end_all(now, {.user_id = std::string(user_id)});
    now.records.external_ids.erase(std::string(user_id));
    return ended;
}

Allowed<Sight> Platform::show_vehicle(std::string_view vehicle_id, std::string_view user_id) const {
    const std::lock_guard lock(mutex_);
    if (!base::is_uuid(vehicle_id)) return Denial::kValidation;
    const auto index = records_->index_of(vehicle_id);
    if (!index) return Denial::kPermission;
    const VehicleRecord& record = records_->vehicles[*index];
    if (!record.granted || !passes(user_id, *record.user_id)) return Denial::kPermission;
    return sight_of(record, clock_.now());
}

// --- subscriptions --------------------------------------------------------------------------------------

SubscriptionPage Platform::subscriptions(const SubscriptionFilter& filter, std::size_t offset, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    const Turn now = turn();
    const auto list = subscribed(now, filter);
    const std::size_t first = std::min(offset, list.size());
    const std::size_t last = first + std::min(limit, list.size() - first);
    SubscriptionPage page{.count = list.size(), .subscriptions = {}};
    page.subscriptions.reserve(last - first);
    for (std::size_t i = first; i < last; ++i) {
        page.subscriptions.push_back(subscription_of(now, *list[i].webhook, list[i].vehicle));
    }
    return page;
}

std::variant<Fired, SubscriptionRefusal> Platform::add_subscription(const SubscriptionRequest& request) {
    const Acting acting(*this);
    Turn now = turn();
    WebhookRecord* const webhook = records_->find_webhook(request.webhook_id);
    if (webhook == nullptr) return SubscriptionRefusal::kNoWebhook;
    const VehicleRecord* const record = records_->find_vehicle(request.vehicle_id);
    if (record == nullptr || !record->granted || *record->user_id != request.user_id) {
        return SubscriptionRefusal::kNotConnected;
    }
    const VehicleIndex index = records_->index_of(*record);
    if (webhook->has_subscribed(index)) return SubscriptionRefusal::kExists;
    platform::subscribe(now, *webhook, index);
    return deliver_first(now, *webhook);
}

std::optional<Subscription> Platform::remove_subscription(std::string_view id) {
    const std::lock_guard lock(mutex_);
    const Turn now = turn();
    if (id.empty()) return std::nullopt;
    const auto found = subscribed(now, {.id = std::string(id)});
    if (found.empty()) return std::nullopt;
    Subscription removed = subscription_of(now, *found.front().webhook, found.front().vehicle);
    platform::unsubscribe(now.records, *records_->find_webhook(removed.webhook_id), found.front().vehicle);
    return removed;
}

// --- executions -----------------------------------------------------------------------------------------

void Platform::keep_execution(Execution execution) {
    constexpr std::size_t kMost = 1000;  // the oldest are forgotten
    const std::lock_guard lock(mutex_);
    records_->executions.push_back(std::move(execution));
    if (records_->executions.size() > kMost) records_->executions.pop_front();
}

std::optional<Execution> Platform::execution(std::string_view vehicle_id, std::string_view id) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find_if(
        records_->executions, [&](const Execution& each) { return each.id == id && each.vehicle_id == vehicle_id; });
    return found == records_->executions.end() ? std::nullopt : std::optional(*found);
}

}  // namespace smartcar_sim::platform
