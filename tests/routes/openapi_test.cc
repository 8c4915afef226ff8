// GET /_sim/openapi.json against the routes. tests/sdk/openapi.test.mjs compares its schemas with real answers.
#include "routes/openapi.h"

#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"
#include "catch.h"
#include "routes/a_client.h"
#include "routes/openapi_tables.h"

using namespace smartcar_sim;

namespace {

using Pairs = std::set<std::pair<std::string, std::string>>;  // method and path

document::Value parsed() {
    auto document = document::parse(routes::openapi_document());
    REQUIRE(document.ok());
    return std::move(document).value();
}

Pairs served() {
    Pairs pairs;
    for (const auto table : routes::all_routes()) {
        for (const routes::Route& route : table) {
            std::string path(route.pattern);
            if (path.starts_with("/{version}/")) path.replace(0, std::string("/{version}").size(), "/v2.0");
            pairs.emplace(std::string(route.method), path);
        }
    }
    return pairs;
}

Pairs described(const document::Value& document) {
    Pairs pairs;
    for (const auto& [path, methods] : *document.find("paths")->object()) {
        for (const auto& [method, operation] : *methods.object()) pairs.emplace(base::upper_case(method), path);
    }
    return pairs;
}

// "/v2.0/vehicles/x/webhooks/x"
std::string filled(const std::string& pattern) {
    std::string path;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == '{') {
            path += 'x';
            at = pattern.find('}', at);
        } else {
            path += pattern[at];
        }
    }
    return path;
}

}  // namespace

TEST_CASE("every route stands in the OpenAPI document, and nothing else does") {
    const auto document = parsed();
    CHECK(described(document) == served());
    CHECK(served().size() > 120);
}

TEST_CASE("nothing is said of a route that there is not") {
    const Pairs routes = served();
    std::set<std::pair<std::string, std::string>> said;
    for (const routes::Operation& operation : routes::all_operations()) {
        CAPTURE(operation.method, operation.pattern);
        CHECK(routes.contains({std::string(operation.method), operation.pattern}));
        CHECK(said.emplace(operation.method, operation.pattern).second);
    }
}

TEST_CASE("what the OpenAPI document has is routed with that method") {
    routes::Router router;
    for (const auto table : routes::all_routes()) router.add(table);
    for (const auto& [method, path] : described(parsed())) {
        CAPTURE(method, path);
        const routes::Lookup found = router.find(method, filled(path));
        CHECK(std::holds_alternative<routes::Match>(found));
    }
}

TEST_CASE("the OpenAPI document is the same bytes each time, and fewer than 250,000") {
    routes::Client client;
    const auto first = client.get("/_sim/openapi.json");
    CHECK(first.status == 200);
    CHECK(first.headers.get("content-type") == "application/json");
    CHECK(first.body == routes::openapi_document());
    CHECK(client.get("/_sim/openapi.json").body == first.body);
    CHECK(first.body.size() < 250'000);
}

TEST_CASE("operations have ids of their own") {
    std::set<std::string> ids;
    const auto document = parsed();
    for (const auto& [path, methods] : *document.find("paths")->object()) {
        for (const auto& [method, operation] : *methods.object()) {
            CAPTURE(method, path);
            CHECK(ids.insert(*operation.find("operationId")->string()).second);
        }
    }
}
