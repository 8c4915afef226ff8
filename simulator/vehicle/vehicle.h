// A fake vehicle: who it is, what it can do, and what its signals say.
//
// A plain value. The platform keeps each vehicle behind a shared pointer to const and replaces it when its state
// changes, so a reader holds one consistent picture without a lock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "contract/message.h"
#include "vehicle/commands.h"
#include "vehicle/permissions.h"
#include "vehicle/state.h"

namespace smartcar_sim::vehicle {

enum class Powertrain { kBev, kPhev, kHev, kIce };
enum class Region { kUs, kCanada, kEurope };

[[nodiscard]] std::string_view name_of(Powertrain powertrain);  // "BEV", "PHEV", "HEV", "ICE"
[[nodiscard]] std::string_view name_of(Region region);          // "US", "CA", "EUROPE"

// The names above; nothing for any other text.
[[nodiscard]] std::optional<Powertrain> parse_powertrain(std::string_view name);
[[nodiscard]] std::optional<Region> parse_region(std::string_view name);

// Where a navigation command sent it, in millionths of a degree.
struct Destination {
    std::int64_t latitude = 0;
    std::int64_t longitude = 0;
    bool operator==(const Destination&) const = default;
};

struct Vehicle {
    std::string fixture;  // the name of its file: "tesla-model-3-2020"
    std::string id;       // a lower-case UUID
    std::string vin;
    std::string make;   // upper case: "TESLA"
    std::string model;  // "Model 3"
    int year = 0;
    Powertrain powertrain = Powertrain::kBev;
    Region region = Region::kUs;
    contract::Mode mode = contract::Mode::kLive;
    PermissionSet permissions = {};  // whose endpoints it can serve; the rest is VEHICLE_NOT_CAPABLE
    CommandSet commands = {};        // which it obeys
    PermissionSet unsupported = {};  // what the platform does not offer for its make: SMARTCAR_NOT_CAPABLE
    std::optional<Destination> destination = {};
    State state = {};

    [[nodiscard]] bool can(std::string_view permission) const { return permissions.contains(permission); }
    bool operator==(const Vehicle&) const = default;
};

}  // namespace smartcar_sim::vehicle
