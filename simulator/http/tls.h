// TLS of a client over a connected socket, by OpenSSL.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "delivery/transport.h"
#include "http/socket.h"

namespace smartcar_sim::http {

// What is trusted, loaded once; may be used from several threads.
class TlsTrust {
public:
    struct Options {
        std::string cacert;  // a PEM file to trust instead of the system's certificates
        enum class Check { kCertificate, kNothing } check = Check::kCertificate;  // kNothing: --insecure
    };

    explicit TlsTrust(const Options& options);
    ~TlsTrust();
    TlsTrust(const TlsTrust&) = delete;
    TlsTrust& operator=(const TlsTrust&) = delete;

    // A handshake of TLS 1.2 or later as the client of `host`, which is checked against the certificate and, unless
    // it is an address, named to the server. The detail of a failure says in words what is wrong with the certificate.
    [[nodiscard]] std::variant<std::unique_ptr<Channel>, delivery::Failure> secure(Socket socket,
                                                                                   const std::string& host,
                                                                                   const Wait& wait) const;

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

}  // namespace smartcar_sim::http
