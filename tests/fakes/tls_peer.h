// A receiver that speaks TLS with a certificate of its own making.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "fakes/raw_peer.h"

namespace smartcar_sim::fakes {

class TlsPeer {
public:
    struct Options {
        std::string names = "DNS:localhost,IP:127.0.0.1";  // what the certificate is for
        enum class Validity { kNow, kPast } validity = Validity::kNow;
        enum class Versions { kAll, kTls11Only } versions = Versions::kAll;
        // When it says its answer: once for a request, on and on until the client has gone, or once when the client
        // has said that it will send nothing more.
        enum class Says { kOnce, kOnAndOn, kAtTheEnd } says = Says::kOnce;
    };

    // Answers every request with `answer`, connection after connection.
    TlsPeer(const Options& options, std::string answer);
    ~TlsPeer();
    TlsPeer(const TlsPeer&) = delete;
    TlsPeer& operator=(const TlsPeer&) = delete;

    [[nodiscard]] std::string origin_at(const std::string& host) const;  // "https://localhost:4711"
    [[nodiscard]] const std::string& certificate_file() const { return certificate_file_; }
    [[nodiscard]] int connections() const { return peer_->connections(); }
    [[nodiscard]] std::string server_name() const;  // the last one a client asked for

private:
    struct Identity;
    void talk(RawConnection& connection, const std::string& answer, Options::Says says);

    std::unique_ptr<Identity> identity_;
    std::string certificate_file_;
    std::unique_ptr<RawPeer> peer_;  // last: its threads use the others
};

}  // namespace smartcar_sim::fakes
