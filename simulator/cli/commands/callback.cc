#include <string>
#include <utility>

#include "app/pause.h"
#include "app/stop_signal.h"
#include "base/clock.h"
#include "cli/built_in_callback.h"
#include "cli/commands/commands.h"
#include "cli/log_text.h"
#include "cli/received_text.h"
#include "cli/token.h"
#include "document/writer.h"
#include "http/server.h"
#include "receiver/receiver.h"

namespace smartcar_sim::cli {

namespace {

std::string ready_object(const std::string& origin) {
    std::string line;
    document::Writer(line).begin_object().member("type", "ready").member("origin", origin).end_object();
    return line;
}

void announce(const std::string& origin, const receiver::Behaviour* behaviour, const Invocation& invocation) {
    Terminal& terminal = invocation.terminal;
    if (terminal.json()) {
        terminal.print(ready_object(origin));
        return;
    }
    terminal.print("listening on " + origin + ", any path  (Ctrl-C stops it)");
    const bool own_token = invocation.settings.on_command_line(OptionId::kTokenFile) ||
                           invocation.settings.on_command_line(OptionId::kToken);
    terminal.note((own_token ? "try, with the same token: " : "try: ") + invocation.surroundings.program +
                  " verify --callback " + origin + "/webhooks");
    if (behaviour != nullptr) {
        terminal.print(terminal.paint(Colour::kWarning, "behaves wrongly on purpose") + ": " +
                       std::string(behaviour->id) + ", " + std::string(behaviour->says));
    }
}

base::Result<const receiver::Behaviour*> behaviour_of(const Settings& settings) {
    const receiver::Behaviour* none = nullptr;
    if (!settings.has(OptionId::kBehave)) return none;
    return receiver::find_behaviour(settings.text(OptionId::kBehave));
}

}  // namespace

ExitCode run_callback(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    auto token = application_management_token(settings, terminal);
    if (!token) return terminal.fail(exit_code_of(token.error()), token.error());
    const auto behaviour = behaviour_of(settings);
    if (!behaviour) return terminal.fail(ExitCode::kUsage, behaviour.error());

    const app::StopSignal stop;
    const base::SystemClock clock;
    app::Pause slowness;
    receiver::Receiver receiver(std::move(token).value(), behaviour.value());
    const auto handle = [&](const contract::Request& request) {
        receiver::Handled handled = receiver.handle(request);
        terminal.print(terminal.json() ? received_object(handled) : describe(handled, terminal));
        log_received(clock.now(), request, handled.response, terminal);
        if (handled.delay > base::Milliseconds(0)) slowness.wait(handled.delay);
        return std::move(handled.response);
    };
    const auto server =
        http::Server::start({.host = settings.text(OptionId::kHost),
                             .port = static_cast<int>(settings.integer(OptionId::kReceiverPort).value_or(0)),
                             .limits = limits_for(receiver.manners())},
                            handle);
    if (!server) return terminal.fail(ExitCode::kEnvironment, server.error());
    announce(server.value()->origin(), behaviour.value(), invocation);
    if (!surroundings.out) return ExitCode::kHeld;  // which it is not: the output was lost
    const int signal = stop.wait();
    stop.let_next_kill();
    slowness.call_off();
    server.value()->stop(base::Milliseconds(0));
    return signal == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated;
}

}  // namespace smartcar_sim::cli
