// Which requests a fault is for, and how often.
#include "fault/api_fault.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"

using namespace smartcar_sim;
using fault::ApiFault;
using fault::StandingFaults;

namespace {

ApiFault on(std::string endpoint) {
    return {.endpoint = std::move(endpoint), .answer = fault::BareAnswer{.status = 503}};
}

int met(StandingFaults& faults, std::string_view path) {
    const auto fault = faults.meet({.method = "GET", .path = path});
    return fault ? fault->answer->status : 0;
}

}  // namespace

TEST_CASE("an endpoint is matched whatever the version and with or without a trailing slash", "[fault]") {
    struct Row {
        std::string endpoint;
        std::vector<std::string_view> matched, others;
    };
    const std::vector<Row> rows = {
        {"/battery",
         {"/v2.0/vehicles/a/battery", "/v2.0/vehicles/a/battery/", "/v1.0/vehicles/b/battery", "/v3/vehicles/a/battery",
          "/v99999.99/vehicles/a/battery"},
         {"/v2.0/vehicles/a/battery/capacity", "/v2.0/vehicles/battery", "/v2.0/vehicles/a/Battery", "/v2.0/vehicles",
          "/v2.0/vehicles/a", "/v2.0/vehicles//battery", "/v2.0/user/a/battery", "/", ""}},
        {"/battery/", {"/v2.0/vehicles/a/battery", "/v2.0/vehicles/a/battery/"}, {"/v2.0/vehicles/a/battery//"}},
        {"/charge/limit", {"/v2.0/vehicles/a/charge/limit"}, {"/v2.0/vehicles/a/charge", "/v2.0/vehicles/a/limit"}},
        {"/vehicles/{id}/battery",
         {"/v2.0/vehicles/a/battery"},
         {"/v2.0/vehicles//battery", "/v2.0/vehicles/a/b/battery"}},
        {"/vehicles/a/battery", {"/v2.0/vehicles/a/battery"}, {"/v2.0/vehicles/b/battery"}},
        {"/",
         {"/v2.0/vehicles/a", "/v2.0/vehicles/a/", "/v3/vehicles/a"},
         {"/v2.0/vehicles", "/", "/v2.0", "/v2.0/user"}},
        {"/vehicles", {"/v2.0/vehicles", "/v2.0/vehicles/"}, {"/v2.0/vehicles/a", "/v2.0/user"}},
        {"/oauth/token", {"/oauth/token", "/oauth/token/"}, {"/oauth2/token", "/oauth/token/oauth/token"}},
        {"/signals/{code}", {"/v3/vehicles/a/signals/x"}, {"/v3/vehicles/a/signals", "/v3/vehicles/a/signals/x/y"}},
        {"/v3/vehicles/{id}/signals", {"/v3/vehicles/a/signals"}, {"/v2.0/vehicles/a/signals", "/vehicles/a/signals"}},
        {"/v3/signals", {"/v3/vehicles/a/signals"}, {"/v2.0/vehicles/a/signals"}},
        {"/v2.0/battery", {"/v2.0/vehicles/a/battery", "/v1.0/vehicles/a/battery"}, {"/v3/vehicles/a/battery"}},
        {"/v3/*", {"/v3/vehicles", "/v3/webhooks/w"}, {"/v3", "/v2.0/vehicles"}},
        {"/commands/*", {"/v3/vehicles/a/commands/charge/start"}, {"/v3/vehicles/a/commands"}},
        {"/webhooks/{id}", {"/v2.0/vehicles/a/webhooks/w", "/v3/webhooks/w"}, {"/v3/webhooks"}},
        {"*", {"/v2.0/vehicles/a/battery", "/oauth/token", "/", "/nowhere"}, {}},
    };
    for (const Row& row : rows) {
        for (const std::string_view path : row.matched) {
            CAPTURE(row.endpoint, path);
            CHECK(on(row.endpoint).matches({.method = "GET", .path = path}));
        }
        for (const std::string_view path : row.others) {
            CAPTURE(row.endpoint, path);
            CHECK_FALSE(on(row.endpoint).matches({.method = "GET", .path = path}));
        }
    }
}

TEST_CASE("a method and a vehicle narrow a fault down", "[fault]") {
    ApiFault fault = on("/charge");
    fault.method = "GET";
    fault.vehicle = "a b";
    CHECK(fault.matches({.method = "GET", .path = "/v2.0/vehicles/a%20b/charge"}));
    CHECK(fault.matches({.method = "HEAD", .path = "/v2.0/vehicles/a%20b/charge"}));
    CHECK_FALSE(fault.matches({.method = "POST", .path = "/v2.0/vehicles/a%20b/charge"}));
    CHECK_FALSE(fault.matches({.method = "GET", .path = "/v2.0/vehicles/c/charge"}));
    fault = on("*");
    fault.vehicle = "a";
    CHECK(fault.matches({.method = "GET", .path = "/v3/vehicles/a"}));
    CHECK_FALSE(fault.matches({.method = "POST", .path = "/oauth/token"}));
    CHECK_FALSE(fault.matches({.method = "GET", .path = "/v2.0/vehicles"}));
}

TEST_CASE("a request meets the first fault that is for it and not used up", "[fault]") {
    StandingFaults faults;
    ApiFault first = on("/battery");
    first.times = 2;
    ApiFault second = on("*");
    second.answer->status = 500;
    REQUIRE(faults.add("1", first).ok());
    REQUIRE(faults.add("2", second).ok());
    CHECK(met(faults, "/v2.0/vehicles/a/battery") == 503);
    CHECK(met(faults, "/v2.0/vehicles/a/charge") == 500);
    CHECK(met(faults, "/v2.0/vehicles/b/battery") == 503);
    CHECK(met(faults, "/v2.0/vehicles/a/battery") == 500);
    CHECK(faults.all()[0].applied == 2);
    CHECK(faults.all()[0].used_up());
    CHECK(faults.all()[1].applied == 2);
    CHECK_FALSE(faults.all()[1].used_up());
    REQUIRE(faults.remove("2").ok());
    CHECK(met(faults, "/v2.0/vehicles/a/battery") == 0);
}

TEST_CASE("a fault that comes after some requests lets these through to the next", "[fault]") {
    StandingFaults faults;
    ApiFault late = on("/battery");
    late.after = 2;
    late.times = 1;
    ApiFault early = on("/battery");
    early.answer->status = 500;
    early.times = 1;
    REQUIRE(faults.add("late", late).ok());
    REQUIRE(faults.add("early", early).ok());
    CHECK(met(faults, "/v2.0/vehicles/a/charge") == 0);
    CHECK(met(faults, "/v2.0/vehicles/a/battery") == 500);
    CHECK(met(faults, "/v2.0/vehicles/a/battery") == 0);
    CHECK(faults.all()[0].passed == 2);
    CHECK(met(faults, "/v2.0/vehicles/a/battery") == 503);
    CHECK(met(faults, "/v2.0/vehicles/a/battery") == 0);
}

TEST_CASE("what is used up makes room when there are too many faults", "[fault]") {
    StandingFaults faults;
    ApiFault once = on("/battery");
    once.times = 1;
    for (std::size_t i = 0; i < StandingFaults::kMost; ++i) REQUIRE(faults.add(std::to_string(i), once).ok());
    const auto refused = faults.add("one more", once);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error() ==
          base::Error{"too_many_faults", "there are 1000 faults already; take some away with DELETE /_sim/faults"});
    CHECK(met(faults, "/v2.0/vehicles/a/battery") == 503);
    CHECK(faults.add("one more", once).ok());
    CHECK(faults.all().size() == StandingFaults::kMost);
    CHECK(faults.all().front().id == "1");
    CHECK(faults.remove("0").error() == base::Error{"not_found", R"(there is no fault "0")"});
    faults.clear();
    CHECK(faults.all().empty());
}

TEST_CASE("an item of a batch has the path of a request of its own", "[fault]") {
    CHECK(fault::path_of_item("/v2.0/vehicles/a/batch", "/battery") == "/v2.0/vehicles/a/battery");
    CHECK(fault::path_of_item("/v2.0/vehicles/a/batch/", "/charge/limit?x=/y") == "/v2.0/vehicles/a/charge/limit");
    CHECK(fault::path_of_item("/v2.0/vehicles/a/batch", "battery") == "/v2.0/vehicles/a/battery");
    CHECK(fault::path_of_item("/v2.0/vehicles/a/batch", "/") == "/v2.0/vehicles/a/");
    CHECK(on("/").matches({.method = "GET", .path = fault::path_of_item("/v2.0/vehicles/a/batch", "/")}));
}

TEST_CASE("the vehicle and the version stand in the path", "[fault]") {
    CHECK(fault::vehicle_in("/v2.0/vehicles/a%2Db/battery") == "a-b");
    CHECK(fault::vehicle_in("/v3/vehicles/a/") == "a");
    CHECK(fault::vehicle_in("/v2.0/vehicles").empty());
    CHECK(fault::vehicle_in("/v2.0/vehicles//x").empty());
    CHECK(fault::vehicle_in("/v3/connections/a").empty());
    for (const std::string_view path : {"/v2.0/user", "/v3", "/v3/vehicles", "/v10.25/x"})
        CHECK(fault::has_version(path));
    for (const std::string_view path :
         {"/oauth/token", "/", "", "/v", "/v2.", "/v.0/user", "/vehicles/a", "/v2x/user"}) {
        CAPTURE(path);
        CHECK_FALSE(fault::has_version(path));
    }
}
