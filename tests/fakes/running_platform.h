// A whole platform without sockets and threads: a frozen clock, a fake callback, the caller's own thread.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "catch.h"
#include "delivery/dispatcher.h"
#include "document/json.h"
#include "fakes/fake_transport.h"
#include "platform/platform.h"
#include "routes/context.h"
#include "simulation/simulation.h"
#include "source_folder.h"
#include "store/memory_journal.h"
#include "store/request_log.h"
#include "vehicle/fixture.h"

namespace smartcar_sim::fakes {

inline constexpr base::Instant kStart{std::chrono::seconds(1'767'225'600)};  // 2026-01-01T00:00:00Z

[[nodiscard]] inline vehicle::Vehicle shipped_vehicle(const std::string& name) {
    const auto file = document::read_file(source_folder() + "/fixtures/vehicles/" + name + ".json");
    REQUIRE(file.ok());
    auto vehicle = vehicle::load(file.value());
    REQUIRE(vehicle.ok());
    return std::move(vehicle).value();
}

[[nodiscard]] inline std::vector<vehicle::Vehicle> shipped_vehicles(const std::vector<std::string>& names) {
    std::vector<vehicle::Vehicle> vehicles;
    vehicles.reserve(names.size());
    for (const std::string& name : names) vehicles.push_back(shipped_vehicle(name));
    return vehicles;
}

// What few tests care about.
struct Tuning {
    std::uint64_t seed = 7;
    delivery::Dispatcher::Options delivery = {};
    store::MemoryJournal::Limits journal = {};
    platform::Configuration configuration = {};
};

struct RunningPlatform {
    explicit RunningPlatform(FakeTransport::Callback callback,
                             simulation::Simulation::Options options = inline_options(),
                             const std::vector<std::string>& fixtures = {"tesla-model-3-2020", "simulated-bev-2023"},
                             const Tuning& tuning = {})
        : RunningPlatform(shipped_vehicles(fixtures), std::move(callback), std::move(options), tuning) {}

    RunningPlatform(std::vector<vehicle::Vehicle> vehicles, FakeTransport::Callback callback,
                    simulation::Simulation::Options options, const Tuning& tuning)
        : ids(tuning.seed),
          callback_transport(std::move(callback)),
          journal(tuning.journal),
          platform(tuning.configuration, std::move(vehicles), clock, ids),
          dispatcher(clock, ids, callback_transport, journal, platform.configuration().application_management_token,
                     tuning.delivery),
          simulation(platform, dispatcher, journal, callback_transport, clock, ids, std::move(options)) {}

    [[nodiscard]] static simulation::Simulation::Options inline_options() {
        simulation::Simulation::Options options;
        options.drive = simulation::Simulation::Drive::kInline;
        return options;
    }

    base::SystemClock wall;
    base::VirtualClock clock{wall, kStart};
    base::Ids ids;
    FakeTransport callback_transport;
    store::MemoryJournal journal;
    store::RequestLog requests;
    platform::Platform platform;
    delivery::Dispatcher dispatcher;
    simulation::Simulation simulation;
    routes::Context context{simulation, platform, journal, requests, clock, ids};
};

}  // namespace smartcar_sim::fakes
