#include "contract/http.h"

#include <string>
#include <vector>

#include "catch.h"

namespace smartcar_sim::contract {

TEST_CASE("the target splits into path and query at the first question mark") {
    struct Row {
        std::string target, path, query;
    };
    const std::vector<Row> rows = {
        {"/v2.0/vehicles/?limit=1", "/v2.0/vehicles/", "limit=1"},
        {"/v2.0/vehicles", "/v2.0/vehicles", ""},
        {"/v2.0/vehicles?", "/v2.0/vehicles", ""},
        {"/a?b=c?d", "/a", "b=c?d"},
        {"/service/history%3Fstart=1", "/service/history%3Fstart=1", ""},
        {"", "", ""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.target);
        const Request request{.method = "GET", .target = row.target, .headers = {}, .body = {}, .peer = {}};
        CHECK(request.path() == row.path);
        CHECK(request.query() == row.query);
    }
}

TEST_CASE("query fields come decoded and in order") {
    const Request request{.method = "GET",
                          .target = "/x?scope=read_vin+read_fuel&state=%C3%A9&scope=b",
                          .headers = {},
                          .body = {},
                          .peer = {}};
    CHECK(request.query_fields() == base::Fields{{"scope", "read_vin read_fuel"}, {"state", "é"}, {"scope", "b"}});
}

TEST_CASE("a JSON answer has a content type without a charset") {
    const Response response = json_response(404, "{}");
    CHECK(response.status == 404);
    CHECK(response.headers == Headers{{"content-type", "application/json"}});
    CHECK(response.body == "{}");
}

TEST_CASE("every status the platform answers with has a reason phrase, Smartcar's 430 too") {
    CHECK(reason_phrase(200) == "OK");
    CHECK(reason_phrase(404) == "Not Found");
    CHECK(reason_phrase(430) == "Billing");
    CHECK(reason_phrase(505) == "HTTP Version Not Supported");
    CHECK(reason_phrase(99) == "Unknown");
    CHECK(reason_phrase(299) == "Unknown");
    CHECK(reason_phrase(999) == "Unknown");
}

}  // namespace smartcar_sim::contract
