#include <array>
#include <string>
#include <utility>

#include "document/pointer.h"
#include "platform/webhook.h"
#include "routes/admission.h"
#include "routes/context.h"
#include "routes/sim_answer.h"
#include "routes/sim_api.h"
#include "routes/sim_body.h"
#include "routes/sim_sent.h"

namespace smartcar_sim::routes {

namespace {

constexpr std::array<std::string_view, 13> kMembers{
    "name",     "callbackUri", "type", "version", "dialect",          "events",       "paths",
    "interval", "triggers",    "data", "enabled", "errorCallbackUri", "autoSubscribe"};

contract::Response webhook_response(int status, const platform::Webhook& webhook) {
    std::string body;
    document::Writer json(body);
    write(json, webhook);
    return contract::json_response(status, std::move(body));
}

contract::Response webhook_response(const base::Result<platform::Webhook>& webhook) {
    return webhook ? webhook_response(200, webhook.value()) : sim_error(webhook.error());
}

// Takes "enabled" out of the body: it is a state, the rest are settings.
base::Result<std::optional<bool>> take_enabled(document::Value& body) {
    const auto enabled = flag_member(body, "enabled");
    if (enabled.ok() && body.find("enabled") != nullptr) {
        std::erase_if(*body.object(), [](const document::Member& member) { return member.first == "enabled"; });
    }
    return enabled;
}

contract::Response create(Context& context, const contract::Request& request, const Parameters&) {
    auto said = read(request, {.members = kMembers});
    if (!said) return sim_error(said.error());
    document::Value& body = said.value().body;
    const auto enabled = take_enabled(body);
    if (!enabled) return sim_error(enabled.error());
    const auto settings = platform::parse_webhook(body, context.platform.configuration());
    if (!settings) return sim_error(settings.error());

    const platform::Webhook webhook = context.platform.create_webhook(settings.value());
    if (enabled.value().value_or(true)) return webhook_response(201, webhook);
    const auto disabled = context.platform.disable_webhook(webhook.id);
    return disabled ? webhook_response(201, disabled.value()) : sim_error(disabled.error());
}

contract::Response list(Context& context, const contract::Request&, const Parameters&) {
    std::string body;
    document::Writer json(body);
    json.begin_object().key("webhooks").begin_array();
    for (const platform::Webhook& webhook : context.platform.webhooks()) write(json, webhook);
    json.end_array().end_object();
    return contract::json_response(200, std::move(body));
}

contract::Response get(Context& context, const contract::Request&, const Parameters& parameters) {
    return webhook_response(context.platform.webhook(parameters["id"]));
}

contract::Response update(Context& context, const contract::Request& request, const Parameters& parameters) {
    const std::string& id = parameters["id"];
    auto said = read(request, {.members = kMembers});
    if (!said) return sim_error(said.error());
    document::Value& body = said.value().body;
    const auto enabled = take_enabled(body);
    if (!enabled) return sim_error(enabled.error());

    auto updated = context.platform.update_webhook(id, body);
    if (updated.ok() && enabled.value()) {
        updated = *enabled.value() ? context.platform.enable_webhook(id) : context.platform.disable_webhook(id);
    }
    // Nothing leaves for a callback that has not proved itself, and nothing for one that is no longer this webhook's.
    if (updated.ok() && updated.value().status() != platform::WebhookStatus::kVerified) {
        context.simulation.forget_waiting({.webhook_id = id});
    }
    return webhook_response(updated);
}

contract::Response remove(Context& context, const contract::Request&, const Parameters& parameters) {
    const auto removed = context.platform.remove_webhook(parameters["id"]);
    if (!removed) return sim_error(removed.error());
    context.simulation.forget_waiting({.webhook_id = parameters["id"]});
    return contract::Response{204, {}, ""};
}

contract::Response verify(Context& context, const contract::Request&, const Parameters& parameters) {
    const auto verification = context.simulation.verify(parameters["id"]);
    if (!verification) return sim_error(verification.error());
    const delivery::Verdict& verdict = verification.value().verdict;
    const auto webhook = context.platform.webhook(parameters["id"]);

    std::string body;
    document::Writer json(body);
    json.begin_object().member("verified", verdict.verified);
    json.text_or_null("reason", verdict.reason);
    json.text_or_null("mistake", verdict.mistake.value_or(""));
    json.member("expected", verdict.expected);
    json.text_or_null("received", verdict.received);
    json.member("challenge", verification.value().challenge).key("status");
    if (verdict.status) {
        json.value(*verdict.status);
    } else {
        json.null();
    }
    json.text_or_null("error", verdict.failure ? name_of(*verdict.failure) : "");
    json.member("milliseconds", static_cast<std::int64_t>(verification.value().attempt.took.count()));
    json.text_or_null("callbackUri", webhook ? webhook.value().settings.callback.text() : "");
    json.text_or_null("says", verdict.says);
    json.text_or_null("fix", verdict.fix);
    json.key("warnings").begin_array();
    for (const std::string& warning : verdict.warnings) json.value(warning);
    json.end_array().end_object();
    return contract::json_response(200, std::move(body));
}

contract::Response test(Context& context, const contract::Request& request, const Parameters& parameters) {
    const auto said = read(request, {.fields = kWait});
    if (!said) return sim_error(said.error());
    const auto wait = wait_of(said.value().query);
    if (!wait) return sim_error(wait.error());
    auto effect = context.platform.test_payload(parameters["id"]);
    if (!effect) return sim_error(effect.error());
    const std::string event_id = effect.value().event_id;
    platform::Fired fired;
    fired.effects.push_back(std::move(effect).value());
    const auto sent = context.simulation.submit(std::move(fired));
    if (!sent) return sim_error(sent.error());
    if (wait.value() > base::Milliseconds(0)) context.simulation.wait_final(sent.value().queued, wait.value());

    std::string body;
    document::Writer json(body);
    json.begin_object().member("eventId", event_id).end_object();
    return contract::json_response(202, std::move(body));
}

contract::Response subscribe(Context& context, const contract::Request&, const Parameters& parameters) {
    auto fired = context.platform.subscribe_vehicle(parameters["id"], parameters["vehicleId"]);
    if (!fired) return sim_error(fired.error());
    const auto sent = context.simulation.submit(std::move(fired).value());
    return sent ? contract::Response{204, {}, ""} : sim_error(sent.error());
}

contract::Response unsubscribe(Context& context, const contract::Request&, const Parameters& parameters) {
    const auto vehicle = context.platform.unsubscribe_vehicle(parameters["id"], parameters["vehicleId"]);
    if (!vehicle) return sim_error(vehicle.error());
    context.simulation.forget_waiting({.webhook_id = parameters["id"], .vehicle_id = vehicle.value()});
    return contract::Response{204, {}, ""};
}

constexpr std::array kRoutes{
    Route{"POST", "/_sim/webhooks", create},
    Route{"GET", "/_sim/webhooks", bare<list>},
    Route{"GET", "/_sim/webhooks/{id}", bare<get>},
    Route{"PATCH", "/_sim/webhooks/{id}", update},
    Route{"DELETE", "/_sim/webhooks/{id}", bare<remove>},
    Route{"POST", "/_sim/webhooks/{id}/verify", admitted<bare<verify>>},
    Route{"POST", "/_sim/webhooks/{id}/test", admitted<test>},
    Route{"PUT", "/_sim/webhooks/{id}/subscriptions/{vehicleId}", admitted<bare<subscribe>>},
    Route{"DELETE", "/_sim/webhooks/{id}/subscriptions/{vehicleId}", bare<unsubscribe>},
};

}  // namespace

std::span<const Route> sim_webhooks() { return kRoutes; }

}  // namespace smartcar_sim::routes
