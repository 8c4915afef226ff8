#include "routes/v3_compatible.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "contract/signals.h"
#include "routes/v3_answer.h"
#include "routes/v3_command_table.h"
#include "vehicle/signals.h"

namespace smartcar_sim::routes {
namespace {

using document::Array;
using document::Object;
using document::Value;

// The fleet's vehicles of one model.
using Model = std::vector<const vehicle::Vehicle*>;

bool is_same_model(const vehicle::Vehicle& left, const vehicle::Vehicle& right) {
    return left.make == right.make && left.model == right.model && left.powertrain == right.powertrain &&
           left.region == right.region;
}

bool passes(const vehicle::Vehicle& vehicle, const CompatibleFilter& filter) {
    return vehicle.mode == contract::Mode::kLive && (filter.make.empty() || filter.make == vehicle.make) &&
           filter.powertrain.value_or(vehicle.powertrain) == vehicle.powertrain &&
           filter.region.value_or(vehicle.region) == vehicle.region;
}

std::vector<Model> models_of(std::span<const platform::FleetEntry> fleet, const CompatibleFilter& filter) {
    std::vector<Model> models;
    for (const platform::FleetEntry& entry : fleet) {
        if (!passes(*entry.vehicle, filter)) continue;
        const auto known = std::ranges::find_if(
            models, [&](const Model& model) { return is_same_model(*model.front(), *entry.vehicle); });
        if (known == models.end()) {
            models.push_back({entry.vehicle.get()});
        } else {
            known->push_back(entry.vehicle.get());
        }
    }
    return models;
}

bool is_reported(const Model& model, std::string_view code) {
    return std::ranges::any_of(model, [&](const vehicle::Vehicle* each) {
        return code == "vehicleidentification-vin" ? each->can("read_vin") : each->state.has(code);
    });
}

bool is_obeyed(const Model& model, vehicle::CommandKind kind) {
    return std::ranges::any_of(model, [&](const vehicle::Vehicle* each) { return each->commands.contains(kind); });
}

Value capability(const char* type, std::string_view code, std::string_view name, std::string_view group,
                 std::string_view permission) {
    return Object{{"type", type},
                  {"name", std::string(name)},
                  {"group", std::string(group)},
                  {"code", std::string(code)},
                  {"capability", std::string(code)},
                  {"permission", permission.empty() ? Value(nullptr) : Value(std::string(permission))}};
}

Array capabilities_of(const Model& model) {
    Array list;
    for (const contract::Signal& signal : contract::signals()) {
        if (!is_reported(model, signal.code)) continue;
        list.push_back(capability("signal", signal.code, signal.name, signal.group, signal.permission));
    }
    for (const V3Command& command : v3_command_table()) {
        if (!is_obeyed(model, command.kind)) continue;
        list.push_back(capability("command", command.code, command.name, command.group,
                                  vehicle::name_of(command.kind).permission));
    }
    return list;
}

Value resource_of(const Model& model) {
    const vehicle::Vehicle& first = *model.front();
    const auto [least, most] = std::ranges::minmax(model, {}, &vehicle::Vehicle::year);
    const std::string powertrain(vehicle::name_of(first.powertrain));
    const std::string region(vehicle::name_of(first.region));
    std::string id = first.make + "-" + first.model + "-" + std::to_string(least->year) + "-" +
                     std::to_string(most->year) + "-" + powertrain + "-" + region;
    return Object{{"id", std::move(id)},
                  {"type", "vehicle-model-capability"},
                  {"attributes", Object{{"make", first.make},
                                        {"model", first.model},
                                        {"region", region},
                                        {"powertrainType", powertrain},
                                        {"years", Object{{"start", least->year}, {"end", most->year}}},
                                        {"capabilities", capabilities_of(model)}}}};
}

}  // namespace

std::variant<CompatibleFilter, contract::V3Error> compatible_filter(const base::Fields& query) {
    CompatibleFilter filter{.make = base::upper_case(filter_of(query, "make").value_or(""))};
    if (const auto asked = filter_of(query, "powertrainType")) {
        filter.powertrain = vehicle::parse_powertrain(*asked);
        if (!filter.powertrain) return malformed("filter[powertrainType] must be ICE, BEV, PHEV or HEV");
    }
    if (const auto asked = filter_of(query, "region")) {
        filter.region = vehicle::parse_region(*asked);
        if (!filter.region) return malformed("filter[region] must be US, CA or EUROPE");
    }
    return filter;
}

Array compatible_vehicles(std::span<const platform::FleetEntry> fleet, const CompatibleFilter& filter) {
    const std::vector<Model> models = models_of(fleet, filter);
    Array resources;
    resources.reserve(models.size());
    for (const Model& model : models) resources.push_back(resource_of(model));
    return resources;
}

}  // namespace smartcar_sim::routes
