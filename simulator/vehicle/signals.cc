#include "vehicle/signals.h"

#include <algorithm>
#include <cassert>

#include "contract/signals.h"

namespace smartcar_sim::vehicle {
namespace {

bool is_granted(const contract::Signal& signal, std::span<const std::string> granted) {
    return signal.permission.empty() || std::ranges::find(granted, signal.permission) != granted.end();
}

contract::SignalReading read_signal(const Vehicle& vehicle, const contract::Signal& signal,
                                    std::span<const std::string> granted, base::Instant retrieved_at) {
    contract::SignalReading reading;
    reading.signal = signal_name(signal.code);
    const Reading* const state = vehicle.state.find(signal.code);
    if (state == nullptr) {
        reading.failure = contract::SignalFailure{.type = "COMPATIBILITY", .code = "VEHICLE_NOT_CAPABLE"};
    } else if (!is_granted(signal, granted)) {
        reading.failure = contract::SignalFailure{.type = "PERMISSION", .code = std::nullopt};
    } else {
        reading.body = state->body;
        reading.oem_updated_at = signal.is_static ? base::Instant{} : state->oem_updated_at;
        reading.retrieved_at = signal.is_static ? base::Instant{} : retrieved_at;
    }
    return reading;
}

}  // namespace

contract::SignalName signal_name(std::string_view code) {
    const contract::Signal* const signal = contract::find_signal(code);
    assert(signal != nullptr);
    return {.code = std::string(signal->code), .name = std::string(signal->name), .group = std::string(signal->group)};
}

std::vector<contract::SignalReading> read_signals(const Vehicle& vehicle, std::span<const std::string> codes,
                                                  std::span<const std::string> granted, base::Instant retrieved_at) {
    std::vector<contract::SignalReading> readings;
    readings.reserve(codes.size());
    for (const std::string& code : codes) {
        const contract::Signal* const signal = contract::find_signal(code);
        assert(signal != nullptr);
        readings.push_back(read_signal(vehicle, *signal, granted, retrieved_at));
    }
    return readings;
}

}  // namespace smartcar_sim::vehicle
