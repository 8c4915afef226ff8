// An instance that listens on a free port and owns the shipped vehicles.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/instance.h"
#include "catch.h"
#include "fakes/running_platform.h"

namespace smartcar_sim::app {

[[nodiscard]] inline InstanceOptions instance_options() {
    InstanceOptions options;
    options.vehicles = fakes::shipped_vehicles({"tesla-model-3-2020", "simulated-bev-2023"});
    options.seed = 7;
    options.listen = Listen{};
    return options;
}

[[nodiscard]] inline std::unique_ptr<Instance> an_instance(InstanceOptions options = instance_options()) {
    auto started = Instance::start(std::move(options));
    REQUIRE(started.ok());
    return std::move(started).value();
}

}  // namespace smartcar_sim::app
