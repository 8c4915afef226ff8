// The Transport over real sockets, plain or TLS.
//
// Redirects are not followed, nothing is decompressed, no field is added but Host, Content-Length and, for a fresh
// connection, Connection. May be used from several threads.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "base/url.h"
#include "delivery/transport.h"
#include "http/connection_pool.h"
#include "http/connector.h"
#include "http/socket.h"

namespace smartcar_sim::http {

class ClientTransport final : public delivery::Transport {
public:
    using Options = Connector::Options;

    explicit ClientTransport(Options options) : connector_(std::move(options)) {}

    // Every wait of the exchange ends at one deadline, Outgoing::timeout from now.
    [[nodiscard]] delivery::Exchange exchange(const delivery::Outgoing& outgoing) override;

    // Why no connection to it can be made within a second; nothing when one can. Nothing is sent.
    [[nodiscard]] std::optional<delivery::Failure> obstacle(const base::Url& url);

    // Ends the exchanges under way, and all later ones, with a failure.
    void abort() { aborted_.trip(); }

private:
    using Opened = std::variant<std::unique_ptr<OpenConnection>, delivery::Failure>;

    [[nodiscard]] delivery::Answer answer_to(const delivery::Outgoing& outgoing, const Wait& wait);
    [[nodiscard]] Opened connection_for(const delivery::Outgoing& outgoing, const Wait& wait);

    Connector connector_;
    Interrupt aborted_;
    ConnectionPool pool_;
};

}  // namespace smartcar_sim::http
