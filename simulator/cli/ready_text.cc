#include "cli/ready_text.h"

#include "document/writer.h"

namespace smartcar_sim::cli {

namespace {

std::string configuration_text(const Ready& ready) {
    const platform::Configuration& configuration = ready.configuration;
    std::string text = "\nConfiguration\n";
    text += "  client id                     " + configuration.client_id + "\n";
    text += "  client secret                 " + configuration.client_secret.shown() + "\n";
    text += "  client id of /oauth2/token    " + configuration.api_client_id + "\n";
    text += "  application management token  " + configuration.application_management_token.shown() + "\n";
    for (const platform::Webhook& webhook : ready.webhooks) {
        text += "  webhook                       " + webhook.id + "  " + std::string(name_of(webhook.settings.type)) +
                " " + std::string(name_of(webhook.settings.version())) + " -> " + webhook.settings.callback.text() +
                "\n";
    }
    if (!ready.access_token.empty()) text += "  access token                  " + ready.access_token + "\n";
    return text;
}

std::string export_line(const std::string& name, const std::string& value) {
    return "  export " + name + "=" + value + "\n";
}

// contract/api.md section 11.1. Without the variables of what is not served yet an SDK would call Smartcar itself.
// Headings and not comments behind the lines: pasted into zsh, a comment is an argument.
std::string environment_text(const Ready& ready) {
    std::string text = "\nFor an application on the official SDK\n";
    text += export_line("SMARTCAR_CLIENT_ID", ready.configuration.client_id);
    text += export_line("SMARTCAR_CLIENT_SECRET", ready.configuration.client_secret.shown());
    for (const char* name : {"SMARTCAR_API_ORIGIN", "SMARTCAR_AUTH_ORIGIN", "SMARTCAR_MANAGEMENT_API_ORIGIN"}) {
        text += export_line(name, ready.origin);
    }
    const base::Secret& token = ready.configuration.application_management_token;
    if (token.origin() == base::Secret::Origin::kInvented) {
        text += export_line("APPLICATION_MANAGEMENT_TOKEN", token.reveal());
    }
    text += "also for Node and Java\n" + export_line("SMARTCAR_API_V3_ORIGIN", ready.origin);
    text += "also for Java and Ruby\n" + export_line("SMARTCAR_CONNECT_ORIGIN", ready.origin);
    text += "also for Ruby\n" + export_line("SMARTCAR_VEHICLE_API_ORIGIN", ready.origin);
    text += "instead, for Python, whose auth origin is a whole URL\n" +
            export_line("SMARTCAR_CONNECT_ORIGIN", ready.origin) +
            export_line("SMARTCAR_AUTH_ORIGIN", ready.origin + "/oauth/token");
    text += "All but Node's want SMARTCAR_REDIRECT_URI too, which is your application's own.\n";
    return text;
}

// curl lines that work when pasted.
std::string try_text(const Ready& ready) {
    const std::string& origin = ready.origin;
    std::string text = "\nTry\n";
    if (ready.webhooks.empty()) {
        text += "  curl " + origin + R"(/_sim/webhooks -d '{"callbackUri":"http://127.0.0.1:3000/webhooks"}')" + "\n";
        text += "  curl -X POST " + origin + "/_sim/connect\n";
        text += "then, with the ids that those answer,\n";
        text += "  curl -X POST " + origin + "/_sim/webhooks/WEBHOOK/verify\n";
        text += "  curl -X PUT " + origin + "/_sim/webhooks/WEBHOOK/subscriptions/VEHICLE\n";
        text += "  curl " + origin + R"(/_sim/events -d '{"vehicleId":"VEHICLE","event":"CHARGING_STARTED"}')" + "\n";
        return text;
    }
    const std::string bearer = "  curl -H 'Authorization: Bearer " + ready.access_token + "' " + origin;
    const std::string& vehicle = ready.vehicle_ids.front();
    const platform::Webhook& webhook = ready.webhooks.front();
    const bool current = webhook.settings.version() == contract::Version::k4_0;
    text += bearer + "/v2.0/vehicles\n";
    text += bearer + "/v2.0/vehicles/" + vehicle + "/battery\n";
    text += "  curl -X PATCH " + origin + "/_sim/vehicles/" + vehicle +
            R"( -d '{"state":{"charge-ischargingcableconnected":true,"charge-ischarging":true}}')" + "\n";
    text += "  curl " + origin + R"(/_sim/events -d '{"vehicleId":")" + vehicle + R"(","event":")" +
            (current ? "VEHICLE_STATE" : "CHARGING_COMPLETED") + "\"}'\n";
    text += "  curl -X POST " + origin + "/_sim/webhooks/" + webhook.id + "/verify\n";
    text += "  curl " + origin + "/_sim/deliveries\n";
    text += "  curl " + origin + "/_sim/requests\n";
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
    json.member("apiClientId", ready.configuration.api_client_id);
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
