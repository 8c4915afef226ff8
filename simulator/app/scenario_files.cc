#include "app/scenario_files.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "app/data_files.h"
#include "document/pointer.h"

namespace smartcar_sim::app {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtension = ".json";
constexpr std::string_view kSchema = ".schema.json";

bool is_scenario_name(const std::string& name) { return name.ends_with(kExtension) && !name.ends_with(kSchema); }

std::string key_of(const fs::path& path) {
    const fs::path whole = fs::absolute(path).lexically_normal();
    return (whole.parent_path().filename() / whole.filename()).generic_string();
}

ScenarioFile file_of(const fs::path& path) { return {.path = path.generic_string(), .key = key_of(path)}; }

base::Result<std::vector<ScenarioFile>> files_of(const std::string& wanted) {
    std::error_code ignored;
    if (fs::is_regular_file(wanted, ignored)) return std::vector{file_of(wanted)};
    if (fs::is_directory(wanted, ignored)) {
        const auto paths = json_files_in(wanted);
        if (!paths) return paths.error();
        std::vector<ScenarioFile> files;
        for (const std::string& path : paths.value()) files.push_back(file_of(path));
        return files;
    }
    const auto shipped = shipped_scenarios();
    if (!shipped) return base::Error{"no_such_scenario", "there is no file " + wanted};
    std::vector<std::string_view> names;
    for (const ShippedScenario& each : shipped.value()) {
        if (each.name == wanted) return std::vector{file_of(each.path)};
        names.push_back(each.name);
    }
    return base::Error{
        "no_such_scenario",
        "there is no file, folder or shipped scenario \"" + wanted + "\"" + document::did_you_mean(wanted, names) +
            (document::nearest(wanted, names) ? "" : "; `smartcar-sim list scenarios` shows those that are shipped")};
}

}  // namespace

base::Result<std::vector<std::string>> json_files_in(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored) && is_scenario_name(entry->path().filename().string())) {
            files.push_back(entry->path().generic_string());
        }
    }
    if (error) return base::Error{"file_unreadable", "cannot read the folder " + folder + ": " + error.message()};
    if (files.empty()) {
        return base::Error{"no_scenarios", folder + " holds no *.json; folders within it are not looked into"};
    }
    std::ranges::sort(files);
    return files;
}

base::Result<std::vector<ShippedScenario>> shipped_scenarios() {
    const auto folders = find_all_data("scenarios");
    if (!folders) return folders.error();
    std::vector<ShippedScenario> shipped;
    for (const std::string within : {"", "with-app/"}) {
        for (const std::string& folder : folders.value()) {
            const auto paths = json_files_in((fs::path(folder) / within).generic_string());
            if (!paths) continue;  // nothing there is nothing shipped
            for (const std::string& path : paths.value()) {
                const std::string name = within + fs::path(path).stem().string();
                if (std::ranges::find(shipped, name, &ShippedScenario::name) != shipped.end()) continue;
                shipped.push_back({.name = name, .path = path});
            }
        }
    }
    return shipped;
}

base::Result<std::vector<ScenarioFile>> select_scenarios(const std::vector<std::string>& wanted) {
    std::vector<ScenarioFile> files;
    for (const std::string& each : wanted) {
        auto found = files_of(each);
        if (!found) return found.error();
        std::ranges::move(found.value(), std::back_inserter(files));
    }
    std::ranges::sort(files, {}, &ScenarioFile::path);
    std::set<fs::path> seen;  // however their paths are written
    std::erase_if(files, [&seen](const ScenarioFile& file) {
        std::error_code error;
        const fs::path real = fs::canonical(file.path, error);
        return !seen.insert(error ? fs::path(file.path) : real).second;
    });
    return files;
}

LoadedScenario load_scenario(const std::string& path, const std::vector<vehicle::Vehicle>& fixtures) {
    LoadedScenario loaded;
    auto text = document::read_text(path);
    if (!text) {
        loaded.errors.push_back(text.error());
        return loaded;
    }
    loaded.text = std::move(text).value();
    auto root = document::parse(loaded.text, path, document::Comments::kAllowed);
    if (!root) {
        loaded.errors.push_back(root.error());
        return loaded;
    }
    return load_scenario({.name = path, .text = std::move(loaded.text), .root = std::move(root).value()}, fixtures);
}

LoadedScenario load_scenario(document::File file, const std::vector<vehicle::Vehicle>& fixtures) {
    scenario::Library library;
    for (const vehicle::Vehicle& vehicle : fixtures) library.fixtures.push_back(vehicle.fixture);
    library.read_payload = [&file](const std::string& payload) {
        return document::read_text((fs::path(file.name).parent_path() / payload).generic_string());
    };
    auto parsed = scenario::parse(file, library);
    return {.text = std::move(file.text), .scenario = std::move(parsed.scenario), .errors = std::move(parsed.errors)};
}

}  // namespace smartcar_sim::app
