#include "platform/a_platform.h"

namespace smartcar_sim::platform {
namespace {

AuthorizeRequest asked() {
    return {.client_id = std::string(kDevelopmentClientId), .redirect_uri = "https://example.com/home"};
}

std::string location_of(const Authorization& authorization) {
    const auto* const redirect = std::get_if<Redirect>(&authorization);
    REQUIRE(redirect != nullptr);
    return redirect->location;
}

TEST_CASE("authorize redirects with a code and the state as it was sent") {
    World world;
    AuthorizeRequest request = asked();
    const std::string plain = location_of(world.platform.authorize(request));
    CHECK(plain.starts_with("https://example.com/home?code="));
    CHECK(plain.size() == std::string("https://example.com/home?code=").size() + 36);

    request.state = "a b&c=d é";
    request.redirect_uri = "https://example.com/home?x=1";
    const std::string location = location_of(world.platform.authorize(request));
    CHECK(location.starts_with("https://example.com/home?x=1&code="));
    CHECK(location.ends_with("&state=a%20b%26c%3Dd%20%C3%A9"));
}

TEST_CASE("an empty state comes back empty") {
    World world;
    AuthorizeRequest request = asked();
    request.state = "";
    CHECK(location_of(world.platform.authorize(request)).ends_with("&state="));
}

TEST_CASE("what must not be redirected is an error page") {
    struct Row {
        std::string title;
        AuthorizeRequest request;
    };
    const std::string client(kDevelopmentClientId);
    const std::vector<Row> rows = {
        {"Unknown client", {.client_id = "someone", .redirect_uri = "https://example.com/"}},
        {"No redirect URI", {.client_id = client}},
        {"Redirect URI not allowed", {.client_id = client, .redirect_uri = "http://example.com/"}},
        {"Redirect URI not allowed", {.client_id = client, .redirect_uri = "javascript:alert(1)"}},
        {"Redirect URI not allowed", {.client_id = client, .redirect_uri = "https://example.com/#here"}},
        {"Redirect URI not allowed", {.client_id = client, .redirect_uri = "sc" + client + "://a\r\nb"}},
        {"Unsupported response type",
         {.response_type = "token", .client_id = client, .redirect_uri = "https://example.com/"}},
        {"Unknown mode", {.client_id = client, .redirect_uri = "https://example.com/", .mode = "dead"}},
        {"Scope not valid", {.client_id = client, .redirect_uri = "https://example.com/", .scope = "read_batery"}},
    };
    for (const Row& row : rows) {
        World world;
        const Authorization authorization = world.platform.authorize(row.request);
        CAPTURE(row.title);
        const auto* const page = std::get_if<ErrorPage>(&authorization);
        REQUIRE(page != nullptr);
        CHECK(page->status == 400);
        CHECK(page->title == row.title);
        CHECK_FALSE(page->message.empty());
        for (const FleetEntry& entry : world.platform.fleet()) CHECK_FALSE(entry.connected);
    }
}

TEST_CASE("loopback, https and the application's own scheme could be registered") {
    World world;
    for (const std::string uri : {"http://localhost:8000/cb", "http://127.0.0.1/cb", "http://[::1]:9/cb",
                                  "https://example.com/", "scd0c0ffee-0001-4000-8000-000000000001://exchange"}) {
        CAPTURE(uri);
        AuthorizeRequest request = asked();
        request.redirect_uri = uri;
        CHECK(location_of(world.platform.authorize(request)).starts_with(uri + "?code="));
    }
}

TEST_CASE("registered redirect URIs are compared as written and the first is the default") {
    World world{Configuration{.redirect_uris = {"https://a.example/cb", "https://b.example/cb"}}};
    AuthorizeRequest request = asked();
    request.redirect_uri = std::nullopt;
    CHECK(location_of(world.platform.authorize(request)).starts_with("https://a.example/cb?code="));
    request.redirect_uri = "https://b.example/cb";
    CHECK(location_of(world.platform.authorize(request)).starts_with("https://b.example/cb?code="));
    request.redirect_uri = "https://b.example/cb/";
    CHECK(std::holds_alternative<ErrorPage>(world.platform.authorize(request)));
    CHECK(world.platform.connect({.redirect_uri = "https://c.example/"}).error().code == "bad_redirect_uri");
}

TEST_CASE("the mode chooses the vehicles, and test means simulated") {
    World world;
    CHECK(world.connect().vehicle_ids == Texts{std::string(kTesla), std::string(kFord)});
    for (const contract::Mode mode : {contract::Mode::kSimulated, contract::Mode::kTest}) {
        const auto connected = world.platform.connect({.mode = mode});
        REQUIRE(connected.ok());
        CHECK(connected.value().vehicle_ids == Texts{std::string(kSimulated)});
    }
}

TEST_CASE("vehicles can be named, whatever their mode") {
    World world;
    CHECK(world.connect({"simulated-bev-2023", std::string(kTesla), "tesla-model-3-2020"}).vehicle_ids ==
          Texts{std::string(kSimulated), std::string(kTesla)});
    CHECK(world.platform.connect({.vehicles = {"nobody"}}).error().code == "not_found");
}

TEST_CASE("a required permission leaves out the vehicles that lack it") {
    World world;
    const auto some = world.platform.connect({.scope = {"required:read_battery", "read_vin"}});
    REQUIRE(some.ok());
    CHECK(some.value().vehicle_ids == Texts{std::string(kTesla)});
    CHECK(world.platform.fleet_entry(kTesla).value().granted == vehicle::PermissionSet{"read_battery", "read_vin"});

    const auto none = world.platform.connect({.scope = {"required:read_battery"}, .vehicles = {std::string(kFord)}});
    REQUIRE_FALSE(none.ok());
    CHECK(none.error().code == "no_vehicles");
}

TEST_CASE("an account without a suitable vehicle comes back with the contract's error") {
    StandingClock clock;
    base::Ids ids{7};
    Platform empty({}, {}, clock, ids);
    AuthorizeRequest request = asked();
    request.state = "s";
    CHECK(location_of(empty.authorize(request)) ==
          "https://example.com/home?error=no_vehicles&error_description=No%20vehicles%20found.%20Please%20add%20"
          "vehicles%20to%20your%20account%20and%20try%20again.&state=s");
}

TEST_CASE("connecting gives a code, tokens and where the browser would go") {
    World world;
    const auto connected = world.platform.connect({.redirect_uri = "http://localhost:1/cb", .state = "x"});
    REQUIRE(connected.ok());
    CHECK(connected.value().redirect_to == "http://localhost:1/cb?code=" + connected.value().code + "&state=x");
    CHECK(std::holds_alternative<VehiclePage>(world.platform.vehicles(connected.value().access_token, 10, 0)));
    CHECK_FALSE(world.connect().redirect_to);
}

TEST_CASE("permissions of a connected vehicle can be granted and revoked") {
    World world;
    CHECK(world.platform.set_permissions(kTesla, {}).error().code == "not_connected");
    REQUIRE(world.platform.connect({.scope = {"read_vin"}}).ok());
    REQUIRE(world.platform.set_permissions(kTesla, {.grant = {"read_fuel", "read_fuel"}, .revoke = {"read_vin"}}).ok());
    CHECK(world.platform.fleet_entry(kTesla).value().granted == vehicle::PermissionSet{"read_fuel"});
    const auto unknown = world.platform.set_permissions(kTesla, {.grant = {"read_feul"}});
    REQUIRE_FALSE(unknown.ok());
    CHECK(unknown.error().message == R"(unknown permission "read_feul"; did you mean "read_fuel"?)");
}

}  // namespace
}  // namespace smartcar_sim::platform
