// docs/api.md against the routes.
#include <fstream>
#include <sstream>
#include <string>

#include "catch.h"
#include "routes/compatibility_api.h"
#include "routes/management_api.h"
#include "routes/v3_api.h"
#include "source_folder.h"

using namespace smartcar_sim;

TEST_CASE("every route of v3, management and compatibility stands in docs/api.md") {
    std::ostringstream page;
    page << std::ifstream(source_folder() + "/docs/api.md").rdbuf();
    std::size_t found = 0;
    for (const auto routes : {routes::v3_vehicles(), routes::v3_commands(), routes::v3_management(),
                              routes::management_api(), routes::compatibility_api()}) {
        for (const routes::Route& route : routes) {
            std::string line = "`" + std::string(route.method) + " " + std::string(route.pattern) + "`";
            const std::string version = "{version}";
            if (const auto place = line.find(version); place != std::string::npos) {
                line.replace(place, version.size(), "v2.0");
            }
            CAPTURE(line);
            CHECK(page.str().find(line) != std::string::npos);
            ++found;
        }
    }
    CHECK(found == 35);
}
