// Files people write, checked without sending anything.
#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "app/data_files.h"
#include "app/scenario_files.h"
#include "base/text.h"
#include "cli/commands/commands.h"
#include "cli/config_file.h"
#include "document/json.h"
#include "document/writer.h"
#include "vehicle/fixture.h"

namespace smartcar_sim::cli {

namespace {

namespace fs = std::filesystem;

// The files of a folder, or the file itself. Code "no_such_file", and those of app::json_files_in().
base::Result<std::vector<std::string>> files_of(const std::string& path) {
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) {
        if (fs::exists(path, ignored)) return std::vector{path};
        return base::Error{"no_such_file", "there is no file or folder " + path};
    }
    return app::json_files_in(path);
}

// By what only a fixture has.
bool is_fixture(const document::Value& root) {
    return (root.find("vin") != nullptr || root.find("make") != nullptr) && root.find("steps") == nullptr;
}

class Validation {
public:
    Validation(std::vector<vehicle::Vehicle> fixtures, Terminal& terminal)
        : fixtures_(std::move(fixtures)), fixtures_and_checked_(fixtures_), terminal_(terminal) {}

    void check(const std::string& path) {
        // Whose errors show no value that may be a secret.
        if (fs::path(path).filename() == kConfigFileName) return check_configuration(path);
        auto text = document::read_text(path);
        if (!text) return fail(text.error(), "");
        auto root = document::parse(text.value(), path, document::Comments::kAllowed);
        if (!root) return fail(root.error(), text.value());
        document::File file{.name = path, .text = std::move(text).value(), .root = std::move(root).value()};
        if (is_fixture(file.root)) return check_fixture(file);
        const app::LoadedScenario loaded = app::load_scenario(std::move(file), fixtures_);
        for (const base::Error& error : loaded.errors) fail(error, loaded.text);
        if (loaded.scenario) pass(path, "scenario");
    }

    [[nodiscard]] ExitCode result() const { return worst_; }

private:
    // Alone, and beside the fixtures that are there and those that came before.
    void check_fixture(const document::File& file) {
        auto vehicle = vehicle::load(file);
        if (!vehicle) return fail(vehicle.error(), file.text);
        if (const auto clash = app::clash_of(vehicle.value(), file, fixtures_and_checked_)) {
            return fail(*clash, file.text);
        }
        std::erase_if(fixtures_and_checked_, [&](const vehicle::Vehicle& other) {
            return other.fixture == vehicle.value().fixture;  // whose place it takes
        });
        fixtures_and_checked_.push_back(std::move(vehicle).value());
        pass(file.name, "fixture");
    }

    void check_configuration(const std::string& path) {
        const auto loaded = load_config_file(path, path);
        if (const auto* problem = std::get_if<ConfigProblem>(&loaded)) {
            worst_ = std::max(worst_, report(*problem, terminal_));
        } else {
            pass(path, "configuration");
        }
    }

    void pass(const std::string& path, std::string_view kind) {
        if (!terminal_.json()) {
            terminal_.print(terminal_.paint(Colour::kGood, "valid") + "  " + path + "  " + std::string(kind));
            return;
        }
        std::string line;
        document::Writer json(line);
        json.begin_object().member("type", "valid").member("file", path).member("kind", kind).end_object();
        terminal_.print(line);
    }

    void fail(const base::Error& error, const std::string& text) {
        const ExitCode code = error.place ? ExitCode::kInvalidFile : exit_code_of(error);
        worst_ = std::max(worst_, terminal_.fail(code, error, text));
    }

    const std::vector<vehicle::Vehicle> fixtures_;  // for scenarios
    std::vector<vehicle::Vehicle> fixtures_and_checked_;
    Terminal& terminal_;
    ExitCode worst_ = ExitCode::kHeld;
};

}  // namespace

ExitCode run_validate(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    std::vector<std::string> files;
    for (const std::string& argument : arguments) {
        const auto found = files_of(argument);
        if (!found) return terminal.fail(exit_code_of(found.error()), found.error());
        files.insert(files.end(), found.value().begin(), found.value().end());
    }
    auto fixtures = app::load_vehicles(settings.list(OptionId::kVehicles));
    if (!fixtures) return terminal.fail(exit_code_of(fixtures.error()), fixtures.error());
    Validation validation(std::move(fixtures).value(), terminal);
    for (const std::string& file : files) validation.check(file);
    return validation.result();
}

}  // namespace smartcar_sim::cli
