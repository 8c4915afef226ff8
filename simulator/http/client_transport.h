// The Transport over real sockets, plain or TLS.
//
// Redirects are not followed, nothing is decompressed, no field is added but Host, Content-Length and, for a fresh
// connection, Connection. May be used from several threads.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "delivery/transport.h"
#include "http/connection_pool.h"
#include "http/dial.h"
#include "http/socket.h"
#include "http/tls.h"

namespace smartcar_sim::http {

class ClientTransport final : public delivery::Transport {
public:
    struct Options {
        bool remote = false;      // addresses outside loopback and private ranges too
        std::string cacert = {};  // a PEM file to trust instead of the system's certificates
        bool insecure = false;    // check no certificate
    };

    explicit ClientTransport(Options options) : options_(std::move(options)) {}

    // Every wait of the exchange ends at one deadline, Outgoing::timeout from now.
    [[nodiscard]] delivery::Exchange exchange(const delivery::Outgoing& outgoing) override;

    // Why no connection to it can be made within a second; nothing when one can. Nothing is sent.
    [[nodiscard]] std::optional<delivery::Failure> obstacle(const base::Url& url);

    // Ends the exchanges under way, and all later ones, with a failure.
    void abort() { aborted_.trip(); }

private:
    using Connected = std::variant<std::unique_ptr<OpenConnection>, delivery::Failure>;

    [[nodiscard]] delivery::Answer answer_to(const delivery::Outgoing& outgoing, const Wait& wait);
    [[nodiscard]] Connected connect(const base::Url& url, const Wait& wait);
    [[nodiscard]] const TlsTrust& trust();

    const Options options_;
    Interrupt aborted_;
    ConnectionPool pool_;
    std::once_flag trust_loaded_;
    std::unique_ptr<TlsTrust> trust_;  // made for the first https URL: loading it costs more than the rest of a start
};

}  // namespace smartcar_sim::http
