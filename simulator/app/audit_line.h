// The audit's way to a callback, over sockets.
#pragma once

#include <chrono>
#include <vector>

#include "app/called_off.h"
#include "audit/line.h"
#include "http/client_transport.h"
#include "http/raw_exchange.h"

namespace smartcar_sim::app {

class AuditLine final : public audit::Line {
public:
    // `called_off` outlives it.
    AuditLine(const http::ClientTransport::Options& options, CalledOff& called_off)
        : transport_(options), raw_(options), called_off_(called_off) {}

    [[nodiscard]] delivery::Exchange exchange(const delivery::Outgoing& outgoing) override {
        return transport_.exchange(outgoing);
    }
    [[nodiscard]] delivery::RawAnswer exchange(const delivery::RawRequest& request) override {
        return raw_.exchange(request);
    }
    // A thread each.
    [[nodiscard]] std::vector<delivery::Exchange> together(const std::vector<delivery::Outgoing>& outgoing) override;
    void pause(base::Milliseconds time) override { called_off_.pause(time); }
    [[nodiscard]] base::Milliseconds elapsed() const override;
    [[nodiscard]] bool called_off() const override { return called_off_.kind() != CalledOff::Kind::kNot; }

    // From now on elapsed() counts.
    void begin() { began_ = Steady::now(); }
    // Ends the exchanges under way, and all later ones.
    void abort() {
        transport_.abort();
        raw_.abort();
    }

private:
    using Steady = std::chrono::steady_clock;

    http::ClientTransport transport_;
    http::RawExchange raw_;
    CalledOff& called_off_;
    Steady::time_point began_ = Steady::now();
};

}  // namespace smartcar_sim::app
