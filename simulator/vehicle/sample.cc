#include "vehicle/sample.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "contract/signals.h"
#include "vehicle/fixture.h"
#include "vehicle/measure.h"
#include "vehicle/permissions.h"

namespace smartcar_sim::vehicle {
namespace {

using document::Array;
using document::Object;
using document::Value;

constexpr std::string_view kVin = "5YJSA1CN5DFP00101";

// Two rows and two columns of `place`: doors, windows and tyres.
Value grid(const Object& place) {
    Array values;
    for (const int row : {0, 1}) {
        for (const int column : {0, 1}) {
            Object entry{{"row", row}, {"column", column}};
            entry.insert(entry.end(), place.begin(), place.end());
            values.emplace_back(std::move(entry));
        }
    }
    return Object{{"values", std::move(values)}, {"rowCount", 2}, {"columnCount", 2}};
}

Value tires() {
    Value body = grid({{"tirePressure", 258}});
    body.object()->emplace_back("unit", "kPa");
    return body;
}

Value nominal_capacity() {
    return Object{{"capacity", 80.9},
                  {"source", "SMARTCAR"},
                  {"availableCapacities", Array{Object{{"capacity", 80.9}, {"description", nullptr}}}},
                  {"unit", "kWh"}};
}

// Nested, which only test payloads do (clients.md section 5); the entries of the inner list are as live ones.
Value charge_limits() {
    return Object{
        {"values", Object{{"activeLimit", 80},
                          {"values", Array{Object{{"type", "GLOBAL"}, {"limit", 80}, {"condition", nullptr}}}}}}};
}

Value openable() { return Object{{"isOpen", false}, {"isLocked", true}}; }
Value lid() { return Object{{"isOpen", false}}; }

Value structured(const contract::Signal& signal) {
    struct Row {
        std::string_view code;
        Value (*make)();
    };
    constexpr std::array<Row, 14> kRows{{
        {"charge-chargelimits", charge_limits},
        {"closure-doors", [] { return grid({{"isOpen", false}, {"isLocked", true}}); }},
        {"closure-enginecover", lid},
        {"closure-fronttrunk", openable},
        {"closure-reartrunk", openable},
        {"closure-sunroof", lid},
        {"closure-tailgate", lid},
        {"closure-windows", [] { return grid({{"isOpen", false}}); }},
        {"location-preciselocation",
         []() -> Value {
             return Object{{"latitude", 37.4292}, {"longitude", -122.1381}, {"locationType", "LAST_PARKED"}};
         }},
        {"tractionbattery-nominalcapacity", nominal_capacity},
        {"tractionbattery-range",
         []() -> Value { return Object{{"value", 283.2}, {"additionalValues", Array{}}, {"unit", "km"}}; }},
        {"transmission-drivemode",
         []() -> Value { return Object{{"canonical", "NORMAL"}, {"oemDisplayName", "everyday"}}; }},
        {"vehicleidentification-packages", []() -> Value { return Object{{"values", Array{"Performance", "Plus"}}}; }},
        {"wheel-tires", tires},
    }};
    const auto* const row =
        std::ranges::find_if(kRows, [&](const Row& candidate) { return candidate.code == signal.code; });
    if (row != kRows.end()) return row->make();
    const bool is_system = signal.group == "Diagnostics" && signal.code != "diagnostics-dtclist";
    if (is_system) return Object{{"status", "OK"}};
    return Object{{"values", Array{}}};  // records, timers, trouble codes: lists that may be empty
}

std::string text_of(const contract::Signal& signal) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kTexts{{
        {"charge-chargingconnectortype", "J1772"},
        {"charge-detailedchargingstatus", "NOT_CHARGING"},
        {"charge-fastchargertype", "CCS"},
        {"charge-chargeportstatuscolor", "GREEN"},
        {"lowvoltagebattery-status", "GOOD"},
        {"transmission-gearstate", "PARK"},
    }};
    const auto* const row = std::ranges::find_if(kTexts, [&](const auto& text) { return text.first == signal.code; });
    return std::string(row == kTexts.end() ? signal.name : row->second);
}

Datum datum_of(const contract::Signal& signal) {
    constexpr std::int64_t kNumber = 42;
    switch (signal.kind) {
        case contract::Signal::Kind::kBoolean:
            return {.value = false};
        case contract::Signal::Kind::kNumber:
            return {.value = kNumber * measure_of(signal.unit).per_unit};
        case contract::Signal::Kind::kString:
            return {.value = text_of(signal)};
        case contract::Signal::Kind::kStructured:
            break;
    }
    return change(signal.code, structured(signal)).value().datum;
}

}  // namespace

Vehicle sample_vehicle(std::string id, base::Instant at) {
    Vehicle vehicle;
    vehicle.id = std::move(id);
    vehicle.vin = kVin;
    vehicle.make = "Tesla";
    vehicle.model = "Model 3";
    vehicle.year = 2020;
    vehicle.mode = contract::Mode::kTest;
    vehicle.permissions = PermissionSet::all();
    Changes readings;
    readings.reserve(contract::signals().size());
    for (const contract::Signal& signal : contract::signals()) {
        if (signal.code != "vehicleidentification-vin")
            readings.push_back({.signal = &signal, .datum = datum_of(signal)});
    }
    vehicle.state.apply(readings, at);
    return vehicle;
}

}  // namespace smartcar_sim::vehicle
