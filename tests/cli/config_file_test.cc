#include "cli/config_file.h"

#include <fstream>
#include <sstream>

#include "catch.h"
#include "cli/golden.h"
#include "cli/temporary_folder.h"
#include "document/json.h"
#include "source_folder.h"

using namespace smartcar_sim;
using cli::OptionId;

namespace {

cli::ConfigFile loaded(const std::filesystem::path& folder) {
    auto result = cli::load_config(folder);
    REQUIRE(std::holds_alternative<cli::ConfigFile>(result));
    return std::get<cli::ConfigFile>(result);
}

}  // namespace

TEST_CASE("the configuration file of the nearest folder is taken, alone") {
    const TemporaryFolder folder;
    folder.write("smartcar-sim.json", R"({"formatVersion": 1, "timeout": "1s"})");
    folder.write("near/smartcar-sim.json", R"({"formatVersion": 1, "port": 1})");
    folder.write("near/empty/.keep", "");

    const cli::ConfigFile nearest = loaded(folder.path() / "near" / "empty");
    CHECK(nearest.path == "../smartcar-sim.json");
    CHECK(nearest.settings.contains(OptionId::kPort));
    CHECK(!nearest.settings.contains(OptionId::kTimeout));
    CHECK(nearest.settings.at(OptionId::kPort).origin == "../smartcar-sim.json:1:30");
    CHECK(loaded(folder.path()).settings.contains(OptionId::kTimeout));
}

TEST_CASE("a relative path in the file counts from the file's folder, not from where one stands") {
    const TemporaryFolder folder;
    folder.write("smartcar-sim.json", R"({"formatVersion": 1, "tokenFile": "secrets/token", "cacert": "/etc/ca.pem"})");
    folder.write("deep/.keep", "");
    const auto settings = loaded(folder.path() / "deep").settings;
    CHECK(settings.at(OptionId::kTokenFile).values.front() == (folder.path() / "secrets/token").string());
    CHECK(settings.at(OptionId::kCacert).values.front() == "/etc/ca.pem");
}

TEST_CASE("an empty list in the file leaves the option unset") {
    const TemporaryFolder folder;
    folder.write("smartcar-sim.json", R"({"formatVersion": 1, "headers": []})");
    CHECK(loaded(folder.path()).settings.empty());
}

TEST_CASE("the schema in fixtures/ is the option table's") {
    const std::filesystem::path file = source_folder() + "/fixtures/config.schema.json";
    if (golden::updating()) std::ofstream(file) << cli::config_schema();
    std::ostringstream stored;
    stored << std::ifstream(file).rdbuf();
    CHECK(stored.str() == cli::config_schema());

    const auto schema = document::parse(cli::config_schema());
    REQUIRE(schema.ok());
    const document::Value* properties = schema.value().find("properties");
    REQUIRE(properties != nullptr);
    for (const cli::Option& row : cli::options()) {
        CAPTURE(std::string(row.name));
        if (!row.config_key.empty()) CHECK(properties->find(row.config_key) != nullptr);
    }
}
