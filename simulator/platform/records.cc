#include "platform/records.h"

#include <algorithm>

#include "document/pointer.h"
#include "vehicle/charging.h"

namespace smartcar_sim::platform {

VehicleSet::VehicleSet(std::vector<VehicleIndex> order) : order_(std::move(order)) {
    for (const VehicleIndex vehicle : order_) {
        if (vehicle >= members_.size()) members_.resize(vehicle + 1);
        members_[vehicle] = true;
    }
}

VehicleSet VehicleSet::without(VehicleIndex vehicle) const {
    std::vector<VehicleIndex> order = order_;
    std::erase(order, vehicle);
    return VehicleSet(std::move(order));
}

VehicleRecord& Records::enlist(VehicleRecord record) {
    if (!by_id_) by_id_ = std::make_shared<ById>();
    if (by_id_.use_count() > 1) by_id_ = std::make_shared<ById>(*by_id_);
    by_id_->emplace(record.vehicle->id, static_cast<VehicleIndex>(vehicles.size()));
    return vehicles.emplace_back(std::move(record));
}

std::optional<VehicleIndex> Records::index_of(std::string_view name) const {
    if (!by_id_) return std::nullopt;
    if (const auto found = by_id_->find(std::string(name)); found != by_id_->end()) return found->second;
    const auto fixture =
        std::ranges::find_if(vehicles, [&](const VehicleRecord& record) { return record.vehicle->fixture == name; });
    if (fixture == vehicles.end()) return std::nullopt;
    return index_of(*fixture);
}

VehicleIndex Records::index_of(const VehicleRecord& record) const {
    return static_cast<VehicleIndex>(&record - vehicles.data());
}

VehicleRecord* Records::find_vehicle(std::string_view name) {
    const auto index = index_of(name);
    return index ? &vehicles[*index] : nullptr;
}

WebhookRecord* Records::find_webhook(std::string_view id) {
    const auto found =
        std::ranges::find_if(webhooks, [&](const WebhookRecord& record) { return record.webhook.id == id; });
    return found == webhooks.end() ? nullptr : &*found;
}

const WebhookRecord* Records::find_webhook(std::string_view id) const {
    const auto found =
        std::ranges::find_if(webhooks, [&](const WebhookRecord& record) { return record.webhook.id == id; });
    return found == webhooks.end() ? nullptr : &*found;
}

std::uint64_t Ordinals::next(std::string_view kind, std::string_view parent) {
    return next_[{std::string(kind), std::string(parent)}]++;
}

std::string Ordinals::next_id(const base::Ids& ids, std::string_view kind, std::string_view parent) {
    return ids.uuid(kind, parent, next(kind, parent));
}

void Ordinals::set(std::string_view kind, std::string_view parent, std::uint64_t count) {
    next_[{std::string(kind), std::string(parent)}] = count;
}

void Ordinals::raise(const Ordinals& others) {
    for (const auto& [key, count] : others.next_) {
        std::uint64_t& here = next_[key];
        here = std::max(here, count);
    }
}

VehiclePtr as_of(const VehiclePtr& vehicle, base::Instant now) {
    vehicle::State present = vehicle::at(vehicle->state, now);
    if (present.is_same_as(vehicle->state)) return vehicle;
    auto moved = std::make_shared<vehicle::Vehicle>(*vehicle);
    moved->state = std::move(present);
    return moved;
}

base::Result<VehicleRecord*> require_vehicle(Records& records, std::string_view name) {
    if (VehicleRecord* const record = records.find_vehicle(name)) return record;
    std::vector<std::string_view> fixtures;
    fixtures.reserve(records.vehicles.size());
    for (const VehicleRecord& record : records.vehicles) fixtures.push_back(record.vehicle->fixture);
    return base::Error{
        .code = "not_found",
        .message = "there is no vehicle \"" + std::string(name) + "\"" + document::did_you_mean(name, fixtures)};
}

base::Result<WebhookRecord*> require_webhook(Records& records, std::string_view id) {
    if (WebhookRecord* const record = records.find_webhook(id)) return record;
    return base::Error{.code = "not_found", .message = "there is no webhook \"" + std::string(id) + "\""};
}

base::Error not_connected(const VehicleRecord& record) {
    return {.code = "not_connected",
            .message = record.vehicle->fixture + " is not connected; connect it before anything else"};
}

}  // namespace smartcar_sim::platform
