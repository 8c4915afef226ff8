// The fixtures we ship, read from the source tree.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "catch.h"
#include "document/json.h"
#include "document/pointer.h"
#include "source_folder.h"
#include "vehicle/fixture.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

// The names of all of them, sorted.
inline std::vector<std::string> shipped_names() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(source_folder() + "/fixtures/vehicles")) {
        names.push_back(entry.path().stem().string());
    }
    std::ranges::sort(names);
    return names;
}

inline Vehicle shipped(const std::string& name) {
    const auto file = document::read_file(source_folder() + "/fixtures/vehicles/" + name + ".json");
    REQUIRE(file.ok());
    const auto vehicle = load(file.value());
    if (!vehicle.ok()) FAIL(document::explain_error(vehicle.error(), file.value().text));
    return vehicle.value();
}

inline std::vector<Vehicle> shipped_fleet() {
    std::vector<Vehicle> fleet;
    for (const std::string& name : shipped_names()) fleet.push_back(shipped(name));
    return fleet;
}

}  // namespace smartcar_sim::vehicle
