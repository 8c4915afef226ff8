#include "cli/instance_options.h"

#include <string>
#include <string_view>
#include <utility>

#include "app/data_files.h"
#include "cli/input.h"
#include "cli/log_text.h"
#include "cli/token.h"
#include "contract/shown_headers.h"
#include "fault/token_bucket.h"
#include "simulation/rate_limits.h"
#include "vehicle/fleet.h"

namespace smartcar_sim::cli {

namespace {

// 2^53 - 1: what --seed takes, and exact wherever the number is read as JSON.
constexpr std::uint64_t kHighestSeed = 9'007'199'254'740'991;

platform::Configuration configuration_of(const Settings& settings, base::Secret token) {
    platform::Configuration configuration;
    configuration.application_management_token = std::move(token);
    if (settings.has(OptionId::kUserId)) configuration.user_id = settings.text(OptionId::kUserId);
    if (settings.has(OptionId::kWebhookId)) configuration.webhook_ids = {settings.text(OptionId::kWebhookId)};
    configuration.webhook_version =
        contract::parse_version(settings.text(OptionId::kWebhookVersion)).value_or(contract::Version::k2_0);
    configuration.dialect =
        contract::parse_dialect(settings.text(OptionId::kDialect)).value_or(contract::Dialect::kWire);
    if (settings.text(OptionId::kConnect) == "page") configuration.connect = platform::ConnectStyle::kPage;
    return configuration;
}

base::Result<simulation::RateLimits::Options> rate_limits(const Settings& settings) {
    simulation::RateLimits::Options limits;
    if (settings.flag(OptionId::kRateLimit)) limits.application = simulation::kPublishedRate;
    if (!settings.has(OptionId::kVehicleRateLimit)) return limits;
    const auto rate = fault::parse_rate(settings.text(OptionId::kVehicleRateLimit));
    if (!rate) {
        return base::Error{"bad_value",
                           settings.find(OptionId::kVehicleRateLimit)->origin + ": " + rate.error().message};
    }
    limits.vehicle = rate.value();
    return limits;
}

// They are meant for the callback or for what stands before it, and an answer may tell them. "Bearer" alone is no
// secret.
void conceal_headers(const contract::Headers& headers, Terminal& terminal) {
    for (const auto& [name, value] : headers) {
        const contract::Headers one{{std::string(name), std::string(value)}};
        if (contract::shown_delivery_headers(one) == one) continue;
        const std::string_view last_word = std::string_view(value).substr(value.rfind(' ') + 1);
        for (const std::string_view secret : {std::string_view(value), last_word}) {
            terminal.conceal({std::string(secret), base::Secret::Origin::kSupplied});
        }
    }
}

}  // namespace

base::Result<std::vector<vehicle::Vehicle>> vehicles_of(const Settings& settings) {
    auto vehicles = app::load_vehicles(settings.list(OptionId::kVehicles));
    const auto count = settings.integer(OptionId::kFleet);
    if (!vehicles || !count) return vehicles;
    return vehicle::fleet_of(std::move(vehicles).value(), static_cast<std::size_t>(*count));
}

http::ClientTransport::Options client_options(const Settings& settings) {
    return {.remote = settings.flag(OptionId::kRemote),
            .cacert = settings.text(OptionId::kCacert),
            .insecure = settings.flag(OptionId::kInsecure)};
}

base::Result<app::InstanceOptions> instance_options(const Settings& settings, Terminal& terminal) {
    auto token = application_management_token(settings, terminal);
    if (!token) return token.error();
    auto vehicles = vehicles_of(settings);
    if (!vehicles) return vehicles.error();

    app::InstanceOptions options;
    options.platform = configuration_of(settings, std::move(token).value());
    options.vehicles = std::move(vehicles).value();
    const auto seed = settings.integer(OptionId::kSeed);
    options.seed = seed ? static_cast<std::uint64_t>(*seed) : base::random_seed() & kHighestSeed;
    if (settings.has(OptionId::kTimeout)) {
        options.delivery.timeout = settings.duration(OptionId::kTimeout);
        if (options.delivery.timeout == base::Milliseconds(0)) {
            return base::Error{"bad_value", settings.find(OptionId::kTimeout)->origin +
                                                ": no exchange ends in no time; give at least 1ms"};
        }
        options.simulation.timeout = options.delivery.timeout;
    }
    options.delivery.ordered = settings.flag(OptionId::kOrdered);
    if (settings.flag(OptionId::kStrict)) options.simulation.strictness = delivery::Strictness::kStrict;
    if (settings.flag(OptionId::kSignVerify)) {
        options.simulation.verify_signature = simulation::Simulation::VerifySignature::kSigned;
    }
    const auto limits = rate_limits(settings);
    if (!limits) return limits.error();
    options.simulation.rate_limits = limits.value();
    options.simulation.headers = settings.headers(OptionId::kHeader);
    conceal_headers(options.simulation.headers, terminal);
    options.client = client_options(settings);
    if (settings.has(OptionId::kCacert)) {
        // What is wrong with it is not the callback's doing.
        const auto readable = read_bytes(options.client.cacert);
        if (!readable) return readable.error();
    }
    options.on_attempt = [&terminal](const delivery::Delivery& delivery) { log_attempt(delivery, terminal); };
    options.on_call = [&terminal](const auto& call, const auto& request, const auto& response) {
        log_call(call, request, response, terminal);
    };
    options.on_secret = [&terminal](const base::Secret& secret) { terminal.conceal(secret); };
    return options;
}

}  // namespace smartcar_sim::cli
