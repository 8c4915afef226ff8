#include "vehicle/signals.h"

#include <algorithm>
#include <cassert>
#include <optional>

#include "contract/signals.h"

namespace smartcar_sim::vehicle {
namespace {

constexpr std::string_view kVin = "vehicleidentification-vin";

// What the vehicle says of a signal, whoever asks.
std::optional<Reading> reading_of(const Vehicle& vehicle, const contract::Signal& signal) {
    if (signal.code == kVin) {
        if (!vehicle.can("read_vin")) return std::nullopt;
        return Reading{.datum = {.value = vehicle.vin}};
    }
    const Reading* const reading = vehicle.state.find(signal);
    return reading == nullptr ? std::nullopt : std::optional(*reading);
}

contract::SignalReading read_signal(const Vehicle& vehicle, const contract::Signal& signal,
                                    const PermissionSet& granted, base::Instant retrieved_at) {
    contract::SignalReading reading;
    reading.signal = contract::signal_name(signal.code);
    const auto said = reading_of(vehicle, signal);
    const bool guarded = !signal.permission.empty();
    if (guarded && vehicle.unsupported.contains(signal.permission)) {
        reading.failure = contract::SignalFailure{.type = "COMPATIBILITY", .code = "SMARTCAR_NOT_CAPABLE"};
    } else if (!said) {
        reading.failure = contract::SignalFailure{.type = "COMPATIBILITY", .code = "VEHICLE_NOT_CAPABLE"};
    } else if (guarded && !granted.contains(signal.permission)) {
        reading.failure = contract::SignalFailure{.type = "PERMISSION", .code = std::nullopt};
    } else {
        reading.body = body_of(signal, said->datum);
        reading.oem_updated_at = signal.is_static ? base::Instant{} : said->oem_updated_at;
        reading.retrieved_at = signal.is_static ? base::Instant{} : retrieved_at;
    }
    return reading;
}

}  // namespace

std::vector<std::string> reported_signals(const Vehicle& vehicle) {
    std::vector<std::string> codes;
    codes.reserve(vehicle.state.size() + 1);
    for (const contract::Signal& signal : contract::signals()) {
        const bool reported = signal.code == kVin ? vehicle.can("read_vin") : vehicle.state.find(signal) != nullptr;
        if (reported) codes.emplace_back(signal.code);
    }
    return codes;
}

std::vector<contract::SignalReading> read_signals(const Vehicle& vehicle, std::span<const std::string> codes,
                                                  const PermissionSet& granted, base::Instant retrieved_at) {
    std::vector<contract::SignalReading> readings;
    readings.reserve(codes.size());
    for (const std::string& code : codes) {
        const contract::Signal* const signal = contract::find_signal(code);
        assert(signal != nullptr);
        readings.push_back(read_signal(vehicle, *signal, granted, retrieved_at));
    }
    return readings;
}

StoredSignals::StoredSignals(const Vehicle& vehicle, const PermissionSet& granted)
    : vin_{.datum = {.value = vehicle.vin}} {
    list_.reserve(vehicle.state.size() + 1);
    for (const contract::Signal& signal : contract::signals()) {
        if (!signal.permission.empty() && !granted.contains(signal.permission)) continue;
        const bool refused = !signal.permission.empty() && vehicle.unsupported.contains(signal.permission);
        const Reading* reading = vehicle.state.find(signal);
        if (signal.code == kVin) reading = vehicle.can("read_vin") ? &vin_ : nullptr;
        if (refused) reading = nullptr;
        if (refused || reading != nullptr) list_.push_back({.signal = &signal, .reading = reading});
    }
}

const StoredSignal* StoredSignals::find(const contract::Signal& signal) const {
    const auto found = std::ranges::find(list_, &signal, &StoredSignal::signal);
    return found == list_.end() ? nullptr : &*found;
}

}  // namespace smartcar_sim::vehicle
