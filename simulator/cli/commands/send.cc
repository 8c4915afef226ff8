#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"
#include "cli/commands/commands.h"
#include "cli/delivery_text.h"
#include "cli/input.h"
#include "cli/instance_options.h"
#include "cli/server_client.h"
#include "cli/stage.h"
#include "contract/events.h"
#include "document/json.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "http/client_transport.h"

namespace smartcar_sim::cli {

namespace {

constexpr base::Milliseconds kLongest = std::chrono::minutes(10);  // of wall time, for a whole ladder

// What the one argument or --test asks for.
struct Named {
    std::string event;
};
struct Payload {
    std::string bytes;
};
struct TestPayload {};
using Subject = std::variant<Named, Payload, TestPayload>;

std::vector<std::string_view> event_names() {
    std::vector<std::string_view> names{"VEHICLE_STATE", "VEHICLE_ERROR", "schedule", "dynamic"};
    for (const contract::EventType& event : contract::events()) {
        if (!event.name.empty()) names.push_back(event.name);  // some are known by their description only
    }
    return names;
}

base::Result<Subject> subject_of(const Invocation& invocation) {
    const bool test = invocation.settings.flag(OptionId::kTest);
    const auto& arguments = invocation.arguments;
    if (test && !arguments.empty()) {
        return base::Error{"bad_arguments",
                           "--test sends the test payload and no " + arguments.front() + "; leave one of them out"};
    }
    if (!test && arguments.empty()) {
        return base::Error{"bad_arguments",
                           "say what to send: an event (`smartcar-sim list events`), a payload file, or --test"};
    }
    if (test) return Subject(TestPayload{});
    const std::string& word = arguments.front();
    const auto names = event_names();
    if (std::ranges::find(names, word) != names.end()) return Subject(Named{word});
    if (word == "-" || std::filesystem::exists(invocation.surroundings.working_folder / word)) {
        auto bytes = read_input(word, invocation.surroundings.in);
        if (!bytes) return bytes.error();
        return Subject(Payload{std::move(bytes).value()});
    }
    const std::string hint = document::did_you_mean(word, names);
    return base::Error{"unknown_event", "\"" + word + "\" is neither an event nor a file" +
                                            (hint.empty() ? "; `smartcar-sim list events` has the events" : hint)};
}

// --set /json/pointer=JSON; a value that is no JSON is taken as a text.
base::Result<std::vector<contract::Edit>> edits_of(const Settings& settings) {
    std::vector<contract::Edit> edits;
    const auto missing = settings.flag(OptionId::kAdd) ? document::Missing::kAdd : document::Missing::kError;
    for (const std::string& pair : settings.list(OptionId::kSet)) {
        const std::size_t equals = pair.find('=');
        const std::string text = pair.substr(equals + 1);
        auto value = document::parse(text);
        edits.push_back({.pointer = pair.substr(0, equals),
                         .value = value ? std::move(value).value() : document::Value(text),
                         .missing = missing});
    }
    return edits;
}

platform::WebhookType type_for(const Subject& subject, contract::Version version) {
    if (const auto* named = std::get_if<Named>(&subject)) {
        if (named->event == "schedule") return platform::WebhookType::kSchedule;
        if (named->event == "dynamic") return platform::WebhookType::kDynamic;
        if (named->event.starts_with("VEHICLE_")) return platform::WebhookType::kSignals;
        return platform::WebhookType::kEventBased;
    }
    return version == contract::Version::k4_0 ? platform::WebhookType::kSignals : platform::WebhookType::kEventBased;
}

// A named event exists in one version: --webhook-version has no say in it.
void warn_of_version(const Settings& settings, const Subject& subject, const Stage& stage, Terminal& terminal) {
    const auto* named = std::get_if<Named>(&subject);
    if (named == nullptr || settings.find(OptionId::kWebhookVersion)->source == Source::kDefault) return;
    const std::string version(name_of(stage.version));
    if (settings.text(OptionId::kWebhookVersion) == version) return;
    terminal.warn(named->event + " exists in version " + version + " only and is sent as such");
}

base::Result<platform::Fired> fired_for(platform::Platform& platform, const Subject& subject, const Stage& stage) {
    if (const auto* named = std::get_if<Named>(&subject)) {
        return platform.fire(
            {.vehicle = stage.vehicle_id, .event = named->event, .triggers = {}, .errors = {}, .to = {}});
    }
    const auto* payload = std::get_if<Payload>(&subject);
    auto effect = payload != nullptr ? platform.raw_payload(stage.webhook_id, payload->bytes)
                                     : platform.test_payload(stage.webhook_id);
    if (!effect) return effect.error();
    platform::Fired fired;
    fired.effects.push_back(std::move(effect).value());
    return fired;
}

// A payload file is sent as it is, and a 2.0 payload names no user. What the environment or smartcar-sim.json set is
// for other payloads.
base::Result<base::Done> refuse_misplaced(const Settings& settings, const Subject& subject, contract::Version version) {
    if (std::holds_alternative<Payload>(subject)) {
        for (const OptionId id :
             {OptionId::kDialect, OptionId::kVehicleId, OptionId::kUserId, OptionId::kWebhookId, OptionId::kMode}) {
            if (!settings.on_command_line(id)) continue;
            return base::Error{"bad_arguments", "--" + std::string(option(id).name) +
                                                    " has no effect on a payload file, which is sent as it is but "
                                                    "for --set; leave one of them out"};
        }
    } else if (version == contract::Version::k2_0 && settings.on_command_line(OptionId::kUserId)) {
        return base::Error{"bad_arguments", "--user-id has no effect on a 2.0 payload, which names no user"};
    }
    return base::Done{};
}

std::string spelled_in(contract::Version version, const std::string& mode) {
    return version == contract::Version::k2_0 ? mode : base::upper_case(mode);
}

// What the receiver knows of its own and the platform does not say: the mode, because an eventBased event of a vehicle
// that is not live would not be sent, and the ids of a test payload, which is about a vehicle nobody has.
std::vector<contract::Edit> known_to_receiver(const Settings& settings, const Subject& subject,
                                              contract::Version version) {
    if (std::holds_alternative<Payload>(subject)) return {};
    const bool old = version == contract::Version::k2_0;
    std::vector<contract::Edit> edits;
    const auto put = [&](const char* pointer, const std::string& text) {
        edits.push_back({.pointer = pointer, .value = document::Value(text)});
    };
    if (settings.has(OptionId::kMode)) {
        put(old ? "/mode" : "/meta/mode", spelled_in(version, settings.text(OptionId::kMode)));
    }
    if (!std::holds_alternative<TestPayload>(subject)) return edits;
    if (settings.has(OptionId::kVehicleId)) {
        put(old ? "/payload/vehicleId" : "/data/vehicle/id", settings.text(OptionId::kVehicleId));
    }
    if (settings.has(OptionId::kUserId) && !old) put("/data/user/id", settings.text(OptionId::kUserId));
    return edits;
}

ExitCode exit_code_for(const DeliveryText& delivery) {
    if (delivery.outcome == "delivered") return ExitCode::kHeld;
    return exit_code_of_exchange(delivery.attempts.empty() ? "" : delivery.attempts.front().error);
}

ExitCode print(DeliveryText delivery, Terminal& terminal) {
    delivery.fix = fix_for(delivery);
    terminal.print(terminal.json() ? delivery_object(delivery, terminal) : describe(delivery, terminal));
    return exit_code_for(delivery);
}

ExitCode send_alone(const Invocation& invocation, const Subject& subject) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    const bool retries = settings.flag(OptionId::kRetries);
    const auto edits = edits_of(settings);
    if (!edits) return terminal.fail(ExitCode::kUsage, edits.error());
    auto options = instance_options(settings, terminal);
    if (!options) return terminal.fail(exit_code_of(options.error()), options.error());
    // Whatever a callback answers to what is no JSON would be held against it.
    if (const auto* payload = std::get_if<Payload>(&subject)) {
        const auto parsed = document::parse(payload->bytes, arguments.front());
        if (!parsed) return terminal.fail(ExitCode::kInvalidFile, parsed.error(), payload->bytes);
    }
    options.value().simulation.drive = simulation::Simulation::Drive::kInline;
    options.value().clock = app::InstanceOptions::Start::kFrozen;
    if (settings.has(OptionId::kSeed)) options.value().start_at = app::kSeededStart;
    if (!retries) options.value().simulation.retry = delivery::RetryPolicy::never();
    choose_vehicle(settings, options.value().vehicles);
    const auto started = app::Instance::start(std::move(options).value());
    if (!started) return terminal.fail(ExitCode::kEnvironment, started.error());
    app::Instance& instance = *started.value();

    const auto stage = set_stage(instance.platform(), settings.url(OptionId::kCallback),
                                 type_for(subject, instance.platform().configuration().webhook_version));
    if (!stage) return terminal.fail(ExitCode::kUsage, stage.error());
    const auto placed = refuse_misplaced(settings, subject, stage.value().version);
    if (!placed) return terminal.fail(ExitCode::kUsage, placed.error());
    warn_of_version(settings, subject, stage.value(), terminal);
    auto fired = fired_for(instance.platform(), subject, stage.value());
    if (!fired) return terminal.fail(ExitCode::kUsage, fired.error());
    simulation::Manner manner{.edits = known_to_receiver(settings, subject, stage.value().version),
                              .fault = {},
                              .size = delivery::BodySize::kGuarded};
    manner.edits.insert(manner.edits.end(), edits.value().begin(), edits.value().end());
    if (std::holds_alternative<Payload>(subject)) manner.size = delivery::BodySize::kAny;

    const auto sent = instance.simulation().submit(std::move(fired).value(), manner);
    if (!sent) return terminal.fail(ExitCode::kUsage, sent.error());
    const auto settled = instance.simulation().settle(kLongest);
    if (!settled) return terminal.fail(ExitCode::kEnvironment, settled.error());
    const auto delivery = instance.journal().at(sent.value().queued.front().position);
    return print(delivery_text(*delivery, retries ? Asked::kRetries : Asked::kOneAttempt), terminal);
}

// {"event":…,"vehicleId":…,"to":…,"with":{…}}; without "to" when `webhook` is empty.
std::string event_body(const std::string& event, const std::string& vehicle, const std::string& webhook,
                       const std::vector<contract::Edit>& edits) {
    std::string body;
    document::Writer json(body);
    json.begin_object().member("event", event).member("vehicleId", vehicle);
    if (!webhook.empty()) json.member("to", webhook);
    json.key("with").begin_object();
    for (const contract::Edit& edit : edits) json.member(edit.pointer, edit.value);
    json.end_object().end_object();
    return body;
}

base::Result<std::string> first_vehicle(ServerClient& server) {
    const auto listed = server.get("/_sim/vehicles", "vehicles");
    if (!listed) return listed.error();
    for (const document::Value& vehicle : elements_of(listed.value(), "vehicles")) {
        const document::Value* connected = vehicle.find("connected");
        if (connected != nullptr && connected->boolean() != nullptr && *connected->boolean()) {
            return text_of(vehicle, "id");
        }
    }
    return base::Error{"not_connected",
                       "no vehicle of the server is connected; POST /_sim/connect, or name one with --vehicle-id"};
}

using EventIds = std::vector<std::string>;

base::Result<EventIds> test_on_server(ServerClient& server, const Settings& settings) {
    const auto webhook = server.webhook(asked_for(settings, OptionId::kWebhookId));
    if (!webhook) return webhook.error();
    const auto answer = server.post("/_sim/webhooks/" + webhook.value() + "/test", "", "eventId");
    if (!answer) return answer.error();
    return EventIds{text_of(answer.value(), "eventId")};
}

// One id for each webhook that takes the event.
base::Result<EventIds> fire_on_server(ServerClient& server, const Settings& settings, const std::string& event) {
    const auto edits = edits_of(settings);
    if (!edits) return edits.error();
    const std::string wanted = asked_for(settings, OptionId::kVehicleId);
    const auto vehicle = wanted.empty() ? first_vehicle(server) : base::Result<std::string>(wanted);
    if (!vehicle) return vehicle.error();
    const auto answer = server.post(
        "/_sim/events", event_body(event, vehicle.value(), asked_for(settings, OptionId::kWebhookId), edits.value()),
        "eventIds");
    if (!answer) return answer.error();
    EventIds ids;
    for (const document::Value& id : elements_of(answer.value(), "eventIds")) {
        ids.push_back(id.string() == nullptr ? "" : *id.string());
    }
    return ids;
}

// The deliveries of the event, each after its first attempt. A ?wait= of the server ends early only when all are
// final, which a failed attempt is not: so short ones first.
base::Result<std::vector<DeliveryText>> attempted_on_server(ServerClient& server, const std::string& event_id) {
    constexpr base::Milliseconds kFirstWait(50);
    constexpr base::Milliseconds kLongestWait(800);
    constexpr base::Milliseconds kPatience = std::chrono::minutes(1);
    base::Milliseconds waited(0);
    for (base::Milliseconds wait = kFirstWait; waited < kPatience; wait = std::min(wait * 2, kLongestWait)) {
        const auto listed =
            server.get("/_sim/deliveries?eventId=" + event_id + "&wait=" + base::format_duration(wait), "deliveries");
        if (!listed) return listed.error();
        std::vector<DeliveryText> deliveries;
        for (const document::Value& delivery : elements_of(listed.value(), "deliveries")) {
            deliveries.push_back(delivery_text(delivery));
        }
        if (deliveries.empty()) return base::Error{"evicted", "the server's journal no longer holds the delivery"};
        if (std::ranges::count(deliveries, "pending", &DeliveryText::outcome) == 0) return deliveries;
        waited += wait;
    }
    return base::Error{"not_attempted", "the server has not ended an attempt at the event within " +
                                            base::format_duration(kPatience) +
                                            "; GET /_sim/deliveries?eventId=" + event_id + " says how it goes on"};
}

// What of the command line a server hears of.
constexpr std::array kTestOptions{OptionId::kTest, OptionId::kWebhookId};
constexpr std::array kEventOptions{OptionId::kSet, OptionId::kVehicleId, OptionId::kWebhookId};

ExitCode send_on_server(const Invocation& invocation, const Subject& subject) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    if (std::holds_alternative<Payload>(subject)) {
        return terminal.fail(ExitCode::kUsage,
                             {"bad_arguments", "a payload file is sent without --server; give --callback URL"});
    }
    const bool test = std::holds_alternative<TestPayload>(subject);
    const auto heeded = refuse_unheeded(settings, test ? std::span<const OptionId>(kTestOptions) : kEventOptions);
    if (!heeded) return terminal.fail(ExitCode::kUsage, heeded.error());
    http::ClientTransport transport({.remote = true});
    ServerClient server(transport, settings.url(OptionId::kServer));
    const auto event_ids =
        test ? test_on_server(server, settings) : fire_on_server(server, settings, std::get<Named>(subject).event);
    if (!event_ids) return terminal.fail(exit_code_of(event_ids.error()), event_ids.error());
    if (event_ids.value().empty()) {
        return terminal.fail(ExitCode::kEnvironment, {"not_a_server", "the server answered without an event id"});
    }
    ExitCode worst = ExitCode::kHeld;
    for (const std::string& event_id : event_ids.value()) {
        const auto deliveries = attempted_on_server(server, event_id);
        if (!deliveries) {
            worst = std::max(worst, terminal.fail(exit_code_of(deliveries.error()), deliveries.error()));
            continue;
        }
        for (const DeliveryText& delivery : deliveries.value()) worst = std::max(worst, print(delivery, terminal));
    }
    return worst;
}

}  // namespace

ExitCode run_send(const Invocation& invocation) {
    const auto subject = subject_of(invocation);
    if (!subject) return invocation.terminal.fail(exit_code_of(subject.error()), subject.error());
    if (acts_through_server(invocation.settings)) return send_on_server(invocation, subject.value());
    if (!invocation.settings.has(OptionId::kCallback)) {
        return invocation.terminal.fail(ExitCode::kUsage, {"missing_option", "say where to send it: --callback URL"});
    }
    return send_alone(invocation, subject.value());
}

}  // namespace smartcar_sim::cli
