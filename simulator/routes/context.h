// What handlers work on. One Context serves all requests; its members may be used from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "base/clock.h"
#include "base/ids.h"
#include "base/mask.h"
#include "base/secret.h"
#include "delivery/journal.h"
#include "platform/platform.h"
#include "simulation/simulation.h"
#include "store/request_log.h"

namespace smartcar_sim::routes {

// What /_sim and the log show no secret of. It grows with each token that a user supplies while the platform runs.
class Masking {
public:
    explicit Masking(const base::Secret& token) : mask_(std::make_shared<const base::Mask>(token)) {}

    [[nodiscard]] std::shared_ptr<const base::Mask> now() const {
        const std::lock_guard lock(mutex_);
        return mask_;
    }
    void cover(const base::Secret& token) {
        const std::lock_guard lock(mutex_);
        base::Mask more = *mask_;
        more.cover(token);
        mask_ = std::make_shared<const base::Mask>(std::move(more));
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const base::Mask> mask_;  // guarded by mutex_
};

struct Context {
    simulation::Simulation& simulation;
    platform::Platform& platform;
    delivery::Journal& journal;
    store::RequestLog& requests;
    const base::Clock& clock;
    const base::Ids& ids;
    std::atomic<std::uint64_t> request_ordinal{0};  // of the next sc-request-id
    Masking masking{platform.configuration().application_management_token};
    std::atomic<std::uint64_t> token_ordinal{0};  // of the next application management token that is made up
    // Told of each secret that a user supplies, before anything can show it. Set before any thread runs.
    std::function<void(const base::Secret& secret)> on_secret = nullptr;
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
