#include "app/data_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <ranges>
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

// The vehicles in their order, and the file of each.
struct Fixtures {
    std::vector<vehicle::Vehicle> vehicles;
    std::vector<document::File> files;
    std::vector<std::size_t> read;  // places in the two, in the order in which the files were read
};

base::Result<base::Done> add_vehicles(Fixtures& fixtures, const std::string& path) {
    const auto names = fixture_files(path);
    if (!names) return names.error();
    for (const std::string& name : names.value()) {
        auto file = document::read_file(name);
        if (!file) return file.error();
        auto loaded = vehicle::load(file.value());
        if (!loaded) return loaded.error();
        const auto before = std::ranges::find(fixtures.vehicles, loaded.value().fixture, &vehicle::Vehicle::fixture);
        const auto place = static_cast<std::size_t>(before - fixtures.vehicles.begin());
        if (before == fixtures.vehicles.end()) {
            fixtures.vehicles.emplace_back();
            fixtures.files.emplace_back();
        }
        fixtures.vehicles[place] = std::move(loaded).value();
        fixtures.files[place] = std::move(file).value();
        fixtures.read.push_back(place);
    }
    return base::Done{};
}

// Something that no two vehicles may share.
struct Own {
    std::string_view code, member, name;
    std::string vehicle::Vehicle::* value;
};
constexpr std::array kOwn{Own{"same_id", "id", "id", &vehicle::Vehicle::id},
                          Own{"same_vin", "vin", "VIN", &vehicle::Vehicle::vin}};

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
    Fixtures fixtures;
    auto added = add_vehicles(fixtures, folder.value());
    if (!added) return added.error();
    for (const std::string& path : more) {
        added = add_vehicles(fixtures, path);
        if (!added) return added.error();
    }
    // The last first: the mistake is in a file of the user's and not in one of ours.
    for (const std::size_t place : fixtures.read | std::views::reverse) {
        auto clash = clash_of(fixtures.vehicles[place], fixtures.files[place], fixtures.vehicles);
        if (clash) return *std::move(clash);
    }
    return std::move(fixtures.vehicles);
}

std::optional<base::Error> clash_of(const vehicle::Vehicle& vehicle, const document::File& file,
                                    std::span<const vehicle::Vehicle> others) {
    for (const Own& own : kOwn) {
        const auto twin = std::ranges::find_if(others, [&](const vehicle::Vehicle& other) {
            return other.fixture != vehicle.fixture && other.*own.value == vehicle.*own.value;
        });
        if (twin == others.end()) continue;
        return base::Error{std::string(own.code),
                           "the vehicles " + base::quoted(twin->fixture) + " and " + base::quoted(vehicle.fixture) +
                               " have one " + std::string(own.name) + ", " + vehicle.*own.value + "; give each its own",
                           document::place_of(file.name, file.text, file.root.find(own.member)->offset)};
    }
    return std::nullopt;
}

}  // namespace smartcar_sim::app
