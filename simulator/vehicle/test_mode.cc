#include "vehicle/test_mode.h"

#include <array>
#include <utility>

#include "vehicle/sample.h"

namespace smartcar_sim::vehicle {
namespace {

bool needs_battery(std::string_view name) {
    return name.starts_with("tractionbattery-") || name.starts_with("charge-") || name == "read_battery" ||
           name.starts_with("read_charge") || name == "control_charge";
}

bool needs_engine(std::string_view name) {
    return name.starts_with("internalcombustionengine-") || name == "read_fuel" || name == "read_engine_oil";
}

// Whether a vehicle of that level has the signal or permission.
bool has(Level level, std::string_view name) {
    switch (level) {
        case Level::kAll:
            return true;
        case Level::kBattery:
            return !needs_engine(name);
        case Level::kFuel:
            break;
    }
    return !needs_battery(name);
}

Powertrain powertrain_of(Level level) {
    if (level == Level::kBattery) return Powertrain::kBev;
    return level == Level::kFuel ? Powertrain::kIce : Powertrain::kPhev;
}

State state_of(const State& all, Level level, base::Instant at) {
    Changes changes;
    changes.reserve(all.size());
    for (const auto& [signal, reading] : all) {
        if (has(level, signal->code)) changes.push_back({.signal = signal, .datum = reading.datum});
    }
    State state;
    state.apply(changes, at);
    return state;
}

}  // namespace

std::span<const std::string_view> level_words() {
    static constexpr std::array<std::string_view, 6> kWords{"compatible", "phev",     "incompatible",
                                                            "fuel",       "dinosaur", "bev"};
    return kWords;
}

std::optional<Level> parse_level(std::string_view word) {
    if (word == "compatible" || word == "phev") return Level::kAll;
    if (word == "bev") return Level::kBattery;
    if (word == "fuel") return Level::kFuel;
    return std::nullopt;
}

Vehicle test_vehicle(Level level, std::string id, base::Instant at) {
    Vehicle vehicle = sample_vehicle(std::move(id), at);
    vehicle.mode = contract::Mode::kSimulated;
    vehicle.powertrain = powertrain_of(level);
    vehicle.commands = CommandSet::all();
    for (const std::string_view permission : permissions()) {
        if (!has(level, permission)) vehicle.permissions.remove(permission);
    }
    constexpr std::int64_t kLimit = 8'000;  // basis points; the sample's are nested as only test payloads nest them
    vehicle.state.apply({change_to("charge-chargelimits", kLimit)}, at);
    vehicle.state = state_of(vehicle.state, level, at);
    return vehicle;
}

}  // namespace smartcar_sim::vehicle
