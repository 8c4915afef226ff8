// smartcar-sim.json: found, read and checked against the option table; and its JSON schema, which is
// made from the same table.
//
// {"formatVersion": 1, "callback": "http://…", "timeout": "5s", "signVerify": true, "headers": ["A: b"]}
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "cli/settings.h"
#include "cli/terminal.h"

namespace smartcar_sim::cli {

inline constexpr std::string_view kConfigFileName = "smartcar-sim.json";

// A file that is not valid, with its text so that the line can be shown.
struct ConfigProblem {
    base::Error error;
    std::string text;
};

// The file in `working_folder` or the nearest parent that has one; an empty ConfigFile when none has.
// A relative path in the file (tokenFile, cacert) counts from the file's folder. Codes:
// "file_unreadable", those of document::parse, "unknown_key", "format_version", "wrong_type", "bad_value".
[[nodiscard]] std::variant<ConfigFile, ConfigProblem> load_config(const std::filesystem::path& working_folder);

// That file, which errors call `shown_name`.
[[nodiscard]] std::variant<ConfigFile, ConfigProblem> load_config_file(const std::filesystem::path& path,
                                                                       const std::string& shown_name);

// Says so, with the line, and gives the exit code: kInvalidFile, or kEnvironment when it cannot be read.
ExitCode report(const ConfigProblem& problem, Terminal& terminal);

// The JSON schema of the file, indented by two, ending in a newline.
[[nodiscard]] std::string config_schema();

}  // namespace smartcar_sim::cli
