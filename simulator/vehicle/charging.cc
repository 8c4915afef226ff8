#include "vehicle/charging.h"

#include <algorithm>
#include <string>
#include <utility>

namespace smartcar_sim::vehicle {
namespace {

constexpr std::string_view kCharging = "charge-ischarging";
constexpr std::string_view kDetailedStatus = "charge-detailedchargingstatus";

bool is_full(const State& state) {
    const std::optional<double> charge = state.number("tractionbattery-stateofcharge");
    return charge && *charge >= charge_limit(state);
}

}  // namespace

double charge_limit(const State& state) {
    constexpr double kNoLimit = 100;
    const Reading* const limits = state.find("charge-chargelimits");
    if (limits == nullptr) return kNoLimit;
    const document::Value* const active = limits->body.find("activeLimit");
    return active != nullptr && active->is_number() ? active->number() : kNoLimit;
}

std::string_view charging_status(const State& state) {
    if (state.flag(kCharging).value_or(false)) return "CHARGING";
    const bool plugged_in = state.flag("charge-ischargingcableconnected").value_or(false);
    return plugged_in && is_full(state) ? "FULLY_CHARGED" : "NOT_CHARGING";
}

std::optional<std::string_view> charging_event(const State& before, const State& after) {
    const bool was_charging = before.flag(kCharging).value_or(false);
    const bool is_charging = after.flag(kCharging).value_or(false);
    if (was_charging == is_charging) return std::nullopt;
    if (is_charging) return "CHARGING_STARTED";
    return is_full(after) ? "CHARGING_COMPLETED" : "CHARGING_STOPPED";
}

Changes with_consequences(const State& before, Changes changes) {
    const bool stated =
        std::ranges::any_of(changes, [](const Change& change) { return change.code == kDetailedStatus; });
    if (stated || !before.has(kDetailedStatus)) return changes;
    State after = before;
    after.apply(changes, {});
    document::Value status = document::Object{{"value", std::string(charging_status(after))}};
    if (before.find(kDetailedStatus)->body != status)
        changes.push_back({std::string(kDetailedStatus), std::move(status)});
    return changes;
}

}  // namespace smartcar_sim::vehicle
