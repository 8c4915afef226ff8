// Which vehicles can be connected, and what of them (contract/api.md sections 4.23 and 10.5): from a car, and from a
// fleet by a VIN.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/value.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

// Who is asked about: a vehicle, or why there is none.
enum class Incompatible {
    kVehicle,  // VEHICLE_NOT_COMPATIBLE: its make is known, this one is not
    kMake,     // MAKE_NOT_COMPATIBLE
};

// What can be said of a VIN.
struct Verdict {
    std::optional<Incompatible> reason = {};
    // That answers for it: the car itself, or the fleet's nearest of its make and region.
    const Vehicle* vehicle = nullptr;
    // Of which the platform offers nothing, although it can be connected.
    bool offers_nothing = false;
};
// By the whole VIN, or else by its maker, which the first three characters tell: of the fleet's vehicles of that make
// and region the one whose VIN begins most alike answers. Three VINs that the SDKs' own tests ask for are known
// whatever the fleet.
[[nodiscard]] Verdict judge(std::string_view vin, Region region, std::span<const Vehicle* const> fleet);

// The region of a country as ISO 3166-1 spells it, "US"; nothing where there is none.
[[nodiscard]] std::optional<Region> region_of(std::string_view country);

// {"compatible":true,"reason":null,"capabilities":[{"permission","endpoint","capable","reason"}]}: an entry for every
// endpoint that a permission opens. Permissions are those of the contract.
[[nodiscard]] document::Value compatibility_body(const Verdict& verdict, std::span<const std::string> permissions);

// What the matrix is asked for; empty is all.
struct MatrixQuestion {
    Region region = Region::kUs;
    std::optional<Powertrain> powertrain = {};
    std::vector<std::string> makes = {};
    PermissionSet scope = {};  // models that have all of it
};
// {"NISSAN":[{"model","startYear","endYear","type","endpoints","permissions"}]}, makes in alphabetical order; without
// simulated vehicles and without what every car has.
[[nodiscard]] document::Value compatibility_matrix(std::span<const Vehicle* const> fleet,
                                                   const MatrixQuestion& question);

}  // namespace smartcar_sim::vehicle
