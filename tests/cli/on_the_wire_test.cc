// Options whose effect is seen by the other side, on the program itself.
#include <csignal>
#include <string>
#include <vector>

#include "base/url.h"
#include "catch.h"
#include "cli/peers.h"
#include "cli/program.h"
#include "document/json.h"
#include "fakes/raw_peer.h"
#include "fakes/tls_peer.h"

using namespace smartcar_sim;

namespace {

struct Judged {
    int code;
    std::string reason;
};

Judged verify(const std::string& callback, const std::vector<std::string>& options) {
    std::vector<std::string> words{"verify", "--json", "--callback", callback};
    words.insert(words.end(), options.begin(), options.end());
    const auto finished = Program({.words = words}).finish();
    CAPTURE(finished.out, finished.err);
    const auto verification = document::parse(finished.out);
    REQUIRE(verification.ok());
    const document::Value* reason = verification.value().find("reason");
    REQUIRE(reason != nullptr);
    return {finished.code, reason->string() == nullptr ? "" : *reason->string()};
}

}  // namespace

TEST_CASE("an https callback is trusted by --cacert and by --insecure, and else refused") {
    const fakes::TlsPeer peer({}, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi");
    const std::string callback = peer.origin_at("127.0.0.1") + "/webhooks";
    const Judged doubted = verify(callback, {});
    CHECK(doubted.reason == "tls");
    CHECK(doubted.code == 3);
    for (const std::vector<std::string>& options :
         {std::vector<std::string>{"--cacert", peer.certificate_file()}, std::vector<std::string>{"--insecure"}}) {
        const Judged trusted = verify(callback, options);
        CHECK(trusted.reason == "not-json");
        CHECK(trusted.code == 4);
    }
}

TEST_CASE("an exchange is bounded by --timeout") {
    const fakes::RawPeer silent([](fakes::RawConnection& connection, int) { static_cast<void>(connection.ends()); });
    const Judged judged = verify(silent.origin() + "/webhooks", {"--timeout", "20ms"});
    CHECK(judged.reason == "timeout");
    CHECK(judged.code == 4);
}

// The address of a broadcast: no connection can be made to one, so nothing leaves this machine.
TEST_CASE("only with --remote is an address outside the private ranges tried") {
    CHECK(verify("http://255.255.255.255/webhooks", {}).reason == "policy");
    CHECK(verify("http://255.255.255.255/webhooks", {"--remote"}).reason == "unreachable");
}

TEST_CASE("serve answers under the names of --allow-host, and under no other") {
    Program serve({.words = {"serve", "--port", "0", "--json", "--allow-host", "platform.test"}});
    const auto ready = document::parse(serve.out_line());
    REQUIRE(ready.ok());
    const int port = base::parse_url(*ready.value().find("origin")->string()).value().port;
    const auto health_of = [port](const std::string& host) {
        auto connection = fakes::RawConnection::to(port);
        connection.send("GET /_sim/health HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        return connection.read_message().substr(0, std::string("HTTP/1.1 200").size());
    };
    CHECK(health_of("platform.test") == "HTTP/1.1 200");
    CHECK(health_of("127.0.0.1") == "HTTP/1.1 200");
    CHECK(health_of("elsewhere.test") == "HTTP/1.1 403");
    serve.send(SIGTERM);
    CHECK(serve.finish().code == 143);
}

TEST_CASE("a 4.0 payload is written as --dialect says") {
    Peers peers;
    const std::string callback = peers.url_of("reference");
    const auto body_in = [&](const std::string& dialect) {
        const auto finished = Program({.words = {"send", "VEHICLE_STATE", "--json", "--seed", "7", "--callback",
                                                 callback, "--dialect", dialect}})
                                  .finish();
        CHECK(finished.code == 0);
        const auto delivery = document::parse(finished.out);
        REQUIRE(delivery.ok());
        return *delivery.value().find("body")->string();
    };
    CHECK(body_in("wire") != body_in("doc"));
    CHECK(body_in("wire") == body_in("wire"));
}
