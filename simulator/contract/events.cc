#include "contract/events.h"

#include <algorithm>
#include <array>

namespace smartcar_sim::contract {
namespace {

constexpr std::array kEvents = {
    EventType{"CHARGING_STARTED", "Charging started", "charging"},
    EventType{"CHARGING_STOPPED", "Charging stopped", "charging"},
    EventType{"CHARGING_COMPLETED", "Charging completed", "charging"},
    EventType{"", "System Status changed", "diagnostics"},
    EventType{"", "Diagnostic Trouble Code active", "diagnostics"},
    EventType{"", "Diagnostic Trouble Code cleared", "diagnostics"},
};

}  // namespace

std::span<const EventType> events() { return kEvents; }

const EventType* find_event(std::string_view name) {
    if (name.empty()) return nullptr;
    const auto found = std::ranges::find(kEvents, name, &EventType::name);
    return found == kEvents.end() ? nullptr : &*found;
}

}  // namespace smartcar_sim::contract
