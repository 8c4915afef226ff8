// The fixtures we ship, as files: who they are.
#include "vehicle/shipped_fixtures.h"

#include <cctype>
#include <set>
#include <string>
#include <vector>

#include "vehicle/ask.h"
#include "vehicle/signals.h"
#include "vehicle/vin.h"

namespace smartcar_sim::vehicle {
namespace {

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return text;
}

bool has(const Vehicle& vehicle, Region region, Powertrain powertrain) {
    return vehicle.region == region && vehicle.powertrain == powertrain;
}

TEST_CASE("every shipped fixture loads, under its own id and VIN") {
    std::set<std::string> ids, vins;
    for (const Vehicle& vehicle : shipped_fleet()) {
        ids.insert(vehicle.id);
        vins.insert(vehicle.vin);
    }
    CHECK(ids.size() == shipped_names().size());
    CHECK(vins.size() == shipped_names().size());
}

TEST_CASE("a shipped fixture's file is named after its make and its year") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        CAPTURE(vehicle.fixture);
        CHECK(vehicle.fixture.starts_with(lower(vehicle.make) + "-"));
        CHECK(vehicle.fixture.ends_with("-" + std::to_string(vehicle.year)));
    }
}

TEST_CASE("every shipped VIN has 17 characters, and outside Europe the right check digit") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        CAPTURE(vehicle.fixture, vehicle.vin);
        REQUIRE(is_vin(vehicle.vin));
        CHECK((vehicle.region == Region::kEurope || has_valid_check_digit(vehicle.vin)));
    }
}

TEST_CASE("battery and charge are served to whom the fixture allows it, and engines alone have neither") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        CAPTURE(vehicle.fixture);
        const bool plugs_in = vehicle.powertrain == Powertrain::kBev || vehicle.powertrain == Powertrain::kPhev;
        CHECK(error_of("/battery", vehicle).empty() == plugs_in);
        CHECK(error_of("/charge", vehicle).empty() == vehicle.can("read_charge"));
        CHECK((plugs_in || !vehicle.can("read_charge")));
    }
}

TEST_CASE("no battery electric fixture says anything about fuel or oil") {
    for (const Vehicle& vehicle : shipped_fleet()) {
        if (vehicle.powertrain != Powertrain::kBev) continue;
        CAPTURE(vehicle.fixture);
        CHECK_FALSE(vehicle.can("read_fuel"));
        CHECK_FALSE(vehicle.can("read_engine_oil"));
    }
}

TEST_CASE("the fleet covers both modes, every region and every powertrain") {
    const std::vector<Vehicle> fleet = shipped_fleet();
    CHECK(fleet.size() >= 16);
    for (const auto mode : {contract::Mode::kLive, contract::Mode::kSimulated}) {
        CHECK(std::ranges::count(fleet, mode, &Vehicle::mode) > 0);
    }
    for (const auto region : {Region::kUs, Region::kCanada, Region::kEurope}) {
        CHECK(std::ranges::count(fleet, region, &Vehicle::region) > 0);
    }
    for (const auto powertrain : {Powertrain::kBev, Powertrain::kPhev, Powertrain::kHev, Powertrain::kIce}) {
        CHECK(std::ranges::count(fleet, powertrain, &Vehicle::powertrain) > 0);
    }
}

TEST_CASE("the US and Europe each have a battery electric, a plug-in hybrid and a combustion fixture") {
    const std::vector<Vehicle> fleet = shipped_fleet();
    for (const auto region : {Region::kUs, Region::kEurope}) {
        for (const auto powertrain : {Powertrain::kBev, Powertrain::kPhev, Powertrain::kIce}) {
            CAPTURE(name_of(region), name_of(powertrain));
            CHECK(std::ranges::any_of(fleet, [&](const Vehicle& each) { return has(each, region, powertrain); }));
        }
    }
}

TEST_CASE("a fixture's VIN is a signal when it may be read") {
    int readable = 0;
    for (const Vehicle& vehicle : shipped_fleet()) {
        CAPTURE(vehicle.fixture);
        const std::vector<std::string> reported = reported_signals(vehicle);
        const bool is_signal = std::ranges::find(reported, "vehicleidentification-vin") != reported.end();
        CHECK(is_signal == vehicle.can("read_vin"));
        readable += is_signal ? 1 : 0;
    }
    CHECK(readable > 1);
}

}  // namespace
}  // namespace smartcar_sim::vehicle
