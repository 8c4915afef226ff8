// routes_server COUNT
//
// The server and the router with COUNT routes, of which the last, /v2.0/vehicles/{id}/last, answers. Prints its origin
// and serves until its input ends.

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "http/server.h"
#include "routes/router.h"

namespace {

using namespace smartcar_sim;

// Never called: what is measured is finding it.
contract::Response unreachable(routes::Context&, const contract::Request&, const routes::Parameters&) { return {}; }

// Shaped like the platform's own: a version, a collection, an id, a member.
std::vector<std::string> patterns(int count) {
    std::vector<std::string> patterns;
    for (int i = 1; i < count; ++i) patterns.push_back("/v2.0/vehicles/{id}/member" + std::to_string(i));
    patterns.emplace_back("/v2.0/vehicles/{id}/last");
    return patterns;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> texts = patterns(argc == 2 ? std::atoi(argv[1]) : 1);
    std::vector<routes::Route> table;
    table.reserve(texts.size());
    for (const std::string& text : texts) table.push_back({"GET", text, unreachable});
    routes::Router router;
    router.add(table);

    const auto server = http::Server::start({}, [&router](const contract::Request& request) {
        const auto found = router.find(request.method, request.path());
        if (!std::holds_alternative<routes::Match>(found)) return contract::json_response(404, "{}");
        return contract::json_response(200, R"({"found":true})");
    });
    if (!server) {
        std::fputs((server.error().message + "\n").c_str(), stderr);
        return 3;
    }
    std::cout << server.value()->origin() << '\n' << std::flush;
    std::cin.get();
    return 0;
}
