#include "cli/instance_options.h"

#include <filesystem>
#include <functional>
#include <sstream>

#include "catch.h"
#include "cli/command.h"
#include "source_folder.h"

using namespace smartcar_sim;
using cli::OptionId;

namespace {

app::InstanceOptions options_of(const std::vector<cli::Given>& given) {
    const auto settings = cli::Settings::resolve(cli::find_command("serve")->options, given, {}, {});
    REQUIRE(settings.ok());
    std::ostringstream out, err;
    cli::Terminal terminal(out, err, {});
    auto options = cli::instance_options(settings.value(), terminal);
    REQUIRE(options.ok());
    return std::move(options).value();
}

}  // namespace

TEST_CASE("each option that the platform heeds reaches it, and says nothing when it is not given") {
    std::filesystem::current_path(source_folder());  // where the fixtures are found
    using Options = app::InstanceOptions;
    struct Row {
        OptionId option;
        std::string value;
        std::function<bool(const Options&)> heeded;
    };
    const std::vector<Row> rows{
        {OptionId::kOrdered, "true", [](const Options& options) { return options.delivery.ordered; }},
        {OptionId::kStrict, "true",
         [](const Options& options) { return options.simulation.strictness == delivery::Strictness::kStrict; }},
        {OptionId::kSignVerify, "true",
         [](const Options& options) {
             return options.simulation.verify_signature == simulation::Simulation::VerifySignature::kSigned;
         }},
        {OptionId::kTimeout, "3s",
         [](const Options& options) { return options.simulation.timeout == std::chrono::seconds(3); }},
        {OptionId::kTimeout, "3s",
         [](const Options& options) { return options.delivery.timeout == std::chrono::seconds(3); }},
        {OptionId::kHeader, "X-Team: blue",
         [](const Options& options) { return options.simulation.headers.get("x-team") == "blue"; }},
        {OptionId::kRateLimit, "true",
         [](const Options& options) {
             return options.simulation.rate_limits.application == simulation::kPublishedRate;
         }},
        {OptionId::kVehicleRateLimit, "7/2m",
         [](const Options& options) {
             return options.simulation.rate_limits.vehicle ==
                    fault::Rate{.capacity = 7, .refill = 7, .per = std::chrono::minutes(2)};
         }},
        {OptionId::kDialect, "doc",
         [](const Options& options) { return options.platform.dialect == contract::Dialect::kDoc; }},
        {OptionId::kWebhookVersion, "4.0",
         [](const Options& options) { return options.platform.webhook_version == contract::Version::k4_0; }},
        {OptionId::kUserId, "6b5c9f0e-0000-4000-8000-000000000001",
         [](const Options& options) { return options.platform.user_id == "6b5c9f0e-0000-4000-8000-000000000001"; }},
        {OptionId::kSeed, "7", [](const Options& options) { return options.seed == 7; }},
        {OptionId::kRemote, "true", [](const Options& options) { return options.client.remote; }},
        {OptionId::kInsecure, "true", [](const Options& options) { return options.client.insecure; }},
        {OptionId::kCacert, "README.md", [](const Options& options) { return options.client.cacert == "README.md"; }},
    };
    for (const Row& row : rows) {
        CAPTURE(std::string(cli::option(row.option).name));
        CHECK(row.heeded(options_of({{row.option, row.value}})));
        CHECK_FALSE(row.heeded(options_of({})));
    }
}
