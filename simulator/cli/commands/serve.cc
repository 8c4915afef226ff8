#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/pause.h"
#include "app/stop_signal.h"
#include "base/ids.h"
#include "cli/commands/commands.h"
#include "cli/delivery_text.h"
#include "cli/instance_options.h"
#include "cli/ready_text.h"
#include "cli/verdict_text.h"
#include "document/value.h"

namespace smartcar_sim::cli {

namespace {

// How often a callback that is not up yet is tried.
constexpr base::Milliseconds kTryAgain{250};

// Adds the webhook of --callback, connects the user and subscribes the vehicles to it.
base::Result<platform::Connected> set_up(platform::Platform& platform, const base::Url& callback) {
    const document::Value wanted(document::Object{{"callbackUri", callback.text()}});
    auto chosen = platform::parse_webhook(wanted, platform.configuration());
    if (!chosen) return chosen.error();
    const std::string webhook_id = platform.create_webhook(std::move(chosen).value()).id;
    auto connected = platform.connect({});
    if (!connected) return connected.error();
    for (const std::string& vehicle_id : connected.value().vehicle_ids) {
        const auto subscribed = platform.subscribe_vehicle(webhook_id, vehicle_id);
        if (!subscribed) return subscribed.error();
    }
    return connected;
}

// Readable by its owner alone, and never seen half written: a script waits for it to appear.
base::Result<base::Done> write_ready_file(const std::string& path, const std::string& line) {
    const std::string partial = path + ".part";
    const auto failed = [&](const char* doing) {
        return base::Error{"file_unwritable",
                           std::string("cannot ") + doing + " " + path + ": " + std::strerror(errno)};
    };
    // What is left there may be open to others, or lead elsewhere.
    ::unlink(partial.c_str());
    const int file = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return failed("create");
    const std::string text = line + "\n";
    const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (::close(file) != 0 || !written) return failed("write");
    if (std::rename(partial.c_str(), path.c_str()) != 0) return failed("create");
    return base::Done{};
}

// Verifies the callback as soon as it answers, on a thread of its own, until it is given up.
class FirstVerification {
public:
    FirstVerification(app::Instance& instance, platform::Webhook webhook, const Invocation& invocation)
        : instance_(instance),
          webhook_(std::move(webhook)),
          program_(invocation.surroundings.program),
          terminal_(invocation.terminal),
          thread_([this] { work(); }) {}
    ~FirstVerification() {
        give_up();
        thread_.join();
    }
    FirstVerification(const FirstVerification&) = delete;
    FirstVerification& operator=(const FirstVerification&) = delete;

    void give_up() { between_tries_.call_off(); }

private:
    void work() {
        if (!wait_for_callback()) return;
        const auto verification = instance_.simulation().verify(webhook_.id);
        if (!verification) return;  // the webhook was removed meanwhile
        if (verification.value().verdict.verified || between_tries_.called_off()) return;
        terminal_.note("to verify again: " + program_ + " verify --server " + instance_.origin());
    }

    // False when given up first. An obstacle that no waiting removes ends it too: the verdict will name it.
    bool wait_for_callback() {
        bool told = false;
        while (const auto obstacle = instance_.obstacle(webhook_.settings.callback)) {
            if (obstacle->kind == delivery::Failure::Kind::kRefusedByPolicy) break;
            if (obstacle->kind == delivery::Failure::Kind::kTls) break;
            if (!std::exchange(told, true)) {
                terminal_.note("waiting for " + webhook_.settings.callback.text() + " to answer, to verify it (" +
                               obstacle->detail + ")");
            }
            if (!between_tries_.wait(kTryAgain)) return false;
        }
        return true;
    }

    app::Instance& instance_;
    const platform::Webhook webhook_;
    const std::string program_;
    Terminal& terminal_;
    app::Pause between_tries_;
    std::thread thread_;
};

void report_unfinished(const std::vector<delivery::Delivery>& unfinished, Terminal& terminal) {
    for (const delivery::Delivery& delivery : unfinished) {
        const std::size_t made = delivery.attempts.size();
        terminal.note("not delivered when stopped: " + delivery.event_name + " " + delivery.event_id + " to webhook " +
                      delivery.webhook_id + " after " + std::to_string(made) + (made == 1 ? " attempt" : " attempts"));
    }
}

// The delivery after each of its attempts; in words, unless the log has them.
void tell(const delivery::Delivery& delivery, Terminal& terminal) {
    DeliveryText text = delivery_text(delivery, Asked::kRetries);
    // Only what will be tried again was signed honestly, and a callback whose answer a fault took away did nothing
    // wrong.
    const bool pending = delivery.outcome == delivery::Outcome::kPending;
    if (pending && delivery.attempts.size() == 1 && !delivery.attempts.back().lost) text.fix = fix_for(text);
    if (terminal.json()) {
        terminal.print(delivery_object(text, terminal));
    } else if (terminal.verbosity() <= Verbosity::kNormal) {
        terminal.note(describe_newest(text, terminal));
    }
}

void tell(const platform::Webhook& webhook, const simulation::Verification& verification, Terminal& terminal) {
    const VerdictText verdict = verdict_text(verification, webhook);
    terminal.print(terminal.json() ? verification_object(verdict) : describe(verdict, terminal));
}

bool is_loopback(const std::string& host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

base::Result<app::InstanceOptions> serve_options(const Settings& settings, Terminal& terminal) {
    // The API's paths take no other, so nobody could subscribe to it.
    if (settings.has(OptionId::kWebhookId) && !base::is_uuid(settings.text(OptionId::kWebhookId))) {
        return base::Error{"bad_value", settings.find(OptionId::kWebhookId)->origin + ": \"" +
                                            settings.text(OptionId::kWebhookId) +
                                            "\" is not a UUID, and the ids of webhooks are"};
    }
    auto options = instance_options(settings, terminal);
    if (!options) return options;
    app::Listen listen{.host = settings.text(OptionId::kHost),
                       .port = static_cast<int>(settings.integer(OptionId::kPort).value_or(0)),
                       .allowed_hosts = settings.list(OptionId::kAllowHost)};
    if (!is_loopback(listen.host)) {
        terminal.warn("listening on " + listen.host +
                      " lets other machines use this simulator; its accounts are fake "
                      "and its API asks for no password");
    }
    options.value().listen = std::move(listen);
    options.value().on_attempt = [&terminal, log = options.value().on_attempt](const delivery::Delivery& delivery) {
        log(delivery);
        if (delivery.event_name != "verify") tell(delivery, terminal);
    };
    options.value().on_verification = [&terminal](const platform::Webhook& webhook,
                                                  const simulation::Verification& verification) {
        tell(webhook, verification, terminal);
    };
    return options;
}

}  // namespace

ExitCode run_serve(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    const app::StopSignal stop;
    auto options = serve_options(settings, terminal);
    if (!options) return terminal.fail(exit_code_of(options.error()), options.error());
    const auto started = app::Instance::start(std::move(options).value());
    if (!started) return terminal.fail(ExitCode::kEnvironment, started.error());
    app::Instance& instance = *started.value();

    Ready ready{.origin = instance.origin(),
                .configuration = instance.platform().configuration(),
                .webhooks = {},
                .access_token = {},
                .vehicle_ids = {}};
    if (settings.has(OptionId::kCallback)) {
        const auto connected = set_up(instance.platform(), settings.url(OptionId::kCallback));
        if (!connected) return terminal.fail(ExitCode::kUsage, connected.error());
        ready.webhooks = instance.platform().webhooks();
        ready.access_token = connected.value().access_token;
        ready.vehicle_ids = connected.value().vehicle_ids;
    }
    instance.platform().keep_as_start();
    if (settings.has(OptionId::kReadyFile)) {
        const auto written = write_ready_file(settings.text(OptionId::kReadyFile), ready_object(ready));
        if (!written) return terminal.fail(ExitCode::kEnvironment, written.error());
    }
    terminal.print(terminal.json() ? ready_object(ready) : describe(ready));
    if (!surroundings.out) return ExitCode::kHeld;  // which it is not: the output was lost

    int signal = 0;
    {
        std::unique_ptr<FirstVerification> verification;
        if (!ready.webhooks.empty()) {
            verification = std::make_unique<FirstVerification>(instance, ready.webhooks.front(), invocation);
        }
        signal = stop.wait();
        stop.let_next_kill();
        if (verification) verification->give_up();
        report_unfinished(instance.stop(settings.duration(OptionId::kGrace)), terminal);
    }
    return signal == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated;
}

}  // namespace smartcar_sim::cli
