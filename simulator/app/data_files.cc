#include "app/data_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/text.h"
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

// The fixture files of a folder, sorted, or the one file that is named.
base::Result<std::vector<std::string>> fixture_files(const std::string& path) {
    std::error_code error;
    if (!fs::is_directory(path, error)) return std::vector{path};
    std::vector<std::string> files;
    for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->path().extension() == ".json") files.push_back(entry->path().string());
    }
    if (error) return base::Error{"data_missing", path + " cannot be read: " + error.message()};
    if (files.empty()) return base::Error{"data_missing", path + " holds no vehicle fixture (*.json)"};
    std::ranges::sort(files);
    return files;
}

base::Result<base::Done> add_vehicles(std::vector<vehicle::Vehicle>& vehicles, const std::string& path) {
    const auto files = fixture_files(path);
    if (!files) return files.error();
    for (const std::string& name : files.value()) {
        const auto file = document::read_file(name);
        if (!file) return file.error();
        auto loaded = vehicle::load(file.value());
        if (!loaded) return loaded.error();
        const auto before = std::ranges::find(vehicles, loaded.value().fixture, &vehicle::Vehicle::fixture);
        if (before != vehicles.end()) {
            *before = std::move(loaded).value();
        } else {
            vehicles.push_back(std::move(loaded).value());
        }
    }
    return base::Done{};
}

// Something that no two vehicles may share.
struct Own {
    std::string_view code, name;
    std::string vehicle::Vehicle::* member;
};
constexpr std::array kOwn{Own{"same_id", "id", &vehicle::Vehicle::id}, Own{"same_vin", "VIN", &vehicle::Vehicle::vin}};

std::optional<base::Error> shared(const std::vector<vehicle::Vehicle>& vehicles, const Own& own) {
    std::map<std::string_view, std::string_view> fixtures;
    for (const vehicle::Vehicle& vehicle : vehicles) {
        const auto [known, added] = fixtures.emplace(vehicle.*own.member, vehicle.fixture);
        if (added) continue;
        return base::Error{std::string(own.code), "the vehicles " + base::quoted(known->second) + " and " +
                                                      base::quoted(vehicle.fixture) + " have one " +
                                                      std::string(own.name) + ", " + vehicle.*own.member +
                                                      "; give each its own"};
    }
    return std::nullopt;
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

base::Result<std::vector<vehicle::Vehicle>> load_vehicles(const std::vector<std::string>& more) {
    const auto folder = find_data("fixtures/vehicles");
    if (!folder) return folder.error();
    std::vector<vehicle::Vehicle> vehicles;
    auto added = add_vehicles(vehicles, folder.value());
    if (!added) return added.error();
    for (const std::string& path : more) {
        added = add_vehicles(vehicles, path);
        if (!added) return added.error();
    }
    for (const Own& own : kOwn) {
        if (auto clash = shared(vehicles, own)) return *std::move(clash);
    }
    return vehicles;
}

}  // namespace smartcar_sim::app
