// A vehicle as API v2.0 shows it (contract/api.md section 4): everything derived from its 4.0 state.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "document/value.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

enum class UnitSystem { kMetric, kImperial };
[[nodiscard]] std::string_view name_of(UnitSystem units);  // "metric", "imperial"
// "metric", "imperial"; nothing for any other text.
[[nodiscard]] std::optional<UnitSystem> parse_unit_system(std::string_view text);

// What one read endpoint answers.
struct View {
    document::Value body;
    base::Instant recorded_at{};  // sc-data-age
    bool has_units = false;       // whether sc-unit-system is sent
};

// A read endpoint of a vehicle below /vehicles/{id}; the vehicle is capable of it when read() says something.
struct Endpoint {
    std::string_view path;        // "/battery"
    std::string_view permission;  // "read_battery"
    std::optional<View> (*read)(const Vehicle& vehicle, UnitSystem units);
};
[[nodiscard]] std::span<const Endpoint> endpoints();
// The endpoint of that path, or nothing when v2.0 has none that this issue serves.
[[nodiscard]] const Endpoint* find_endpoint(std::string_view path);

// GET /vehicles/{id}: {"id":…,"make":…,"model":…,"year":…}.
[[nodiscard]] std::string attributes_json(const Vehicle& vehicle);

// GET /battery: {"percentRemaining":0.78,"range":283.2}; the range is null when the vehicle does not report it.
[[nodiscard]] std::optional<View> battery(const Vehicle& vehicle, UnitSystem units);
// GET /charge: {"isPluggedIn":true,"state":"CHARGING"}; FULLY_CHARGED is at or above the charge limit, plugged in.
[[nodiscard]] std::optional<View> charge(const Vehicle& vehicle, UnitSystem units);

}  // namespace smartcar_sim::vehicle
