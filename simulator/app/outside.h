// The world beyond the platform as a scenario reaches it: probes, commands, the calls the application made.
#pragma once

#include <string>
#include <vector>

#include "app/called_off.h"
#include "app/instance.h"
#include "scenario/play.h"

namespace smartcar_sim::app {

class InstanceOutside final : public scenario::Outside {
public:
    // Both outlive it.
    InstanceOutside(Instance& instance, CalledOff& called_off) : instance_(instance), called_off_(called_off) {}

    [[nodiscard]] delivery::Exchange request(const delivery::Outgoing& outgoing) override {
        return instance_.transport().exchange(outgoing);
    }
    [[nodiscard]] base::Result<scenario::CommandAnswer> command(const std::string& line,
                                                                base::Milliseconds limit) override;
    [[nodiscard]] std::vector<scenario::Call> calls() const override;
    bool pause(base::Milliseconds time) override { return called_off_.pause(time); }
    [[nodiscard]] std::string called_off() const override { return called_off_.why(); }

private:
    Instance& instance_;
    CalledOff& called_off_;
};

}  // namespace smartcar_sim::app
