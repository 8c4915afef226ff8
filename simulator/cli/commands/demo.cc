// The main job with nothing else running: a platform, the built-in callback and an application, all in
// this process, talking real HTTP on loopback.
#include <array>
#include <memory>
#include <string>
#include <string_view>
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
constexpr std::size_t kShownBody = 400;  // bytes of a body that a person is shown; a 4.0 body has some 2,000

// The story, told step by step; the first step that does not hold ends it.
class Demo {
public:
    Demo(app::Instance& instance, base::Url callback, const Invocation& invocation)
        : instance_(instance),
          callback_(std::move(callback)),
          program_(invocation.surroundings.program),
          terminal_(invocation.terminal) {}

    ExitCode run();

private:
    struct Step;

    // Each step says what it does on the way and returns whether it held.
    bool add_webhook();
    bool verify();
    bool connect();
    bool list_vehicles() { return call("GET", "/v2.0/vehicles"); }
    bool subscribe();
    bool charge();
    bool forge();

    bool set(document::Object state);
    bool call(const std::string& method, const std::string& target);
    bool settle();
    void tell_deliveries();

    void say(const std::string& line) {
        if (!terminal_.json()) terminal_.print(line);
    }
    void say_sent(const std::string& method, const std::string& url) { say("   > " + method + " " + url); }
    void say_attempt(const std::string& event, const AttemptText& attempt);
    void say_body(std::string_view mark, const std::string& body);
    bool fail(const base::Error& error) {
        terminal_.fail(ExitCode::kFailed, error);
        return false;
    }

    app::Instance& instance_;
    const base::Url callback_;
    const std::string program_;
    Terminal& terminal_;
    http::ClientTransport application_{{}};
    platform::Webhook webhook_;
    std::string access_token_, vehicle_id_;
    delivery::Position told_ = 0;
};

struct Demo::Step {
    std::string_view says;
    bool (Demo::*play)();
};

ExitCode Demo::run() {
    static constexpr std::array kSteps{
        Step{"A webhook is added for the built-in callback", &Demo::add_webhook},
        Step{"The platform sends a challenge; the callback answers with its HMAC", &Demo::verify},
        Step{"A user goes through Connect; the application gets an access token", &Demo::connect},
        Step{"The application lists the vehicles", &Demo::list_vehicles},
        Step{"It subscribes the vehicle to the webhook", &Demo::subscribe},
        Step{"The car is plugged in and charges; 38 minutes later it is full", &Demo::charge},
        Step{"Somebody without the token forges an event; the callback has to refuse it", &Demo::forge},
    };
    int number = 0;
    for (const Step& step : kSteps) {
        say(terminal_.paint(Colour::kStrong, std::to_string(++number) + ". " + std::string(step.says)));
        if ((this->*step.play)()) continue;
        fail({"not_held", "step " + std::to_string(number) + " of the demo did not hold"});
        return ExitCode::kFailed;
    }
    say("\n" + terminal_.paint(Colour::kGood, "All of it held.") + " Your own callback next:\n  " + program_ +
        " serve --callback http://127.0.0.1:3000/webhooks");
    return ExitCode::kHeld;
}

bool Demo::add_webhook() {
    const document::Value wanted(document::Object{{"callbackUri", callback_.text()}, {"name", "Demo"}});
    auto chosen = platform::parse_webhook(wanted, instance_.platform().configuration());
    if (!chosen) return fail(chosen.error());
    webhook_ = instance_.platform().create_webhook(std::move(chosen).value());
    say("   webhook " + webhook_.id + ", payload version " + std::string(name_of(webhook_.settings.version())) +
        ", for " + callback_.text());
    return true;
}

bool Demo::verify() {
    const auto verification = instance_.simulation().verify(webhook_.id);
    if (!verification) return fail(verification.error());
    const VerdictText verdict = verdict_text(verification.value(), webhook_);
    if (terminal_.json()) terminal_.print(verification_object(verdict));
    tell_deliveries();
    say("   " + terminal_.paint(verdict.verified ? Colour::kGood : Colour::kBad,
                                verdict.verified ? "verified" : "not verified: " + verdict.says));
    return verdict.verified;
}

bool Demo::connect() {
    platform::ConnectRequest visit;
    visit.vehicles = {"tesla-model-3-2020"};
    auto connected = instance_.platform().connect(visit);
    if (!connected) return fail(connected.error());
    access_token_ = connected.value().access_token;
    vehicle_id_ = connected.value().vehicle_ids.front();
    say("   access token " + access_token_);
    return true;
}

bool Demo::subscribe() {
    return call("POST", "/v2.0/vehicles/" + vehicle_id_ + "/webhooks/" + webhook_.id) && settle();
}

bool Demo::charge() {
    if (!set({{"charge-ischargingcableconnected", true}, {"charge-ischarging", true}})) return false;
    const auto moved = instance_.simulation().advance(kSession, kLongest);
    if (!moved) return fail(moved.error());
    return set({{"tractionbattery-stateofcharge", 100}, {"charge-ischarging", false}});
}

bool Demo::forge() {
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
bool Demo::set(document::Object state) {
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

bool Demo::settle() {
    const auto settled = instance_.simulation().settle(kLongest);
    if (!settled) return fail(settled.error());
    tell_deliveries();
    return settled.value().pending == 0;
}

// A request of the application to the platform, over HTTP.
bool Demo::call(const std::string& method, const std::string& target) {
    delivery::Outgoing outgoing;
    outgoing.url = base::parse_url(instance_.origin()).value();
    outgoing.url.target = target;
    outgoing.request.method = method;
    outgoing.request.target = target;
    outgoing.request.headers.add("authorization", "Bearer " + access_token_);
    say_sent(method, outgoing.url.text());
    say("   > Authorization: Bearer " + access_token_);
    const delivery::Exchange exchange = application_.exchange(outgoing);
    const auto* response = std::get_if<contract::Response>(&exchange.answer);
    if (response == nullptr) return fail({"unreachable", std::get<delivery::Failure>(exchange.answer).detail});
    say_body("   < " + std::to_string(response->status) + " ", response->body);
    return response->status == 200;
}

// What reached the callback since the last time, and what it answered.
void Demo::tell_deliveries() {
    const delivery::Page page = instance_.journal().find({.after = told_});
    told_ = page.next;
    for (const delivery::Delivery& delivery : page.deliveries) {
        const DeliveryText text = delivery_text(delivery, Asked::kRetries);
        if (!terminal_.json()) {
            say_attempt(text.event, text.attempts.back());
        } else if (delivery.event_name != "verify") {
            terminal_.print(delivery_object(text, terminal_));
        }
    }
}

void Demo::say_attempt(const std::string& event, const AttemptText& attempt) {
    say_sent("POST", attempt.url);
    if (!attempt.signature.empty()) say("   > SC-Signature: " + attempt.signature);
    say_body("   > ", attempt.body);
    if (!attempt.status) return say("   < " + attempt.error + ": " + attempt.detail);
    say_body("   < " + std::to_string(*attempt.status) + " ", attempt.answer);
    if (event == "verify") return;  // a 200 alone is no verdict on it
    const bool accepted = *attempt.status == 200;
    say("   " + terminal_.paint(accepted ? Colour::kGood : Colour::kBad, accepted ? "accepted" : "refused") + ": " +
        event);
}

void Demo::say_body(std::string_view mark, const std::string& body) {
    std::string line = std::string(mark) + body.substr(0, kShownBody);
    if (body.size() > kShownBody) line += "… (" + std::to_string(body.size()) + " bytes; --json shows them all)";
    say(line);
}

}  // namespace

ExitCode run_demo(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    auto options = instance_options(settings, terminal);
    if (!options) return terminal.fail(exit_code_of(options.error()), options.error());
    const std::uint64_t seed = options.value().seed;
    options.value().clock = app::InstanceOptions::Start::kFrozen;
    // So that without a seed the car is full now, and nothing is dated in the future.
    options.value().start_at = settings.has(OptionId::kSeed) ? app::kSeededStart : base::SystemClock().now() - kSession;
    options.value().listen =
        app::Listen{.port = static_cast<int>(settings.integer(OptionId::kPlatformPort).value_or(0))};

    receiver::Receiver receiver(options.value().platform.application_management_token, nullptr);
    const auto callback = http::Server::start(
        {}, [&receiver](const contract::Request& request) { return receiver.handle(request).response; });
    if (!callback) return terminal.fail(ExitCode::kEnvironment, callback.error());
    const auto instance = app::Instance::start(std::move(options).value());
    if (!instance) return terminal.fail(ExitCode::kEnvironment, instance.error());

    base::Url url = base::parse_url(callback.value()->origin()).value();
    url.target = "/webhooks";
    const ExitCode code = Demo(*instance.value(), url, invocation).run();
    instance.value()->stop(base::Milliseconds(0));
    callback.value()->stop(base::Milliseconds(0));
    terminal.note("seed " + std::to_string(seed) + ": repeat with --seed " + std::to_string(seed));
    return code;
}

}  // namespace smartcar_sim::cli
