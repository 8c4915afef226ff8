#include "vehicle/compatibility.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>
#include <variant>

#include "base/text.h"
#include "vehicle/api_v2.h"
#include "vehicle/commands_v2.h"
#include "vehicle/test_mode.h"

namespace smartcar_sim::vehicle {
namespace {

using document::Array;
using document::Object;
using document::Value;

constexpr std::string_view kVehicleNotCapable = "VEHICLE_NOT_CAPABLE";
constexpr std::string_view kPlatformNotCapable = "SMARTCAR_NOT_CAPABLE";

// --- who answers for a VIN ------------------------------------------------------------------------------

std::size_t common_beginning(std::string_view left, std::string_view right) {
    return static_cast<std::size_t>(std::ranges::mismatch(left, right).in1 - left.begin());
}

// How the VINs of each maker begin, as far as the fleet's do not say it: the world manufacturer identifiers in use.
struct Maker {
    std::string_view beginning;
    std::string_view make;
};
// clang-format off
constexpr std::array kMakers{
    Maker{"19U", "ACURA"}, Maker{"5J8", "ACURA"}, Maker{"JH4", "ACURA"},
    Maker{"TRU", "AUDI"}, Maker{"WA1", "AUDI"}, Maker{"WAU", "AUDI"},
    Maker{"5UX", "BMW"}, Maker{"WBA", "BMW"}, Maker{"WBS", "BMW"}, Maker{"WBX", "BMW"}, Maker{"WBY", "BMW"},
    Maker{"1G4", "BUICK"}, Maker{"5GA", "BUICK"}, Maker{"LC0", "BYD"}, Maker{"LGX", "BYD"},
    Maker{"1G6", "CADILLAC"}, Maker{"1GY", "CADILLAC"},
    Maker{"1G1", "CHEVROLET"}, Maker{"1GC", "CHEVROLET"}, Maker{"1GN", "CHEVROLET"}, Maker{"2G1", "CHEVROLET"},
    Maker{"3GC", "CHEVROLET"}, Maker{"3GN", "CHEVROLET"},
    Maker{"VF7", "CITROEN"}, Maker{"VR7", "CITROEN"},
    Maker{"1FA", "FORD"}, Maker{"1FM", "FORD"}, Maker{"1FT", "FORD"}, Maker{"2FM", "FORD"}, Maker{"3FA", "FORD"},
    Maker{"3FM", "FORD"}, Maker{"WF0", "FORD"},
    Maker{"1GK", "GMC"}, Maker{"1GT", "GMC"},
    Maker{"5NM", "HYUNDAI"}, Maker{"5NP", "HYUNDAI"}, Maker{"KM8", "HYUNDAI"}, Maker{"KMH", "HYUNDAI"},
    Maker{"TMA", "HYUNDAI"},
    Maker{"SAD", "JAGUAR"}, Maker{"SAJ", "JAGUAR"},
    Maker{"5XY", "KIA"}, Maker{"KNA", "KIA"}, Maker{"KND", "KIA"}, Maker{"U5Y", "KIA"},
    Maker{"SAL", "LAND_ROVER"}, Maker{"JTH", "LEXUS"}, Maker{"JTJ", "LEXUS"}, Maker{"5LM", "LINCOLN"},
    Maker{"JM1", "MAZDA"}, Maker{"JM3", "MAZDA"},
    Maker{"4JG", "MERCEDES_BENZ"}, Maker{"W1K", "MERCEDES_BENZ"}, Maker{"W1N", "MERCEDES_BENZ"},
    Maker{"WDC", "MERCEDES_BENZ"}, Maker{"WDD", "MERCEDES_BENZ"},
    Maker{"WMW", "MINI"},
    Maker{"1N4", "NISSAN"}, Maker{"5N1", "NISSAN"}, Maker{"JN1", "NISSAN"}, Maker{"JN8", "NISSAN"},
    Maker{"SJN", "NISSAN"},
    Maker{"W0L", "OPEL"}, Maker{"W0V", "OPEL"}, Maker{"VF3", "PEUGEOT"}, Maker{"VR3", "PEUGEOT"},
    Maker{"LPS", "POLESTAR"}, Maker{"VF1", "RENAULT"}, Maker{"7FC", "RIVIAN"}, Maker{"7PD", "RIVIAN"},
    Maker{"TMB", "SKODA"}, Maker{"4S3", "SUBARU"}, Maker{"4S4", "SUBARU"}, Maker{"JF1", "SUBARU"},
    Maker{"JF2", "SUBARU"},
    Maker{"5YJ", "TESLA"}, Maker{"7SA", "TESLA"}, Maker{"LRW", "TESLA"}, Maker{"XP7", "TESLA"},
    Maker{"2T1", "TOYOTA"}, Maker{"2T3", "TOYOTA"}, Maker{"4T1", "TOYOTA"}, Maker{"5TD", "TOYOTA"},
    Maker{"5YF", "TOYOTA"}, Maker{"JTD", "TOYOTA"}, Maker{"JTE", "TOYOTA"}, Maker{"JTM", "TOYOTA"},
    Maker{"1VW", "VOLKSWAGEN"}, Maker{"3VW", "VOLKSWAGEN"}, Maker{"WVG", "VOLKSWAGEN"}, Maker{"WVW", "VOLKSWAGEN"},
    Maker{"YV1", "VOLVO"}, Maker{"YV4", "VOLVO"},
};
// clang-format on

// Empty when nobody knows.
std::string_view make_of(std::string_view vin, std::span<const Vehicle* const> fleet) {
    constexpr std::size_t kMaker = 3;
    const auto kin =
        std::ranges::find_if(fleet, [&](const Vehicle* each) { return common_beginning(each->vin, vin) >= kMaker; });
    if (kin != fleet.end()) return (*kin)->make;
    const auto* const maker =
        std::ranges::find_if(kMakers, [&](const Maker& each) { return vin.starts_with(each.beginning); });
    return maker == kMakers.end() ? std::string_view() : maker->make;
}

const Vehicle& battery_electric() {
    static const Vehicle kVehicle = test_vehicle(Level::kBattery, {}, {});
    return kVehicle;
}

// What the SDKs' own tests ask for.
std::optional<Verdict> known(std::string_view vin) {
    if (vin == "5YJXCDE22HF068739") return Verdict{.vehicle = &battery_electric()};
    if (vin == "WAUAFAFL1GN014882") return Verdict{.vehicle = &battery_electric(), .offers_nothing = true};
    if (vin == "WBAKE5C58DJ107700") return Verdict{.reason = Incompatible::kVehicle};
    return std::nullopt;
}

// --- endpoints and what a vehicle can of them -------------------------------------------------------------

// A command's path and what is done there.
struct Place {
    std::string_view path;
    CommandKind kind;
};
constexpr std::array<Place, 10> kPlaces{{
    {"/security", CommandKind::kLock},
    {"/charge", CommandKind::kStartCharge},
    {"/charge/limit", CommandKind::kSetChargeLimit},
    {"/navigation/destination", CommandKind::kSendDestination},
    {"/tesla/climate/cabin", CommandKind::kClimate},
    {"/tesla/climate/defroster", CommandKind::kClimate},
    {"/tesla/climate/steering_wheel", CommandKind::kClimate},
    {"/tesla/pin", CommandKind::kPin},
    {"/tesla/security/frunk", CommandKind::kTrunk},
    {"/tesla/security/trunk", CommandKind::kTrunk},
}};

// One way of using a permission; `make` is empty for every make.
struct Use {
    std::string_view path;
    std::string_view make;
    const Endpoint* endpoint = nullptr;        // of a reading
    CommandKind command = CommandKind::kLock;  // else
};

std::vector<Use> uses_of(std::string_view permission) {
    std::vector<Use> uses;
    for (std::size_t row = 0; const Endpoint* endpoint = endpoint_at(row); ++row) {
        if (endpoint->permission != permission) continue;
        uses.push_back({.path = endpoint->path, .make = endpoint->make, .endpoint = endpoint});
    }
    for (const Place& place : kPlaces) {
        const auto order = std::ranges::find(orders(), place.path, &Orders::path);
        if (order == orders().end() || order->permission != permission) continue;
        uses.push_back({.path = place.path, .make = order->make, .command = place.kind});
    }
    return uses;
}

// Those of every make; of a permission that has none, those of the vehicle's make, or else one of some other.
std::vector<Use> uses_by(const Vehicle& vehicle, std::string_view permission) {
    const std::vector<Use> all = uses_of(permission);
    for (const std::string_view make : {std::string_view(), std::string_view(vehicle.make)}) {
        std::vector<Use> uses;
        std::ranges::copy_if(all, std::back_inserter(uses), [&](const Use& use) { return use.make == make; });
        if (!uses.empty()) return uses;
    }
    return all.empty() ? all : std::vector<Use>{all.front()};
}

// Why the vehicle cannot; empty when it can.
std::string_view obstacle(const Vehicle& vehicle, std::string_view permission, const Use& use) {
    if (vehicle.unsupported.contains(permission)) return kPlatformNotCapable;
    if (!vehicle.can(permission)) return kVehicleNotCapable;
    if (use.endpoint == nullptr) {
        const bool own = use.make.empty() || use.make == vehicle.make;
        return own && vehicle.commands.contains(use.command) ? "" : kVehicleNotCapable;
    }
    const Answer said = read(*use.endpoint, vehicle, {});
    const auto* const error = std::get_if<contract::ApiError>(&said);
    return error != nullptr && error->type == "COMPATIBILITY" ? kVehicleNotCapable : "";
}

Value capability(const std::string& permission, const Value& path, std::string_view reason) {
    return Object{{"permission", permission},
                  {"endpoint", path},
                  {"capable", reason.empty()},
                  {"reason", reason.empty() ? Value(nullptr) : Value(std::string(reason))}};
}

Array capabilities_of(const Verdict& verdict, const std::string& permission) {
    Array list;
    const Vehicle& vehicle = *verdict.vehicle;
    for (const Use& use : uses_by(vehicle, permission)) {
        const auto reason = verdict.offers_nothing ? kPlatformNotCapable : obstacle(vehicle, permission, use);
        list.push_back(capability(permission, std::string(use.path), reason));
    }
    if (list.empty()) list.push_back(capability(permission, nullptr, kPlatformNotCapable));
    return list;
}

// --- the matrix -----------------------------------------------------------------------------------------

// What people call the permissions, in the order of these names. Seven are the contract's example, the others ours.
struct Named {
    std::string_view permission;
    std::string_view name;
};
constexpr std::array<Named, 13> kNames{{
    {"read_battery", "EV battery"},
    {"read_charge", "EV charging status"},
    {"control_charge", "EV start & stop charge"},
    {"read_engine_oil", "Engine oil life"},
    {"read_fuel", "Fuel tank"},
    {"read_location", "Location"},
    {"control_security", "Lock & unlock"},
    {"read_security", "Lock status"},
    {"control_navigation", "Navigation destination"},
    {"read_odometer", "Odometer"},
    {"read_service_history", "Service history"},
    {"read_diagnostics", "System status"},
    {"read_tires", "Tire pressure"},
}};

struct ModelRow {
    std::string model;
    Powertrain powertrain = Powertrain::kBev;
    int first_year = 0;
    int last_year = 0;
    PermissionSet permissions = {};
};
using Rows = std::map<std::string, std::vector<ModelRow>>;  // by make

bool is_asked_for(const Vehicle& vehicle, const MatrixQuestion& question) {
    const bool make = question.makes.empty() || std::ranges::find(question.makes, vehicle.make) != question.makes.end();
    return make && vehicle.mode == contract::Mode::kLive && vehicle.region == question.region &&
           question.powertrain.value_or(vehicle.powertrain) == vehicle.powertrain;
}

void add(Rows& rows, const Vehicle& vehicle) {
    auto& models = rows[vehicle.make];
    auto found = std::ranges::find_if(models, [&](const ModelRow& row) {
        return row.model == vehicle.model && row.powertrain == vehicle.powertrain;
    });
    if (found == models.end()) {
        models.push_back({vehicle.model, vehicle.powertrain, vehicle.year, vehicle.year});
        found = models.end() - 1;
    }
    found->first_year = std::min(found->first_year, vehicle.year);
    found->last_year = std::max(found->last_year, vehicle.year);
    found->permissions = found->permissions.either(vehicle.permissions);
}

Value shown(const ModelRow& row) {
    Array endpoints;
    Array permissions;
    for (const Named& named : kNames) {
        if (!row.permissions.contains(named.permission)) continue;
        endpoints.emplace_back(std::string(named.name));
        permissions.emplace_back(std::string(named.permission));
    }
    return Object{{"model", row.model},
                  {"startYear", row.first_year},
                  {"endYear", row.last_year},
                  {"type", std::string(name_of(row.powertrain))},
                  {"endpoints", std::move(endpoints)},
                  {"permissions", std::move(permissions)}};
}

}  // namespace

Verdict judge(std::string_view vin, Region region, std::span<const Vehicle* const> fleet) {
    const auto itself = std::ranges::find_if(fleet, [&](const Vehicle* each) { return each->vin == vin; });
    if (itself != fleet.end()) return {.vehicle = *itself};
    if (const auto verdict = known(vin)) return *verdict;
    const std::string_view make = make_of(vin, fleet);
    Verdict verdict{.reason = Incompatible::kMake};
    std::size_t nearest = 0;
    for (const Vehicle* const each : fleet) {
        if (each->make != make) continue;
        if (verdict.vehicle == nullptr) verdict.reason = Incompatible::kVehicle;
        const std::size_t common = common_beginning(each->vin, vin);
        if (each->region != region || (verdict.vehicle != nullptr && common <= nearest)) continue;
        nearest = common;
        verdict = {.vehicle = each};
    }
    return verdict;
}

std::optional<Region> region_of(std::string_view country) {
    // The European Union with its neighbours in the free trade area, and the United Kingdom: the contract names no
    // list.
    constexpr std::array<std::string_view, 32> kEurope{"AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI",
                                                       "FR", "GB", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU",
                                                       "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"};
    if (country == "US") return Region::kUs;
    if (country == "CA") return Region::kCanada;
    return std::ranges::find(kEurope, country) == kEurope.end() ? std::nullopt : std::optional(Region::kEurope);
}

Value compatibility_body(const Verdict& verdict, std::span<const std::string> permissions) {
    Array capabilities;
    if (verdict.vehicle != nullptr) {
        for (const std::string& permission : permissions) {
            for (Value& each : capabilities_of(verdict, permission)) capabilities.push_back(std::move(each));
        }
    }
    Value reason;
    if (verdict.reason) {
        reason = *verdict.reason == Incompatible::kMake ? "MAKE_NOT_COMPATIBLE" : "VEHICLE_NOT_COMPATIBLE";
    }
    return Object{{"compatible", verdict.vehicle != nullptr},
                  {"reason", std::move(reason)},
                  {"capabilities", std::move(capabilities)}};
}

Value compatibility_matrix(std::span<const Vehicle* const> fleet, const MatrixQuestion& question) {
    Rows rows;
    for (const Vehicle* const each : fleet) {
        if (is_asked_for(*each, question)) add(rows, *each);
    }
    Object matrix;
    for (const auto& [make, models] : rows) {
        Array shown_models;
        for (const ModelRow& row : models) {
            if (row.permissions.contains(question.scope)) shown_models.push_back(shown(row));
        }
        if (!shown_models.empty()) matrix.emplace_back(make, std::move(shown_models));
    }
    return matrix;
}

}  // namespace smartcar_sim::vehicle
