// Vehicles for tests: the few signals a test is about, and nothing else.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "base/clock.h"
#include "catch.h"
#include "vehicle/fixture.h"
#include "vehicle/permissions.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

inline constexpr base::Instant kRecordedAt{base::Milliseconds(1'767'225'600'000)};  // 2026-01-01T00:00:00.000Z

using Given = std::initializer_list<std::pair<std::string_view, document::Value>>;

inline Changes changes_of(Given given) {
    Changes changes;
    for (const auto& [code, value] : given) {
        const auto one = change(code, value);
        REQUIRE(one.ok());
        changes.push_back(one.value());
    }
    return changes;
}

inline State a_state(Given given) {
    State state;
    state.apply(changes_of(given), kRecordedAt);
    return state;
}

// Capable of everything.
inline Vehicle a_vehicle(Given given) {
    Vehicle vehicle;
    vehicle.id = "36ab27d0-fd9d-4455-823a-ce30af709ffc";
    vehicle.make = "TESLA";
    vehicle.model = "Model S";
    vehicle.year = 2014;
    vehicle.permissions = PermissionSet::all();
    vehicle.commands = CommandSet::all();
    vehicle.state = a_state(given);
    return vehicle;
}

}  // namespace smartcar_sim::vehicle
