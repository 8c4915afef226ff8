// Plays a scenario on a platform of its own and judges what comes of it.
//
// One thread plays a scenario; the attempts are made by whoever drives the simulation. Not pure: how long things took
// is read from the steady clock, and what lies outside the platform is reached through Outside.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/url.h"
#include "contract/message.h"
#include "delivery/journal.h"
#include "delivery/transport.h"
#include "platform/platform.h"
#include "scenario/result.h"
#include "scenario/scenario.h"
#include "simulation/simulation.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::scenario {

// An API call of the application.
struct Call {
    std::string method;
    std::string target;
    int status = 0;
};

struct CommandAnswer {
    int exit_code = 0;
    std::string output;  // of both streams
};

// The world beyond the platform: replaced whole in tests.
class Outside {
public:
    virtual ~Outside() = default;
    // A request of a probe, or of the browser that comes back from Connect.
    [[nodiscard]] virtual delivery::Exchange request(const delivery::Outgoing& outgoing) = 0;
    // `sh -c`, ended after `limit`; code "command_failed" when it cannot be run or did not end.
    [[nodiscard]] virtual base::Result<CommandAnswer> command(const std::string& line, base::Milliseconds limit) = 0;
    // All the application made on this platform so far.
    [[nodiscard]] virtual std::vector<Call> calls() const = 0;
    // Lets wall time pass; false when the run is called off.
    virtual bool pause(base::Milliseconds time) = 0;
    // Why the run was called off, a sentence; empty while it goes on.
    [[nodiscard]] virtual std::string called_off() const = 0;
};

// The vehicles of a scenario as the platform is given them, and which alias is which.
struct Cast {
    std::vector<vehicle::Vehicle> vehicles;
    std::map<std::string, std::string> ids;  // by alias
};

// `fixtures` has all that the scenario names. Vehicles of the scenario have ids derived from `ids`, and the second of
// one fixture a VIN of its own; without any, the fixtures keep theirs. `vehicle_id`, if not empty, is the id of the
// first vehicle: --vehicle-id.
[[nodiscard]] Cast cast_of(const Scenario& scenario, const std::vector<vehicle::Vehicle>& fixtures,
                           const base::Ids& ids, const std::string& vehicle_id);

// Platform time that the scenario lets pass, at most: what starts so long ago does not end in the future.
[[nodiscard]] base::Milliseconds longest_course(const Scenario& scenario, base::Milliseconds timeout);

// How many steps it plays.
[[nodiscard]] std::size_t count_steps(const Scenario& scenario, contract::Version version);

struct Stage {
    simulation::Simulation& simulation;
    platform::Platform& platform;
    const delivery::Journal& journal;
    const base::Clock& clock;
    const base::Ids& ids;
    Outside& outside;
    base::Url callback;
    std::string origin;  // of the platform
    const Cast& cast;
    contract::Version version = contract::Version::k2_0;  // of webhooks that do not say
    std::map<std::string, std::string> environment;       // the variables the scenario may name
    base::Milliseconds timeout{15'000};                   // of a probe, and of a redirect
    // Whether the callback ever answered in this run: before that, no connection to it is the environment's fault.
    std::atomic<bool>& contacted;
};

enum class Keep {
    kFailures,  // what was exchanged only of steps that did not pass
    kEverything,
};

[[nodiscard]] Result play(const Scenario& scenario, Stage& stage, Keep keep);

}  // namespace smartcar_sim::scenario
