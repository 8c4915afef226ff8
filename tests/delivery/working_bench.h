// A bench whose attempts are made by the product's own threads, told by its dispatcher.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

#include "app/workers.h"
#include "delivery/delivery_bench.h"

namespace smartcar_sim::delivery {

inline constexpr base::Milliseconds kPatience = std::chrono::seconds(30);  // never reached when all is well

struct WorkingBench {
    WorkingBench(fakes::FakeTransport& callback, std::size_t count) : bench(callback) {
        bench.dispatcher.on_change([this] { workers->wake(); });
        workers = std::make_unique<app::Workers>(bench.dispatcher, bench.clock, count);
    }

    DeliveryBench bench;
    std::unique_ptr<app::Workers> workers;
};

}  // namespace smartcar_sim::delivery
