// A vehicle as signals show it, in 4.0 messages and in v3 (contract/webhooks.md section 2.2, contract/api.md section
// 6).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "contract/message.h"
#include "contract/signals.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

// The codes of all that the vehicle reports, its VIN among them, in the order of the catalogue.
[[nodiscard]] std::vector<std::string> reported_signals(const Vehicle& vehicle);

// One entry for every code, in their order: COMPATIBILITY/VEHICLE_NOT_CAPABLE when the vehicle lacks the
// signal, SMARTCAR_NOT_CAPABLE when the platform does not offer it for the make, PERMISSION/null when `granted` lacks
// the permission it asks for, else its body and times. The VIN is the vehicle's, where it can be read.
[[nodiscard]] std::vector<contract::SignalReading> read_signals(const Vehicle& vehicle,
                                                                std::span<const std::string> codes,
                                                                const PermissionSet& granted,
                                                                base::Instant retrieved_at);

// A signal that is stored of a vehicle; without a reading it is one that the platform does not offer for its make.
struct StoredSignal {
    const contract::Signal* signal = nullptr;
    const Reading* reading = nullptr;
};
// What is stored of a vehicle and opened by what was granted, in the order of the catalogue: a view, valid while the
// vehicle is.
class StoredSignals {
public:
    StoredSignals(const Vehicle& vehicle, const PermissionSet& granted);
    StoredSignals(const StoredSignals&) = delete;
    StoredSignals& operator=(const StoredSignals&) = delete;

    [[nodiscard]] std::span<const StoredSignal> all() const { return list_; }
    [[nodiscard]] const StoredSignal* find(const contract::Signal& signal) const;  // nothing: it is not stored

private:
    Reading vin_;
    std::vector<StoredSignal> list_;
};

}  // namespace smartcar_sim::vehicle
