// What handlers work on. One Context serves all requests; its members may be used from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "base/clock.h"
#include "base/ids.h"
#include "platform/platform.h"

namespace smartcar_sim::routes {

struct Context {
    platform::Platform& platform;
    const base::Clock& clock;
    const base::Ids& ids;
    // Queues what the rules decided to send; a full queue is the journal's business, not the caller's.
    std::function<void(platform::Fired)> submit;
    std::atomic<std::uint64_t> request_ordinal{0};  // of the next sc-request-id
};

}  // namespace smartcar_sim::routes
