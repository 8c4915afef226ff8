// Scenario files found and read: what `run` and `validate` are given.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "document/json.h"
#include "scenario/parse.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::app {

struct ScenarioFile {
    std::string path;  // as it is shown
    // The same wherever the files are: the last folder and the name. What is derived from the seed depends on it.
    std::string key;
};

// The *.json of a folder without what is a schema, sorted; folders within it are not looked into. Codes "no_scenarios"
// when there is none, "file_unreadable".
[[nodiscard]] base::Result<std::vector<std::string>> json_files_in(const std::string& folder);

// The paths of files; the *.json of folders, which are not descended into; names as shipped_scenarios() lists them.
// Sorted by path, each once. Codes "no_such_scenario" with a suggestion, "no_scenarios" for a folder without any.
[[nodiscard]] base::Result<std::vector<ScenarioFile>> select_scenarios(const std::vector<std::string>& wanted);

// The shipped ones: names ("charging-session", "with-app/onboarding") and files. Code "data_missing".
struct ShippedScenario {
    std::string name;
    std::string path;
};
[[nodiscard]] base::Result<std::vector<ShippedScenario>> shipped_scenarios();

struct LoadedScenario {
    std::string text = {};  // for the lines below the errors
    std::optional<scenario::Scenario> scenario = std::nullopt;
    std::vector<base::Error> errors = {};
};
[[nodiscard]] LoadedScenario load_scenario(const std::string& path, const std::vector<vehicle::Vehicle>& fixtures);
[[nodiscard]] LoadedScenario load_scenario(document::File file, const std::vector<vehicle::Vehicle>& fixtures);

}  // namespace smartcar_sim::app
