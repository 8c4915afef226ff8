// Sets of permissions and of commands.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "contract/signals.h"
#include "vehicle/api_v2.h"
#include "vehicle/commands.h"
#include "vehicle/commands_v2.h"
#include "vehicle/permissions.h"

namespace smartcar_sim::vehicle {
namespace {

TEST_CASE("the permissions are the 28 of the contract, and all that anything asks for is among them") {
    CHECK(permissions().size() == 28);
    CHECK(std::set<std::string_view>(permissions().begin(), permissions().end()).size() == 28);
    for (const std::string_view name : permissions()) CHECK(is_permission(name));
    CHECK_FALSE(is_permission("read_everything"));
    CHECK_FALSE(is_permission(""));
    for (const auto table : {endpoints(), make_endpoints()}) {
        for (const Endpoint& row : table) CHECK((row.permission.empty() || is_permission(row.permission)));
    }
    for (const Orders& row : orders()) CHECK(is_permission(row.permission));
    for (const CommandName& row : command_names()) CHECK(is_permission(row.permission));
    for (const contract::Signal& signal : contract::signals()) {
        CHECK((signal.permission.empty() || is_permission(signal.permission)));
    }
}

TEST_CASE("a set of permissions holds what was put in, in the order of the contract") {
    PermissionSet set{"read_vin", "read_battery"};
    CHECK(set.names() == std::vector<std::string>{"read_battery", "read_vin"});
    set.add("control_trunk");
    set.add("read_vin");
    set.remove("read_battery");
    set.remove("read_fuel");
    CHECK(set.names() == std::vector<std::string>{"read_vin", "control_trunk"});
    CHECK(set.contains("control_trunk"));
    CHECK_FALSE(set.contains("read_battery"));
    CHECK(set == PermissionSet(std::vector<std::string>{"control_trunk", "read_vin"}));
}

TEST_CASE("what is no permission is in no set, not even in that of all") {
    PermissionSet set{"read_everything"};
    set.add("");
    CHECK(set.empty());
    CHECK_FALSE(PermissionSet::all().contains("read_everything"));
    CHECK_FALSE(PermissionSet::all().contains(""));
    CHECK(PermissionSet::all().names().size() == permissions().size());
}

TEST_CASE("sets of permissions are compared and joined") {
    const PermissionSet small{"read_vin"};
    const PermissionSet large{"read_vin", "read_fuel"};
    const PermissionSet other{"read_fuel", "control_pin"};
    CHECK(large.contains(small));
    CHECK_FALSE(small.contains(large));
    CHECK(small.contains(PermissionSet()));
    CHECK(large.both(other) == PermissionSet{"read_fuel"});
    CHECK(large.either(other) == PermissionSet{"read_vin", "read_fuel", "control_pin"});
    CHECK(small.both(other).empty());
}

TEST_CASE("commands stand in the order of their kinds, each under a name of its own") {
    std::set<std::string_view> names;
    for (std::size_t kind = 0; kind < command_names().size(); ++kind) {
        const CommandName& row = command_names()[kind];
        CAPTURE(row.name);
        CHECK(static_cast<std::size_t>(row.kind) == kind);
        CHECK(&name_of(row.kind) == &row);
        CHECK(find_command(row.name) == &row);
        names.insert(row.name);
    }
    CHECK(names.size() == 13);
    CHECK(find_command("fly") == nullptr);
}

TEST_CASE("a set of commands holds what was put in") {
    CommandSet set{CommandKind::kPin, CommandKind::kLock};
    CHECK(set.names() == std::vector<std::string>{"lock", "pin"});
    CHECK(set.contains(CommandKind::kLock));
    CHECK_FALSE(set.contains(CommandKind::kUnlock));
    set.add(CommandKind::kUnlock);
    CHECK(set.names() == std::vector<std::string>{"lock", "unlock", "pin"});
    CHECK(CommandSet::all().names().size() == command_names().size());
    CHECK(CommandSet().names().empty());
}

}  // namespace
}  // namespace smartcar_sim::vehicle
