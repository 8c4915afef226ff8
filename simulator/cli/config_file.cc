#include "cli/config_file.h"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "base/text.h"
#include "cli/values.h"
#include "document/json.h"
#include "document/pointer.h"

namespace smartcar_sim::cli {
namespace {

using base::Error;
using base::Result;
using document::Value;
namespace fs = std::filesystem;

constexpr std::int64_t kFormatVersion = 1;
constexpr std::string_view kFormatKey = "formatVersion";
constexpr std::string_view kSchemaKey = "$schema";

std::optional<fs::path> find_file(fs::path folder) {
    while (true) {
        std::error_code ignored;
        fs::path candidate = folder / kConfigFileName;
        if (fs::is_regular_file(candidate, ignored)) return candidate;
        if (!folder.has_parent_path() || folder == folder.parent_path()) return std::nullopt;
        folder = folder.parent_path();
    }
}

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return (std::ostringstream() << file.rdbuf()).str();
}

const Option* option_of_key(std::string_view key) {
    for (const Option& row : options()) {
        if (!row.config_key.empty() && row.config_key == key) return &row;
    }
    return nullptr;
}

std::vector<std::string_view> known_keys() {
    std::vector<std::string_view> keys{kFormatKey, kSchemaKey};
    for (const Option& row : options()) {
        if (!row.config_key.empty()) keys.push_back(row.config_key);
    }
    return keys;
}

// "token", "clientSecret", "APPLICATION_MANAGEMENT_TOKEN".
bool names_secret(std::string_view key) {
    const std::string name = base::lower_case(key);
    return name.find("token") != std::string::npos || name.find("secret") != std::string::npos;
}

// What a value of that option is in JSON: the word of the schema's "type".
std::string_view json_type(const Option& row) {
    if (row.repeat == Repeat::kCollected) return "array";
    if (row.kind == ValueKind::kFlag) return "boolean";
    return row.kind == ValueKind::kInteger ? "integer" : "string";
}

std::string with_article(std::string_view type) {
    return (type == "array" ? "an array of strings" : type == "integer" ? "a whole number" : "a " + std::string(type));
}

// The value as it would be typed on the command line; nothing when its JSON type is another one.
std::optional<std::vector<std::string>> as_typed(const Option& row, const Value& value) {
    const std::string_view type = json_type(row);
    if (type == "boolean" && value.boolean()) return std::vector<std::string>{*value.boolean() ? "true" : "false"};
    if (type == "integer" && value.integer()) return std::vector{std::to_string(*value.integer())};
    if (type == "string" && value.string()) return std::vector{*value.string()};
    if (type != "array" || !value.array()) return std::nullopt;
    std::vector<std::string> lines;
    for (const Value& item : *value.array()) {
        if (!item.string()) return std::nullopt;
        lines.push_back(*item.string());
    }
    return lines;
}

// As many stars as the text has characters.
std::string starred(std::string_view text) {
    const auto begins = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; };
    std::string stars(static_cast<std::size_t>(std::ranges::count_if(text, begins)), '*');
    return stars;
}

// The text of a file that is JSON, in the same lines and columns, with the values to read that are no secrets: those of
// keys that are known, but for headers.
std::string without_secrets(std::string_view text) {
    std::string shown;
    bool may_be_read = false;  // the strings that follow, up to the next key
    while (!text.empty()) {
        const std::size_t begin = std::min(text.find('"'), text.size());
        std::size_t end = begin + 1;
        while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
        end = std::min(end, text.size());
        const std::string_view string = begin < end ? text.substr(begin + 1, end - begin - 1) : std::string_view();
        const std::size_t behind = text.find_first_not_of(" \t\r\n", std::min(end + 1, text.size()));
        const bool key = behind != std::string_view::npos && text[behind] == ':';
        if (key) {
            const Option* row = option_of_key(string);
            may_be_read = row != nullptr && row->kind != ValueKind::kHeader;
        }
        shown.append(text.substr(0, std::min(begin + 1, text.size())));
        shown += key || may_be_read ? std::string(string) : starred(string);
        text.remove_prefix(end);
        if (text.empty()) break;
        shown += '"';
        text.remove_prefix(1);
    }
    return shown;
}

// The text of a file that is no JSON: nobody can say where in it a secret stands.
std::string structure_of(std::string_view text) {
    constexpr std::string_view kStructure = "{}[]:,\" \t\r\n";
    std::string shown;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view one = text.substr(at, 1);
        shown += kStructure.find(text[at]) == std::string_view::npos ? starred(one) : std::string(one);
    }
    return shown;
}

// The same message without the words it quotes, of which one may be the secret.
std::string without_quoted_words(std::string_view message) {
    constexpr std::size_t kLongest = 2;  // "}", "//"
    std::string shown;
    for (std::size_t begin = message.find('"'); begin != std::string_view::npos; begin = message.find('"')) {
        const std::size_t end = std::min(message.find('"', begin + 1), message.size() - 1);
        const std::string_view word = message.substr(begin + 1, end - begin - 1);
        const bool harmless = word.size() <= kLongest || std::ranges::count(known_keys(), word) > 0;
        shown.append(message.substr(0, begin + 1)).append(harmless ? word : "…");
        shown += '"';
        message.remove_prefix(end + 1);
    }
    return shown.append(message);
}

// One file being checked; keeps what every message needs.
class Checker {
public:
    Checker(const document::File& file, std::string shown_name, fs::path folder)
        : file_(file), shown_name_(std::move(shown_name)), folder_(std::move(folder)) {}

    [[nodiscard]] Result<ConfigFile> check() const {
        const document::Object* members = file_.root.object();
        if (members == nullptr) {
            return error_at(0, "wrong_type", "the file must hold an object, not " + std::string(file_.root.kind()));
        }
        if (auto error = check_version()) return *error;
        ConfigFile config{.path = shown_name_, .settings = {}};
        for (const auto& [key, value] : *members) {
            if (key == kFormatKey || key == kSchemaKey) continue;
            const Option* row = option_of_key(key);
            if (row == nullptr) return unknown_key(key, value);
            auto setting = check_member(*row, value);
            if (!setting) return setting.error();
            if (!setting.value().values.empty()) config.settings.emplace(row->id, std::move(setting).value());
        }
        return config;
    }

private:
    [[nodiscard]] std::optional<Error> check_version() const {
        const Value* version = file_.root.find(kFormatKey);
        if (version == nullptr) {
            return error_at(0, "format_version", R"("formatVersion" is missing; add "formatVersion": 1)");
        }
        if (version->integer() != nullptr && *version->integer() == kFormatVersion) return std::nullopt;
        return error_at(version->offset, "format_version", "\"formatVersion\" must be 1, the only one there is");
    }

    [[nodiscard]] Error unknown_key(const std::string& key, const Value& value) const {
        const std::string hint = document::did_you_mean(key, known_keys());
        std::string what = "unknown key \"" + key + "\"" + hint;
        if (hint.empty() && names_secret(key)) {
            what +=
                "; this file is made to be committed: name a file that holds the application management token with "
                "\"tokenFile\"";
        } else if (hint.empty()) {
            what += "; `smartcar-sim help --man` lists them";
        }
        return error_at(value.key_offset, "unknown_key", std::move(what));
    }

    [[nodiscard]] Result<Setting> check_member(const Option& row, const Value& value) const {
        const std::string key = "\"" + std::string(row.config_key) + "\"";
        const auto lines = as_typed(row, value);
        if (!lines) {
            const bool number = json_type(row) == "integer" && value.kind() == "a number";
            return error_at(value.offset, "wrong_type",
                            key + " must be " + with_article(json_type(row)) +
                                (number ? " from " + std::to_string(row.low) + " to " + std::to_string(row.high)
                                        : ", not " + std::string(value.kind())));
        }
        const base::Place place = document::place_of(shown_name_, file_.text, value.offset);
        Setting setting{.values = {}, .source = Source::kConfigFile, .origin = {}};
        setting.origin = place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
        for (const std::string& line : *lines) {
            auto checked = check_value(row, line);
            if (!checked) return error_at(value.offset, checked.error().code, key + ": " + checked.error().message);
            setting.values.push_back(row.kind == ValueKind::kFile ? from_folder(checked.value()) : checked.value());
        }
        return setting;
    }

    [[nodiscard]] std::string from_folder(const std::string& path) const {
        return (folder_ / path).lexically_normal().string();
    }

    [[nodiscard]] Error error_at(std::size_t offset, std::string code, std::string message) const {
        return {std::move(code), std::move(message), document::place_of(shown_name_, file_.text, offset)};
    }

    const document::File& file_;
    const std::string shown_name_;
    const fs::path folder_;
};

std::string schema_type(const Option& row) {
    switch (row.kind) {
        case ValueKind::kFlag:
            return R"("type": "boolean")";
        case ValueKind::kInteger:
            return R"("type": "integer", "minimum": )" + std::to_string(row.low) + R"(, "maximum": )" +
                   std::to_string(row.high);
        case ValueKind::kChoice: {
            std::string words;
            for (const std::string_view word : row.choices()) {
                words.append(words.empty() ? "\"" : ", \"").append(word).append("\"");
            }
            return R"("enum": [)" + words + "]";
        }
        case ValueKind::kUrl:
        case ValueKind::kOrigin:
            return R"("type": "string", "format": "uri")";
        default:
            return R"("type": "string")";
    }
}

std::string schema_property(const Option& row) {
    const std::string one = schema_type(row);
    std::string text = "    \"" + std::string(row.config_key) + "\": {\n      \"description\": \"" +
                       std::string(row.help) + "\",\n      ";
    text += row.repeat == Repeat::kCollected ? R"("type": "array", "items": {)" + one + "}" : one;
    if (!row.fallback.empty()) {
        const std::string_view quote = json_type(row) == "string" ? "\"" : "";
        text.append(",\n      \"default\": ").append(quote).append(row.fallback).append(quote);
    }
    return text + "\n    }";
}

}  // namespace

std::variant<ConfigFile, ConfigProblem> load_config(const fs::path& working_folder) {
    const auto path = find_file(working_folder);
    if (!path) return ConfigFile{};
    return load_config_file(*path, path->lexically_relative(working_folder).string());
}

std::variant<ConfigFile, ConfigProblem> load_config_file(const fs::path& path, const std::string& shown_name) {
    auto file = document::read_file(path.string());
    if (!file) {
        Error error = file.error();
        if (error.place) error.place->file = shown_name;
        if (error.code != "bad_json") return ConfigProblem{std::move(error), {}};
        error.message = without_quoted_words(error.message);
        return ConfigProblem{std::move(error), structure_of(text_of(path))};
    }
    auto config = Checker(file.value(), shown_name, path.parent_path()).check();
    if (!config) return ConfigProblem{config.error(), without_secrets(file.value().text)};
    return std::move(config).value();
}

ExitCode report(const ConfigProblem& problem, Terminal& terminal) {
    return terminal.fail(exit_code_of(problem.error), problem.error, problem.text);
}

std::string config_schema() {
    std::string text = R"({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "smartcar-sim.json",
  "type": "object",
  "additionalProperties": false,
  "required": ["formatVersion"],
  "properties": {
    "$schema": {
      "type": "string"
    },
    "formatVersion": {
      "const": 1
    })";
    for (const Option& row : options()) {
        if (!row.config_key.empty()) text += ",\n" + schema_property(row);
    }
    return text + "\n  }\n}\n";
}

}  // namespace smartcar_sim::cli
