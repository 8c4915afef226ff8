#include "app/data_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "document/json.h"
#include "vehicle/fixture.h"

namespace smartcar_sim::app {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> roots() {
    std::vector<fs::path> found{fs::path(".")};
    std::error_code error;
    const fs::path binary = fs::read_symlink("/proc/self/exe", error);
    if (error) return found;
    const fs::path folder = binary.parent_path();
    found.push_back(folder);
    found.push_back(folder.parent_path());
    found.push_back(folder.parent_path().parent_path());
    found.push_back(folder.parent_path() / "share" / "smartcar-sim");
    return found;
}

}  // namespace

base::Result<std::string> find_data(const std::string& relative) {
    auto all = find_all_data(relative);
    if (!all) return all.error();
    return std::move(all.value().front());
}

base::Result<std::vector<std::string>> find_all_data(const std::string& relative) {
    std::string looked;
    std::vector<std::string> found;
    for (const fs::path& root : roots()) {
        const std::string candidate = (root / relative).lexically_normal().string();
        std::error_code error;
        if (fs::is_directory(candidate, error)) found.push_back(candidate);
        looked += (looked.empty() ? "" : ", ") + candidate;
    }
    if (!found.empty()) return found;
    return base::Error{"data_missing", "the folder " + relative + " was not found; looked in " + looked +
                                           "; reinstall, or run from a folder that has it"};
}

base::Result<std::vector<vehicle::Vehicle>> load_vehicles() {
    const auto folder = find_data("fixtures/vehicles");
    if (!folder) return folder.error();

    std::vector<std::string> paths;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder.value(), error)) {
        if (entry.path().extension() == ".json") paths.push_back(entry.path().string());
    }
    if (error) return base::Error{"data_missing", folder.value() + " cannot be read: " + error.message()};
    std::ranges::sort(paths);

    std::vector<vehicle::Vehicle> vehicles;
    for (const std::string& path : paths) {
        const auto file = document::read_file(path);
        if (!file) return file.error();
        auto loaded = vehicle::load(file.value());
        if (!loaded) return loaded.error();
        vehicles.push_back(std::move(loaded).value());
    }
    if (vehicles.empty()) return base::Error{"data_missing", folder.value() + " holds no vehicle fixture (*.json)"};
    return vehicles;
}

}  // namespace smartcar_sim::app
