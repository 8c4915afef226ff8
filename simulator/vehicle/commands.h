// What a vehicle can be told to do: the names that fixtures use, and the permission each needs.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smartcar_sim::vehicle {

enum class CommandKind {
    kLock,
    kUnlock,
    kStartCharge,
    kStopCharge,
    kSetChargeLimit,
    kSendDestination,
    kOpenChargePort,
    kCloseChargePort,
    kSetAmperage,
    kSetChargeSchedule,
    kClimate,
    kTrunk,
    kPin,
};

struct CommandName {
    CommandKind kind;
    std::string_view name;        // "setChargeLimit"
    std::string_view permission;  // "control_charge"
};
[[nodiscard]] std::span<const CommandName> command_names();  // in the order of the kinds
[[nodiscard]] const CommandName& name_of(CommandKind kind);
[[nodiscard]] const CommandName* find_command(std::string_view name);

// Some of them.
class CommandSet {
public:
    CommandSet() = default;
    CommandSet(std::initializer_list<CommandKind> kinds) {
        for (const CommandKind kind : kinds) add(kind);
    }
    [[nodiscard]] static CommandSet all();

    void add(CommandKind kind) { bits_ |= bit(kind); }
    [[nodiscard]] bool contains(CommandKind kind) const { return (bits_ & bit(kind)) != 0; }
    [[nodiscard]] std::vector<std::string> names() const;

    bool operator==(const CommandSet&) const = default;

private:
    static std::uint32_t bit(CommandKind kind) { return std::uint32_t{1} << static_cast<unsigned>(kind); }
    std::uint32_t bits_ = 0;
};

}  // namespace smartcar_sim::vehicle
