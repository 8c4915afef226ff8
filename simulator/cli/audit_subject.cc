#include "cli/audit_subject.h"

#include <algorithm>
#include <utility>

#include "document/json.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "platform/development_values.h"

namespace smartcar_sim::cli {

namespace {

using contract::Version;
using document::Value;

const std::string* text_at(const Value& body, std::string_view pointer) {
    const auto found = document::find(body, pointer);
    return found && found.value() != nullptr ? found.value()->string() : nullptr;
}

// Replaces `id` by what stands in the captured body, unless the command line says otherwise.
void take_id(const Settings& settings, OptionId own, const Value& body, std::string_view pointer, std::string& id) {
    const std::string* captured = text_at(body, pointer);
    if (captured != nullptr && !settings.on_command_line(own)) id = *captured;
}

void put_id(Value& body, std::string_view pointer, const std::string& id) {
    if (text_at(body, pointer) == nullptr) return;
    (void)document::set(body, pointer, Value(id), document::Missing::kError);
}

struct Pointers {
    std::string_view vehicle, user, webhook;
};

constexpr Pointers kPointers2_0{.vehicle = "/payload/vehicleId", .user = "", .webhook = "/webhookId"};
constexpr Pointers kPointers4_0{.vehicle = "/data/vehicle/id", .user = "/data/user/id", .webhook = "/meta/webhookId"};

// The captured body and the subject tell of the same vehicle, user and webhook.
void agree(const Settings& settings, Captured& captured, audit::Subject& subject) {
    const Pointers& at = captured.version == Version::k2_0 ? kPointers2_0 : kPointers4_0;
    take_id(settings, OptionId::kVehicleId, captured.body, at.vehicle, subject.vehicle.id);
    take_id(settings, OptionId::kWebhookId, captured.body, at.webhook, subject.envelope.webhook_id);
    put_id(captured.body, at.vehicle, subject.vehicle.id);
    put_id(captured.body, at.webhook, subject.envelope.webhook_id);
    if (at.user.empty()) return;
    take_id(settings, OptionId::kUserId, captured.body, at.user, subject.vehicle.user_id);
    put_id(captured.body, at.user, subject.vehicle.user_id);
}

base::Error bad_template(const std::string& path, std::string why) {
    return {"bad_template", std::move(why), base::Place{path, 1, 1}};
}

// The version of the event that a body is.
base::Result<Version> version_of(const Value& body, const std::string& path) {
    const std::string* type = text_at(body, "/eventType");
    const std::string* name = text_at(body, "/eventName");
    if (type == nullptr && name == nullptr) {
        return bad_template(path,
                            R"(this is no webhook's body: it has neither "eventName" (2.0) nor "eventType" (4.0))");
    }
    const bool is_challenge = type != nullptr ? *type == "VERIFY" : *name == "verify";
    if (is_challenge) return bad_template(path, "this is a challenge; a template is the body of an event");
    if (text_at(body, "/eventId") == nullptr && text_at(body, "/payload/eventId") == nullptr) {
        return bad_template(path, "there is no eventId in it, by which a callback could tell events apart");
    }
    return type != nullptr ? Version::k4_0 : Version::k2_0;
}

}  // namespace

base::Result<std::optional<Captured>> captured_body(const Settings& settings) {
    if (!settings.has(OptionId::kTemplate)) return std::optional<Captured>();
    const std::string path = settings.text(OptionId::kTemplate);
    auto text = document::read_text(path);
    if (!text) return text.error();
    auto body = document::parse(text.value(), path);
    if (!body) return body.error();
    const auto version = version_of(body.value(), path);
    if (!version) return version.error();
    const std::string wanted = settings.text(OptionId::kWebhookVersion);
    if (settings.on_command_line(OptionId::kWebhookVersion) && wanted != name_of(version.value())) {
        return base::Error{"bad_arguments", "--webhook-version is " + wanted + ", and the body of --template is of " +
                                                std::string(name_of(version.value())) +
                                                "; leave out the one or the other"};
    }
    Captured captured{.body = std::move(body).value(), .version = version.value()};
    if (const auto written = document::write(captured.body); !written) {
        return bad_template(path, written.error().message);
    }
    return std::optional(std::move(captured));
}

audit::Subject subject_of(const Settings& settings, app::Instance& instance, const Stage& stage,
                          std::optional<Captured> captured) {
    const platform::Configuration& configuration = instance.platform().configuration();
    const auto vehicle = instance.platform().fleet().front();
    audit::Subject subject;
    subject.callback = stage.callback;
    subject.token = configuration.application_management_token;
    subject.version = stage.version;
    subject.envelope = {.webhook_id = stage.webhook_id,
                        .webhook_name = "Audit",
                        .dialect = configuration.dialect,
                        .mode = contract::parse_mode(settings.text(OptionId::kMode)).value_or(contract::Mode::kLive)};
    subject.vehicle = {.id = stage.vehicle_id,
                       .user_id = configuration.user_id,
                       .make = vehicle.vehicle->make,
                       .model = vehicle.vehicle->model,
                       .year = vehicle.vehicle->year};
    subject.headers = settings.headers(OptionId::kHeader);
    if (settings.flag(OptionId::kSignVerify)) subject.challenges = audit::Subject::Challenges::kSigned;
    subject.timeout = settings.duration(OptionId::kTimeout);
    subject.now = instance.clock().now();
    subject.other_keys = {{.name = "client-id", .value = configuration.client_id},
                          {.name = "client-secret", .value = configuration.client_secret.reveal()},
                          {.name = "webhook-id", .value = stage.webhook_id}};
    if (captured) {
        agree(settings, *captured, subject);
        subject.captured = std::move(captured->body);
    }
    return subject;
}

}  // namespace smartcar_sim::cli
