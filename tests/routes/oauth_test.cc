#include "routes/oauth.h"

#include "routes/an_application.h"

namespace smartcar_sim::routes {
namespace {

const std::string kClient(platform::kDevelopmentClientId);
const std::string kSecret(platform::kDevelopmentClientSecret);

std::string authorize_target(const std::string& more = "") {
    return "/oauth/authorize?response_type=code&client_id=" + kClient + more;
}

contract::Headers basic(const std::string& client, const std::string& secret) {
    return {{"Authorization", "Basic " + base::to_base64(client + ":" + secret)},
            {"Content-Type", "application/x-www-form-urlencoded"}};
}

std::string a_code(Application& application) {
    const auto connected = application.world.platform.connect({.redirect_uri = "http://localhost:8000/cb"});
    REQUIRE(connected.ok());
    return connected.value().code;
}

TEST_CASE("authorize sends the browser back with a code and the state") {
    Application application;
    const auto response = application.send(
        "GET",
        authorize_target("&redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fcb&scope=read_battery%20required%3Aread_vin"
                         "&state=a+b%26%C3%A9&approval_prompt=force"));
    CHECK(response.status == 302);
    const std::string location = header(response, "location");
    CHECK(location.starts_with("http://localhost:8000/cb?code="));
    CHECK(location.ends_with("&state=a%20b%26%C3%A9"));
    const auto tesla = application.world.platform.fleet_entry(kTesla).value();
    CHECK(tesla.granted == vehicle::PermissionSet{"read_battery", "read_vin"});
}

TEST_CASE("what cannot be redirected is an HTML page that shows the request's text as text") {
    Application application;
    const auto response =
        application.send("GET", "/oauth/authorize?client_id=%3Cscript%3E%22%26&redirect_uri=http://localhost/");
    CHECK(response.status == 400);
    CHECK(header(response, "content-type") == "text/html; charset=utf-8");
    CHECK(header(response, "location").empty());
    CHECK(response.body.find("&lt;script&gt;&quot;&amp;") != std::string::npos);
    CHECK(response.body.find("<script>") == std::string::npos);
}

TEST_CASE("an HTML page is UTF-8 although the request was not") {
    Application application;
    const auto response = application.send("GET", "/oauth/authorize?client_id=%ff&redirect_uri=http://localhost/");
    CHECK(response.status == 400);
    CHECK(response.body.find('\xff') == std::string::npos);
    CHECK(response.body.find('?') != std::string::npos);
}

TEST_CASE("the newer SDK's application_id is the client id") {
    Application application;
    const auto response =
        application.send("GET", "/oauth/authorize?application_id=" + kClient + "&redirect_uri=https://example.com/cb");
    CHECK(response.status == 302);
}

TEST_CASE("a code becomes tokens however the client says who it is") {
    struct Row {
        std::string target, credentials;
        contract::Headers headers;
    };
    const std::vector<Row> rows = {
        {"/oauth/token", "", basic(kClient, kSecret)},
        {"/oauth/token/", "", basic(kClient, kSecret)},
        {"/oauth/token?flags=country%3ADE", "&redirect_uri=undefined", basic(kClient, kSecret)},
        {"/oauth/token", "&client_id=" + kClient + "&client_secret=" + kSecret, {}},
        {"/oauth/token", "&redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fcb", basic(kClient, kSecret)},
    };
    for (const Row& row : rows) {
        Application application;
        CAPTURE(row.target, row.credentials);
        const auto response =
            application.send("POST", row.target, row.headers,
                             "grant_type=authorization_code&code=" + a_code(application) + row.credentials);
        CHECK(response.status == 200);
        CHECK(header(response, "content-type") == "application/json");
        CHECK(text_at(response, "/token_type") == "Bearer");
        CHECK(response.body.find(R"("expires_in":7200)") != std::string::npos);
        CHECK(application.get("/v2.0/vehicles", text_at(response, "/access_token")).status == 200);

        const auto refreshed =
            application.send("POST", "/oauth/token", basic(kClient, kSecret),
                             "grant_type=refresh_token&refresh_token=" + text_at(response, "/refresh_token"));
        CHECK(refreshed.status == 200);
        CHECK(text_at(refreshed, "/refresh_token") != text_at(response, "/refresh_token"));
    }
}

TEST_CASE("the token endpoint refuses with an error and a description") {
    Application application;
    const std::string exchange = "grant_type=authorization_code&code=";
    struct Row {
        contract::Headers headers;
        std::string body;
        int status;
        std::string error, description;
    };
    const std::string not_client = "The client id or the client secret is not that of this application.";
    const std::vector<Row> rows = {
        {{}, exchange + a_code(application), 401, "invalid_client", not_client},
        {basic(kClient, "guess"), exchange + a_code(application), 401, "invalid_client", not_client},
        {{{"authorization", "Basic ???"}}, exchange + a_code(application), 401, "invalid_client", not_client},
        {basic(kClient, kSecret), exchange + "x", 400, "invalid_request", "Invalid code: x."},
        {basic(kClient, kSecret), exchange, 400, "invalid_request", "Invalid code: ."},
        {basic(kClient, kSecret), exchange + a_code(application) + "&redirect_uri=http%3A%2F%2Fb%2F", 400,
         "invalid_request", "Invalid redirect_uri: http://b/."},
        {basic(kClient, kSecret), "grant_type=refresh_token&refresh_token=x", 400, "invalid_request",
         "Invalid refresh_token: x."},
        {basic(kClient, kSecret), "grant_type=password", 400, "unsupported_grant_type",
         "The grant_type is \"password\"; it must be authorization_code or refresh_token."},
        {basic(kClient, kSecret), "", 400, "unsupported_grant_type",
         "The grant_type is \"\"; it must be authorization_code or refresh_token."},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const auto response = application.send("POST", "/oauth/token", row.headers, row.body);
        CHECK(response.status == row.status);
        CHECK(text_at(response, "/error") == row.error);
        CHECK(text_at(response, "/error_description") == row.description);
        CHECK_FALSE(header(response, "sc-request-id").empty());
    }
}

}  // namespace
}  // namespace smartcar_sim::routes
