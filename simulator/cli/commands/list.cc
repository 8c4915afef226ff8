#include <algorithm>
#include <array>
#include <iterator>

#include "app/data_files.h"
#include "app/scenario_files.h"
#include "audit/check.h"
#include "cli/commands/commands.h"
#include "contract/api_error.h"
#include "contract/events.h"
#include "contract/signals.h"
#include "delivery/verification.h"
#include "document/writer.h"
#include "fault/plan.h"
#include "platform/effect.h"
#include "receiver/behaviours.h"
#include "signature/explain.h"

namespace smartcar_sim::cli {
namespace {

// A name one can use, and what it stands for.
struct Row {
    std::string name;  // empty: there is such a thing, but no public source names it
    std::string says;
};
using Rows = std::vector<Row>;

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts) {
        if (!part.empty()) text.append(text.empty() ? "" : ", ").append(part);
    }
    return text;
}

// Tables whose rows say what they are.
template <class Table>
Rows rows_of(const Table& table) {
    Rows rows;
    for (const auto& entry : table) rows.push_back({std::string(entry.id), std::string(entry.says)});
    return rows;
}

base::Result<Rows> events(const Settings& /*settings*/) {
    Rows rows;
    for (const auto& event : contract::events()) {
        rows.push_back({std::string(event.name), joined({event.title, event.group})});
    }
    return rows;
}

base::Result<Rows> signals(const Settings& /*settings*/) {
    Rows rows;
    for (const auto& signal : contract::signals()) {
        rows.push_back({std::string(signal.code), joined({signal.group, signal.name, signal.unit, signal.permission})});
    }
    return rows;
}

base::Result<Rows> vehicles(const Settings& settings) {
    const auto loaded = app::load_vehicles(settings.list(OptionId::kVehicles));
    if (!loaded) return loaded.error();
    Rows rows;
    for (const auto& vehicle : loaded.value()) {
        rows.push_back({vehicle.fixture,
                        joined({vehicle.make + " " + vehicle.model + " " + std::to_string(vehicle.year),
                                vehicle::name_of(vehicle.powertrain), vehicle::name_of(vehicle.region), vehicle.id})});
    }
    return rows;
}

base::Result<Rows> scenarios(const Settings& settings) {
    const auto shipped = app::shipped_scenarios();
    if (!shipped) return shipped.error();
    const auto vehicles = app::load_vehicles(settings.list(OptionId::kVehicles));
    if (!vehicles) return vehicles.error();
    Rows rows;
    for (const app::ShippedScenario& each : shipped.value()) {
        const auto loaded = app::load_scenario(each.path, vehicles.value());
        rows.push_back(
            {each.name, loaded.scenario ? loaded.scenario->name : "not valid: smartcar-sim validate " + each.path});
    }
    return rows;
}

// Why a callback is not verified, then why a webhook does not take an event.
base::Result<Rows> reasons(const Settings& /*settings*/) {
    Rows rows = rows_of(delivery::reasons());
    std::ranges::copy(rows_of(platform::skip_reasons()), std::back_inserter(rows));
    return rows;
}

// What can go wrong with a delivery, then each error that an API call can be answered with.
base::Result<Rows> faults(const Settings& /*settings*/) {
    Rows rows = rows_of(fault::names());
    for (const contract::ErrorKind& kind : contract::error_kinds()) {
        const std::string code = kind.code.empty() ? "" : " " + std::string(kind.code);
        rows.push_back({"api: " + std::string(kind.type) + code,
                        std::to_string(kind.status) + ", " + std::string(kind.description)});
    }
    return rows;
}

// What an audit asks, by family, and how bad a failure would be.
base::Result<Rows> checks(const Settings& /*settings*/) {
    Rows rows;
    for (const audit::Check& check : audit::checks()) {
        const std::string_view thorough = check.part == audit::Check::Part::kThorough ? "with --thorough" : "";
        rows.push_back({std::string(check.id), joined({name_of(check.family), name_of(check.severity), thorough}) +
                                                   ": " + std::string(check.asks)});
    }
    return rows;
}

struct Kind {
    std::string_view name;  // as in the row of the command
    std::string_view type;  // of the JSON objects
    base::Result<Rows> (*rows)(const Settings& settings);
};

constexpr auto kKinds = std::to_array<Kind>({
    {"events", "event", events},
    {"signals", "signal", signals},
    {"vehicles", "vehicle", vehicles},
    {"scenarios", "scenario", scenarios},
    {"faults", "fault", faults},
    {"reasons", "reason", reasons},
    {"checks", "check", checks},
    {"mistakes", "mistake", [](const Settings&) { return base::Result(rows_of(signature::mistakes())); }},
    {"behaviours", "behaviour", [](const Settings&) { return base::Result(rows_of(receiver::behaviours())); }},
});

std::string row_object(std::string_view type, const Row& row) {
    std::string line;
    document::Writer writer(line);
    writer.begin_object().member("type", type).key("name");
    row.name.empty() ? writer.null() : writer.value(row.name);
    writer.member("says", row.says).end_object();
    return line;
}

void print_rows(const Rows& rows, Terminal& terminal) {
    std::size_t width = 1;
    for (const Row& row : rows) width = std::max(width, row.name.size());
    for (const Row& row : rows) {
        std::string name = row.name.empty() ? "-" : row.name;
        name.resize(width, ' ');
        terminal.print(terminal.paint(Colour::kStrong, name) + "  " + row.says);
    }
}

}  // namespace

ExitCode run_list(const Invocation& invocation) {
    Terminal& terminal = invocation.terminal;
    const auto kind = std::ranges::find(kKinds, invocation.arguments.front(), &Kind::name);
    const auto rows = kind->rows(invocation.settings);
    if (!rows) {
        const bool missing = rows.error().code == "data_missing";
        return terminal.fail(missing ? ExitCode::kEnvironment : ExitCode::kInvalidFile, rows.error());
    }
    if (terminal.json()) {
        for (const Row& row : rows.value()) terminal.print(row_object(kind->type, row));
    } else {
        print_rows(rows.value(), terminal);
    }
    return ExitCode::kHeld;
}

}  // namespace smartcar_sim::cli
