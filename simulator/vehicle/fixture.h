// Fixture files and state given by people, read with a compiler's errors: place, sentence, "did you mean".
//
// A fixture (fixtures/vehicles/<name>.json; // comments allowed):
//   { "formatVersion": 1, "id": UUID, "make": "TESLA", "model": "Model 3", "year": 2020, "vin": 17 characters,
//     "powertrain": "BEV|PHEV|HEV|ICE", "region": "US|CA|EUROPE", "mode": "live|simulated",
//     "permissions": ["read_battery", …], "commands": ["startCharge", …], "unsupported": ["read_fuel", …],
//     "state": {"tractionbattery-stateofcharge": 42, …} }
// All members but "unsupported" are required and no others are known. A US or Canadian VIN must have the right check
// digit; a command needs its permission (commands.h). docs/fixtures.md has an example.
#pragma once

#include <string_view>

#include "base/result.h"
#include "document/json.h"
#include "document/value.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

// The years of which a vehicle may be.
inline constexpr int kFirstConnectedYear = 1996;
inline constexpr int kLastYear = 2100;

// The text a Value was parsed from, to turn its offsets into places.
struct Source {
    std::string_view name;  // "fixtures/vehicles/x.json", or "body" for a request
    std::string_view text;
};

// Pure: the caller has read the file. The vehicle's fixture name is the file's stem; its readings carry
// the time 0 until the platform starts it. Codes: bad_fixture, unknown_member,
// unknown_signal, bad_signal_value.
[[nodiscard]] base::Result<Vehicle> load(const document::File& file);

// {"charge-ischarging": true, "location-preciselocation": {"latitude": 1.5, "longitude": 2}}: a scalar is the
// signal's "value" in its unit; an object is the whole body. Numbers are rounded to the steps of their measure
// (measure.h). Codes: unknown_signal, bad_signal_value.
[[nodiscard]] base::Result<Changes> parse_changes(const document::Value& state, const Source& source);

// One signal's change without a text to point into: change("charge-ischarging", true).
[[nodiscard]] base::Result<Change> change(std::string_view code, const document::Value& given);

}  // namespace smartcar_sim::vehicle
