// The main job with nothing else running: a platform, the built-in callback and an application, all in
// this process, talking real HTTP on loopback.
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "cli/commands/commands.h"
#include "cli/delivery_text.h"
#include "cli/instance_options.h"
#include "cli/verdict_text.h"
#include "document/json.h"
#include "document/value.h"
#include "http/client_transport.h"
#include "http/server.h"
#include "receiver/receiver.h"
#include "vehicle/fixture.h"

namespace smartcar_sim::cli {

namespace {

constexpr base::Milliseconds kLongest = std::chrono::seconds(30);  // of wall time, for one step
constexpr base::Milliseconds kSession = std::chrono::minutes(38);

// The story, told step by step; the first step that does not hold ends it.
class Demo {
public:
    Demo(app::Instance& instance, base::Url callback, Terminal& terminal)
        : instance_(instance), callback_(std::move(callback)), terminal_(terminal) {}

    ExitCode run() {
        const bool held = add_webhook() && verify() && connect() && list_vehicles() && subscribe() && charge() && forge();
        if (!held) return ExitCode::kFailed;
        heading("All of it held. Your own callback next: smartcar-sim serve --callback http://127.0.0.1:3000/webhooks");
        return ExitCode::kHeld;
    }

private:
    void heading(const std::string& text) {
        if (!terminal_.json()) terminal_.print(terminal_.paint(Colour::kStrong, text));
    }
    bool fail(const base::Error& error) {
        terminal_.fail(ExitCode::kFailed, error);
        return false;
    }

    bool add_webhook() {
        const document::Value wanted(document::Object{{"callbackUri", callback_.text()}, {"name", "Demo"}});
        auto chosen = platform::parse_webhook(wanted, instance_.platform().configuration());
        if (!chosen) return fail(chosen.error());
        webhook_ = instance_.platform().create_webhook(std::move(chosen).value());
        heading("1. A webhook for the built-in callback, " + callback_.text() + ", payload version " +
                std::string(name_of(webhook_.settings.version())));
        return true;
    }

    bool verify() {
        heading("2. The platform sends a challenge; the callback answers with its HMAC");
        const auto verification = instance_.simulation().verify(webhook_.id);
        if (!verification) return fail(verification.error());
        const VerdictText verdict = verdict_text(verification.value(), callback_);
        terminal_.print(terminal_.json() ? verification_object(verdict) : describe(verdict, terminal_));
        return verdict.verified;
    }

    bool connect() {
        heading("3. A user goes through Connect; the application gets an access token");
        platform::ConnectRequest visit;
        visit.vehicles = {"tesla-model-3-2020"};
        auto connected = instance_.platform().connect(visit);
        if (!connected) return fail(connected.error());
        access_token_ = connected.value().access_token;
        vehicle_id_ = connected.value().vehicle_ids.front();
        return true;
    }

    bool list_vehicles() {
        heading("4. The application lists the vehicles");
        return call("GET", "/v2.0/vehicles");
    }

    bool subscribe() {
        heading("5. It subscribes the vehicle to the webhook");
        if (!call("POST", "/v2.0/vehicles/" + vehicle_id_ + "/webhooks/" + webhook_.id)) return false;
        return settle();
    }

    bool charge() {
        heading("6. The car is plugged in, and 38 minutes later it is full");
        if (!set({{"charge-ischargingcableconnected", true}, {"charge-ischarging", true}})) return false;
        const auto moved = instance_.simulation().advance(kSession, kLongest);
        if (!moved) return fail(moved.error());
        return set({{"tractionbattery-stateofcharge", 100}, {"charge-ischarging", false}});
    }

    bool forge() {
        heading("7. Somebody without the token forges an event; the callback has to refuse it");
        const bool current = webhook_.settings.version() == contract::Version::k4_0;
        auto fired = instance_.platform().fire({.vehicle = vehicle_id_,
                                                .event = current ? "VEHICLE_STATE" : "CHARGING_STARTED",
                                                .triggers = {},
                                                .errors = {},
                                                .to = {}});
        if (!fired) return fail(fired.error());
        simulation::Manner manner;
        manner.fault.signature = fault::SignatureFault::kWrongKey;
        const auto sent = instance_.simulation().submit(std::move(fired).value(), manner);
        if (!sent) return fail(sent.error());
        if (!settle()) return false;
        const auto delivery = instance_.journal().at(sent.value().queued.front().position);
        const auto* response = std::get_if<contract::Response>(&delivery->attempts.back().answer);
        return response != nullptr && response->status == 401;
    }

    // Changes the car; every event that follows must be delivered.
    bool set(document::Object state) {
        const auto changes = vehicle::parse_changes(document::Value(std::move(state)), {.name = "demo", .text = ""});
        if (!changes) return fail(changes.error());
        auto fired = instance_.platform().set_state(vehicle_id_, changes.value());
        if (!fired) return fail(fired.error());
        const auto sent = instance_.simulation().submit(std::move(fired).value());
        if (!sent) return fail(sent.error());
        if (!settle()) return false;
        for (const simulation::Queued& queued : sent.value().queued) {
            if (instance_.journal().at(queued.position)->outcome != delivery::Outcome::kDelivered) return false;
        }
        return !sent.value().queued.empty();
    }

    bool settle() {
        const auto settled = instance_.simulation().settle(kLongest);
        return settled ? settled.value().pending == 0 : fail(settled.error());
    }

    // A request of the application to the platform, over HTTP.
    bool call(const std::string& method, const std::string& target) {
        delivery::Outgoing outgoing;
        outgoing.url = base::parse_url(instance_.origin()).value();
        outgoing.url.target = target;
        outgoing.request.method = method;
        outgoing.request.target = target;
        outgoing.request.headers.add("authorization", "Bearer " + access_token_);
        const delivery::Exchange exchange = application_.exchange(outgoing);
        const auto* response = std::get_if<contract::Response>(&exchange.answer);
        if (response == nullptr) return fail({"unreachable", std::get<delivery::Failure>(exchange.answer).detail});
        if (!terminal_.json()) {
            terminal_.print(method + " " + target + "  " + std::to_string(response->status) + " " + response->body);
        }
        return response->status == 200;
    }

    app::Instance& instance_;
    const base::Url callback_;
    Terminal& terminal_;
    http::ClientTransport application_{{}};
    platform::Webhook webhook_;
    std::string access_token_, vehicle_id_;
};

}  // namespace

ExitCode run_demo(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    auto options = instance_options(settings, terminal);
    if (!options) return terminal.fail(exit_code_of(options.error()), options.error());
    const std::uint64_t seed = options.value().seed;
    options.value().clock = app::InstanceOptions::Start::kFrozen;
    if (settings.has(OptionId::kSeed)) options.value().start_at = app::kSeededStart;
    options.value().listen = app::Listen{.port = static_cast<int>(settings.integer(OptionId::kPlatformPort).value_or(0))};
    options.value().on_attempt = [&terminal](const delivery::Delivery& delivery) {
        if (delivery.event_name == "verify") return;
        const DeliveryText text = delivery_text(delivery, Asked::kOneAttempt);
        terminal.print(terminal.json() ? delivery_object(text) : describe_newest(text, terminal));
    };

    receiver::Receiver receiver(options.value().platform.application_management_token, nullptr);
    const auto callback =
        http::Server::start({}, [&receiver](const contract::Request& request) { return receiver.handle(request).response; });
    if (!callback) return terminal.fail(ExitCode::kEnvironment, callback.error());
    const auto instance = app::Instance::start(std::move(options).value());
    if (!instance) return terminal.fail(ExitCode::kEnvironment, instance.error());

    base::Url url = base::parse_url(callback.value()->origin()).value();
    url.target = "/webhooks";
    const ExitCode code = Demo(*instance.value(), url, terminal).run();
    instance.value()->stop(base::Milliseconds(0));
    callback.value()->stop(base::Milliseconds(0));
    terminal.note("seed " + std::to_string(seed) + ": repeat with --seed " + std::to_string(seed));
    return code;
}

}  // namespace smartcar_sim::cli
