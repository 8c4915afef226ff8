#include "platform/account.h"

#include <algorithm>
#include <utility>

#include "platform/special_login.h"
#include "vehicle/test_mode.h"

namespace smartcar_sim::platform {
namespace {

using Vehicles = std::vector<VehiclePtr>;

VehiclePtr find_vin(const Records& records, std::string_view vin) {
    const auto found =
        std::ranges::find_if(records.vehicles, [&](const VehicleRecord& record) { return record.vehicle->vin == vin; });
    return found == records.vehicles.end() ? nullptr : found->vehicle;
}

Vehicles of_brand(const Records& records, const Visit& visit, std::string_view make, std::size_t most) {
    Vehicles vehicles;
    for (const VehicleRecord& record : records.vehicles) {
        if (vehicles.size() == most) break;
        if (record.vehicle->make == make && is_for(*record.vehicle, visit)) vehicles.push_back(record.vehicle);
    }
    return vehicles;
}

// --- vehicles that are made up -----------------------------------------------------------------

struct Guest {
    std::string vin;
    std::string make;
    vehicle::Level level = vehicle::Level::kAll;
};

VehiclePtr make_up(const Turn& turn, const Visit& visit, const Guest& guest) {
    vehicle::Vehicle vehicle =
        vehicle::test_vehicle(guest.level, turn.ids.uuid("guest vehicle", guest.vin, 0), turn.now);
    vehicle.fixture = "vin-" + base::lower_case(guest.vin);
    vehicle.vin = guest.vin;
    vehicle.make = guest.make;
    vehicle.model = "Test vehicle";
    if (visit.mode == contract::Mode::kLive) vehicle.mode = contract::Mode::kLive;
    vehicle.region = visit.region.value_or(vehicle::Region::kUs);
    return std::make_shared<const vehicle::Vehicle>(std::move(vehicle));
}

// "0SC", four letters of the make and ten digits: the form of Smartcar's own fake VINs.
std::string guest_vin(const Turn& turn, std::string_view make, std::size_t ordinal) {
    constexpr std::size_t kLetters = 4;
    constexpr std::size_t kDigits = 10;
    std::string letters(make.substr(0, kLetters));
    letters.resize(kLetters, '0');
    std::ranges::replace(letters, '_', '0');
    std::string digits = turn.ids.uuid("guest vin", make, ordinal);
    std::erase(digits, '-');
    return "0SC" + letters + base::upper_case(digits.substr(0, kDigits));
}

// The brand that the VIN names, where it is one of Smartcar's fake ones of an Audi, else the one at whose page it is.
std::string make_of(std::string_view vin, const Login& login) {
    return vin.starts_with("0SCAUDI") ? "AUDI" : login.make;
}

VehiclePtr with_vin(const Turn& turn, const Visit& visit, const Login& login, const OneVehicle& wanted) {
    if (VehiclePtr known = find_vin(turn.records, wanted.vin)) return known;
    return make_up(turn, visit, {.vin = wanted.vin, .make = make_of(wanted.vin, login), .level = wanted.level});
}

Vehicles several(const Turn& turn, const Visit& visit, const Login& login, std::size_t count) {
    Vehicles vehicles = of_brand(turn.records, visit, login.make, count);
    for (std::size_t ordinal = 0; vehicles.size() < count; ++ordinal) {
        const VehiclePtr guest = with_vin(turn, visit, login, {.vin = guest_vin(turn, login.make, ordinal)});
        const bool there = std::ranges::any_of(vehicles, [&](const auto& each) { return each->vin == guest->vin; });
        if (!there) vehicles.push_back(guest);
    }
    return vehicles;
}

// --- what the account shows -----------------------------------------------------------------------

Vehicles vehicles_of(const Turn& turn, const Visit& visit, const Login& login, const SpecialLogin& special) {
    if (const auto* const one = std::get_if<OneVehicle>(&special)) return {with_vin(turn, visit, login, *one)};
    if (const auto* const some = std::get_if<SeveralVehicles>(&special)) {
        return several(turn, visit, login, some->count);
    }
    return of_brand(turn.records, visit, login.make, kMostVehicles);
}

bool granted_before(const Turn& turn, const Visit& visit, const vehicle::Vehicle& vehicle) {
    const VehicleRecord* const record = turn.records.find_vehicle(vehicle.id);
    if (record == nullptr || !record->granted) return false;
    return record->granted->contains(vehicle::PermissionSet(visit.permissions));
}

Trouble failing(const Turn& turn, const Visit& visit, const Login& login, const FailingLogin& failed) {
    if (failed.error != ConnectError::kVehicleIncompatible) return {.error = failed.error};
    return {.error = failed.error, .about = about(*with_vin(turn, visit, login, {.vin = failed.vin}))};
}

}  // namespace

bool serves(const vehicle::Vehicle& vehicle, contract::Mode mode) {
    return (vehicle.mode == contract::Mode::kLive) == (mode == contract::Mode::kLive);
}

bool is_for(const vehicle::Vehicle& vehicle, const Visit& visit) {
    return serves(vehicle, visit.mode) && (!visit.region || vehicle.region == *visit.region) &&
           (visit.vin.empty() || vehicle.vin == visit.vin);
}

Scope scope_of(const Visit& visit) { return {.permissions = visit.permissions, .required = visit.required}; }

base::Fields about(const vehicle::Vehicle& vehicle) {
    return {
        {"make", vehicle.make}, {"vin", vehicle.vin}, {"model", vehicle.model}, {"year", std::to_string(vehicle.year)}};
}

SignedIn sign_in(const Turn& turn, const Visit& visit, const Login& login) {
    const SpecialLogin special = parse_login(login.username);
    if (const auto* const failed = std::get_if<FailingLogin>(&special)) return failing(turn, visit, login, *failed);
    const Vehicles vehicles = vehicles_of(turn, visit, login, special);
    if (vehicles.empty()) return Trouble{.error = ConnectError::kNoVehicles};
    const Scope scope = scope_of(visit);
    Account account{.vehicles = {}, .granted_before = true};
    account.vehicles.reserve(vehicles.size());
    for (const VehiclePtr& vehicle : vehicles) {
        account.vehicles.push_back({.vehicle = vehicle, .suits = scope.suits(*vehicle)});
        if (account.vehicles.back().suits && !granted_before(turn, visit, *vehicle)) account.granted_before = false;
    }
    if (std::ranges::any_of(account.vehicles, &AccountVehicle::suits)) return account;
    return Trouble{.error = ConnectError::kVehicleIncompatible, .about = about(*vehicles.front())};
}

VehicleRecord& enlist(Records& records, const std::string& user_id, const VehiclePtr& vehicle) {
    if (VehicleRecord* const record = records.find_vehicle(vehicle->id)) return *record;
    return records.enlist({.vehicle = vehicle, .user_id = std::make_shared<const std::string>(user_id)});
}

void remember_external_id(Records& records, const std::string& user_id, const std::optional<std::string>& external_id) {
    if (!external_id) return;
    if (*external_id == "null") {
        records.external_ids.erase(user_id);
    } else {
        records.external_ids[user_id] = *external_id;
    }
}

}  // namespace smartcar_sim::platform
