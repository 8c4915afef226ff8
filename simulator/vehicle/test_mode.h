// The vehicles of test mode (contract/api.md section 9.3): made up, and able to do what their level says.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

enum class Level {
    kAll,      // "compatible", "phev": everything
    kBattery,  // "bev": all but what an engine needs
    kFuel,     // "fuel": all but what a battery needs
};
// The words for a level, those of vehicles that cannot be connected ("incompatible", "dinosaur") among them.
[[nodiscard]] std::span<const std::string_view> level_words();
// Nothing for a word of which no vehicle can be connected, and for any other text.
[[nodiscard]] std::optional<Level> parse_level(std::string_view word);

// The sample vehicle (sample.h) in simulated mode, less what its level leaves out; obeys every command.
[[nodiscard]] Vehicle test_vehicle(Level level, std::string id, base::Instant at);

}  // namespace smartcar_sim::vehicle
