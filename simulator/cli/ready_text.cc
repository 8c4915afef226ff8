#include "cli/ready_text.h"

#include "document/writer.h"

namespace smartcar_sim::cli {

namespace {

std::string configuration_text(const Ready& ready) {
    const platform::Configuration& configuration = ready.configuration;
    std::string text = "\nConfiguration\n";
    text += "  client id                     " + configuration.client_id + "\n";
    text += "  client secret                 " + configuration.client_secret.shown() + "\n";
    text += "  application management token  " + configuration.application_management_token.shown() + "\n";
    for (const platform::Webhook& webhook : ready.webhooks) {
        text += "  webhook                       " + webhook.id + "  " + std::string(name_of(webhook.settings.type)) +
                " " + std::string(name_of(webhook.settings.version())) + " -> " + webhook.settings.callback.text() +
                "\n";
    }
    if (!ready.access_token.empty()) text += "  access token                  " + ready.access_token + "\n";
    return text;
}

// contract/api.md section 11.1.
std::string environment_text(const Ready& ready) {
    std::string text = "\nFor an application on the official SDK\n";
    text += "  export SMARTCAR_CLIENT_ID=" + ready.configuration.client_id + "\n";
    text += "  export SMARTCAR_CLIENT_SECRET=" + ready.configuration.client_secret.shown() + "\n";
    for (const char* name :
         {"SMARTCAR_API_ORIGIN", "SMARTCAR_AUTH_ORIGIN", "SMARTCAR_CONNECT_ORIGIN", "SMARTCAR_MANAGEMENT_API_ORIGIN"}) {
        text += std::string("  export ") + name + "=" + ready.origin + "\n";
    }
    const base::Secret& token = ready.configuration.application_management_token;
    if (token.origin() == base::Secret::Origin::kInvented) {
        text += "  export APPLICATION_MANAGEMENT_TOKEN=" + token.reveal() + "\n";
    }
    return text;
}

std::string try_text(const Ready& ready) {
    std::string text = "\nTry\n";
    if (!ready.access_token.empty()) {
        const std::string bearer = "-H 'Authorization: Bearer " + ready.access_token + "' ";
        text += "  curl " + bearer + ready.origin + "/v2.0/vehicles\n";
        if (!ready.vehicle_ids.empty() && !ready.webhooks.empty()) {
            text += "  curl -X POST " + bearer + ready.origin + "/v2.0/vehicles/" + ready.vehicle_ids.front() +
                    "/webhooks/" + ready.webhooks.front().id + "\n";
        }
    }
    if (ready.webhooks.empty()) {
        text +=
            "  curl " + ready.origin + R"(/_sim/webhooks -d '{"callbackUri":"http://127.0.0.1:3000/webhooks"}')" + "\n";
        text += "  curl -X POST " + ready.origin + "/_sim/connect\n";
        return text;
    }
    text += "  curl -X POST " + ready.origin + "/_sim/webhooks/" + ready.webhooks.front().id + "/verify\n";
    if (!ready.vehicle_ids.empty()) {
        const bool current = ready.webhooks.front().settings.version() == contract::Version::k4_0;
        text += "  curl " + ready.origin + R"(/_sim/events -d '{"vehicleId":")" + ready.vehicle_ids.front() +
                R"(","event":")" + (current ? "VEHICLE_STATE" : "CHARGING_STARTED") + "\"}'\n";
    }
    text += "  curl " + ready.origin + "/_sim/deliveries\n";
    return text;
}

}  // namespace

std::string describe(const Ready& ready) {
    return "listening on " + ready.origin + "  (Ctrl-C stops it)\n" + configuration_text(ready) +
           environment_text(ready) + try_text(ready);
}

std::string ready_object(const Ready& ready) {
    std::string line;
    document::Writer json(line);
    json.begin_object().member("type", "ready").member("origin", ready.origin);
    json.member("clientId", ready.configuration.client_id);
    json.member("clientSecret", ready.configuration.client_secret.shown());
    json.member("applicationManagementToken", ready.configuration.application_management_token.shown());
    json.key("webhookIds").begin_array();
    for (const platform::Webhook& webhook : ready.webhooks) json.value(webhook.id);
    json.end_array();
    if (!ready.access_token.empty()) json.member("accessToken", ready.access_token);
    json.key("vehicleIds").begin_array();
    for (const std::string& id : ready.vehicle_ids) json.value(id);
    json.end_array().end_object();
    return line;
}

}  // namespace smartcar_sim::cli
