// The RawLine over real sockets, plain or TLS: bytes as they are, never for a delivery (docs/http.md).
//
// Every exchange has a connection of its own. May be used from several threads.
#pragma once

#include <utility>

#include "delivery/raw_line.h"
#include "http/connector.h"
#include "http/socket.h"

namespace smartcar_sim::http {

class RawExchange final : public delivery::RawLine {
public:
    using Options = Connector::Options;

    explicit RawExchange(Options options) : connector_(std::move(options)) {}

    // Every wait ends at one deadline, RawRequest::timeout from now. A receiver may answer and close before it has read
    // everything: what it said counts.
    [[nodiscard]] delivery::RawAnswer exchange(const delivery::RawRequest& request) override;

    // Ends the exchanges under way, and all later ones, with a failure.
    void abort() { aborted_.trip(); }

private:
    Connector connector_;
    Interrupt aborted_;
};

}  // namespace smartcar_sim::http
