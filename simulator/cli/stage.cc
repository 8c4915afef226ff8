#include "cli/stage.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "document/value.h"

namespace smartcar_sim::cli {

base::Result<Stage> set_stage(platform::Platform& platform, const base::Url& callback, platform::WebhookType type) {
    const document::Value wanted(
        document::Object{{"callbackUri", callback.text()}, {"type", std::string(name_of(type))}});
    auto chosen = platform::parse_webhook(wanted, platform.configuration());
    if (!chosen) return chosen.error();
    const platform::Webhook webhook = platform.create_webhook(std::move(chosen).value());
    const auto verified = platform.record_verification(webhook.id, callback, platform::Verified::kYes);
    if (!verified) return verified.error();
    const std::string vehicle = platform.fleet().front().vehicle->id;
    platform::ConnectRequest visit;
    visit.vehicles = {vehicle};
    const auto connected = platform.connect(visit);
    if (!connected) return connected.error();
    // The first delivery that comes back is not what was asked for.
    const auto subscribed = platform.subscribe_vehicle(webhook.id, vehicle);
    if (!subscribed) return subscribed.error();
    return Stage{webhook.id, vehicle, callback, webhook.settings.version()};
}

void choose_vehicle(const Settings& settings, std::vector<vehicle::Vehicle>& vehicles) {
    const auto rank = [](const vehicle::Vehicle& vehicle) {
        return std::pair(vehicle.mode == contract::Mode::kLive,
                         std::distance(vehicle.state.begin(), vehicle.state.end()));
    };
    const auto best = std::ranges::max_element(vehicles, {}, rank);
    std::rotate(vehicles.begin(), best, best + 1);
    if (settings.has(OptionId::kVehicleId)) vehicles.front().id = settings.text(OptionId::kVehicleId);
}

}  // namespace smartcar_sim::cli
