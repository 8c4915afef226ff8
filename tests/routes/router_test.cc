#include "routes/router.h"

#include <array>
#include <string>

#include "catch.h"

namespace smartcar_sim::routes {
namespace {

// Handlers are only compared, never called.
template <int kNumber>
contract::Response handler(Context&, const contract::Request&, const Parameters&) {
    return {.status = kNumber, .headers = {}, .body = {}};
}

constexpr std::array<Route, 7> kRoutes{{
    {"GET", "/", handler<0>},
    {"GET", "/vehicles", handler<1>},
    {"GET", "/vehicles/{id}", handler<2>},
    {"GET", "/vehicles/compatible", handler<3>},
    {"POST", "/vehicles/{id}/webhooks/{webhookId}", handler<4>},
    {"DELETE", "/vehicles/{id}/webhooks/{webhookId}", handler<5>},
    {"GET", "/{version}/user", handler<6>},
}};

Router router() {
    Router built;
    built.add(kRoutes);
    return built;
}

TEST_CASE("a path is found by its method and segments, with or without a slash at its end") {
    struct Row {
        std::string method, path;
        Handler handler;
    };
    const std::vector<Row> rows = {
        {"GET", "/", handler<0>},
        {"GET", "/vehicles", handler<1>},
        {"GET", "/vehicles/", handler<1>},
        {"HEAD", "/vehicles", handler<1>},
        {"GET", "/vehicles/7", handler<2>},
        {"GET", "/vehicles/7/", handler<2>},
        {"GET", "/vehicles/compatible", handler<3>},
        {"POST", "/vehicles/7/webhooks/9", handler<4>},
        {"DELETE", "/vehicles/7/webhooks/9/", handler<5>},
        {"GET", "/v2.0/user", handler<6>},
    };
    const Router built = router();
    for (const Row& row : rows) {
        CAPTURE(row.method, row.path);
        const Lookup lookup = built.find(row.method, row.path);
        REQUIRE(std::holds_alternative<Match>(lookup));
        CHECK(std::get<Match>(lookup).handler == row.handler);
    }
}

TEST_CASE("parameters are decoded after the path was taken apart") {
    const Lookup lookup = router().find("POST", "/vehicles/a%2Fb%20c+d/webhooks/%C3%A9");
    REQUIRE(std::holds_alternative<Match>(lookup));
    const Parameters& parameters = std::get<Match>(lookup).parameters;
    CHECK(parameters["id"] == "a/b c+d");
    CHECK(parameters["webhookId"] == "\xC3\xA9");
    CHECK(parameters["other"].empty());
}

TEST_CASE("exact segments are compared as sent") {
    const Router built = router();
    CHECK(std::get<Match>(built.find("GET", "/vehicles/%63ompatible")).handler == handler<2>);
    CHECK(std::holds_alternative<NoSuchPath>(built.find("GET", "/%76ehicles")));
    CHECK(std::holds_alternative<NoSuchPath>(built.find("GET", "/Vehicles")));
}

TEST_CASE("a path that no route has is not found") {
    const Router built = router();
    for (const std::string path : {"", "vehicles", "/vehicles//", "/vehicles//webhooks/9", "/vehicles/7/webhooks",
                                   "/vehicles/7/webhooks/9/x", "/v2.0", "/v2.0/user//"}) {
        CAPTURE(path);
        CHECK(std::holds_alternative<NoSuchPath>(built.find("GET", path)));
    }
}

TEST_CASE("an exact segment wins without a second try") {
    // "vehicles" was exact, so {version} is not tried, although "/vehicles/user" would fit it.
    CHECK(std::get<Match>(router().find("GET", "/vehicles/user")).handler == handler<2>);
}

TEST_CASE("a method the path lacks says which ones it has") {
    const Lookup lookup = router().find("PUT", "/vehicles/7/webhooks/9");
    REQUIRE(std::holds_alternative<NoSuchMethod>(lookup));
    CHECK(std::get<NoSuchMethod>(lookup).allow == "POST, DELETE");
    CHECK(std::get<NoSuchMethod>(router().find("POST", "/vehicles")).allow == "GET, HEAD");
    CHECK(std::holds_alternative<NoSuchMethod>(router().find("HEAD", "/vehicles/7/webhooks/9")));
}

}  // namespace
}  // namespace smartcar_sim::routes
