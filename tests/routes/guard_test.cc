#include "routes/guard.h"

#include <string>
#include <vector>

#include "routes/a_client.h"

namespace smartcar_sim::routes {
namespace {

std::string code_of(const std::optional<contract::Response>& refused) {
    return refused ? std::to_string(refused->status) + ' ' + text_at(*refused, "/error/code") : "passes";
}

}  // namespace

TEST_CASE("a request passes when its host names this server and no other page sent it") {
    const AllowedHosts allowed{{"Sim.Test", "127.0.0.2"}};
    struct Row {
        std::string host, origin, outcome;
    };
    const std::string host_refused = "403 host_not_allowed";
    const std::string origin_refused = "403 origin_not_allowed";
    const std::vector<Row> rows = {
        {"127.0.0.1:8080", "", "passes"},
        {"localhost", "", "passes"},
        {"LocalHost:8080", "", "passes"},
        {"[::1]:8080", "", "passes"},
        {"sim.test:8080", "", "passes"},
        {"SIM.test:8080", "", "passes"},
        {"127.0.0.2:8080", "http://127.0.0.2:8080", "passes"},
        {"127.0.0.3:8080", "", host_refused},
        {"", "", host_refused},
        {"evil.example", "", host_refused},
        {"evil.example:8080", "http://evil.example:8080", host_refused},
        {"127.0.0.1.evil.example", "", host_refused},
        {"evil.example@localhost", "", host_refused},
        {"localhost:99999", "", host_refused},
        {"sub.sim.test", "", host_refused},
        {"127.0.0.1:8080", "http://127.0.0.1:8080", "passes"},
        {"sim.test", "http://sim.test", "passes"},
        {"127.0.0.1:8080", "http://localhost:8080", origin_refused},
        {"127.0.0.1:8080", "http://127.0.0.1:3000", origin_refused},
        {"127.0.0.1:8080", "http://evil.example", origin_refused},
        {"127.0.0.1:8080", "null", origin_refused},
        {"127.0.0.1:8080", "file://", origin_refused},
    };
    for (const Row& row : rows) {
        CAPTURE(row.host, row.origin);
        contract::Request request;
        request.method = "GET";
        request.target = "/_sim/health";
        if (!row.host.empty()) request.headers.add("Host", row.host);
        if (!row.origin.empty()) request.headers.add("Origin", row.origin);
        CHECK(code_of(refuse_foreign(request, allowed)) == row.outcome);
    }
}

TEST_CASE("refusals say what to do, and change nothing") {
    Client client;
    const auto foreign_host = client.send("POST", "/_sim/webhooks", R"({"callbackUri":"http://127.0.0.1:3000/"})",
                                          {{"host", "evil.example"}});
    CHECK(foreign_host.body == error_body("host_not_allowed",
                                          R"(The Host header \"evil.example\" does not name this simulator; )"
                                          "start it with --allow-host NAME to accept another name."));
    const auto foreign_page = client.send("POST", "/_sim/webhooks", R"({"callbackUri":"http://127.0.0.1:3000/"})",
                                          {{"host", "127.0.0.1:8080"}, {"origin", "http://evil.example"}});
    CHECK(foreign_page.body == error_body("origin_not_allowed",
                                          "A page of http://evil.example may not use this API; only the simulator's "
                                          "own pages may."));
    CHECK(client.world.platform.webhooks().empty());
    CHECK(foreign_page.headers.get("access-control-allow-origin") == std::nullopt);
}

// Before, the answer was cut off JSON.
TEST_CASE("a host that is not UTF-8 is refused in JSON") {
    Client client;
    const auto refused = client.send("GET", "/_sim/health", {}, {{"Host", "\xff.example"}});
    CHECK(refused.status == 403);
    CHECK(text_at(refused, "/error/message").starts_with("The Host header \"?.example\" does not"));
}

}  // namespace smartcar_sim::routes
