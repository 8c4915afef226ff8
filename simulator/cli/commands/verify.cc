#include <array>
#include <memory>
#include <utility>

#include "cli/commands/commands.h"
#include "cli/instance_options.h"
#include "cli/server_client.h"
#include "cli/verdict_text.h"
#include "document/value.h"
#include "http/client_transport.h"

namespace smartcar_sim::cli {

namespace {

ExitCode print(const VerdictText& verdict, Terminal& terminal) {
    terminal.print(terminal.json() ? verification_object(verdict) : describe(verdict, terminal));
    return verdict.verified ? ExitCode::kHeld : exit_code_of_exchange(verdict.error);
}

ExitCode verify_on_server(const Settings& settings, Terminal& terminal) {
    constexpr std::array kHeeded{OptionId::kWebhookId};
    const auto heeded = refuse_unheeded(settings, kHeeded);
    if (!heeded) return terminal.fail(ExitCode::kUsage, heeded.error());
    http::ClientTransport transport({.remote = true});
    ServerClient server(transport, settings.url(OptionId::kServer));
    const auto webhook = server.webhook(asked_for(settings, OptionId::kWebhookId));
    if (!webhook) return terminal.fail(exit_code_of(webhook.error()), webhook.error());
    const auto answer = server.post("/_sim/webhooks/" + webhook.value() + "/verify", "", "verified");
    if (!answer) return terminal.fail(exit_code_of(answer.error()), answer.error());
    return print(verdict_text(answer.value(), webhook.value()), terminal);
}

ExitCode verify_alone(const Settings& settings, Terminal& terminal) {
    auto options = instance_options(settings, terminal);
    if (!options) return terminal.fail(exit_code_of(options.error()), options.error());
    options.value().simulation.drive = simulation::Simulation::Drive::kInline;
    const auto instance = app::Instance::start(std::move(options).value());
    if (!instance) return terminal.fail(ExitCode::kEnvironment, instance.error());

    platform::Platform& platform = instance.value()->platform();
    const base::Url callback = settings.url(OptionId::kCallback);
    auto settings_of_webhook = platform::parse_webhook(
        document::Value(document::Object{{"callbackUri", callback.text()}}), platform.configuration());
    if (!settings_of_webhook) return terminal.fail(ExitCode::kUsage, settings_of_webhook.error());
    const platform::Webhook webhook = platform.create_webhook(std::move(settings_of_webhook).value());
    const auto verification = instance.value()->simulation().verify(webhook.id);
    if (!verification) return terminal.fail(ExitCode::kEnvironment, verification.error());
    return print(verdict_text(verification.value(), webhook), terminal);
}

}  // namespace

ExitCode run_verify(const Invocation& invocation) {
    const Settings& settings = invocation.settings;
    if (acts_through_server(settings)) return verify_on_server(settings, invocation.terminal);
    if (!settings.has(OptionId::kCallback)) {
        return invocation.terminal.fail(ExitCode::kUsage,
                                        {"missing_option", "say where to send the challenge: --callback URL"});
    }
    return verify_alone(settings, invocation.terminal);
}

}  // namespace smartcar_sim::cli
