// What handlers work on. One Context serves all requests; its members may be used from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <utility>

#include "base/clock.h"
#include "base/ids.h"
#include "base/mask.h"
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
    std::atomic<std::uint64_t> request_ordinal{0};                                 // of the next sc-request-id
    const base::Mask mask{platform.configuration().application_management_token};  // of what /_sim and the log show
    // Lets wall time pass before a slowed answer, less when everything ends; without it none passes.
    std::function<void(base::Milliseconds)> linger = nullptr;

    // Queues the first deliveries that a call of Smartcar's API brought about. No full queue turns its caller away,
    // as Smartcar would not: the next event of the vehicle is then its first delivery.
    void submit(platform::Fired fired) {
        if (simulation.full()) return platform.owe_again(fired.effects);
        static_cast<void>(simulation.submit(std::move(fired)));
    }
};

}  // namespace smartcar_sim::routes
