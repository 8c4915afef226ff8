#include <set>

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
        CHECK_FALSE(page->message.ends_with("?."));
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

// --- by the pages -----------------------------------------------------------------------------------

Visit visit_of(World& world, const AuthorizeRequest& request) {
    const Admission admission = world.platform.admit(request);
    const auto* const visit = std::get_if<Visit>(&admission);
    REQUIRE(visit != nullptr);
    return *visit;
}

Account account_of(World& world, const Visit& visit, const std::string& username) {
    const SignedIn signed_in = world.platform.sign_in(visit, {.make = "TESLA", .username = username});
    const auto* const account = std::get_if<Account>(&signed_in);
    REQUIRE(account != nullptr);
    return *account;
}

TEST_CASE("a visit knows its mode, region, brand and what it may choose") {
    World world;
    AuthorizeRequest request = asked();
    request.scope = "read_vin required:read_battery";
    request.mode = "test";
    request.flags = "color:00819D country:us";
    request.single_select = "true";
    request.single_select_vin = "abc";
    const Visit visit = visit_of(world, request);
    CHECK(visit.mode == contract::Mode::kTest);
    CHECK(visit.permissions == Texts{"read_vin", "read_battery"});
    CHECK(visit.required == Texts{"read_battery"});
    CHECK(visit.region == vehicle::Region::kUs);
    CHECK(visit.select == Select::kOne);
    CHECK(visit.vin == "ABC");
    CHECK(visit.make.empty());
    CHECK(world.platform.makes(visit).empty());

    request = asked();
    request.make = "tesla";
    // Heeded with single_select alone.
    request.single_select_vin = "abc";
    CHECK(visit_of(world, request).make == "TESLA");
    CHECK(visit_of(world, request).vin.empty());
    CHECK(world.platform.makes(visit_of(world, request)) == Texts{"TESLA"});
}

TEST_CASE("countries are in one of three regions") {
    World world;
    struct Row {
        std::string flags;
        std::optional<vehicle::Region> region;
    };
    const std::vector<Row> rows = {{"", std::nullopt},
                                   {"color:00819D", std::nullopt},
                                   {"country:US", vehicle::Region::kUs},
                                   {"country:CA", vehicle::Region::kCanada},
                                   {"country:DE", vehicle::Region::kEurope},
                                   {"x:true country:gb", vehicle::Region::kEurope}};
    for (const Row& row : rows) {
        CAPTURE(row.flags);
        AuthorizeRequest request = asked();
        request.flags = row.flags;
        CHECK(visit_of(world, request).region == row.region);
    }
}

TEST_CASE("a login shows the brand's vehicles, and which of them suit") {
    World world;
    AuthorizeRequest request = asked();
    request.scope = "required:read_battery";
    const Account account = account_of(world, visit_of(world, request), "me");
    REQUIRE(account.vehicles.size() == 2);
    CHECK(account.vehicles.at(0).suits);
    CHECK_FALSE(account.vehicles.at(1).suits);
    CHECK_FALSE(account.granted_before);
    REQUIRE(world.platform.connect({.scope = {"read_battery"}}).ok());
    CHECK(account_of(world, visit_of(world, request), "me").granted_before);
}

TEST_CASE("a vehicle that can do nothing of what is asked does not suit") {
    World world;
    AuthorizeRequest request = asked();
    request.scope = "read_tires";
    const Account account = account_of(world, visit_of(world, request), "me");
    CHECK(account.vehicles.at(0).suits);
    CHECK_FALSE(account.vehicles.at(1).suits);
}

TEST_CASE("a login can stand for a vehicle that is not in the fleet, the same one each time") {
    World world;
    const Visit visit = visit_of(world, asked());
    const std::string username = "5YJSA1E14FF101307@bev.smartcar.com";
    const Account account = account_of(world, visit, username);
    REQUIRE(account.vehicles.size() == 1);
    const vehicle::Vehicle& guest = *account.vehicles.front().vehicle;
    CHECK(guest.vin == "5YJSA1E14FF101307");
    CHECK(guest.make == "TESLA");
    CHECK(guest.powertrain == vehicle::Powertrain::kBev);
    CHECK(guest.can("read_battery"));
    CHECK_FALSE(guest.can("read_fuel"));
    CHECK(guest.state.has("tractionbattery-stateofcharge"));
    CHECK_FALSE(guest.state.has("internalcombustionengine-fuellevel"));
    CHECK(account_of(world, visit, username).vehicles.front().vehicle->id == guest.id);
    CHECK(world.platform.fleet().size() == 3);

    const auto approved = world.platform.approve(visit, {.make = "TESLA", .username = username},
                                                 {.vehicle_ids = {guest.id}, .permissions = {"read_battery"}});
    REQUIRE(approved.ok());
    CHECK(world.platform.fleet_entry(guest.id).value().granted == vehicle::PermissionSet{"read_battery"});
    CHECK(account_of(world, visit, username).vehicles.front().vehicle->id == guest.id);
    world.platform.reset();
    CHECK(world.platform.fleet().size() == 3);
}

TEST_CASE("a fuel car without a battery is told by its login too") {
    World world;
    const Account account = account_of(world, visit_of(world, asked()), "5YJSA1E14FF101307@fuel.smartcar.com");
    const vehicle::Vehicle& guest = *account.vehicles.front().vehicle;
    CHECK_FALSE(guest.can("read_battery"));
    CHECK_FALSE(guest.can("control_charge"));
    CHECK_FALSE(guest.state.has("charge-ischarging"));
    CHECK(guest.can("read_fuel"));
    CHECK(guest.state.has("internalcombustionengine-fuellevel"));
}

TEST_CASE("an account of so many vehicles has the fleet's first and then others, each once") {
    World world;
    const Visit visit = visit_of(world, asked());
    CHECK(account_of(world, visit, "1-vehicles@smartcar.com").vehicles.size() == 1);
    const Account account = account_of(world, visit, "20-vehicles@smartcar.com");
    REQUIRE(account.vehicles.size() == 20);
    CHECK(account.vehicles.front().vehicle->id == kTesla);
    std::set<std::string> ids;
    for (const AccountVehicle& each : account.vehicles) ids.insert(each.vehicle->id);
    CHECK(ids.size() == 20);
}

TEST_CASE("what is approved must be a vehicle of the account, one where one is asked for, and a permission") {
    World world;
    AuthorizeRequest request = asked();
    request.scope = "read_vehicle_info read_fuel";
    const Login login{.make = "TESLA", .username = "me"};
    const std::string tesla(kTesla), ford(kFord), simulated(kSimulated);
    const auto code_of = [&](const Approval& approval) {
        const auto approved = world.platform.approve(visit_of(world, request), login, approval);
        return approved.ok() ? std::string("approved") : approved.error().code;
    };
    CHECK(code_of({.vehicle_ids = {}, .permissions = {"read_fuel"}}) == "no_vehicle_chosen");
    CHECK(code_of({.vehicle_ids = {simulated, "x"}, .permissions = {"read_fuel"}}) == "no_vehicle_chosen");
    CHECK(code_of({.vehicle_ids = {tesla}, .permissions = {}}) == "no_permission_chosen");
    // Nobody asked for it.
    CHECK(code_of({.vehicle_ids = {tesla}, .permissions = {"read_vin"}}) == "no_permission_chosen");
    CHECK_FALSE(world.platform.fleet_entry(kTesla).value().connected);
    CHECK(code_of({.vehicle_ids = {tesla, ford}, .permissions = {"read_fuel", "read_vin"}}) == "approved");
    CHECK(world.platform.fleet_entry(kFord).value().granted == vehicle::PermissionSet{"read_fuel"});
    request.single_select = "true";
    CHECK(code_of({.vehicle_ids = {tesla, ford}, .permissions = {"read_fuel"}}) == "one_vehicle_only");
    CHECK(code_of({.vehicle_ids = {ford}, .permissions = {"read_fuel"}}) == "approved");
}

TEST_CASE("a forced error stays with the vehicle until it is connected in another way") {
    World world;
    const Visit visit = visit_of(world, asked());
    const Approval approval{.vehicle_ids = {std::string(kTesla)}, .permissions = {"read_vin"}};
    const Login failing{.make = "TESLA", .username = "VEHICLE_STATE.ASLEEP@smartcar.com"};
    REQUIRE(world.platform.approve(visit, failing, approval).ok());
    CHECK(world.platform.fleet_entry(kTesla).value().forced_error ==
          contract::ApiError{.type = "VEHICLE_STATE", .code = "ASLEEP"});
    CHECK_FALSE(world.platform.fleet_entry(kFord).value().forced_error);
    REQUIRE(world.platform.approve(visit, {.make = "TESLA", .username = "me"}, approval).ok());
    CHECK_FALSE(world.platform.fleet_entry(kTesla).value().forced_error);
}

TEST_CASE("a Tesla that lacks a virtual key says where to get one, and no other vehicle does") {
    World world;
    const Approval approval{.vehicle_ids = {std::string(kTesla)}, .permissions = {"read_vin"}};
    const auto location = [&](const std::string& username) {
        return world.platform.approve(visit_of(world, asked()), {.make = "TESLA", .username = username}, approval)
            .value()
            .location;
    };
    CHECK(location("me").find("virtual_key_url") == std::string::npos);
    CHECK(location("CONNECTED_SERVICES_ACCOUNT.VIRTUAL_KEY_REQUIRED@smartcar.com")
              .ends_with("&virtual_key_url=https%3A%2F%2Fwww.tesla.com%2F_ak%2Fsmartcar.com"));
}

TEST_CASE("the way back from an error page is the registered URI, if any can be trusted") {
    const auto back = [](World& world, const AuthorizeRequest& request) {
        const Admission admission = world.platform.admit(request);
        REQUIRE(std::holds_alternative<ErrorPage>(admission));
        return std::get<ErrorPage>(admission).return_to;
    };
    World open;
    CHECK(back(open, {.client_id = "x", .redirect_uri = "http://example.com/"}).empty());
    CHECK(back(open, {.client_id = "x", .redirect_uri = "https://example.com/"})
              .starts_with("https://example.com/?error=configuration_error&error_description="));
    World closed{Configuration{.redirect_uris = {"https://a.example/cb"}}};
    CHECK(back(closed, {.client_id = "x", .redirect_uri = "https://example.com/"}).empty());
    CHECK(back(closed, {.client_id = "x"}).starts_with("https://a.example/cb?error=configuration_error&"));
}

TEST_CASE("connecting can fail in any way, and changes nothing") {
    World world;
    const auto denied =
        world.platform.fail_connect({.redirect_uri = "http://localhost:1/", .state = "s"}, ConnectError::kAccessDenied);
    REQUIRE(denied.ok());
    CHECK(
        denied.value() ==
        "http://localhost:1/?error=access_denied&error_description=User%20denied%20access%20to%20application.&state=s");
    CHECK(world.platform.fail_connect({}, ConnectError::kAccessDenied).value().empty());
    CHECK(world.platform.fail_connect({.scope = {"read_batery"}}, ConnectError::kServer).error().code == "bad_scope");
    CHECK(world.platform.fail_connect({.vehicles = {"x"}}, ConnectError::kVehicleIncompatible).error().code ==
          "not_found");
    CHECK_FALSE(world.platform.fleet_entry(kTesla).value().connected);
}

// --- tokens of the application ------------------------------------------------------------------------

TEST_CASE("an application token lives an hour") {
    World world;
    const Credentials good{std::string(kDevelopmentApiClientId), std::string(kDevelopmentClientSecret)};
    const auto issue = [&] {
        return std::get<ApplicationToken>(world.platform.issue_application_token(good)).access_token;
    };
    const std::string token = issue();
    CHECK(issue() != token);
    world.clock.pass(kApplicationTokenLifetime - base::Milliseconds(1));
    CHECK(world.platform.is_application_token(token));
    world.clock.pass(base::Milliseconds(1));
    CHECK_FALSE(world.platform.is_application_token(token));
    CHECK_FALSE(world.platform.is_application_token(""));
    CHECK_FALSE(world.platform.is_application_token(world.connect().access_token));
    CHECK(std::holds_alternative<OAuthError>(world.platform.issue_application_token({good.client_id, "guess"})));
}

}  // namespace
}  // namespace smartcar_sim::platform
