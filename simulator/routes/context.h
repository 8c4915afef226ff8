// What handlers work on. One Context serves all requests; its members may be used from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

#include "base/clock.h"
#include "base/ids.h"
#include "delivery/journal.h"
#include "platform/platform.h"
#include "simulation/simulation.h"
#include "store/request_log.h"

namespace smartcar_sim::routes {

struct Context {
    simulation::Simulation& simulation;
    platform::Platform& platform;
    delivery::Journal& journal;
    store::RequestLog& requests;
    const base::Clock& clock;
    const base::Ids& ids;
    std::atomic<std::uint64_t> request_ordinal{0};  // of the next sc-request-id

    // Queues what the rules decided to send for a caller of Smartcar's API, whom no full queue turns away: Smartcar
    // would not either, and each vehicle has one first delivery for each webhook.
    void submit(platform::Fired fired) { static_cast<void>(simulation.submit(std::move(fired))); }
};

}  // namespace smartcar_sim::routes
