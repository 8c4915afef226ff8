#include "vehicle/commands.h"

#include <algorithm>
#include <array>

namespace smartcar_sim::vehicle {
namespace {

constexpr std::array<CommandName, 13> kCommands{{
    {CommandKind::kLock, "lock", "control_security"},
    {CommandKind::kUnlock, "unlock", "control_security"},
    {CommandKind::kStartCharge, "startCharge", "control_charge"},
    {CommandKind::kStopCharge, "stopCharge", "control_charge"},
    {CommandKind::kSetChargeLimit, "setChargeLimit", "control_charge"},
    {CommandKind::kSendDestination, "sendDestination", "control_navigation"},
    {CommandKind::kOpenChargePort, "openChargePort", "control_charge"},
    {CommandKind::kCloseChargePort, "closeChargePort", "control_charge"},
    {CommandKind::kSetAmperage, "setAmperage", "control_charge"},
    {CommandKind::kSetChargeSchedule, "setChargeSchedule", "control_charge"},
    {CommandKind::kClimate, "climate", "control_climate"},
    {CommandKind::kTrunk, "trunk", "control_trunk"},
    {CommandKind::kPin, "pin", "control_pin"},
}};

}  // namespace

std::span<const CommandName> command_names() { return kCommands; }

const CommandName& name_of(CommandKind kind) { return kCommands.at(static_cast<std::size_t>(kind)); }

const CommandName* find_command(std::string_view name) {
    const auto* const found = std::ranges::find(kCommands, name, &CommandName::name);
    return found == kCommands.end() ? nullptr : found;
}

CommandSet CommandSet::all() {
    CommandSet set;
    for (const CommandName& each : kCommands) set.add(each.kind);
    return set;
}

std::vector<std::string> CommandSet::names() const {
    std::vector<std::string> names;
    names.reserve(kCommands.size());
    for (const CommandName& each : kCommands) {
        if (contains(each.kind)) names.emplace_back(each.name);
    }
    return names;
}

}  // namespace smartcar_sim::vehicle
