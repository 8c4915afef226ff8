// docs/sim-api.md against the routes.
#include <fstream>
#include <sstream>
#include <string>

#include "catch.h"
#include "routes/oauth.h"
#include "routes/sim_api.h"
#include "routes/smartcar_api.h"
#include "source_folder.h"

using namespace smartcar_sim;

TEST_CASE("every route stands in docs/sim-api.md") {
    std::ostringstream page;
    page << std::ifstream(source_folder() + "/docs/sim-api.md").rdbuf();
    std::size_t found = 0;
    for (const auto routes : {routes::sim_webhooks(), routes::sim_events(), routes::sim_deliveries(),
                              routes::sim_clock(), routes::smartcar_api(), routes::oauth()}) {
        for (const routes::Route& route : routes) {
            std::string line = "`" + std::string(route.method) + " " + std::string(route.pattern) + "`";
            if (const auto version = line.find("{version}"); version != std::string::npos) {
                line.replace(version, std::string("{version}").size(), "v2.0");
            }
            CAPTURE(line);
            CHECK(page.str().find(line) != std::string::npos);
            ++found;
        }
    }
    CHECK(found > 25);
}
