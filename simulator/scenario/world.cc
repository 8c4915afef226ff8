#include "scenario/world.h"

#include <algorithm>
#include <variant>

#include "document/json.h"
#include "document/pointer.h"
#include "scenario/parse.h"

namespace smartcar_sim::scenario {

namespace {

using document::Value;

base::Error nothing_there(const Name& name, std::string why) {
    return {"unknown_name", name.text() + ": " + std::move(why)};
}

// The part of a JSON text that the name points to; all of it, as a text, without a pointer.
base::Result<Value> part_of_body(const Name& name, const std::string& body) {
    if (name.pointer.empty()) return Value(body);
    const auto parsed = document::parse(body, name.part);
    if (!parsed) return nothing_there(name, "the " + name.part + " is no JSON");
    const auto found = document::find(parsed.value(), name.pointer);
    if (!found) return nothing_there(name, found.error().message);
    if (found.value() == nullptr) return nothing_there(name, "there is nothing at " + name.pointer);
    return *found.value();
}

base::Result<Value> part_of_answer(const Name& name, const delivery::Answer& answer) {
    const auto* response = std::get_if<contract::Response>(&answer);
    if (response == nullptr) return nothing_there(name, "no answer came");
    if (name.part == "status") return Value(response->status);
    return part_of_body(name, response->body);
}

// Of what the step connected; nothing when the part is none of these.
std::optional<std::string> part_of_connection(const Name& name, const platform::Connected& connected) {
    if (name.part == "code") return connected.code;
    if (name.part == "accessToken") return connected.access_token;
    if (name.part == "refreshToken") return connected.refresh_token;
    return std::nullopt;
}

base::Result<Value> part_of_delivery(const Name& name, const delivery::Delivery& delivery) {
    if (name.part == "eventId") return Value(delivery.event_id);
    if (delivery.attempts.empty()) return nothing_there(name, "no attempt has been made yet");
    const delivery::Attempt& last = delivery.attempts.back();
    if (name.part == "deliveryId") return Value(last.delivery_id);
    if (name.part == "request") return part_of_body(name, last.request.body);
    if (name.part == "signature") return Value(std::string(last.request.headers.get("SC-Signature").value_or("")));
    return part_of_answer(name, last.answer);
}

}  // namespace

std::optional<base::Error> World::prepare() {
    for (const Webhook& webhook : scenario_.webhooks) {
        auto settings = settings_in(webhook, stage_.version, stage_.callback, stage_.platform.configuration());
        if (!settings) return settings.error();
        webhooks_.emplace_back(webhook.alias, stage_.platform.create_webhook(std::move(settings).value()).id);
    }
    for (const platform::FleetEntry& entry : stage_.platform.fleet()) {
        platform::ConnectRequest visit{.mode = entry.vehicle->mode, .vehicles = {entry.vehicle->id}};
        const auto given = std::ranges::find_if(scenario_.vehicles, [&](const FakeVehicle& vehicle) {
            return vehicle_id(vehicle.alias) == entry.vehicle->id;
        });
        if (given != scenario_.vehicles.end()) {
            if (!given->connected) continue;
            visit.scope = given->permissions.value_or(std::vector<std::string>{});
        }
        const auto connected = stage_.platform.connect(visit);
        if (!connected) return connected.error();
    }
    return std::nullopt;
}

std::vector<std::string> World::webhooks_of(const Step& step) const {
    std::vector<std::string> ids;
    for (const auto& [alias, id] : webhooks_) {
        if (!step.to || *step.to == alias) ids.push_back(id);
    }
    return ids;
}

std::string World::alias_of(const std::string& webhook_id) const {
    const auto found = std::ranges::find(webhooks_, webhook_id, &std::pair<std::string, std::string>::second);
    return found == webhooks_.end() ? webhook_id : found->first;
}

Lookup World::lookup() const {
    return [this](const Name& name) { return find(name); };
}

base::Result<Value> World::find(const Name& name) const {
    if (name.head == "origin") return Value(stage_.origin);
    if (name.head == "callback") return Value(stage_.callback.text());
    if (name.head == "env") return Value(stage_.environment.at(name.part));
    if (const auto vehicle = stage_.cast.ids.find(name.head); vehicle != stage_.cast.ids.end()) {
        if (name.part != "vin") return Value(vehicle->second);
        const auto entry = stage_.platform.fleet_entry(vehicle->second);
        if (!entry) return entry.error();
        return Value(entry.value().vehicle->vin);
    }
    const auto webhook = std::ranges::find(webhooks_, name.head, &std::pair<std::string, std::string>::first);
    if (webhook != webhooks_.end()) {
        if (name.part == "id") return Value(webhook->second);
        const auto found = stage_.platform.webhook(webhook->second);
        if (!found) return found.error();
        return Value(found.value().settings.callback.text());
    }
    const auto memory = memories_.find(name.head);
    if (memory == memories_.end()) return nothing_there(name, "that step was not played");
    const Memory& left = memory->second;
    if (auto part = part_of_connection(name, left.connected)) return Value(*std::move(part));
    if (name.part == "challenge") return Value(left.challenge);
    if (name.part == "output") return Value(left.output);
    if (left.answer) return part_of_answer(name, *left.answer);
    if (left.deliveries.empty()) return nothing_there(name, "that step reached no webhook");
    const auto delivery = stage_.journal.at(left.deliveries.front());
    if (!delivery) return nothing_there(name, "the journal no longer holds that delivery");
    return part_of_delivery(name, *delivery);
}

Positions World::claim(const std::set<std::string>* only) {
    const delivery::Page page = stage_.journal.find({.after = seen_, .limit = SIZE_MAX});
    for (const delivery::Delivery& delivery : page.deliveries) {
        seen_ = std::max(seen_, delivery.position);
        if (delivery.event_name != "verify") unclaimed_.emplace_back(delivery.event_id, delivery.position);
    }
    Positions claimed;
    std::vector<std::pair<std::string, delivery::Position>> left;
    for (auto& [event_id, position] : unclaimed_) {
        if (only == nullptr || only->contains(event_id)) {
            claimed.push_back(position);
        } else {
            left.emplace_back(std::move(event_id), position);
        }
    }
    unclaimed_ = std::move(left);
    return claimed;
}

Positions World::those_of(const std::set<std::string>& event_ids, const Positions& deliveries) const {
    Positions those;
    std::ranges::copy_if(deliveries, std::back_inserter(those), [&](delivery::Position position) {
        const auto delivery = stage_.journal.at(position);
        return delivery && event_ids.contains(delivery->event_id);
    });
    return those;
}

std::vector<std::string> World::events_of(const Positions& deliveries) const {
    std::vector<std::string> events;
    std::set<std::string> told;
    for (const delivery::Position position : deliveries) {
        const auto delivery = stage_.journal.at(position);
        if (delivery && told.insert(delivery->event_id).second) events.push_back(delivery->event_name);
    }
    return events;
}

void World::run_due() const { static_cast<void>(stage_.simulation.advance(base::Milliseconds(0), kLongest)); }

}  // namespace smartcar_sim::scenario
