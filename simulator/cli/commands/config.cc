#include <algorithm>
#include <optional>
#include <utility>

#include "base/secret.h"
#include "cli/commands/commands.h"
#include "cli/config_file.h"
#include "cli/token.h"
#include "cli/values.h"
#include "document/writer.h"

namespace smartcar_sim::cli {
namespace {

std::string_view name_of(Source source) {
    switch (source) {
        case Source::kFlag:
            return "flag";
        case Source::kEnvironment:
            return "environment";
        case Source::kConfigFile:
            return "file";
        case Source::kDefault:
            return "default";
    }
    return "";
}

// The key in smartcar-sim.json, or where there is none the option itself.
std::string_view shown_name(const Option& row) { return row.config_key.empty() ? row.name : row.config_key; }

std::string masked(const Option& row, const std::string& value) {
    const auto mask = [](std::string text) {
        return base::Secret(std::move(text), base::Secret::Origin::kSupplied).masked();
    };
    if (row.kind != ValueKind::kHeader) return mask(value);
    auto [name, content] = split_header(value);
    return name + ": " + mask(std::move(content));
}

// A default is ours, and documented; whatever else was supplied for a secret is the user's.
std::string shown_value(const Option& row, const Setting& setting) {
    const bool secret = row.exposure == Exposure::kSecret && setting.source != Source::kDefault;
    std::string text;
    for (const std::string& value : setting.values) {
        text += (text.empty() ? "" : ", ") + (secret ? masked(row, value) : value);
    }
    return text;
}

// Of the token and the file that holds one, one is used. No flags are given here, so they cannot exclude each other.
enum class Use { kUsed, kOutranked };
Use use_of(const Settings& settings, const Option& row) {
    if (row.id != OptionId::kToken && row.id != OptionId::kTokenFile) return Use::kUsed;
    return token_source(settings).value() == row.id ? Use::kUsed : Use::kOutranked;
}

std::string setting_object(const Option& row, const std::optional<Setting>& setting, Use use) {
    std::string line;
    document::Writer writer(line);
    writer.begin_object().member("type", "setting").member("name", shown_name(row)).key("value");
    if (setting) {
        writer.value(shown_value(row, *setting)).member("source", name_of(setting->source));
        writer.member("origin", setting->origin);
    } else {
        writer.null().key("source").null().key("origin").null();
    }
    writer.member("used", setting && use == Use::kUsed);
    writer.end_object();
    return line;
}

std::string setting_line(const Option& row, const std::optional<Setting>& setting, Use use, const Terminal& terminal) {
    constexpr std::size_t kNameWidth = 18;  // the longest key and two blanks
    std::string name(shown_name(row));
    name.resize(std::max(kNameWidth, name.size()), ' ');
    const std::string value = setting ? shown_value(row, *setting) + "  " : "";
    const std::string origin = !setting ? "not set" : setting->origin + (use == Use::kUsed ? "" : ", not used");
    return terminal.paint(Colour::kStrong, name) + value + terminal.paint(Colour::kDim, "(" + origin + ")");
}

// A flag that nobody set is false by default.
std::optional<Setting> shown_setting(const Settings& settings, const Option& row) {
    if (const Setting* setting = settings.find(row.id)) return *setting;
    if (row.takes_value()) return std::nullopt;
    return Setting{.values = {"false"}, .source = Source::kDefault, .origin = "default"};
}

std::vector<OptionId> configurable_options() {
    std::vector<OptionId> ids;
    for (const Option& row : options()) {
        if (row.configurable()) ids.push_back(row.id);
    }
    return ids;
}

}  // namespace

// `show`, the one argument there is. The row of this command names no configurable option, because
// it takes none as a flag; it resolves them all itself.
ExitCode run_config(const Invocation& invocation) {
    Terminal& terminal = invocation.terminal;
    auto loaded = load_config(invocation.surroundings.working_folder);
    if (const auto* problem = std::get_if<ConfigProblem>(&loaded)) return report(*problem, terminal);
    const auto file = std::get<ConfigFile>(std::move(loaded));
    const auto ids = configurable_options();
    const auto settings = Settings::resolve(ids, {}, invocation.surroundings.environment, file);
    if (!settings) return terminal.fail(ExitCode::kUsage, settings.error());

    terminal.note(file.path.empty() ? "no " + std::string(kConfigFileName) + " here or above" : "file: " + file.path);
    for (const OptionId id : ids) {
        const Option& row = option(id);
        const auto setting = shown_setting(settings.value(), row);
        const Use use = use_of(settings.value(), row);
        terminal.print(terminal.json() ? setting_object(row, setting, use) : setting_line(row, setting, use, terminal));
    }
    return ExitCode::kHeld;
}

}  // namespace smartcar_sim::cli
