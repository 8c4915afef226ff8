#include "routes/connect.h"

#include <string>
#include <vector>

#include "routes/a_visitor.h"

namespace smartcar_sim::routes {
namespace {

using Texts = std::vector<std::string>;

const std::string kClient(platform::kDevelopmentClientId);
const std::string kReturn = "http://localhost:8000/cb";

std::string target(const std::string& more = "") {
    return "/oauth/authorize?response_type=code&client_id=" + kClient +
           "&redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fcb" + more;
}

Application with_pages() {
    return Application({"tesla-model-3-2020", "ford-f-150-2021", "kia-ev6-2022", "simulated-bev-2023"},
                       {.configuration = {.connect = platform::ConnectStyle::kPage}});
}

std::string field_of(const std::string& location, std::string_view name) {
    return base::field(base::parse_form(location.substr(location.find('?') + 1)), name).value_or("(none)");
}

TEST_CASE("a robot walks from the preamble to a code by the ids that the SDKs' tests know") {
    Application application = with_pages();
    Visitor visitor(application);
    // Verbatim: a form would change the line feed and cannot carry the byte that is no UTF-8.
    visitor.open(target("&scope=read_battery%20required%3Aread_vin&state=a+b%26%C3%A9%0A%ff%22%3C"));
    CHECK(visitor.page.status == 200);
    CHECK(visitor.sees("continue-button"));
    visitor.press("continue-button");
    CHECK(visitor.sees("brand-search"));
    CHECK(visitor.page.body.find(R"(class="brand-list-item")") != std::string::npos);
    visitor.press("TESLA");
    CHECK(visitor.sees("username"));
    CHECK(visitor.sees("password"));
    visitor.press("sign-in-button", {{"username", "me@example.com"}, {"password", "secret"}});
    CHECK(visitor.page.body.find(R"(class="page-content")") != std::string::npos);
    CHECK_FALSE(application.world.platform.fleet_entry(kTesla).value().connected);
    visitor.press("approval-button");
    CHECK(visitor.page.status == 302);
    CHECK(visitor.location().starts_with(kReturn + "?code="));
    CHECK(visitor.location().ends_with("&state=a%20b%26%C3%A9%0A%FF%22%3C"));
    CHECK(application.world.platform.fleet_entry(kTesla).value().granted ==
          vehicle::PermissionSet{"read_battery", "read_vin"});
    CHECK_FALSE(application.world.platform.fleet_entry(kFord).value().connected);

    const auto tokens = application.send("POST", "/oauth/token", {},
                                         "grant_type=authorization_code&client_id=" + kClient +
                                             "&client_secret=" + std::string(platform::kDevelopmentClientSecret) +
                                             "&code=" + field_of(visitor.location(), "code"));
    CHECK(application.get("/v2.0/vehicles/" + std::string(kTesla) + "/battery", text_at(tokens, "/access_token"))
              .status == 200);
}

TEST_CASE("every page is a whole document that is not stored and fetches nothing") {
    Application application = with_pages();
    Visitor visitor(application);
    const auto check = [&] {
        CAPTURE(visitor.page.body);
        CHECK(header(visitor.page, "content-type") == "text/html; charset=utf-8");
        CHECK(header(visitor.page, "cache-control") == "no-store");
        CHECK(header(visitor.page, "content-security-policy")
                  .starts_with("default-src 'none'; style-src 'unsafe-inline'"));
        CHECK(base::is_uuid(header(visitor.page, "sc-request-id")));
        CHECK(visitor.page.body.starts_with("<!doctype html>\n<html lang=\"en\">"));
        CHECK(visitor.page.body.find("name=\"viewport\"") != std::string::npos);
        CHECK(visitor.page.body.find("simulated") != std::string::npos);
        CHECK(visitor.page.body.find("<script") == std::string::npos);
        CHECK(visitor.page.body.find(" src=") == std::string::npos);
        CHECK(visitor.page.body.find("url(") == std::string::npos);
    };
    visitor.open(target("&state=%3Cscript%3E&user=%22%3E"));
    check();
    for (const char* id : {"continue-button", "TESLA"}) {
        visitor.press(id);
        check();
        CHECK(field_of(visitor.link("exit-link"), "error") == "user_manually_returned_to_application");
        CHECK(field_of(visitor.link("exit-link"), "state") == "<script>");
    }
    visitor.press("sign-in-button", {{"username", "\"><b>'"}});
    check();
    CHECK(visitor.page.body.find("<b>") == std::string::npos);
    visitor.open("/oauth/authorize?client_id=%3Cscript%3E%22%26%ff&redirect_uri=http://localhost/");
    check();
    CHECK(visitor.page.body.find("&lt;script&gt;&quot;&amp;?") != std::string::npos);
}

TEST_CASE("parameters of the request decide where the visit leads") {
    struct Row {
        std::string parameters, after_preamble;  // an id on the page
    };
    const std::vector<Row> rows = {
        {"", "TESLA"},
        {"", "KIA"},
        {"&make=FORD", "sign-in-button"},
        {"&make=ford", "sign-in-button"},
        {"&make=LADA", "FORD"},
        {"&mode=simulated", "SIMULATED"},
        {"&mode=test", "SIMULATED"},
        {"&flags=country%3ADE%20color%3A00819D", "KIA"},
        {"&single_select=true&single_select_vin=5YJ3E1EA7LF600042&make=FORD", "sign-in-button"},
    };
    for (const Row& row : rows) {
        Application application = with_pages();
        Visitor visitor(application);
        CAPTURE(row.parameters);
        visitor.open(target(row.parameters));
        visitor.press("continue-button");
        CHECK(visitor.sees(row.after_preamble));
    }
}

TEST_CASE("a country leaves out the brands of other regions") {
    Application application = with_pages();
    Visitor visitor(application);
    visitor.open(target("&flags=country%3ADE"));
    visitor.press("continue-button");
    CHECK(visitor.sees("KIA"));
    CHECK_FALSE(visitor.sees("TESLA"));
}

// Once the list of brands was empty and led nowhere.
TEST_CASE("a visit that no vehicle is for ends in no_vehicles") {
    Application application = with_pages();
    for (const std::string& more : {std::string("&single_select=true&single_select_vin=1FTFW1E50MFA00099"),
                                    std::string("&mode=simulated&flags=country%3ADE")}) {
        CAPTURE(more);
        Visitor visitor(application);
        visitor.open(target(more));
        visitor.press("continue-button");
        CHECK(visitor.location().starts_with(kReturn + "?error=no_vehicles&"));
    }
}

TEST_CASE("a search for a brand shows those whose names hold it") {
    Application application = with_pages();
    Visitor visitor(application);
    visitor.open(target());
    visitor.press("continue-button");
    visitor.press("search-button", {{"search", "esl"}});
    CHECK(visitor.sees("TESLA"));
    CHECK_FALSE(visitor.sees("FORD"));
    visitor.press("search-button", {{"search", "<lada>"}});
    CHECK_FALSE(visitor.sees("TESLA"));
    CHECK(visitor.page.body.find("No brand is called that") != std::string::npos);
    CHECK(visitor.page.body.find("<lada>") == std::string::npos);
    visitor.press("all-brands-button");
    CHECK(visitor.sees("FORD"));
}

TEST_CASE("a login without an e-mail is asked for again, in words that belong to the field") {
    Application application = with_pages();
    Visitor visitor(application);
    visitor.sign_in(target(), "TESLA", "  ");
    CHECK(visitor.page.body.find(R"(role="alert" id="username-error")") != std::string::npos);
    CHECK(visitor.page.body.find(R"(aria-invalid="true" aria-describedby="username-error")") != std::string::npos);
    CHECK(visitor.page.body.find("<title>Error: ") != std::string::npos);
    visitor.press("sign-in-button", {{"username", "me"}});
    CHECK(visitor.sees("approval-button"));
}

TEST_CASE("every error comes back in its words, with the state and what belongs to it") {
    struct Row {
        std::string username, press, error, description, more;
    };
    const std::vector<Row> rows = {
        {"me", "deny-button", "access_denied", "User denied access to application.", ""},
        {"smartcar@invalid-subscription.com", "return-button", "invalid_subscription",
         "User does not have an active connected vehicle subscription.", ""},
        {"0-vehicles@smartcar.com", "return-button", "no_vehicles",
         "No vehicles found. Please add vehicles to your account and try again.", ""},
        {"smartcar@vehicle-incompatible.com", "return-button", "vehicle_incompatible",
         "The user's vehicle is not compatible.", "&make=AUDI&vin=0SCAUDI012FE3B132&model=Test%20vehicle&year=2020"},
        {"smartcar@server-error.com", "return-button", "server_error", "Unexpected server error. Please try again.",
         ""},
    };
    for (const Row& row : rows) {
        Application application = with_pages();
        Visitor visitor(application);
        CAPTURE(row.error);
        visitor.sign_in(target("&state=s"), "TESLA", row.username);
        visitor.press(row.press);
        CHECK(visitor.page.status == 302);
        CHECK(visitor.location() == kReturn + "?error=" + row.error + "&error_description=" +
                                        base::percent_encode(row.description) + "&state=s" + row.more);
        CHECK_FALSE(application.world.platform.fleet_entry(kTesla).value().connected);
    }
}

TEST_CASE("what an incompatible vehicle is, is told only if the user agrees") {
    Application application = with_pages();
    Visitor visitor(application);
    visitor.sign_in(target(), "TESLA", "smartcar@vehicle-incompatible.com");
    visitor.unticked = {"yes"};
    visitor.press("return-button");
    CHECK(field_of(visitor.location(), "error") == "vehicle_incompatible");
    CHECK(field_of(visitor.location(), "vin") == "(none)");
}

TEST_CASE("a brand whose vehicles lack what is required is incompatible, and says which") {
    Application application = with_pages();
    Visitor visitor(application);
    visitor.sign_in(target("&scope=required%3Aread_battery"), "FORD", "me");
    visitor.press("return-button");
    CHECK(field_of(visitor.location(), "error") == "vehicle_incompatible");
    CHECK(field_of(visitor.location(), "make") == "FORD");
}

TEST_CASE("cancelling the login and leaving a page are links to the application") {
    Application application = with_pages();
    Visitor visitor(application);
    visitor.open(target("&state=s&make=TESLA"));
    visitor.press("continue-button");
    CHECK(visitor.link("cancel-link") == kReturn +
                                             "?error=oem_cancelled_login&error_description=The%20user%20did%20not%20"
                                             "complete%20authorization%20with%20the%20OEM&state=s");
    CHECK(visitor.link("exit-link").starts_with(kReturn + "?error=user_manually_returned_to_application&"));
    visitor.press("sign-in-button", {{"username", "0-vehicles@smartcar.com"}});
    CHECK(visitor.sees("return-button"));
    CHECK_FALSE(visitor.sees("exit-link"));
}

TEST_CASE("a request that is not in order has a way back, but to nowhere that cannot be trusted") {
    Application application = with_pages();
    Visitor visitor(application);
    visitor.open(target("&mode=dead&state=s"));
    CHECK(visitor.page.status == 400);
    const std::string back = visitor.link("return-link");
    CHECK(field_of(back, "error") == "configuration_error");
    CHECK(field_of(back, "status_code") == "400");
    CHECK(field_of(back, "error_message") == "The mode is \"dead\"; it must be live, test or simulated.");
    CHECK(field_of(back, "state") == "s");
    visitor.open("/oauth/authorize?response_type=code&client_id=" + kClient + "&redirect_uri=javascript%3Aalert(1)");
    CHECK(visitor.page.status == 400);
    CHECK(visitor.page.body.find("<a ") == std::string::npos);
}

TEST_CASE("permissions can be left out, but not those that are required") {
    Application application = with_pages();
    Visitor visitor(application);
    visitor.sign_in(target("&scope=read_battery%20required%3Aread_vin%20read_charge"), "TESLA", "me");
    visitor.unticked = {"read_battery", "read_vin"};
    visitor.press("approval-button");
    CHECK(visitor.page.status == 302);
    CHECK(application.world.platform.fleet_entry(kTesla).value().granted ==
          vehicle::PermissionSet{"read_vin", "read_charge"});
}

TEST_CASE("approving nothing shows the page again") {
    Application application = with_pages();
    Visitor visitor(application);
    visitor.sign_in(target("&scope=read_battery"), "TESLA", "me");
    visitor.unticked = {"read_battery"};
    visitor.press("approval-button");
    CHECK(visitor.page.status == 200);
    CHECK(visitor.page.body.find(R"(role="alert")") != std::string::npos);
    visitor.unticked = {std::string(kTesla)};
    visitor.press("approval-button", {{"permission", "read_battery"}});
    CHECK(visitor.page.body.find("Choose a vehicle to share.") != std::string::npos);
    CHECK_FALSE(application.world.platform.fleet_entry(kTesla).value().connected);
}

TEST_CASE("auto asks nobody who granted everything before, and force does") {
    for (const auto& [prompt, status] : std::vector<std::pair<std::string, int>>{
             {"", 302}, {"&approval_prompt=auto", 302}, {"&approval_prompt=force", 200}, {"&scope=read_fuel", 200}}) {
        Application application = with_pages();
        REQUIRE(application.world.platform.connect({.scope = {"read_vin", "read_battery"}}).ok());
        Visitor visitor(application);
        CAPTURE(prompt);
        const std::string scope = prompt.starts_with("&scope") ? "" : "&scope=read_vin";
        visitor.sign_in(target(prompt + scope), "TESLA", "me");
        CHECK(visitor.page.status == status);
    }
}

TEST_CASE("one of several vehicles is chosen with single_select, and any of them without") {
    for (const std::string select : {"true", "false"}) {
        Application application = with_pages();
        Visitor visitor(application);
        CAPTURE(select);
        visitor.sign_in(target("&single_select=" + select), "TESLA", "3-vehicles@smartcar.com");
        const bool one = select == "true";
        CHECK((visitor.page.body.find("type=\"radio\"") != std::string::npos) == one);
        visitor.press("approval-button");
        REQUIRE(visitor.page.status == 302);
        std::size_t connected = 0;
        for (const auto& entry : application.world.platform.fleet()) connected += entry.connected ? 1 : 0;
        CHECK(connected == (one ? 1 : 3));
    }
}

TEST_CASE("a visit with response_type none ends without a code, and the flow of 2026 names the user") {
    Application application = with_pages();
    Visitor visitor(application);
    const std::string user(platform::kDevelopmentUserId);
    const auto end = [&](const std::string& query) {
        visitor.sign_in("/oauth/authorize?" + query + "&redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fcb&state=s",
                        "TESLA", "me");
        if (visitor.page.status == 200) visitor.press("approval-button");
        return visitor.location();
    };
    CHECK(end("response_type=none&client_id=" + kClient) == kReturn + "?state=s&user_id=" + user);
    CHECK(end("response_type=none&application_id=" + kClient + "&external_id=my%20user") ==
          kReturn + "?state=s&user_id=" + user + "&external_id=my%20user");
    CHECK(application.world.platform.external_id(user) == "my user");
    CHECK(end("response_type=none&client_id=" + kClient + "&external_id=null") == kReturn + "?state=s&user_id=" + user);
    CHECK_FALSE(application.world.platform.external_id(user));
    CHECK(field_of(end("response_type=code&application_id=" + kClient), "user_id") == user);
    CHECK(field_of(end("response_type=code&client_id=" + kClient), "user_id") == "(none)");
}

TEST_CASE("a GET grants nothing, whatever it says") {
    Application application = with_pages();
    const std::string carried = base::percent_encode(target().substr(target().find('?') + 1));
    const auto response =
        application.send("GET", "/oauth/authorize?request=" + carried +
                                    "&step=consent&brand=TESLA&username=me&vehicle=" + std::string(kTesla) +
                                    "&permission=read_vin&answer=approve");
    CHECK(response.status == 200);
    CHECK_FALSE(application.world.platform.fleet_entry(kTesla).value().connected);
}

TEST_CASE("a form of another origin's page is refused") {
    Application application = with_pages();
    const std::string carried = base::percent_encode(target().substr(target().find('?') + 1));
    const std::string body = "request=" + carried +
                             "&step=consent&brand=TESLA&username=me&vehicle=" + std::string(kTesla) +
                             "&permission=read_vin&answer=approve";
    for (const std::string origin : {"https://evil.example", "http://127.0.0.1:2", "null"}) {
        CAPTURE(origin);
        CHECK(
            application.send("POST", "/oauth/authorize", {{"host", "127.0.0.1:1"}, {"origin", origin}}, body).status ==
            403);
        CHECK_FALSE(application.world.platform.fleet_entry(kTesla).value().connected);
    }
    CHECK(
        application.send("POST", "/oauth/authorize", {{"host", "127.0.0.1:1"}, {"origin", "http://127.0.0.1:1"}}, body)
            .status == 302);
}

TEST_CASE("approve sends the browser back with a code and the state at once") {
    Application application;
    const auto response = application.send(
        "GET", target("&scope=read_battery%20required%3Aread_vin&state=a+b%26%C3%A9&approval_prompt=force"));
    CHECK(response.status == 302);
    const std::string location = header(response, "location");
    CHECK(location.starts_with(kReturn + "?code="));
    CHECK(location.ends_with("&state=a%20b%26%C3%A9"));
    const auto tesla = application.world.platform.fleet_entry(kTesla).value();
    CHECK(tesla.granted == vehicle::PermissionSet{"read_battery", "read_vin"});
    CHECK(application.send("GET", "/oauth/authorize?application_id=" + kClient + "&redirect_uri=https://example.com/cb")
              .status == 302);
}

// --- visits about one vehicle -----------------------------------------------------------------------

std::string reauthenticate(const std::string& more = "") {
    return "/oauth/reauthenticate?response_type=vehicle_id&client_id=" + kClient +
           "&vehicle_id=" + std::string(kTesla) + more;
}

TEST_CASE("authenticating again takes the forced error away and names the vehicle") {
    Application application = with_pages();
    Visitor visitor(application);
    visitor.sign_in(target(), "TESLA", "CONNECTED_SERVICES_ACCOUNT.AUTHENTICATION_FAILED@smartcar.com");
    visitor.press("approval-button");
    const auto failed = application.world.platform.fleet_entry(kTesla).value().forced_error;
    REQUIRE(failed);
    CHECK(failed->type == "CONNECTED_SERVICES_ACCOUNT");
    CHECK(failed->code == "AUTHENTICATION_FAILED");

    visitor.open(reauthenticate("&redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fcb&state=s%20t"));
    CHECK(visitor.page.body.find("TESLA Model 3 2020") != std::string::npos);
    visitor.press("approval-button");
    CHECK(visitor.location() == kReturn + "?vehicle_id=" + std::string(kTesla) + "&state=s%20t");
    CHECK_FALSE(application.world.platform.fleet_entry(kTesla).value().forced_error);
    CHECK(application.world.platform.fleet_entry(kTesla).value().connected);
}

TEST_CASE("authenticating again can be denied, may have nowhere to return to, and needs a connected vehicle") {
    Application application = with_pages();
    Visitor visitor(application);
    visitor.open(reauthenticate("&redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fcb"));
    CHECK(visitor.page.status == 400);
    CHECK(field_of(visitor.link("return-link"), "error") == "configuration_error");
    REQUIRE(application.world.platform.connect({}).ok());
    visitor.open(reauthenticate("&redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fcb"));
    visitor.press("deny-button");
    CHECK(field_of(visitor.location(), "error") == "access_denied");
    visitor.open(reauthenticate());
    CHECK_FALSE(visitor.sees("exit-link"));
    visitor.press("approval-button");
    CHECK(visitor.page.status == 200);
    CHECK(visitor.page.body.find("connected again") != std::string::npos);
}

TEST_CASE("the capacity of a battery is chosen, and the choice becomes the vehicle's") {
    Application application = with_pages();
    Visitor visitor(application);
    REQUIRE(application.world.platform.connect({}).ok());
    REQUIRE(
        application.world.platform
            .set_state(
                kTesla,
                {vehicle::change(
                     "tractionbattery-nominalcapacity",
                     document::Object{
                         {"capacity", 70.9},
                         {"source", "SMARTCAR"},
                         {"availableCapacities",
                          document::Array{document::Object{{"capacity", 70.9}, {"description", nullptr}},
                                          document::Object{{"capacity", 80.9}, {"description", "BEV:Long <Range>"}}}}})
                     .value()})
            .ok());
    const std::string address = application.world.platform.battery_capacity_target(kTesla);
    CHECK(address.starts_with("/battery-capacity?vehicle_id=" + std::string(kTesla) + "&client_id=" + kClient +
                              "&token="));
    CHECK(address.ends_with("&response_type=vehicle_id&redirect_uri="));
    const std::string whole = address + base::percent_encode(kReturn);
    visitor.open(whole);
    CHECK(visitor.page.body.find("BEV:Long &lt;Range&gt;") != std::string::npos);
    CHECK(field_of(visitor.link("exit-link"), "error") == "battery_capacity_no_selection");
    CHECK(field_of(visitor.link("exit-link"), "vehicle_id") == kTesla);
    visitor.press("continue-button", {{"capacity", "7"}});
    // Both are sent, the one that was ticked before counts: a browser sends one.
    visitor.open(whole);
    visitor.unticked = {"70.9"};
    visitor.press("continue-button", {{"capacity", "81"}});
    CHECK(visitor.page.body.find(R"(role="alert")") != std::string::npos);
    visitor.press("continue-button", {{"capacity", "80.9"}});
    CHECK(visitor.location() ==
          kReturn + "?vehicle_id=" + std::string(kTesla) + "&selected_capacity=80.9&reason=battery_capacity");
    const auto entry = application.world.platform.fleet_entry(kTesla).value();
    const auto* const reading = entry.vehicle->state.find("tractionbattery-nominalcapacity");
    CHECK(reading->datum.value == vehicle::Datum::Exact(std::int64_t{80'900}));
    CHECK(*reading->datum.structure->find("source") == document::Value("USER_SELECTED"));
}

TEST_CASE("the address of the capacity's choice works for thirty days") {
    Application application = with_pages();
    REQUIRE(application.world.platform.connect({}).ok());
    const std::string address = application.world.platform.battery_capacity_target(kTesla);
    CHECK(application.send("GET", address).status == 200);
    REQUIRE(application.world.simulation.advance(std::chrono::hours(24 * 30), std::chrono::seconds(5)).ok());
    CHECK(application.send("GET", address).status == 200);
    REQUIRE(application.world.simulation.advance(std::chrono::hours(1), std::chrono::seconds(5)).ok());
    CHECK(application.send("GET", address).status == 400);
    CHECK(application.send("GET", application.world.platform.battery_capacity_target(kFord)).status == 400);
}

}  // namespace
}  // namespace smartcar_sim::routes
