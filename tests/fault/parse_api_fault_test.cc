// A fault of the API as JSON says it, and what is said of one that makes no sense.
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "document/json.h"
#include "fault/api_fault.h"

using namespace smartcar_sim;
using fault::ApiFault;

namespace {

base::Result<ApiFault> parsed(const std::string& text) {
    const auto value = document::parse(text);
    REQUIRE(value.ok());
    return fault::parse_api_fault(value.value());
}

ApiFault read(const std::string& text) {
    const auto fault = parsed(text);
    CAPTURE(text, fault.ok() ? "" : fault.error().message);
    REQUIRE(fault.ok());
    return fault.value();
}

}  // namespace

TEST_CASE("an error of the table is named by its type and code", "[fault]") {
    const ApiFault fault = read(R"({"endpoint": "/battery", "method": "GET", "vehicle": "car", "type": "VEHICLE_STATE",
                                    "code": "ASLEEP", "times": 2, "after": 1, "latency": "200ms"})");
    CHECK(fault == ApiFault{.endpoint = "/battery",
                            .method = "GET",
                            .vehicle = "car",
                            .error = contract::ApiError{.type = "VEHICLE_STATE", .code = "ASLEEP"},
                            .latency = std::chrono::milliseconds(200),
                            .times = 2,
                            .after = 1});
    CHECK(read(R"({"endpoint": "*", "type": "PERMISSION", "code": null})").error ==
          contract::ApiError{.type = "PERMISSION"});
    const ApiFault limited = read(R"({"endpoint": "*", "type": "RATE_LIMIT", "code": "VEHICLE", "retryAfter": 7})");
    CHECK(limited.error->retry_after == std::chrono::seconds(7));
    const ApiFault unsure = read(
        R"({"endpoint": "*", "type": "CONNECTED_SERVICES_ACCOUNT", "code": "AUTHENTICATION_FAILED", "resolutionUrl": "http://x/y"})");
    CHECK(unsure.error->resolution_url == "http://x/y");
}

TEST_CASE("every error of the table can be asked for", "[fault]") {
    for (const contract::ErrorKind& kind : contract::error_kinds()) {
        const std::string code = kind.code.empty() ? "null" : "\"" + std::string(kind.code) + "\"";
        const ApiFault fault =
            read(R"({"endpoint": "*", "type": ")" + std::string(kind.type) + R"(", "code": )" + code + "}");
        CHECK(fault.error->type == kind.type);
        CHECK(fault.error->code.value_or("") == kind.code);
    }
}

TEST_CASE("a status answers with a body of any kind, or none", "[fault]") {
    CHECK(read(R"({"endpoint": "*", "status": 503, "retryAfter": 0})").answer ==
          fault::BareAnswer{.status = 503, .retry_after = std::chrono::seconds(0)});
    CHECK(read(R"({"endpoint": "*", "status": 400, "body": {"error": "invalid_grant"}})").answer ==
          fault::BareAnswer{.status = 400, .body = R"({"error":"invalid_grant"})", .content_type = "application/json"});
    CHECK(read(R"({"endpoint": "*", "status": 200, "body": null})").answer->body == "null");
    CHECK(read(R"({"endpoint": "*", "status": 502, "body": "Bad Gateway"})").answer ==
          fault::BareAnswer{.status = 502, .body = "Bad Gateway", .content_type = "text/plain; charset=utf-8"});
    CHECK(read(R"({"endpoint": "*", "status": 502, "body": "<p>", "contentType": "text/html"})").answer->content_type ==
          "text/html");
}

TEST_CASE("latency alone is a fault", "[fault]") {
    const ApiFault slow = read(R"({"endpoint": "/oauth/token", "latency": "10m"})");
    CHECK(slow.latency == std::chrono::minutes(10));
    CHECK_FALSE(slow.error.has_value());
    CHECK_FALSE(slow.answer.has_value());
    CHECK_FALSE(slow.times.has_value());
}

TEST_CASE("what makes no sense in a fault of the API is said", "[fault]") {
    struct Row {
        std::string text, message;
    };
    const std::vector<Row> rows = {
        {"[]", R"(a fault is an object like {"endpoint": "/battery", "status": 503}, not an array)"},
        {R"({"endpiont": "*"})", R"(unknown member "endpiont"; did you mean "endpoint"?)"},
        {R"({"status": 503})", R"(a fault needs "endpoint": "/battery", or "*" for all)"},
        {R"({"endpoint": 5, "status": 503})", R"("endpoint" is a string, not a number)"},
        {R"({"endpoint": "", "status": 503})", R"("endpoint" must not be empty)"},
        {R"({"endpoint": "battery", "status": 503})", R"("endpoint": "battery" must begin with a slash, or be "*")"},
        {R"({"endpoint": "/a//b", "status": 503})", R"("endpoint": "/a//b" has two slashes in a row)"},
        {R"({"endpoint": "/a?b", "status": 503})", R"("endpoint": "/a?b" must be a path alone, without a query)"},
        {R"({"endpoint": "/*/b", "status": 503})", R"("endpoint": "/*/b" may have a "*" only as its last segment)"},
        {R"({"endpoint": "/b*", "status": 503})", R"("endpoint": "/b*" may have a "*" only as its last segment)"},
        {R"({"endpoint": "/{}", "status": 503})",
         R"("endpoint": "/{}" may have braces only around a whole segment, like /signals/{code})"},
        {R"({"endpoint": "/a{b}", "status": 503})",
         R"("endpoint": "/a{b}" may have braces only around a whole segment, like /signals/{code})"},
        {R"({"endpoint": "*", "method": "get", "status": 503})", R"(unknown method "get"; did you mean "GET"?)"},
        {R"({"endpoint": "*"})", R"(nothing happens; say "type" and "code", "status", or "latency")"},
        {R"({"endpoint": "*", "latency": "0s"})", R"(nothing happens; say "type" and "code", "status", or "latency")"},
        {R"({"endpoint": "*", "latency": "11m"})", R"("latency" is at most 10m, not 11m)"},
        {R"({"endpoint": "*", "latency": "5"})",
         R"("latency": "5" is not a duration: it has no unit; write it like 250ms, 15s, 38m, 2h or 1h30m)"},
        {R"({"endpoint": "*", "status": 199})", R"("status" is a whole number from 200 to 599, not 199)"},
        {R"({"endpoint": "*", "status": "503"})", R"("status" is a whole number from 200 to 599, not a string)"},
        {R"({"endpoint": "*", "status": 503, "times": 0})", R"("times" is a whole number from 1 to 1000000, not 0)"},
        {R"({"endpoint": "*", "status": 503, "after": -1})", R"("after" is a whole number from 0 to 1000000, not -1)"},
        {R"({"endpoint": "*", "status": 503, "type": "PERMISSION"})",
         R"(a "type" has its own status; say one of "type" and "status")"},
        {R"({"endpoint": "*", "code": "ASLEEP", "latency": "1s"})", R"("code" goes with "type")"},
        {R"({"endpoint": "*", "type": "PERMISSION", "body": {}})", R"("body" goes with "status")"},
        {R"({"endpoint": "*", "status": 503, "contentType": "text/html"})", R"("contentType" goes with "body")"},
        {R"({"endpoint": "*", "status": 503, "body": "x", "contentType": "a\r\nb: c"})",
         R"("contentType" is a header's value: printable ASCII)"},
        {R"({"endpoint": "*", "status": 204, "body": "x"})", R"(an answer of 204 has no "body")"},
        {R"({"endpoint": "*", "type": "PERMISSION", "retryAfter": 5})",
         R"("retryAfter" goes with "type": "RATE_LIMIT" or with "status")"},
        {R"({"endpoint": "*", "latency": "1s", "retryAfter": 5})",
         R"("retryAfter" goes with "type": "RATE_LIMIT" or with "status")"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto refused = parsed(row.text);
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error() == base::Error{"bad_fault", row.message});
    }
    CHECK(parsed(R"({"endpoint": "*", "type": "VEHICLE_STATE", "code": "ASLEPE"})").error() ==
          contract::no_such_error_kind("VEHICLE_STATE", "ASLEPE"));
    CHECK(parsed(R"({"endpoint": "*", "type": "VEHICLE_STATE"})").error() ==
          contract::no_such_error_kind("VEHICLE_STATE", std::nullopt));
}
