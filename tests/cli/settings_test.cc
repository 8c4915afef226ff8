#include "cli/settings.h"

#include "catch.h"

using namespace smartcar_sim;
using cli::OptionId;
using cli::Settings;
using cli::Source;

namespace {

const std::vector<OptionId> kIds{OptionId::kTimeout, OptionId::kCallback, OptionId::kStrict, OptionId::kHeader,
                                 OptionId::kSeed,    OptionId::kVerbose,  OptionId::kServer};

Settings resolved(const std::vector<cli::Given>& given, const cli::Environment& environment = {},
                  const cli::ConfigFile& file = {}) {
    auto settings = Settings::resolve(kIds, given, environment, file);
    INFO((settings ? "" : settings.error().message));
    REQUIRE(settings.ok());
    return settings.value();
}

cli::ConfigFile file_with(OptionId id, const std::string& value) {
    return {.path = "smartcar-sim.json",
            .settings = {{id, {.values = {value}, .source = Source::kConfigFile, .origin = "smartcar-sim.json:2:3"}}}};
}

}  // namespace

TEST_CASE("a flag outranks the environment, the environment the file, the file the default") {
    const cli::Environment environment{{"SMARTCAR_SIM_TIMEOUT", "2s"}};
    const cli::ConfigFile file = file_with(OptionId::kTimeout, "3s");
    struct Row {
        Settings settings;
        std::string value;
        Source source;
        std::string origin;
    };
    const std::vector<Row> rows{
        {resolved({{OptionId::kTimeout, "1s"}}, environment, file), "1s", Source::kFlag, "--timeout"},
        {resolved({}, environment, file), "2s", Source::kEnvironment, "SMARTCAR_SIM_TIMEOUT"},
        {resolved({}, {}, file), "3s", Source::kConfigFile, "smartcar-sim.json:2:3"},
        {resolved({}), "15s", Source::kDefault, "default"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.origin);
        const cli::Setting* setting = row.settings.find(OptionId::kTimeout);
        REQUIRE(setting != nullptr);
        CHECK(setting->values == std::vector{row.value});
        CHECK(setting->source == row.source);
        CHECK(setting->origin == row.origin);
    }
}

TEST_CASE("a flag can be turned off again by a source that outranks the one that turned it on") {
    const cli::Environment on{{"SMARTCAR_SIM_STRICT", "1"}};
    CHECK(resolved({}, on).flag(OptionId::kStrict));
    CHECK(!resolved({{OptionId::kStrict, "false"}}, on).flag(OptionId::kStrict));
}

TEST_CASE("a variable that is empty counts as not set") {
    CHECK(resolved({}, {{"SMARTCAR_SIM_TIMEOUT", ""}}).text(OptionId::kTimeout) == "15s");
}

TEST_CASE("settings are read in the type of their option") {
    const Settings settings = resolved({{OptionId::kTimeout, "1m15s"},
                                        {OptionId::kCallback, "http://LOCALHOST:3000/hooks?a=1"},
                                        {OptionId::kHeader, "Authorization:  Bearer x "},
                                        {OptionId::kHeader, "X-Empty:"},
                                        {OptionId::kSeed, "9007199254740991"},
                                        {OptionId::kVerbose, "true"},
                                        {OptionId::kVerbose, "true"},
                                        {OptionId::kServer, "http://127.0.0.1:8080/"}});
    CHECK(settings.duration(OptionId::kTimeout) == std::chrono::seconds(75));
    CHECK(settings.url(OptionId::kCallback).target == "/hooks?a=1");
    CHECK(settings.headers(OptionId::kHeader) == contract::Headers{{"Authorization", "Bearer x"}, {"X-Empty", ""}});
    CHECK(settings.integer(OptionId::kSeed) == 9'007'199'254'740'991);
    CHECK(settings.count(OptionId::kVerbose) == 2);
    CHECK(settings.text(OptionId::kServer) == "http://127.0.0.1:8080");
}

TEST_CASE("what nobody set is empty, false, nothing") {
    const Settings settings = resolved({});
    CHECK(!settings.has(OptionId::kCallback));
    CHECK(settings.find(OptionId::kCallback) == nullptr);
    CHECK(settings.text(OptionId::kCallback).empty());
    CHECK(settings.list(OptionId::kHeader).empty());
    CHECK(!settings.flag(OptionId::kStrict));
    CHECK(!settings.integer(OptionId::kSeed));
    CHECK(settings.count(OptionId::kVerbose) == 0);
}

TEST_CASE("a header cannot smuggle a second line") {
    for (const char* value : {"A: b\r\nC: d", "A: b\nC: d", "A\r\n: b", ": b", "A b: c"}) {
        CAPTURE(value);
        const std::vector<cli::Given> given{{OptionId::kHeader, value}};
        const auto settings = Settings::resolve(kIds, given, {}, {});
        REQUIRE(!settings.ok());
        CHECK(settings.error().code == "bad_value");
    }
}
