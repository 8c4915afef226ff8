#include "app/data_files.h"

#include <filesystem>
#include <string>

#include "catch.h"
#include "cli/temporary_folder.h"
#include "document/json.h"
#include "source_folder.h"

using namespace smartcar_sim;
namespace fs = std::filesystem;

namespace {

// The working folder for as long as this lives.
class StandingIn {
public:
    explicit StandingIn(const fs::path& folder) : before_(fs::current_path()) { fs::current_path(folder); }
    ~StandingIn() { fs::current_path(before_); }
    StandingIn(const StandingIn&) = delete;
    StandingIn& operator=(const StandingIn&) = delete;

private:
    const fs::path before_;
};

// A folder for data beside the binary of these tests, for as long as this lives.
class BesideTheBinary {
public:
    explicit BesideTheBinary(const std::string& name) : path_(fs::read_symlink("/proc/self/exe").parent_path() / name) {
        fs::create_directories(path_);
    }
    ~BesideTheBinary() { fs::remove(path_); }
    BesideTheBinary(const BesideTheBinary&) = delete;
    BesideTheBinary& operator=(const BesideTheBinary&) = delete;

    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    const fs::path path_;
};

}  // namespace

TEST_CASE("data is looked for in the working folder first, then beside the binary") {
    const TemporaryFolder folder;
    const BesideTheBinary installed("searched-data");
    const StandingIn here(folder.path());
    CHECK(app::find_data("searched-data").value() == installed.path());

    fs::create_directory(folder.path() / "searched-data");
    CHECK(app::find_data("searched-data").value() == "searched-data");
}

TEST_CASE("data that is nowhere is an error that lists where it was looked for") {
    const TemporaryFolder folder;
    const StandingIn here(folder.path());
    const fs::path binary = fs::read_symlink("/proc/self/exe").parent_path();
    const auto found = app::find_data("no-such-data");
    REQUIRE(!found.ok());
    CHECK(found.error().code == "data_missing");
    const std::string looked_in = "no-such-data, " + (binary / "no-such-data").string() + ", " +
                                  (binary.parent_path() / "no-such-data").string() + ", " +
                                  (binary.parent_path().parent_path() / "no-such-data").string() + ", " +
                                  (binary.parent_path() / "share/smartcar-sim/no-such-data").string();
    CHECK(found.error().message == "the folder no-such-data was not found; looked in " + looked_in +
                                       "; reinstall, or run from a folder that has it");
}

TEST_CASE("the shipped vehicles are loaded in the order of their files' names") {
    const StandingIn source(source_folder());
    const auto vehicles = app::load_vehicles();
    REQUIRE(vehicles.ok());
    CHECK(vehicles.value().size() == 25);
    CHECK(vehicles.value().front().fixture == "audi-q8-e-tron-2023");
}

TEST_CASE("a folder of fixtures without one, or with a broken one, is an error") {
    const TemporaryFolder folder;
    const StandingIn here(folder.path());
    folder.write("fixtures/vehicles/readme.txt", "no fixture");
    CHECK(app::load_vehicles().error().message == "fixtures/vehicles holds no vehicle fixture (*.json)");

    folder.write("fixtures/vehicles/broken.json", "{\n  \"make\": \n}");
    const auto broken = app::load_vehicles();
    REQUIRE(!broken.ok());
    REQUIRE(broken.error().place.has_value());
    CHECK(broken.error().place->file == "fixtures/vehicles/broken.json");
    CHECK(broken.error().place->line == 3);
}

TEST_CASE("two vehicles of one id, or of one VIN, are an error") {
    const StandingIn source(source_folder());
    auto tesla = document::read_text(source_folder() + "/fixtures/vehicles/tesla-model-3-2020.json").value();
    const TemporaryFolder folder;
    folder.write("mine.json", tesla);
    const auto one_id = app::load_vehicles({(folder.path() / "mine.json").string()});
    REQUIRE(!one_id.ok());
    CHECK(one_id.error().code == "same_id");
    CHECK(one_id.error().place == base::Place{(folder.path() / "mine.json").string(), 4, 9});
    const std::string id = "d0c0ffee-1001-4000-8000-000000000001";
    tesla.replace(tesla.find(id), id.size(), "d0c0ffee-9999-4000-8000-000000000001");
    folder.write("mine.json", tesla);
    const auto one_vin = app::load_vehicles({(folder.path() / "mine.json").string()});
    REQUIRE(!one_vin.ok());
    CHECK(one_vin.error().code == "same_vin");
    CHECK(one_vin.error().message ==
          R"(the vehicles "tesla-model-3-2020" and "mine" have one VIN, 5YJ3E1EA7LF600042; give each its own)");
}
