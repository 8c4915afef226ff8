// Visits about one connected vehicle: authenticating again, and choosing the capacity of its battery
// (contract/api.md sections 2.4 and 2.5).
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <utility>

#include "document/writer.h"
#include "platform/account.h"
#include "platform/events.h"
#include "platform/platform.h"
#include "platform/records.h"
#include "platform/redirect.h"
#include "vehicle/fixture.h"

namespace smartcar_sim::platform {
namespace {

constexpr std::string_view kCapacitySignal = "tractionbattery-nominalcapacity";
// A token is not kept but derived from the hour it was made in, so that reading the address costs nothing.
constexpr std::chrono::hours kCapacityTokenLifetime{24 * 30};

ErrorPage error_page(std::string title, std::string message) {
    return {.status = 400, .title = std::move(title), .message = std::move(message)};
}

std::optional<ErrorPage> objection(const VehicleVisitRequest& request, const std::string& redirect_uri,
                                   const Configuration& configuration) {
    if (auto stranger = unknown_client(request.client_id, configuration)) return stranger;
    if (!redirect_uri.empty() && !is_allowed(redirect_uri, configuration)) {
        return error_page("Redirect URI not allowed",
                          "The redirect_uri \"" + redirect_uri + "\" is not one the application may use.");
    }
    if (request.response_type != "vehicle_id" && request.response_type != "none") {
        return error_page("Unsupported response type", "The response_type is \"" + request.response_type +
                                                           R"("; it must be "vehicle_id" or "none".)");
    }
    return std::nullopt;
}

std::optional<ErrorPage> objection(const VehicleVisitRequest& request, const VehicleRecord* record) {
    if (record != nullptr && record->vehicle->id == request.vehicle_id && record->granted) return std::nullopt;
    if (request.vehicle_id.empty()) return error_page("No vehicle", "The request has no vehicle_id.");
    return error_page("Vehicle not connected", "No connected vehicle has the vehicle_id \"" + request.vehicle_id +
                                                   "\". Its owner has to go through Connect.");
}

VehicleAdmission let_in(const VehicleVisitRequest& request, const Configuration& configuration, Records& records) {
    std::string redirect_uri = redirect_uri_of(request.redirect_uri.value_or(""), configuration);
    const VehicleRecord* const record = records.find_vehicle(request.vehicle_id);
    auto page = objection(request, redirect_uri, configuration);
    if (!page) page = objection(request, record);
    if (page) return with_way_back(*std::move(page), redirect_uri, request.state, configuration);
    return VehicleVisit{.asked = request, .redirect_uri = std::move(redirect_uri), .vehicle = record->vehicle};
}

std::uint64_t hour_of(base::Instant now) {
    return static_cast<std::uint64_t>(std::chrono::floor<std::chrono::hours>(now.time_since_epoch()).count());
}

std::string capacity_token(const base::Ids& ids, std::string_view vehicle_id, std::uint64_t hour) {
    return ids.uuid("battery capacity", vehicle_id, hour);
}

bool is_capacity_token(const base::Ids& ids, const VehicleVisitRequest& request, base::Instant now) {
    const std::uint64_t hour = hour_of(now);
    const auto oldest = std::min<std::uint64_t>(hour, kCapacityTokenLifetime.count());
    for (std::uint64_t age = 0; age <= oldest; ++age) {
        if (request.token == capacity_token(ids, request.vehicle_id, hour - age)) return true;
    }
    return false;
}

// As the redirect shows it: 80.9, 75.
std::string text_of(double capacity) {
    std::string text;
    document::Writer(text).value(document::Value(capacity));
    return text;
}

CapacityChoice choice_of(const document::Value& entry, double selected) {
    const document::Value* const capacity = entry.find("capacity");
    const document::Value* const description = entry.find("description");
    const bool says = description != nullptr && description->string() != nullptr;
    const double number = capacity == nullptr ? 0 : capacity->number();
    return {.capacity = number, .description = says ? *description->string() : "", .selected = number == selected};
}

}  // namespace

std::string VehicleVisit::location(ConnectError error) const {
    const base::Fields more =
        error == ConnectError::kNoCapacity ? base::Fields{{"vehicle_id", vehicle->id}} : base::Fields{};
    return with_query(redirect_uri, error_fields(error, asked.state, more));
}

VehicleAdmission Platform::admit_reauthentication(const VehicleVisitRequest& request) const {
    const std::lock_guard lock(mutex_);
    return let_in(request, configuration_, *records_);
}

Redirect Platform::reauthenticate(const VehicleVisit& visit) {
    const std::lock_guard lock(mutex_);
    Turn now = turn();
    Fired fired;
    if (VehicleRecord* const record = now.records.find_vehicle(visit.vehicle->id); record && record->granted) {
        record->forced_error = nullptr;
        fired = fire_failures(now, *record);
    }
    base::Fields fields{{"vehicle_id", visit.vehicle->id}};
    if (visit.asked.state) fields.emplace_back("state", *visit.asked.state);
    const auto& external_id = visit.asked.external_id;
    remember_external_id(now.records, configuration_.user_id, external_id);
    if (external_id && *external_id != "null") fields.emplace_back("external_id", *external_id);
    return {.location = with_query(visit.redirect_uri, fields), .fired = std::move(fired)};
}

std::string Platform::reauthentication_target(std::string_view vehicle_id) const {
    return with_query("/oauth/reauthenticate", {{"response_type", "vehicle_id"},
                                                {"client_id", configuration_.client_id},
                                                {"vehicle_id", std::string(vehicle_id)}});
}

std::string Platform::battery_capacity_target(std::string_view vehicle_id) const {
    return with_query("/battery-capacity", {{"vehicle_id", std::string(vehicle_id)},
                                            {"client_id", configuration_.client_id},
                                            {"token", capacity_token(ids_, vehicle_id, hour_of(clock_.now()))},
                                            {"response_type", "vehicle_id"},
                                            {"redirect_uri", ""}});
}

VehicleAdmission Platform::admit_battery_capacity(const VehicleVisitRequest& request) const {
    const std::lock_guard lock(mutex_);
    VehicleAdmission admission = let_in(request, configuration_, *records_);
    const auto* const visit = std::get_if<VehicleVisit>(&admission);
    if (visit == nullptr) return admission;
    const auto refuse = [&](std::string title, std::string message) {
        return with_way_back(error_page(std::move(title), std::move(message)), visit->redirect_uri, request.state,
                             configuration_);
    };
    if (!is_capacity_token(ids_, request, clock_.now())) {
        const bool has_token = !request.token.empty();
        return refuse("Link not valid",
                      has_token ? "The token of this link is not valid, or it is older than 30 days."
                                : "The link has no token: take the url that GET …/battery/nominal_capacity answers.");
    }
    if (capacity_choices(*visit->vehicle).empty()) {
        return refuse("No battery", "This vehicle reports no battery whose capacity could be chosen.");
    }
    return admission;
}

std::vector<CapacityChoice> capacity_choices(const vehicle::Vehicle& vehicle) {
    const vehicle::Reading* const reading = vehicle.state.find(kCapacitySignal);
    if (reading == nullptr) return {};
    const document::Value body = vehicle::body_of(*contract::find_signal(kCapacitySignal), reading->datum);
    const document::Value* const now = body.find("capacity");
    const double selected = now == nullptr ? 0 : now->number();
    std::vector<CapacityChoice> choices;
    const document::Value* const available = body.find("availableCapacities");
    if (available != nullptr && available->array() != nullptr) {
        for (const document::Value& entry : *available->array()) choices.push_back(choice_of(entry, selected));
    }
    if (choices.empty() && selected > 0) choices.push_back({.capacity = selected, .description = {}, .selected = true});
    return choices;
}

base::Result<Redirect> Platform::choose_capacity(const VehicleVisit& visit, double capacity) {
    const auto choices = capacity_choices(*visit.vehicle);
    if (std::ranges::find(choices, capacity, &CapacityChoice::capacity) == choices.end()) {
        return base::Error{.code = "bad_capacity", .message = "Choose one of the capacities."};
    }
    document::Value body =
        vehicle::body_of(*contract::find_signal(kCapacitySignal), visit.vehicle->state.find(kCapacitySignal)->datum);
    if (document::Value* const member = body.find("capacity")) *member = document::Value(capacity);
    if (document::Value* const source = body.find("source")) {
        *source = "USER_SELECTED";
    } else {
        body.object()->emplace_back("source", "USER_SELECTED");
    }
    auto change = vehicle::change(kCapacitySignal, body);
    if (!change.ok()) return change.error();
    auto fired = set_state(visit.vehicle->id, {std::move(change).value()});
    if (!fired.ok()) return fired.error();
    base::Fields fields{
        {"vehicle_id", visit.vehicle->id}, {"selected_capacity", text_of(capacity)}, {"reason", "battery_capacity"}};
    if (visit.asked.state) fields.emplace_back("state", *visit.asked.state);
    return Redirect{.location = with_query(visit.redirect_uri, fields), .fired = std::move(fired).value()};
}

}  // namespace smartcar_sim::platform
