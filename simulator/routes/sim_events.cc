#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "document/pointer.h"
#include "fault/plan.h"
#include "routes/admission.h"
#include "routes/context.h"
#include "routes/sim_answer.h"
#include "routes/sim_api.h"
#include "routes/sim_body.h"
#include "routes/sim_sent.h"
#include "routes/vehicle_errors.h"
#include "vehicle/fixture.h"
#include "vehicle/measure.h"

namespace smartcar_sim::routes {

namespace {

base::Result<simulation::Manner> manner_of(const document::Value& body) {
    simulation::Manner manner;
    if (const document::Value* with = body.find("with")) {
        if (with->object() == nullptr) {
            return base::Error{"bad_member",
                               "/with is " + std::string(with->kind()) + ", not an object of JSON pointers"};
        }
        for (const auto& [pointer, value] : *with->object())
            manner.edits.push_back({.pointer = pointer, .value = value});
    }
    if (const document::Value* fault = body.find("fault")) {
        const auto plan = fault::parse_plan(*fault);
        if (!plan) return base::Error{plan.error().code, "/fault: " + plan.error().message};
        manner.fault = plan.value();
    }
    return manner;
}

// {"event": "CHARGING_STARTED", "vehicleId": id or fixture name, "triggers": […], "errors": […], "to": webhook id}.
base::Result<platform::Firing> firing_of(const document::Value& body) {
    const auto vehicle = text_member(body, "vehicleId");
    if (!vehicle) return vehicle.error();
    const auto event = text_member(body, "event");
    if (!event) return event.error();
    if (!vehicle.value() || !event.value()) {
        return base::Error{"missing_member",
                           std::string("the body needs \"") + (vehicle.value() ? "event" : "vehicleId") + "\""};
    }
    auto triggers = texts_member(body, "triggers");
    if (!triggers) return triggers.error();
    auto errors = vehicle_errors_of(body);
    if (!errors) return errors.error();
    if (!errors.value().empty() && event.value() != "VEHICLE_ERROR") {
        return base::Error{"bad_member", "/errors goes with the event VEHICLE_ERROR, not with " + *event.value()};
    }
    const auto to = text_member(body, "to");
    if (!to) return to.error();
    return platform::Firing{.vehicle = *vehicle.value(),
                            .event = *event.value(),
                            .triggers = std::move(triggers).value(),
                            .errors = std::move(errors).value(),
                            .to = to.value()};
}

contract::Response send(Context& context, const contract::Request& request, const Parameters&) {
    constexpr std::array<std::string_view, 7> kMembers{"vehicleId", "event", "triggers", "errors",
                                                       "with",      "fault", "to"};
    const auto said = read(request, {.members = kMembers, .fields = kWait});
    if (!said) return sim_error(said.error());
    const auto wait = wait_of(said.value().query);
    if (!wait) return sim_error(wait.error());
    const auto firing = firing_of(said.value().body);
    if (!firing) return sim_error(firing.error());
    const auto manner = manner_of(said.value().body);
    if (!manner) return sim_error(manner.error());

    auto fired = context.platform.fire(firing.value());
    if (!fired) return sim_error(fired.error());
    const auto sent = context.simulation.submit(std::move(fired).value(), manner.value());
    return sent ? answer_sent(context, sent.value(), wait.value()) : sim_error(sent.error());
}

void write_texts(document::Writer& json, std::string_view name, const std::vector<std::string>& texts) {
    json.key(name).begin_array();
    for (const std::string& text : texts) json.value(text);
    json.end_array();
}

void write_destination(document::Writer& json, const vehicle::Destination& destination) {
    const auto degrees = [](std::int64_t steps) { return vehicle::decimal(steps, vehicle::kCoordinate.per_unit); };
    json.key("destination").begin_object();
    json.member("latitude", degrees(destination.latitude)).member("longitude", degrees(destination.longitude));
    json.end_object();
}

void write_entry(document::Writer& json, const platform::FleetEntry& entry) {
    const vehicle::Vehicle& vehicle = *entry.vehicle;
    json.member("id", vehicle.id).member("fixture", vehicle.fixture).member("make", vehicle.make);
    json.member("model", vehicle.model).member("year", vehicle.year).member("vin", vehicle.vin);
    json.member("powertrain", name_of(vehicle.powertrain)).member("region", vehicle::name_of(vehicle.region));
    json.member("mode", contract::name_of(vehicle.mode)).member("connected", entry.connected);
    write_texts(json, "granted", entry.granted.names());
    write_texts(json, "permissions", vehicle.permissions.names());
    write_texts(json, "commands", vehicle.commands.names());
    write_texts(json, "unsupported", vehicle.unsupported.names());
    if (vehicle.destination) write_destination(json, *vehicle.destination);
    json.key("state").begin_object();
    for (const auto& [signal, reading] : vehicle.state) json.member(signal->code, body_of(*signal, reading.datum));
    json.end_object();
}

contract::Response vehicles(Context& context, const contract::Request&, const Parameters&) {
    std::string body;
    document::Writer json(body);
    json.begin_object().key("vehicles").begin_array();
    for (const platform::FleetEntry& entry : context.platform.fleet()) {
        json.begin_object();
        write_entry(json, entry);
        json.end_object();
    }
    json.end_array().end_object();
    return contract::json_response(200, std::move(body));
}

base::Result<platform::PermissionChange> permissions_of(const document::Value& body) {
    constexpr std::array<std::string_view, 2> kMembers{"grant", "revoke"};
    const document::Value* given = body.find("permissions");
    if (given == nullptr) return platform::PermissionChange{};
    if (given->object() == nullptr) {
        return base::Error{"bad_member",
                           "/permissions is " + std::string(given->kind()) + ", not {\"grant\":[…],\"revoke\":[…]}"};
    }
    for (const auto& [name, value] : *given->object()) {
        if (name == "grant" || name == "revoke") continue;
        return base::Error{"unknown_member",
                           "/permissions has no member \"" + name + "\"" + document::did_you_mean(name, kMembers)};
    }
    auto grant = texts_member(*given, "grant");
    if (!grant) return base::Error{grant.error().code, "/permissions" + grant.error().message};
    auto revoke = texts_member(*given, "revoke");
    if (!revoke) return base::Error{revoke.error().code, "/permissions" + revoke.error().message};
    return platform::PermissionChange{std::move(grant).value(), std::move(revoke).value()};
}

contract::Response change_vehicle(Context& context, const contract::Request& request, const Parameters& parameters) {
    constexpr std::array<std::string_view, 2> kMembers{"state", "permissions"};
    const std::string& id = parameters["id"];
    const auto said = read(request, {.members = kMembers});
    if (!said) return sim_error(said.error());
    const document::Value& body = said.value().body;

    vehicle::Changes changes;
    if (const document::Value* state = body.find("state")) {
        auto parsed = vehicle::parse_changes(*state, {.name = "body", .text = request.body});
        if (!parsed) return sim_error(parsed.error());
        changes = std::move(parsed).value();
    }
    const auto permissions = permissions_of(body);
    if (!permissions) return sim_error(permissions.error());
    base::Result<platform::Fired> fired = platform::Fired{};
    if (body.find("permissions") != nullptr) fired = context.platform.set_permissions(id, permissions.value());
    if (!fired) return sim_error(fired.error());
    auto changed = context.platform.set_state(id, changes);
    if (!changed) return sim_error(changed.error());
    fired.value().append(std::move(changed).value());
    const auto sent = context.simulation.submit(std::move(fired).value());
    if (!sent) return sim_error(sent.error());
    const auto entry = context.platform.fleet_entry(id);
    if (!entry) return sim_error(entry.error());

    std::string answer;
    document::Writer json(answer);
    json.begin_object();
    write_entry(json, entry.value());
    write_sent(json, sent.value());
    json.end_object();
    return contract::json_response(200, std::move(answer));
}

constexpr std::array kRoutes{
    Route{"POST", "/_sim/events", admitted<send>},
    Route{"GET", "/_sim/vehicles", bare<vehicles>},
    Route{"PATCH", "/_sim/vehicles/{id}", admitted<change_vehicle>},
};

}  // namespace

std::span<const Route> sim_events() { return kRoutes; }

}  // namespace smartcar_sim::routes
