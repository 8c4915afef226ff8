#include "contract/api_error.h"

#include <map>
#include <set>
#include <string>

#include "catch.h"
#include "document/json.h"

namespace smartcar_sim::contract {
namespace {

constexpr std::string_view kRequestId = "5dea93a1-3f79-4246-90c5-89610a20471b";

std::optional<std::string> code_of(const ErrorKind& kind) {
    return kind.code.empty() ? std::nullopt : std::optional<std::string>(kind.code);
}

// contract/api.md section 7.3.
const std::map<std::string_view, int> kStatuses = {
    {"AUTHENTICATION", 401}, {"PERMISSION", 403}, {"VALIDATION", 400},    {"RESOURCE_NOT_FOUND", 404},
    {"RATE_LIMIT", 429},     {"BILLING", 430},    {"COMPATIBILITY", 501}, {"CONNECTED_SERVICES_ACCOUNT", 400},
    {"VEHICLE_STATE", 409},  {"UPSTREAM", 502},   {"SERVER", 500}};

const std::set<std::string_view> kResolutions = {
    "", "RETRY_LATER", "REAUTHENTICATE", "CONTACT_SUPPORT", "ACTION_REQUIRED", "FINANCE"};

}  // namespace

TEST_CASE("the table holds every documented pair once, with the status of its type") {
    std::set<std::string> pairs;
    for (const ErrorKind& kind : error_kinds()) {
        CAPTURE(kind.type, kind.code);
        CHECK(pairs.insert(std::string(kind.type) + ":" + std::string(kind.code)).second);
        REQUIRE(kStatuses.contains(kind.type));
        CHECK(kind.status == kStatuses.at(kind.type));
        CHECK(kResolutions.contains(kind.resolution));
        CHECK_FALSE(kind.description.empty());
        CHECK(find_error_kind(kind.type, code_of(kind)) == &kind);
    }
    CHECK(pairs.size() == 48);
}

TEST_CASE("a pair that is not documented is not found") {
    CHECK(find_error_kind("VEHICLE_STATE", std::nullopt) == nullptr);
    CHECK(find_error_kind("PERMISSION", "ASLEEP") == nullptr);
    CHECK(find_error_kind("PERMISSION", "") == nullptr);
    CHECK(find_error_kind("", std::nullopt) == nullptr);
}

TEST_CASE("whoever names a pair that is not documented is told what was meant, or what there is") {
    struct Row {
        std::string type;
        std::optional<std::string> code;
        std::string message;
    };
    const std::vector<Row> rows = {
        {"VEHICLE_STAT", "ASLEEP", R"(unknown error type "VEHICLE_STAT"; did you mean "VEHICLE_STATE"?)"},
        {"WEATHER", std::nullopt,
         R"(unknown error type "WEATHER"; there is AUTHENTICATION, PERMISSION, VALIDATION, RESOURCE_NOT_FOUND, )"
         "RATE_LIMIT, BILLING, COMPATIBILITY, CONNECTED_SERVICES_ACCOUNT, VEHICLE_STATE, UPSTREAM, SERVER"},
        {"VEHICLE_STATE", "ASLEPP", R"(VEHICLE_STATE has no code "ASLEPP"; did you mean "ASLEEP"?)"},
        {"SERVER", std::nullopt, "SERVER has no code null; it has INTERNAL, RECORD_NOT_FOUND, MULTIPLE_RECORDS_FOUND"},
        {"PERMISSION", "ASLEEP", R"(PERMISSION has no code "ASLEEP"; it has null)"},
    };
    for (const Row& row : rows) {
        const base::Error error = no_such_error_kind(row.type, row.code);
        CHECK(error.code == "unknown_error");
        CHECK(error.message == row.message);
    }
}

TEST_CASE("the documentation URL names the group and the code in kebab case, or null") {
    CHECK(doc_url(error_kind("VEHICLE_STATE", "CHARGING_PLUG_NOT_CONNECTED")) ==
          "https://smartcar.com/docs/errors/api-errors/vehicle-state-errors#charging-plug-not-connected");
    CHECK(doc_url(error_kind("PERMISSION", std::nullopt)) ==
          "https://smartcar.com/docs/errors/api-errors/permission-errors#null");
}

TEST_CASE("an error answers with the contract's keys in the contract's order") {
    const Response response = error_response({.type = "VEHICLE_STATE", .code = "ASLEEP"}, kRequestId);
    CHECK(response.status == 409);
    CHECK(response.headers ==
          Headers{{"content-type", "application/json"}, {"sc-request-id", std::string(kRequestId)}});
    CHECK(
        response.body ==
        R"({"statusCode":409,"type":"VEHICLE_STATE","code":"ASLEEP","description":"The vehicle is asleep and was not woken for this request.","docURL":"https://smartcar.com/docs/errors/api-errors/vehicle-state-errors#asleep","resolution":{"type":null},"requestId":"5dea93a1-3f79-4246-90c5-89610a20471b","suggestedUserMessage":"Your car is asleep. We did not wake it, to save its battery."})");
}

TEST_CASE("without a suggested message its key is left out, and a null code is written") {
    const Response response = error_response({.type = "AUTHENTICATION"}, kRequestId);
    CHECK(
        response.body ==
        R"({"statusCode":401,"type":"AUTHENTICATION","code":null,"description":"The authorization header is missing, or its credentials are malformed, unknown or expired. Unsubscribing takes the application management token, everything else an access token.","docURL":"https://smartcar.com/docs/errors/api-errors/authentication-errors#null","resolution":{"type":null},"requestId":"5dea93a1-3f79-4246-90c5-89610a20471b"})");
}

// The Java SDK throws on a missing code, docURL or resolution.type and on a null suggestedUserMessage; Python takes
// statusCode and requestId from the body (clients.md section 1 item 19).
TEST_CASE("every error has what all five SDKs need to read it") {
    for (const ErrorKind& kind : error_kinds()) {
        CAPTURE(kind.type, kind.code);
        const Response response = error_response({.type = std::string(kind.type), .code = code_of(kind)}, kRequestId);
        const auto body = document::parse(response.body);
        REQUIRE(body.ok());
        for (const std::string_view key : {"type", "description", "docURL", "requestId"}) {
            CAPTURE(key);
            const document::Value* member = body.value().find(key);
            REQUIRE(member != nullptr);
            CHECK(member->string() != nullptr);
        }
        CHECK(body.value().find("code") != nullptr);
        CHECK(*body.value().find("statusCode") == document::Value(response.status));
        const document::Value* resolution = body.value().find("resolution");
        REQUIRE(resolution != nullptr);
        CHECK(resolution->find("type") != nullptr);
        const document::Value* message = body.value().find("suggestedUserMessage");
        CHECK((message == nullptr || message->string() != nullptr));
    }
}

TEST_CASE("a resolution has a url only where there is one") {
    const auto resolution = [](const ApiError& error) { return *error_body(error, kRequestId).find("resolution"); };
    using document::Object;
    CHECK(resolution({.type = "CONNECTED_SERVICES_ACCOUNT", .code = "AUTHENTICATION_FAILED"}) ==
          document::Value(Object{{"type", "REAUTHENTICATE"}}));
    CHECK(resolution({.type = "CONNECTED_SERVICES_ACCOUNT",
                      .code = "AUTHENTICATION_FAILED",
                      .resolution_url = "http://127.0.0.1/oauth/reauthenticate"}) ==
          document::Value(Object{{"type", "REAUTHENTICATE"}, {"url", "http://127.0.0.1/oauth/reauthenticate"}}));
    CHECK(resolution({.type = "CONNECTED_SERVICES_ACCOUNT", .code = "VIRTUAL_KEY_REQUIRED"}) ==
          document::Value(Object{{"type", "ACTION_REQUIRED"}, {"url", "https://www.tesla.com/_ak/smartcar.com"}}));
}

TEST_CASE("a validation error lists the parameters that did not pass") {
    const Response response = error_response(
        {.type = "VALIDATION", .details = {{.field = {"requests"}, .message = "\"requests\" is required"}}},
        kRequestId);
    CHECK(response.status == 400);
    CHECK(response.body.ends_with(R"("detail":[{"field":["requests"],"message":"\"requests\" is required"}]})"));
}

TEST_CASE("only a rate limit tells when to come back, in whole seconds") {
    using std::chrono::seconds;
    const auto retry_after = [](const ApiError& error) {
        const Response response = error_response(error, kRequestId);
        const auto value = response.headers.get("retry-after");
        return value ? std::string(*value) : "none";
    };
    CHECK(retry_after({.type = "RATE_LIMIT", .code = "VEHICLE", .retry_after = seconds(7)}) == "7");
    CHECK(retry_after({.type = "RATE_LIMIT", .code = "SMARTCAR_API"}) == "30");
    CHECK(retry_after({.type = "UPSTREAM", .code = "RATE_LIMIT", .retry_after = seconds(7)}) == "none");
}

TEST_CASE("the token endpoint's errors have both members and a request id") {
    const Response response = oauth_error(400, "invalid_request", "Invalid code: X.", kRequestId);
    CHECK(response.status == 400);
    CHECK(response.headers ==
          Headers{{"content-type", "application/json"}, {"sc-request-id", std::string(kRequestId)}});
    CHECK(response.body == R"({"error":"invalid_request","error_description":"Invalid code: X."})");
}

TEST_CASE("an answer that quotes bytes which are not UTF-8 is still JSON") {
    CHECK(oauth_error(400, "invalid_request", "Invalid code: \xff\xc3\xa9.", kRequestId).body ==
          R"({"error":"invalid_request","error_description":"Invalid code: ???."})");
    CHECK(oauth_error(400, "invalid_request", "Invalid code: \xc3\xa9.", kRequestId).body ==
          R"({"error":"invalid_request","error_description":"Invalid code: é."})");
    const Response response =
        error_response({.type = "VALIDATION", .details = {{.field = {"\xff"}, .message = "\xfe"}}}, kRequestId);
    CHECK(response.body.ends_with(R"("detail":[{"field":["?"],"message":"?"}]})"));
}

}  // namespace smartcar_sim::contract
