// What each option is set to, and by whom: flag, then environment, then smartcar-sim.json in the
// working folder or the nearest parent that has one, then the default of the option table.
//
// Values are checked when they are resolved, whatever they came from, so a command only reads them.
// A Settings does not change once made and may be read from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/url.h"
#include "cli/options.h"
#include "contract/http.h"

namespace smartcar_sim::cli {

enum class Source { kFlag, kEnvironment, kConfigFile, kDefault };

struct Setting {
    std::vector<std::string> values;  // as one would type them; more than one only for a collected option
    Source source = Source::kDefault;
    std::string origin;  // "--callback", "SMARTCAR_SIM_CALLBACK", "smartcar-sim.json:3:17", "default"
};

// What stood on the command line, in order.
struct Given {
    OptionId id;
    std::string value;  // "true" for a flag
};

// smartcar-sim.json, checked against the option table.
struct ConfigFile {
    std::string path;  // "" when there is none
    std::map<OptionId, Setting> settings;
};

using Environment = std::map<std::string, std::string>;

class Settings {
public:
    // A flag's bad value: code "bad_value". `ids` are the options to resolve.
    [[nodiscard]] static base::Result<Settings> resolve(std::span<const OptionId> ids, std::span<const Given> given,
                                                        const Environment& environment, const ConfigFile& file);

    // Set by anyone, the default included.
    [[nodiscard]] bool has(OptionId id) const;
    // Who set it; nothing when it is not set and has no default.
    [[nodiscard]] const Setting* find(OptionId id) const;

    // Those that the command line set, in the order of OptionId.
    [[nodiscard]] std::vector<OptionId> from_command_line() const;
    [[nodiscard]] bool on_command_line(OptionId id) const;

    [[nodiscard]] bool flag(OptionId id) const;
    [[nodiscard]] int count(OptionId id) const;                             // how often: -vv is 2
    [[nodiscard]] std::string text(OptionId id) const;                      // "" when not set
    [[nodiscard]] const std::vector<std::string>& list(OptionId id) const;  // in the order given
    [[nodiscard]] std::optional<std::int64_t> integer(OptionId id) const;
    // Each of these asks for an option of that kind that is set; has() says so.
    [[nodiscard]] base::Milliseconds duration(OptionId id) const;
    [[nodiscard]] base::Url url(OptionId id) const;
    [[nodiscard]] contract::Headers headers(OptionId id) const;

private:
    std::map<OptionId, Setting> settings_;
};

}  // namespace smartcar_sim::cli
