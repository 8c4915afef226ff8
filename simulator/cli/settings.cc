#include "cli/settings.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/text.h"
#include "cli/values.h"

namespace smartcar_sim::cli {
namespace {

using base::Result;

// Nothing when this source does not set the option.
using Found = Result<std::optional<Setting>>;

// Adds who gave the value to the sentence that says what is wrong with it.
base::Error blame(std::string_view origin, const base::Error& error) {
    return {error.code, std::string(origin) + ": " + error.message};
}

Found from_flags(const Option& row, std::span<const Given> given) {
    Setting setting{.values = {}, .source = Source::kFlag, .origin = "--" + std::string(row.name)};
    for (const Given& one : given) {
        if (one.id != row.id) continue;
        auto value = check_value(row, one.value);
        if (!value) return blame(setting.origin, value.error());
        setting.values.push_back(std::move(value).value());
    }
    if (setting.values.empty()) return std::optional<Setting>();
    return std::optional(std::move(setting));
}

// A variable that is set but empty counts as not set, as with NO_COLOR.
Found from_environment(const Option& row, const Environment& environment) {
    const auto variable = environment.find(std::string(row.environment));
    if (row.environment.empty() || variable == environment.end() || variable->second.empty()) {
        return std::optional<Setting>();
    }
    auto value = check_value(row, variable->second);
    if (!value) return blame(row.environment, value.error());
    return std::optional(Setting{
        .values = {std::move(value).value()}, .source = Source::kEnvironment, .origin = std::string(row.environment)});
}

std::optional<Setting> from_file(const Option& row, const ConfigFile& file) {
    const auto setting = file.settings.find(row.id);
    return setting == file.settings.end() ? std::nullopt : std::optional(setting->second);
}

std::optional<Setting> from_default(const Option& row) {
    if (row.fallback.empty()) return std::nullopt;
    return Setting{.values = {std::string(row.fallback)}, .source = Source::kDefault, .origin = "default"};
}

Found resolve_one(const Option& row, std::span<const Given> given, const Environment& environment,
                  const ConfigFile& file) {
    Found found = from_flags(row, given);
    if (!found || found.value()) return found;
    found = from_environment(row, environment);
    if (!found || found.value()) return found;
    if (auto setting = from_file(row, file)) return setting;
    return from_default(row);
}

}  // namespace

Result<Settings> Settings::resolve(std::span<const OptionId> ids, std::span<const Given> given,
                                   const Environment& environment, const ConfigFile& file) {
    Settings settings;
    for (const OptionId id : ids) {
        Found found = resolve_one(option(id), given, environment, file);
        if (!found) return found.error();
        if (found.value()) settings.settings_.emplace(id, *std::move(found).value());
    }
    return settings;
}

bool Settings::has(OptionId id) const { return settings_.contains(id); }

const Setting* Settings::find(OptionId id) const {
    const auto setting = settings_.find(id);
    return setting == settings_.end() ? nullptr : &setting->second;
}

std::vector<OptionId> Settings::from_command_line() const {
    std::vector<OptionId> ids;
    for (const auto& [id, setting] : settings_) {
        if (setting.source == Source::kFlag) ids.push_back(id);
    }
    return ids;
}

bool Settings::on_command_line(OptionId id) const {
    const Setting* setting = find(id);
    return setting != nullptr && setting->source == Source::kFlag;
}

bool Settings::flag(OptionId id) const {
    const Setting* setting = find(id);
    return setting != nullptr && setting->values.back() == "true";
}

int Settings::count(OptionId id) const { return static_cast<int>(std::ranges::count(list(id), "true")); }

std::string Settings::text(OptionId id) const {
    const Setting* setting = find(id);
    return setting == nullptr ? std::string() : setting->values.back();
}

const std::vector<std::string>& Settings::list(OptionId id) const {
    static const std::vector<std::string> kNone;
    const Setting* setting = find(id);
    return setting == nullptr ? kNone : setting->values;
}

std::optional<std::int64_t> Settings::integer(OptionId id) const {
    if (!has(id)) return std::nullopt;
    return base::parse_number<std::int64_t>(text(id));
}

base::Milliseconds Settings::duration(OptionId id) const {
    const auto duration = base::parse_duration(text(id));
    assert(duration.ok());
    return duration.value();
}

base::Url Settings::url(OptionId id) const {
    auto url = base::parse_url(text(id));
    assert(url.ok());
    return std::move(url).value();
}

contract::Headers Settings::headers(OptionId id) const {
    contract::Headers headers;
    for (const std::string& line : list(id)) {
        auto [name, value] = split_header(line);
        headers.add(name, value);
    }
    return headers;
}

}  // namespace smartcar_sim::cli
