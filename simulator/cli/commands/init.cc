// The files a project begins with.
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "cli/commands/commands.h"
#include "cli/output_file.h"
#include "document/writer.h"
#include "scenario/format.h"

namespace smartcar_sim::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFirstScenario = R"json({
  "$schema": "./scenario.schema.json",
  "formatVersion": 1,
  "name": "A charging session reaches our callback",
  "tags": ["charging"],
  "webhook": { "version": ["2.0", "4.0"] },
  "vehicles": {
    "car": {
      "fixture": "tesla-model-3-2020",
      "state": { "tractionbattery-stateofcharge": 42, "charge-ischargingcableconnected": false, "charge-ischarging": false }
    }
  },
  "steps": [
    { "verify": {} },
    { "subscribe": "car" },
    { "says": "It is plugged in",
      "set": { "vehicle": "car", "state": { "charge-ischargingcableconnected": true, "charge-ischarging": true } },
      "expect": { "events": { "2.0": ["CHARGING_STARTED"], "4.0": ["VEHICLE_STATE"] } } },
    { "wait": "38m" },
    { "says": "It is full",
      "set": { "vehicle": "car", "state": { "tractionbattery-stateofcharge": 100, "charge-ischarging": false } } },
    { "says": "Somebody without the token forges an event",
      "send": { "vehicle": "car", "event": { "2.0": "CHARGING_STARTED", "4.0": "VEHICLE_STATE" } },
      "fault": { "signature": "wrong-key" } }
  ]
}
)json";

std::string configuration_with(const std::string& callback) {
    std::string quoted;
    document::Writer(quoted).value(callback);
    return "{\n  \"formatVersion\": 1,\n  \"callback\": " + quoted + "\n}\n";
}

enum class Existing { kKept, kReplaced };

class Files {
public:
    Files(fs::path folder, Terminal& terminal) : folder_(std::move(folder)), terminal_(terminal) {}

    // False when it could not be written.
    bool write(const std::string& name, std::string_view content, Existing existing) {
        const fs::path path = folder_ / name;
        std::error_code error;
        if (existing == Existing::kKept && fs::exists(path, error)) {
            tell(path, "kept");
            return true;
        }
        fs::create_directories(path.parent_path(), error);
        const auto written = write_file("", path.generic_string(), content, Writing::kReplace);
        if (!written) {
            terminal_.fail(ExitCode::kEnvironment, written.error());
            return false;
        }
        tell(path, "written");
        return true;
    }

private:
    void tell(const fs::path& path, std::string_view what) {
        const std::string shown = path.lexically_normal().generic_string();
        if (!terminal_.json()) return terminal_.print(std::string(what) + "  " + shown);
        std::string line;
        document::Writer(line).begin_object().member("type", what).member("file", shown).end_object();
        terminal_.print(line);
    }

    const fs::path folder_;
    Terminal& terminal_;
};

}  // namespace

ExitCode run_init(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    const std::string given = settings.text(OptionId::kCallback);
    const std::string callback = given.empty() ? "http://127.0.0.1:3000/webhooks" : given;
    Files files(arguments.empty() ? "." : arguments.front(), terminal);
    const bool written = files.write("smartcar-sim.json", configuration_with(callback), Existing::kKept) &&
                         files.write("scenarios/scenario.schema.json", scenario::schema(), Existing::kReplaced) &&
                         files.write("scenarios/charging.json", kFirstScenario, Existing::kKept);
    if (!written) return ExitCode::kEnvironment;
    std::string next = surroundings.program + " run scenarios";
    if (!arguments.empty()) {
        // The configuration is found from its folder on upwards, and so not from here.
        const fs::path scenarios = (fs::path(arguments.front()) / "scenarios").lexically_normal();
        next = surroundings.program + " run " + scenarios.generic_string() + " --callback " + callback;
    }
    terminal.note("next, with your callback running: " + next);
    return ExitCode::kHeld;
}

}  // namespace smartcar_sim::cli
