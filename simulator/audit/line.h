// What an audit needs from outside: a way to the callback, time, and eyes for what the callback did.
//
// app/ implements these over sockets and processes; the matrix test over the reference receiver, with no wait in it.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "delivery/raw_line.h"
#include "delivery/transport.h"

namespace smartcar_sim::audit {

class Line : public delivery::Transport, public delivery::RawLine {
public:
    using delivery::RawLine::exchange;
    using delivery::Transport::exchange;
    // All of them begun at once, each on a connection of its own; the answers in the same order.
    [[nodiscard]] virtual std::vector<delivery::Exchange> together(const std::vector<delivery::Outgoing>& outgoing) = 0;
    // Lets wall time pass.
    virtual void pause(base::Milliseconds time) = 0;
    // Wall time since the audit began.
    [[nodiscard]] virtual base::Milliseconds elapsed() const = 0;
    // True once the audit is to end before its time.
    [[nodiscard]] virtual bool called_off() const = 0;
};

// Shows what the callback did: a text that is the same as long as nothing was done.
class Probe {
public:
    // What is to be looked at.
    struct Question {
        std::string vehicle_id;
        std::string event_id;
    };
    enum class Shows {
        kState,     // what the callback's events came to: order can be judged by it
        kActivity,  // that something was done: duplicates can
        kCalls,     // the same, by the calls made to the platform: what there is when nobody gave a probe
    };

    virtual ~Probe() = default;
    [[nodiscard]] virtual base::Result<std::string> read(const Question& question) = 0;
    [[nodiscard]] virtual Shows shows() const = 0;
    // "the command of --probe": how reports call it.
    [[nodiscard]] virtual std::string name() const = 0;
    // How long an effect may take to show: as long is waited for one that should come.
    [[nodiscard]] virtual base::Milliseconds patience() const = 0;
};

}  // namespace smartcar_sim::audit
