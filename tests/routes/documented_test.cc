// docs/sim-api.md against the routes.
#include <fstream>
#include <initializer_list>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "catch.h"
#include "routes/a_client.h"
#include "routes/compatibility_api.h"
#include "routes/connect.h"
#include "routes/management_api.h"
#include "routes/oauth.h"
#include "routes/sim_api.h"
#include "routes/smartcar_api.h"
#include "routes/v3_api.h"
#include "source_folder.h"

using namespace smartcar_sim;

namespace {

std::string page_of(const std::string& name) {
    std::ostringstream page;
    page << std::ifstream(source_folder() + "/docs/" + name).rdbuf();
    return page.str();
}

std::string sim_api_page() { return page_of("sim-api.md"); }

// How many of the routes there are, each of which stands in the page.
std::size_t check_documented(const std::string& page, std::initializer_list<std::span<const routes::Route>> tables) {
    std::size_t found = 0;
    for (const auto routes : tables) {
        for (const routes::Route& route : routes) {
            std::string line = "`" + std::string(route.method) + " " + std::string(route.pattern) + "`";
            if (const auto version = line.find("{version}"); version != std::string::npos) {
                line.replace(version, std::string("{version}").size(), "v2.0");
            }
            CAPTURE(line);
            CHECK(page.find(line) != std::string::npos);
            ++found;
        }
    }
    return found;
}

}  // namespace

TEST_CASE("every route stands in its page") {
    CHECK(check_documented(sim_api_page(), {routes::sim_webhooks(), routes::sim_events(), routes::sim_deliveries(),
                                            routes::sim_faults(), routes::sim_connect(), routes::sim_token(),
                                            routes::sim_state(), routes::sim_clock(), routes::sim_openapi()}) > 20);
    CHECK(check_documented(page_of("api.md"), {routes::smartcar_api(), routes::connect(), routes::oauth(),
                                               routes::v3_vehicles(), routes::v3_commands(), routes::v3_management(),
                                               routes::management_api(), routes::compatibility_api()}) > 100);
}

TEST_CASE("no /_sim route leaves a member or a query field unread that it does not know") {
    REQUIRE(sim_api_page().find("a member or a query field that is not known is an error") != std::string::npos);
    routes::Client client;
    std::size_t asked = 0;
    for (const auto routes : {routes::sim_webhooks(), routes::sim_events(), routes::sim_deliveries(),
                              routes::sim_faults(), routes::sim_connect(), routes::sim_token(), routes::sim_state(),
                              routes::sim_clock(), routes::sim_openapi()}) {
        for (const routes::Route& route : routes) {
            CAPTURE(route.method, route.pattern);
            const std::string method(route.method), path(route.pattern);
            const auto by_query = client.send(method, path + "?nope=1");
            CHECK(by_query.status == 400);
            CHECK(routes::text_at(by_query, "/error/code") == "bad_query");
            const auto by_member = client.send(method, path, R"({"nope":1})");
            CHECK(by_member.status == 400);
            CHECK(routes::text_at(by_member, "/error/code") == "unknown_member");
            ++asked;
        }
    }
    CHECK(asked > 18);
}
