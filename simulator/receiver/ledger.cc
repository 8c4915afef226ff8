#include "receiver/ledger.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "document/writer.h"
#include "receiver/message.h"

namespace smartcar_sim::receiver {
namespace {

using document::Value;

// What one event tells.
struct Told {
    std::optional<bool> charging;
    std::optional<double> state_of_charge;
    std::optional<base::Instant> at;
    bool started = false;  // charging started with this event
};

Told told_by_2_0(const Value& body, const Particulars& particulars) {
    Told told;
    if (particulars.event_type.starts_with("CHARGING_")) told.charging = particulars.event_type == "CHARGING_STARTED";
    told.started = told.charging == true;
    if (const auto time = text_at(body, "/payload/eventTime")) told.at = base::parse_instant(*time);
    return told;
}

void read_signal(const Value& signal, Told& told) {
    const auto code = text_at(signal, "/code");
    const Value* value = value_at(signal, "/body/value");
    if (!code || value == nullptr) return;
    if (code == "charge-ischarging" && value->boolean() != nullptr) told.charging = *value->boolean();
    if (code == "tractionbattery-stateofcharge" && value->is_number()) told.state_of_charge = value->number();
    const Value* updated = value_at(signal, "/meta/oemUpdatedAt");
    if (updated == nullptr || updated->integer() == nullptr) return;
    const base::Instant then{base::Milliseconds(*updated->integer())};
    told.at = std::max(told.at.value_or(then), then);
}

bool is_trigger(const Value& body, std::string_view code) {
    const bool outside = value_at(body, "/triggers") != nullptr;
    return std::ranges::any_of(elements_at(body, outside ? "/triggers" : "/data/triggers"), [&](const Value& trigger) {
        const bool in_signal = value_at(trigger, "/signal/code") != nullptr;
        return text_at(trigger, in_signal ? "/signal/code" : "/code") == code;
    });
}

Told told_by_4_0(const Value& body) {
    Told told;
    for (const Value& signal : elements_at(body, "/data/signals")) read_signal(signal, told);
    told.started = told.charging == true && is_trigger(body, "charge-ischarging");
    return told;
}

}  // namespace

bool Ledger::remember(const std::string& id) {
    if (id.empty()) return true;
    if (!seen_.insert(id).second) return false;
    order_.push_back(id);
    if (order_.size() > kMostEvents) {
        seen_.erase(order_.front());
        order_.pop_front();
    }
    return true;
}

Ledger::Vehicle& Ledger::vehicle_of(const std::string& id) {
    const auto [place, is_new] = vehicles_.try_emplace(id);
    if (!is_new) return place->second;
    heard_of_.push_back(id);
    if (heard_of_.size() > kMostVehicles) {
        vehicles_.erase(heard_of_.front());
        heard_of_.pop_front();
    }
    return place->second;
}

bool Ledger::apply(const Value& event, Effects effects) {
    const Particulars particulars = particulars_of(event);
    if (particulars.vehicle_id.empty()) return false;
    const std::string delivery = text_at(event, "/meta/deliveryId").value_or("");
    const Told told = particulars.event_type.empty() ? told_by_4_0(event) : told_by_2_0(event, particulars);
    const std::lock_guard lock(mutex_);
    const bool by_delivery = effects == Effects::kOncePerDelivery && !delivery.empty();
    const bool is_new = remember(by_delivery ? delivery : particulars.event_id);
    if (!is_new && effects != Effects::kEachTime) return false;
    Vehicle& vehicle = vehicle_of(particulars.vehicle_id);
    const bool older = told.at && vehicle.as_of && *told.at < *vehicle.as_of;
    if (older && effects != Effects::kLastTold) return is_new;
    if (effects == Effects::kFirstAlone && vehicle.as_of) return is_new;
    if (told.started) ++vehicle.sessions;
    if (told.charging) vehicle.charging = told.charging;
    if (told.state_of_charge) vehicle.state_of_charge = told.state_of_charge;
    if (told.at) vehicle.as_of = told.at;
    return is_new;
}

std::string Ledger::shown(std::string_view vehicle_id) const {
    Vehicle vehicle;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = vehicles_.find(vehicle_id); found != vehicles_.end()) vehicle = found->second;
    }
    std::string text;
    document::Writer json(text);
    json.begin_object().member("vehicleId", vehicle_id).member("sessions", vehicle.sessions).key("charging");
    vehicle.charging ? json.value(*vehicle.charging) : json.null();
    json.key("stateOfCharge");
    vehicle.state_of_charge ? json.value(*vehicle.state_of_charge) : json.null();
    json.key("asOf");
    vehicle.as_of ? json.value(base::format_instant(*vehicle.as_of)) : json.null();
    json.end_object();
    return text;
}

}  // namespace smartcar_sim::receiver
