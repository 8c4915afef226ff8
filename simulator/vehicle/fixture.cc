#include "vehicle/fixture.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "base/ids.h"
#include "base/text.h"
#include "document/pointer.h"
#include "vehicle/permissions.h"
#include "vehicle/vin.h"

namespace smartcar_sim::vehicle {
namespace {

constexpr std::array<std::string_view, 13> kMembers{"formatVersion", "id",          "make",   "model", "year",
                                                    "vin",           "powertrain",  "region", "mode",  "permissions",
                                                    "commands",      "unsupported", "state"};

template <class T>
using Choice = std::pair<std::string_view, T>;

constexpr std::array<Choice<Powertrain>, 4> kPowertrains{
    {{"BEV", Powertrain::kBev}, {"PHEV", Powertrain::kPhev}, {"HEV", Powertrain::kHev}, {"ICE", Powertrain::kIce}}};
constexpr std::array<Choice<Region>, 3> kRegions{
    {{"US", Region::kUs}, {"CA", Region::kCanada}, {"EUROPE", Region::kEurope}}};
constexpr std::array<Choice<contract::Mode>, 2> kModes{
    {{"live", contract::Mode::kLive}, {"simulated", contract::Mode::kSimulated}}};

// Reads one member after the other and keeps the first error, so that load() reads like the file.
class Reader {
public:
    explicit Reader(const document::File& file) : file_(file) {
        if (file.root.object() == nullptr) {
            fail("bad_fixture", "a fixture is an object, not " + std::string(file.root.kind()), file.root.offset);
            return;
        }
        for (const auto& [name, value] : *file.root.object()) {
            if (std::ranges::find(kMembers, name) == kMembers.end()) {
                fail("unknown_member", "unknown member " + base::quoted(name) + document::did_you_mean(name, kMembers),
                     value.key_offset);
            }
        }
    }

    std::string text(std::string_view name) {
        const document::Value* const value = member(name);
        if (value == nullptr) return {};
        if (value->string() == nullptr) {
            fail_kind(name, "a string", *value);
            return {};
        }
        if (value->string()->empty()) fail("bad_value", base::quoted(name) + " must not be empty", value->offset);
        return *value->string();
    }

    int integer(std::string_view name, int least, int most) {
        const document::Value* const value = member(name);
        if (value == nullptr) return least;
        if (value->integer() != nullptr && *value->integer() >= least && *value->integer() <= most) {
            return static_cast<int>(*value->integer());
        }
        const std::string wanted = least == most
                                       ? std::to_string(least)
                                       : "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
        fail("bad_fixture", base::quoted(name) + " must be " + wanted, value->offset);
        return least;
    }

    template <class T, std::size_t kCount>
    T choice(std::string_view name, const std::array<Choice<T>, kCount>& choices) {
        const std::string given = text(name);
        std::array<std::string_view, kCount> names;
        for (std::size_t i = 0; i < kCount; ++i) {
            names[i] = choices[i].first;
            if (given == names[i]) return choices[i].second;
        }
        fail_at(name, "unknown " + std::string(name) + " " + base::quoted(given) +
                          document::meant_or_listed(given, names, "there are"));
        return choices.front().second;
    }

    PermissionSet permission_set(std::string_view name) {
        PermissionSet set;
        for (const document::Value& item : items_of(name, member(name), "permissions")) set.add(permission(item));
        return set;
    }

    // Empty when the member is absent; none of them is among `permissions`.
    PermissionSet unsupported_set(std::string_view name, const PermissionSet& permissions) {
        PermissionSet set;
        for (const document::Value& item : items_of(name, file_.root.find(name), "permissions")) {
            const std::string unsupported = permission(item);
            set.add(unsupported);
            if (!permissions.contains(unsupported)) continue;
            fail("bad_fixture", base::quoted(unsupported) + R"( is in "permissions" too: the car has it or lacks it)",
                 item.offset);
        }
        return set;
    }

    // The commands, each of which needs its permission.
    CommandSet command_set(std::string_view name, const PermissionSet& permissions) {
        CommandSet set;
        for (const document::Value& item : items_of(name, member(name), "commands")) {
            const CommandName* const command = find_command(text_of(item, "a command"));
            if (command == nullptr) {
                fail_name("command", item, names_of_commands());
            } else if (!permissions.contains(command->permission)) {
                fail(
                    "bad_fixture",
                    "command " + base::quoted(command->name) + " needs permission " + base::quoted(command->permission),
                    item.offset);
            } else {
                set.add(command->kind);
            }
        }
        return set;
    }

    Changes state(std::string_view name) {
        const document::Value* const value = member(name);
        if (value == nullptr) return {};
        base::Result<Changes> changes = parse_changes(*value, {.name = file_.name, .text = file_.text});
        if (changes.ok()) return std::move(changes).value();
        if (!error_) error_ = changes.error();
        return {};
    }

    // An objection to a member that was read.
    void fail_at(std::string_view name, std::string message) {
        const document::Value* const value = file_.root.find(name);
        if (value != nullptr) fail("bad_fixture", std::move(message), value->offset);
    }

    [[nodiscard]] const std::optional<base::Error>& error() const { return error_; }

private:
    const document::Value* member(std::string_view name) {
        const document::Value* const value = file_.root.find(name);
        if (value == nullptr) fail("bad_fixture", "the fixture lacks " + base::quoted(name), file_.root.offset);
        return value;
    }

    std::string permission(const document::Value& item) {
        std::string name = text_of(item, "a permission");
        if (!is_permission(name)) fail_name("permission", item, permissions());
        return name;
    }

    // The items of an array; none of what is not one, which is an error unless it is nothing.
    document::Array items_of(std::string_view name, const document::Value* list, std::string_view what) {
        if (list == nullptr) return {};
        if (list->array() != nullptr) return *list->array();
        fail_kind(name, "an array of " + std::string(what), *list);
        return {};
    }

    std::string text_of(const document::Value& item, std::string_view what) {
        if (item.string() != nullptr) return *item.string();
        fail("bad_fixture", std::string(what) + " must be a string, not " + std::string(item.kind()), item.offset);
        return {};
    }

    void fail_name(std::string_view what, const document::Value& item, std::span<const std::string_view> known) {
        if (item.string() == nullptr) return;  // which was said
        fail("bad_fixture",
             "unknown " + std::string(what) + " " + base::quoted(*item.string()) +
                 document::did_you_mean(*item.string(), known),
             item.offset);
    }

    static std::vector<std::string_view> names_of_commands() {
        std::vector<std::string_view> names;
        names.reserve(command_names().size());
        for (const CommandName& command : command_names()) names.push_back(command.name);
        return names;
    }

    void fail_kind(std::string_view name, std::string_view wanted, const document::Value& value) {
        fail("bad_fixture",
             base::quoted(name) + " must be " + std::string(wanted) + ", not " + std::string(value.kind()),
             value.offset);
    }

    void fail(std::string code, std::string message, std::size_t offset) {
        if (error_) return;
        error_ = base::Error{.code = std::move(code),
                             .message = std::move(message),
                             .place = document::place_of(file_.name, file_.text, offset)};
    }

    const document::File& file_;
    std::optional<base::Error> error_;
};

std::string stem_of(std::string_view path) {
    path.remove_prefix(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
    constexpr std::string_view kExtension = ".json";
    if (path.ends_with(kExtension)) path.remove_suffix(kExtension.size());
    return std::string(path);
}

void check_identity(Reader& reader, const Vehicle& vehicle) {
    if (!base::is_uuid(vehicle.id) || vehicle.id != base::lower_case(vehicle.id)) {
        reader.fail_at("id", R"("id" must be a UUID in lower case)");
    }
    if (vehicle.make != base::upper_case(vehicle.make)) {
        reader.fail_at("make", R"("make" is written in capitals: )" + base::quoted(base::upper_case(vehicle.make)));
    }
    if (!is_vin(vehicle.vin)) {
        reader.fail_at("vin", "a VIN has 17 characters, digits and capital letters without I, O and Q");
    } else if (vehicle.region != Region::kEurope && !has_valid_check_digit(vehicle.vin)) {
        reader.fail_at("vin", std::string("the check digit of this VIN, its ninth character, must be ") +
                                  check_digit(vehicle.vin));
    }
}

}  // namespace

base::Result<Vehicle> load(const document::File& file) {
    constexpr int kFormatVersion = 1;
    Reader reader(file);
    reader.integer("formatVersion", kFormatVersion, kFormatVersion);
    Vehicle vehicle{.fixture = stem_of(file.name),
                    .id = reader.text("id"),
                    .vin = reader.text("vin"),
                    .make = reader.text("make"),
                    .model = reader.text("model"),
                    .year = reader.integer("year", kFirstConnectedYear, kLastYear),
                    .powertrain = reader.choice("powertrain", kPowertrains),
                    .region = reader.choice("region", kRegions),
                    .mode = reader.choice("mode", kModes),
                    .permissions = reader.permission_set("permissions"),
                    .state = {}};
    vehicle.unsupported = reader.unsupported_set("unsupported", vehicle.permissions);
    vehicle.commands = reader.command_set("commands", vehicle.permissions);
    check_identity(reader, vehicle);
    vehicle.state.apply(reader.state("state"), {});
    if (reader.error()) return *reader.error();
    return vehicle;
}

}  // namespace smartcar_sim::vehicle
