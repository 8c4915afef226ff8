// One vehicle, three ways to look at it: v2.0 in both unit systems and the signals of 4.0 say the same, to the step.
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "contract/signals.h"
#include "vehicle/ask.h"
#include "vehicle/charging.h"
#include "vehicle/measure.h"
#include "vehicle/shipped_fixtures.h"
#include "vehicle/signals.h"

namespace smartcar_sim::vehicle {
namespace {

// What a number of a v2.0 body is in, with the steps of the state in one of it, metric and imperial; computed here and
// not taken from units.h.
struct Quantity {
    double metric, imperial;
    double imperial_zero = 0;  // what no steps are shown as
};
constexpr Quantity kLength{1000, 1609.344};
constexpr Quantity kVolume{1000, 3785.411784};
constexpr Quantity kPressure{1000, 6894.757293168361};
constexpr Quantity kTemperature{100, 500.0 / 9, 32};
constexpr Quantity kFraction{10'000, 10'000};
constexpr Quantity kThousandths{1000, 1000};  // kWh, amperes, volts, and kilowatts whose signal is in watts
constexpr Quantity kSame{1, 1};

// A number of a v2.0 body and the signal that says the same.
struct Link {
    std::string_view path, member;  // "capacity/nominal": the member of a member
    std::string_view code;
    Quantity quantity;
};
const std::vector<Link> kNumbers{
    {"/odometer", "distance", "odometer-traveleddistance", kLength},
    {"/fuel", "amountRemaining", "internalcombustionengine-amountremaining", kVolume},
    {"/fuel", "percentRemaining", "internalcombustionengine-fuellevel", kFraction},
    {"/fuel", "range", "internalcombustionengine-range", kLength},
    {"/battery", "percentRemaining", "tractionbattery-stateofcharge", kFraction},
    {"/battery", "range", "tractionbattery-range", kLength},
    {"/battery/capacity", "capacity", "tractionbattery-nominalcapacity", kThousandths},
    {"/battery/nominal_capacity", "capacity/nominal", "tractionbattery-nominalcapacity", kThousandths},
    {"/charge/limit", "limit", "charge-chargelimits", kFraction},
    {"/engine/oil", "lifeRemaining", "internalcombustionengine-oillife", kFraction},
    {"/tesla/battery", "percentRemaining", "tractionbattery-stateofcharge", kFraction},
    {"/tesla/battery", "range", "tractionbattery-range", kLength},
    {"/tesla/battery", "maxRangeChargeCounter", "tractionbattery-maxrangechargecounter", kSame},
    {"/tesla/charge", "amperage", "charge-amperage", kThousandths},
    {"/tesla/charge", "amperageMaxVehicle", "charge-amperagemax", kThousandths},
    {"/tesla/charge", "amperageRequested", "charge-amperagerequested", kThousandths},
    {"/tesla/charge", "wattage", "charge-wattage", kThousandths},
    {"/tesla/charge", "voltage", "charge-voltage", kThousandths},
    {"/tesla/charge", "socLimit", "charge-chargelimits", kFraction},
    {"/tesla/charge", "energyAdded", "charge-energyadded", kThousandths},
    {"/tesla/charge", "chargeRate", "charge-chargerate", kLength},
    {"/tesla/charge", "chargerPhases", "charge-chargerphases", kSame},
    {"/tesla/charge/ammeter", "amperage", "charge-amperage", kThousandths},
    {"/tesla/charge/voltmeter", "voltage", "charge-voltage", kThousandths},
    {"/tesla/charge/wattmeter", "wattage", "charge-wattage", kThousandths},
    {"/tesla/climate/cabin", "temperature", "hvac-cabintargettemperature", kTemperature},
    {"/tesla/speedometer", "speed", "motion-currentspeed", kLength},
    {"/tesla/thermometer/exterior", "temperature", "climate-externaltemperature", kTemperature},
    {"/tesla/thermometer/interior", "temperature", "climate-internaltemperature", kTemperature},
    {"/chevrolet/charge/voltmeter", "voltage", "charge-voltage", kThousandths},
    {"/audi/charge", "chargeRate", "charge-chargerate", kLength},
    {"/audi/charge", "wattage", "charge-wattage", kThousandths},
    {"/audi/charge", "socLimit", "charge-chargelimits", kFraction},
};

// A boolean or a text that both say alike.
struct Twin {
    std::string_view path, member, code;
};
const std::vector<Twin> kTwins{
    {"/charge", "isPluggedIn", "charge-ischargingcableconnected"},
    {"/charge", "state", "charge-detailedchargingstatus"},
    {"/security", "isLocked", "closure-islocked"},
    {"/vin", "vin", "vehicleidentification-vin"},
    {"/tesla/charge", "isPluggedIn", "charge-ischargingcableconnected"},
    {"/tesla/charge", "state", "charge-detailedchargingstatus"},
    {"/tesla/charge", "connector", "charge-chargingconnectortype"},
    {"/tesla/charge", "chargePortOpen", "charge-ischargingportflapopen"},
    {"/tesla/charge", "chargePortLatch", "charge-ischargingcablelatched"},
    {"/tesla/charge", "fastChargerPresent", "charge-isfastchargerpresent"},
    {"/tesla/attributes", "trim", "vehicleidentification-trim"},
    {"/tesla/attributes", "color", "vehicleidentification-exteriorcolor"},
    {"/tesla/attributes", "name", "vehicleidentification-nickname"},
    {"/tesla/attributes", "wheels", "wheel-style"},
    {"/tesla/battery", "heaterOn", "tractionbattery-isheateractive"},
    {"/tesla/status", "gear", "transmission-gearstate"},
    {"/tesla/user/access", "accessType", "vehicleuseraccount-role"},
    {"/audi/charge", "chargingStatus", "charge-detailedchargingstatus"},
};

const document::Value* inside(const document::Value& body, std::string_view path) {
    const document::Value* value = &body;
    for (std::size_t slash = path.find('/'); value != nullptr && slash != std::string_view::npos;
         slash = path.find('/')) {
        value = value->find(path.substr(0, slash));
        path.remove_prefix(slash + 1);
    }
    return value == nullptr ? nullptr : value->find(path);
}

// The bodies of the signals by code, as 4.0 sends them to somebody who may read everything.
using Bodies = std::map<std::string, document::Value, std::less<>>;
Bodies bodies_of(const Vehicle& vehicle, base::Instant now) {
    Bodies bodies;
    for (const auto& reading : read_signals(vehicle, reported_signals(vehicle), PermissionSet::all(), now)) {
        if (!reading.failure) bodies.emplace(reading.signal.code, reading.body);
    }
    return bodies;
}

// The number that the signal goes by, in steps; nothing when 4.0 does not say one.
std::optional<std::int64_t> steps_in(const Bodies& bodies, std::string_view code) {
    const contract::Signal& signal = *contract::find_signal(code);
    const auto body = bodies.find(code);
    if (body == bodies.end()) return std::nullopt;
    const std::string_view member = contract::number_member(signal);
    const document::Value* const number = body->second.find(member.empty() ? "value" : member);
    if (number == nullptr || !number->is_number()) return std::nullopt;
    const auto steps = steps_of(number->number(), measure_of(signal.unit));
    REQUIRE(steps);
    return steps;
}

std::optional<std::int64_t> steps_in(const document::Value* number, const Quantity& quantity, UnitSystem units) {
    if (number == nullptr || !number->is_number()) return std::nullopt;
    if (units == UnitSystem::kMetric) return std::llround(number->number() * quantity.metric);
    return std::llround((number->number() - quantity.imperial_zero) * quantity.imperial);
}

std::optional<View> shown(std::string_view path, const Vehicle& vehicle, UnitSystem units) {
    Answer answer = answer_of(path, vehicle, {.units = units, .now = kRecordedAt});
    auto* const view = std::get_if<View>(&answer);
    return view == nullptr ? std::nullopt : std::optional(std::move(*view));
}

int check_numbers(const Vehicle& vehicle, const Bodies& bodies) {
    int compared = 0;
    for (const Link& link : kNumbers) {
        for (const UnitSystem units : {UnitSystem::kMetric, UnitSystem::kImperial}) {
            const auto view = shown(link.path, vehicle, units);
            if (!view) continue;
            CAPTURE(link.path, link.member, name_of(units));
            const auto said = steps_in(inside(view->body, link.member), link.quantity, units);
            CHECK(said == steps_in(bodies, link.code));
            compared += said ? 1 : 0;
        }
    }
    return compared;
}

int check_twins(const Vehicle& vehicle, const Bodies& bodies) {
    int compared = 0;
    for (const Twin& twin : kTwins) {
        const auto view = shown(twin.path, vehicle, UnitSystem::kMetric);
        const auto body = bodies.find(twin.code);
        if (!view || body == bodies.end()) continue;
        CAPTURE(twin.path, twin.member);
        CHECK(*inside(view->body, twin.member) == *body->second.find("value"));
        ++compared;
    }
    return compared;
}

constexpr std::array<std::string_view, 4> kCorners{"frontLeft", "frontRight", "backLeft", "backRight"};

std::string_view corner_of(const document::Value& entry) {
    return kCorners.at(static_cast<std::size_t>(*entry.find("row")->integer() * 2 + *entry.find("column")->integer()));
}

void check_tires(const Vehicle& vehicle, const Bodies& bodies) {
    for (const UnitSystem units : {UnitSystem::kMetric, UnitSystem::kImperial}) {
        const auto view = shown("/tires/pressure", vehicle, units);
        if (!view) continue;
        for (const document::Value& tire : *bodies.at("wheel-tires").find("values")->array()) {
            const document::Value& number = *tire.find("tirePressure");
            const auto pascals =
                number.is_number() ? steps_of(number.number(), measure_of("kPa")) : std::optional<std::int64_t>();
            CHECK(steps_in(view->body.find(corner_of(tire)), kPressure, units) == pascals);
        }
    }
}

// "OPEN", "CLOSED" or "UNKNOWN" of {"isOpen":…}.
document::Value status_of(const document::Value& lid) {
    const document::Value* const is_open = lid.find("isOpen");
    if (is_open == nullptr || is_open->boolean() == nullptr) return "UNKNOWN";
    return *is_open->boolean() ? "OPEN" : "CLOSED";
}

void check_openings(const Vehicle& vehicle, const Bodies& bodies) {
    const auto view = shown("/security", vehicle, UnitSystem::kMetric);
    if (!view) return;
    std::map<std::string, document::Value, std::less<>> statuses;
    for (const std::string_view list : {"doors", "windows", "sunroof", "storage"}) {
        for (const document::Value& item : *view->body.find(list)->array()) {
            statuses.emplace(std::string(list) + "/" + *item.find("type")->string(), *item.find("status"));
        }
    }
    std::map<std::string, document::Value, std::less<>> wanted;
    for (const auto& [list, code] : {std::pair{"doors", "closure-doors"}, std::pair{"windows", "closure-windows"}}) {
        const auto body = bodies.find(std::string_view(code));
        if (body == bodies.end()) continue;
        for (const document::Value& item : *body->second.find("values")->array()) {
            wanted.emplace(std::string(list) + "/" + std::string(corner_of(item)), status_of(item));
        }
    }
    for (const auto& [name, code] :
         {std::pair{"sunroof/sunroof", "closure-sunroof"}, std::pair{"storage/rear", "closure-reartrunk"},
          std::pair{"storage/front", "closure-fronttrunk"}}) {
        const auto body = bodies.find(std::string_view(code));
        if (body != bodies.end()) wanted.emplace(name, status_of(body->second));
    }
    CHECK(statuses == wanted);
}

void check_place(const Vehicle& vehicle, const Bodies& bodies) {
    const auto view = shown("/location", vehicle, UnitSystem::kMetric);
    if (!view) return;
    const document::Value& place = bodies.at("location-preciselocation");
    CHECK(*view->body.find("latitude") == *place.find("latitude"));
    CHECK(*view->body.find("longitude") == *place.find("longitude"));
    if (const auto compass = shown("/tesla/compass", vehicle, UnitSystem::kMetric)) {
        CHECK(*compass->body.find("heading") == *place.find("heading"));
        const document::Value* const direction = place.find("direction");
        if (direction != nullptr) CHECK(*compass->body.find("direction") == *direction);
    }
}

int check_all(const Vehicle& vehicle, base::Instant now) {
    CAPTURE(vehicle.fixture, vehicle.make);
    const Bodies bodies = bodies_of(vehicle, now);
    check_tires(vehicle, bodies);
    check_openings(vehicle, bodies);
    check_place(vehicle, bodies);
    return check_numbers(vehicle, bodies) + check_twins(vehicle, bodies);
}

// What a person may state: any number on the grid, any flag; texts stay what they are.
Changes any_changes(const Vehicle& vehicle, std::mt19937_64& random) {
    const auto up_to = [&](std::int64_t most) { return std::uniform_int_distribution<std::int64_t>(0, most)(random); };
    const std::set<std::string_view> derived{"charge-detailedchargingstatus", "charge-timetocomplete"};
    Changes changes;
    for (const auto& [signal, reading] : vehicle.state) {
        if (derived.contains(signal->code) || up_to(3) == 0) continue;
        Change change{.signal = signal, .datum = reading.datum};
        if (std::holds_alternative<bool>(change.datum.value)) change.datum.value = up_to(1) == 1;
        if (std::holds_alternative<std::int64_t>(change.datum.value)) {
            change.datum.value = up_to(signal->unit == "percent" ? kWhole : 1'000'000);
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

TEST_CASE("what a shipped car says in v2.0, metric and imperial, is what its signals say") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        CAPTURE(vehicle.fixture);
        CHECK(check_all(vehicle, kRecordedAt) > 4);
    }
}

TEST_CASE("whatever a car is told, and however long it charges, its faces agree") {
    std::mt19937_64 random(17);
    int compared = 0;
    for (Vehicle vehicle : shipped_fleet()) {
        base::Instant now = kRecordedAt;
        vehicle.state.touch(now);
        for (int round = 0; round < 8; ++round) {
            const State present = at(vehicle.state, now);
            vehicle.state = present;
            vehicle.state.apply(with_consequences(present, any_changes(vehicle, random)), now);
            compared += check_all(vehicle, now);
            now += std::chrono::milliseconds(std::uniform_int_distribution<int>(1, 7'200'000)(random));
            Vehicle later = vehicle;
            later.state = at(vehicle.state, now);
            compared += check_all(later, now);
        }
    }
    CHECK(compared > 5'000);
}

TEST_CASE("every make's own endpoints agree with its signals when one car has all of them") {
    Vehicle car = shipped("simulated-bev-2023");
    car.permissions = PermissionSet::all();
    car.unsupported = {};
    const Changes charging = changes_of({{"charge-ischarging", true}});
    car.state.apply(with_consequences(car.state, charging), kRecordedAt);
    std::set<std::string_view> answered;
    for (const Endpoint& endpoint : make_endpoints()) {
        car.make = endpoint.make;
        if (error_of(endpoint.path, car).empty()) answered.insert(endpoint.path);
        check_all(car, kRecordedAt);
    }
    for (const Link& link : kNumbers) {
        CAPTURE(link.path);
        const bool of_a_make = find_endpoint(link.path) != nullptr && !find_endpoint(link.path)->make.empty();
        CHECK((!of_a_make || answered.contains(link.path)));
    }
}

}  // namespace
}  // namespace smartcar_sim::vehicle
