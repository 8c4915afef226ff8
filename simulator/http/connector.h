// From a URL to a connection that carries bytes, plain or TLS, within the policy. May be used from several threads.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <variant>

#include "base/url.h"
#include "delivery/transport.h"
#include "http/socket.h"
#include "http/tls.h"

namespace smartcar_sim::http {

struct Connected {
    std::unique_ptr<Channel> channel;
    std::string address;  // "127.0.0.1:3000"
};

class Connector {
public:
    struct Options {
        bool remote = false;      // addresses outside loopback and private ranges too
        std::string cacert = {};  // a PEM file to trust instead of the system's certificates
        bool insecure = false;    // check no certificate
    };

    explicit Connector(Options options) : options_(std::move(options)) {}

    [[nodiscard]] std::variant<Connected, delivery::Failure> connect(const base::Url& url, const Wait& wait);

private:
    [[nodiscard]] const TlsTrust& trust();

    const Options options_;
    std::once_flag trust_loaded_;
    std::unique_ptr<TlsTrust> trust_;  // made for the first https URL: loading it costs more than the rest of a start
};

}  // namespace smartcar_sim::http
