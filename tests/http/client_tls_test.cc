#include <string>

#include "catch.h"
#include "fakes/raw_peer.h"
#include "fakes/tls_peer.h"
#include "http/client_transport.h"
#include "http/exchanging.h"

namespace smartcar_sim::http {
namespace {

using delivery::Failure;
using delivery::Outgoing;
using fakes::TlsPeer;

const std::string kOk = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

// What is said after "127.0.0.1:4711: ".
std::string tls_failure(ClientTransport& transport, const std::string& origin) {
    const Failure failure = failure_in(transport.exchange(post_to(origin)));
    CHECK(failure.kind == Failure::Kind::kTls);
    CHECK(failure.detail.starts_with("127.0.0.1:"));
    return failure.detail.substr(failure.detail.find(": ") + 2);
}

}  // namespace

TEST_CASE("a certificate of --cacert is trusted, by name and by address, and the connection kept") {
    const TlsPeer peer({}, kOk);
    ClientTransport transport({.cacert = peer.certificate_file()});
    for (int at = 0; at < 3; ++at)
        CHECK(answer_in(transport.exchange(post_to(peer.origin_at("localhost")))).body == "ok");
    CHECK(peer.connections() == 1);
    CHECK(peer.server_name() == "localhost");
    CHECK(answer_in(transport.exchange(post_to(peer.origin_at("127.0.0.1")))).body == "ok");
    CHECK(peer.server_name().empty());
}

TEST_CASE("a certificate nobody vouches for is refused in words, and accepted with --insecure") {
    const TlsPeer peer({}, kOk);
    ClientTransport checking({});
    CHECK(tls_failure(checking, peer.origin_at("127.0.0.1")) ==
          "the certificate is not trusted: self-signed certificate");
    ClientTransport careless({.insecure = true});
    CHECK(answer_in(careless.exchange(post_to(peer.origin_at("127.0.0.1")))).status == 200);
}

TEST_CASE("a certificate for another host, or one that has expired, is refused in words") {
    const TlsPeer elsewhere({.names = "DNS:example.com,IP:127.0.0.2"}, kOk);
    ClientTransport transport({.cacert = elsewhere.certificate_file()});
    CHECK(tls_failure(transport, elsewhere.origin_at("localhost")) ==
          "the certificate is not trusted: hostname mismatch");
    CHECK(tls_failure(transport, elsewhere.origin_at("127.0.0.1")) ==
          "the certificate is not trusted: IP address mismatch");
    const TlsPeer expired({.validity = TlsPeer::Options::Validity::kPast}, kOk);
    ClientTransport of_expired({.cacert = expired.certificate_file()});
    CHECK(tls_failure(of_expired, expired.origin_at("127.0.0.1")) ==
          "the certificate is not trusted: certificate has expired");
}

TEST_CASE("a file without certificates is named") {
    const TlsPeer peer({}, kOk);
    ClientTransport transport({.cacert = "/no/such/file.pem"});
    CHECK(tls_failure(transport, peer.origin_at("127.0.0.1")) == "no certificates can be read from /no/such/file.pem");
}

TEST_CASE("a receiver that does not speak TLS, or only an old one, fails in the handshake") {
    const fakes::RawPeer plain(
        [](fakes::RawConnection& connection, int) { connection.send("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    ClientTransport transport({});
    CHECK(tls_failure(transport, "https://127.0.0.1:" + std::to_string(plain.port())) ==
          "the TLS handshake failed: wrong version number");
    const TlsPeer old({.versions = TlsPeer::Options::Versions::kTls11Only}, kOk);
    CHECK(tls_failure(transport, old.origin_at("127.0.0.1")).starts_with("the TLS handshake failed: "));
    const fakes::RawPeer closing(
        [](fakes::RawConnection& connection, int) { static_cast<void>(connection.read_until("\x01")); });
    CHECK(tls_failure(transport, "https://127.0.0.1:" + std::to_string(closing.port())).find("TLS handshake") !=
          std::string::npos);
}

TEST_CASE("the deadline covers a handshake that never ends") {
    const fakes::RawPeer silent([](fakes::RawConnection& connection, int) { static_cast<void>(connection.ends()); });
    ClientTransport transport({});
    Outgoing outgoing = post_to("https://127.0.0.1:" + std::to_string(silent.port()));
    outgoing.timeout = base::Milliseconds(30);
    CHECK(failure_in(transport.exchange(outgoing)).kind == Failure::Kind::kTimeout);
}

TEST_CASE("a receiver that resets while TLS data is written kills nobody") {
    const fakes::RawPeer rude([](fakes::RawConnection& connection, int) { connection.reset(); });
    ClientTransport transport({.insecure = true});
    for (int at = 0; at < 20; ++at) {
        const Failure failure =
            failure_in(transport.exchange(post_to("https://127.0.0.1:" + std::to_string(rude.port()))));
        CHECK(failure.kind == Failure::Kind::kTls);
    }
}

}  // namespace smartcar_sim::http
