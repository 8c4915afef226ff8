#include "cli/token.h"

#include <sstream>

#include "catch.h"
#include "cli/temporary_folder.h"
#include "platform/development_values.h"

using namespace smartcar_sim;
using base::Secret;
using cli::OptionId;
using cli::Source;

namespace {

const std::vector<OptionId> kIds{OptionId::kToken, OptionId::kTokenFile};

struct Sources {
    std::vector<cli::Given> given;
    cli::Environment environment;
    std::string file;  // "tokenFile" of the configuration
};

base::Result<Secret> read_from(const Sources& sources) {
    cli::ConfigFile config;
    if (!sources.file.empty()) {
        config.settings[OptionId::kTokenFile] = {
            .values = {sources.file}, .source = Source::kConfigFile, .origin = "smartcar-sim.json:1:1"};
    }
    const auto settings = cli::Settings::resolve(kIds, sources.given, sources.environment, config);
    REQUIRE(settings.ok());
    std::ostringstream out, err;
    cli::Terminal terminal(out, err, {});
    return cli::application_management_token(settings.value(), terminal);
}

Secret token_from(const Sources& sources) {
    auto token = read_from(sources);
    REQUIRE(token.ok());
    return std::move(token).value();
}

}  // namespace

TEST_CASE("the token comes from the first place that has one") {
    const TemporaryFolder folder;
    const std::string flagged = folder.write("flagged", "from---token-file");
    const std::string variable = folder.write("variable", "from-SMARTCAR_SIM_TOKEN_FILE");
    const std::string configured = folder.write("configured", "from-the-configuration");

    Sources sources{.given = {{OptionId::kTokenFile, flagged}},
                    .environment = {{"APPLICATION_MANAGEMENT_TOKEN", "from-the-environment"},
                                    {"SMARTCAR_SIM_TOKEN_FILE", variable}},
                    .file = configured};
    CHECK(token_from(sources).reveal() == "from---token-file");
    sources.given = {{OptionId::kToken, "from---token"}};
    CHECK(token_from(sources).reveal() == "from---token");
    sources.given.clear();
    CHECK(token_from(sources).reveal() == "from-the-environment");
    sources.environment.erase("APPLICATION_MANAGEMENT_TOKEN");
    CHECK(token_from(sources).reveal() == "from-SMARTCAR_SIM_TOKEN_FILE");
    sources.environment.clear();
    CHECK(token_from(sources).reveal() == "from-the-configuration");
    CHECK(token_from(sources).origin() == Secret::Origin::kSupplied);
}

TEST_CASE("without a token it is the development token, which may be shown") {
    const Secret token = token_from({});
    CHECK(token.reveal() == platform::kDevelopmentToken);
    CHECK(token.origin() == Secret::Origin::kInvented);
}

TEST_CASE("a token file with a line of a .env file is refused, and its value is not repeated") {
    const TemporaryFolder folder;
    const std::string file = folder.write("t", "APPLICATION_MANAGEMENT_TOKEN=7f3b\n");
    const auto token = read_from({.given = {{OptionId::kTokenFile, file}}, .environment = {}, .file = {}});
    REQUIRE_FALSE(token.ok());
    CHECK(token.error().code == "token_assigned");
    CHECK(token.error().message.find("NAME=value") != std::string::npos);
    CHECK(token.error().message.find("7f3b") == std::string::npos);
}

TEST_CASE("one final newline of a token file is dropped") {
    const TemporaryFolder folder;
    for (const std::string content : {"a", "a\n", "a\r\n"}) {
        CAPTURE(content);
        CHECK(token_from({.given = {{OptionId::kTokenFile, folder.write("t", content)}}, .environment = {}, .file = {}})
                  .reveal() == "a");
    }
}

TEST_CASE("what is not a token alone is refused in words that do not repeat it") {
    const TemporaryFolder folder;
    struct Row {
        std::string content, says;
    };
    const std::vector<Row> rows{
        {"\xEF\xBB\xBF"
         "7f3b",
         "begins with a byte order mark"},
        {"7f3b\n\n", "has more than one line"},
        {"# mine\n7f3b\n", "has more than one line"},
        {" 7f3b", "holds a blank"},
        {"Bearer 7f3b", "holds a blank"},
        {"7f3b\t", "holds a blank"},
        {"\"7f3b\"", "has a quote around it"},
        {"7f3b'", "has a quote around it"},
        {"7f3b\xff", "holds a byte that is no printable ASCII"},
        {std::string("7f3b\0", 5), "holds a byte that is no printable ASCII"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.content);
        const auto token = read_from(
            {.given = {{OptionId::kTokenFile, folder.write("t", row.content)}}, .environment = {}, .file = {}});
        REQUIRE_FALSE(token.ok());
        CHECK(token.error().code == "bad_token");
        CHECK(token.error().message == "--token-file: the application management token " + row.says +
                                           "; give the token alone, as the dashboard shows it");
    }
    const auto from_environment =
        read_from({.given = {}, .environment = {{"APPLICATION_MANAGEMENT_TOKEN", "7f3b "}}, .file = {}});
    REQUIRE_FALSE(from_environment.ok());
    CHECK(from_environment.error().message.starts_with("APPLICATION_MANAGEMENT_TOKEN: "));
}
