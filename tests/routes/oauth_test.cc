#include "routes/oauth.h"

#include "routes/an_application.h"

namespace smartcar_sim::routes {
namespace {

const std::string kClient(platform::kDevelopmentClientId);
const std::string kSecret(platform::kDevelopmentClientSecret);

contract::Headers basic(const std::string& client, const std::string& secret) {
    return {{"Authorization", "Basic " + base::to_base64(client + ":" + secret)},
            {"Content-Type", "application/x-www-form-urlencoded"}};
}

std::string a_code(Application& application) {
    const auto connected = application.world.platform.connect({.redirect_uri = "http://localhost:8000/cb"});
    REQUIRE(connected.ok());
    return connected.value().code;
}

TEST_CASE("a code becomes tokens however the client says who it is") {
    struct Row {
        std::string target, credentials;
        contract::Headers headers;
    };
    const std::vector<Row> rows = {
        {"/oauth/token", "", basic(kClient, kSecret)},
        {"/oauth/token/", "", basic(kClient, kSecret)},
        {"/", "", basic(kClient, kSecret)},
        {"/oauth/token/oauth/token", "", basic(kClient, kSecret)},
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
        {basic(kClient, kSecret), "grant_type=authorization_code", 400, "invalid_request", "The code is missing."},
        {basic(kClient, kSecret), "grant_type=refresh_token", 400, "invalid_request", "The refresh_token is missing."},
        {basic(kClient, kSecret), R"({"grant_type":"refresh_token"})", 400, "invalid_request",
         "The body is JSON; it must be form-encoded, as application/x-www-form-urlencoded."},
        {basic(kClient, kSecret), exchange + a_code(application) + "&redirect_uri=http%3A%2F%2Fb%2F", 400,
         "invalid_request", "Invalid redirect_uri: http://b/."},
        {basic(kClient, kSecret), "grant_type=refresh_token&refresh_token=x", 400, "invalid_request",
         "Invalid refresh_token: x."},
        {basic(kClient, kSecret), "grant_type=password", 400, "unsupported_grant_type",
         "The grant_type is \"password\"; it must be authorization_code or refresh_token."},
        {basic(kClient, kSecret), "", 400, "invalid_request",
         "The grant_type is missing; it must be authorization_code or refresh_token."},
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

const std::string kApiClient(platform::kDevelopmentApiClientId);

TEST_CASE("an application asks for a token of its own by form, JSON or Basic, and it lives an hour") {
    const std::string form = "grant_type=client_credentials";
    struct Row {
        contract::Headers headers;
        std::string body;
    };
    const std::vector<Row> rows = {
        {{}, form + "&client_id=" + kApiClient + "&client_secret=" + kSecret},
        {{{"content-type", "application/json"}},
         R"({"grant_type":"client_credentials","client_id":")" + kApiClient + R"(","client_secret":")" + kSecret +
             "\"}"},
        {basic(kApiClient, kSecret), form},
    };
    for (const Row& row : rows) {
        Application application;
        CAPTURE(row.body);
        const auto response = application.send("POST", "/oauth2/token", row.headers, row.body);
        CHECK(response.status == 200);
        CHECK(text_at(response, "/token_type") == "Bearer");
        CHECK(response.body.find(R"("expires_in":3600)") != std::string::npos);
        CHECK(response.body.find("refresh_token") == std::string::npos);
        CHECK(base::is_uuid(header(response, "sc-request-id")));
        const std::string token = text_at(response, "/access_token");
        CHECK(application.world.platform.is_application_token(token));
        // No user's token: it opens nothing of v2.0.
        CHECK(application.get("/v2.0/vehicles", token).status == 401);
    }
}

TEST_CASE("an application token is refused with an error and a description") {
    Application application;
    const std::string form = "grant_type=client_credentials";
    struct Row {
        std::string body;
        int status;
        std::string error;
    };
    const std::vector<Row> rows = {
        {form + "&client_id=" + kApiClient + "&client_secret=guess", 401, "invalid_client"},
        // The id of the v2.0 endpoint is another.
        {form + "&client_id=" + kClient + "&client_secret=" + kSecret, 401, "invalid_client"},
        {form + "&client_id=" + kApiClient, 400, "invalid_request"},
        {form + "&client_secret=" + kSecret, 400, "invalid_request"},
        {"client_id=" + kApiClient, 400, "invalid_request"},
        {R"({"grant_type":7})", 400, "invalid_request"},
        {"{", 400, "invalid_request"},
        {"grant_type=password", 400, "unsupported_grant_type"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const auto response = application.send("POST", "/oauth2/token", {}, row.body);
        CHECK(response.status == row.status);
        CHECK(text_at(response, "/error") == row.error);
        CHECK_FALSE(text_at(response, "/error_description").empty());
        CHECK_FALSE(header(response, "sc-request-id").empty());
    }
}

}  // namespace
}  // namespace smartcar_sim::routes
