#include "vehicle/api_v2.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "document/writer.h"
#include "vehicle/charging.h"

namespace smartcar_sim::vehicle {
namespace {

constexpr std::string_view kStateOfCharge = "tractionbattery-stateofcharge";
constexpr std::string_view kCableConnected = "charge-ischargingcableconnected";

constexpr std::array<Endpoint, 2> kEndpoints{{
    {"/battery", "read_battery", battery},
    {"/charge", "read_charge", charge},
}};

// Six decimals, as in the captured 283.244544 km (176 miles): enough to be exact, few enough to hide the
// binary fraction.
double rounded(double number) {
    constexpr double kScale = 1e6;
    return std::round(number * kScale) / kScale;
}

double distance(double kilometres, UnitSystem units) {
    constexpr double kKilometresPerMile = 1.609344;
    return units == UnitSystem::kMetric ? kilometres : rounded(kilometres / kKilometresPerMile);
}

}  // namespace

std::string_view name_of(UnitSystem units) { return units == UnitSystem::kMetric ? "metric" : "imperial"; }

std::optional<UnitSystem> parse_unit_system(std::string_view text) {
    if (text == "metric") return UnitSystem::kMetric;
    if (text == "imperial") return UnitSystem::kImperial;
    return std::nullopt;
}

std::span<const Endpoint> endpoints() { return kEndpoints; }

const Endpoint* find_endpoint(std::string_view path) {
    const auto* const found =
        std::ranges::find_if(kEndpoints, [&](const Endpoint& endpoint) { return endpoint.path == path; });
    return found == kEndpoints.end() ? nullptr : found;
}

std::string attributes_json(const Vehicle& vehicle) {
    constexpr std::size_t kKeysAndId = 90;  // {"id":"36 characters","make":"","model":"","year":2020} and some air
    std::string text;
    text.reserve(kKeysAndId + vehicle.make.size() + vehicle.model.size());
    document::Writer json(text);
    json.begin_object();
    json.member("id", vehicle.id);
    json.member("make", vehicle.make);
    json.member("model", vehicle.model);
    json.member("year", vehicle.year);
    json.end_object();
    return text;
}

std::optional<View> battery(const Vehicle& vehicle, UnitSystem units) {
    const std::optional<double> percent = vehicle.state.number(kStateOfCharge);
    if (!vehicle.can("read_battery") || !percent) return std::nullopt;
    const std::optional<double> range = vehicle.state.number("tractionbattery-range");
    document::Object body{{"percentRemaining", rounded(*percent / 100)}, {"range", nullptr}};
    if (range) body.back().second = distance(*range, units);
    return View{.body = body, .recorded_at = vehicle.state.find(kStateOfCharge)->oem_updated_at, .has_units = true};
}

std::optional<View> charge(const Vehicle& vehicle, UnitSystem /*units*/) {
    const std::optional<bool> plugged_in = vehicle.state.flag(kCableConnected);
    if (!vehicle.can("read_charge") || !plugged_in) return std::nullopt;
    return View{
        .body = document::Object{{"isPluggedIn", *plugged_in}, {"state", std::string(charging_status(vehicle.state))}},
        .recorded_at = vehicle.state.find(kCableConnected)->oem_updated_at};
}

}  // namespace smartcar_sim::vehicle
