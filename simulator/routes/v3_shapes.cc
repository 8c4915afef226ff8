#include "routes/v3_shapes.h"

#include <span>
#include <utility>

#include "base/text.h"
#include "contract/signals.h"

namespace smartcar_sim::routes {
namespace {

using contract::Request;
using document::Array;
using document::Object;
using document::Value;

Value names(const std::vector<std::string>& texts) {
    Array list;
    list.reserve(texts.size());
    for (const std::string& text : texts) list.emplace_back(text);
    return list;
}

Value relation(const Request& request, std::string_view type, std::string_view path, const std::string& id) {
    return Object{{"data", Object{{"type", std::string(type)}, {"id", id}}},
                  {"links", Object{{"related", link_to(Shape::k2026, request, std::string(path) + id)}}}};
}

Value signal_names(const std::vector<std::string>& codes) {
    Array list;
    list.reserve(codes.size());
    for (const std::string& code : codes) {
        const auto [signal, name, group] = contract::signal_name(code);
        list.emplace_back(Object{{"group", group}, {"name", name}, {"code", signal}});
    }
    return list;
}

}  // namespace

Value vehicle_summary(const vehicle::Vehicle& vehicle) {
    return Object{{"make", vehicle.make},
                  {"model", vehicle.model},
                  {"year", vehicle.year},
                  {"mode", std::string(contract::name_of(vehicle.mode))},
                  {"powertrainType", std::string(vehicle::name_of(vehicle.powertrain))}};
}

Value vehicle_resource(Shape shape, const Request& request, const vehicle::Vehicle& vehicle, Place place) {
    const bool as_text = shape == Shape::k2025 && place == Place::kIncluded;
    Object attributes{{"make", vehicle.make},
                      {"model", vehicle.model},
                      {"year", as_text ? Value(std::to_string(vehicle.year)) : Value(vehicle.year)}};
    if (shape == Shape::k2026) {
        attributes.emplace_back("powertrainType", std::string(vehicle::name_of(vehicle.powertrain)));
        attributes.emplace_back("mode", std::string(contract::name_of(vehicle.mode)));
    }
    return Object{{"id", vehicle.id},
                  {"type", "vehicle"},
                  {"attributes", std::move(attributes)},
                  {"links", Object{{"self", link_to(shape, request, "/vehicles/" + vehicle.id)}}}};
}

Value connection_resource(const Request& request, const platform::Connection& connection) {
    const std::string& vehicle_id = connection.vehicle->id;
    const std::string vehicle_link = link_to(Shape::k2026, request, "/vehicles/" + vehicle_id);
    return Object{
        {"id", connection.id},
        {"type", "connection"},
        {"attributes",
         Object{{"permissions", names(connection.granted.names())},
                {"vehicle", vehicle_summary(*connection.vehicle)},
                {"user", Object{{"id", connection.user_id},
                                {"externalId", connection.external_id ? Value(*connection.external_id) : Value()}}}}},
        {"relationships", Object{{"vehicle", Object{{"data", Object{{"id", vehicle_id}, {"type", "vehicle"}}},
                                                    {"links", Object{{"related", vehicle_link}}}}},
                                 {"user", Object{{"data", Object{{"id", connection.user_id}, {"type", "user"}}}}}}},
        {"meta", Object{{"createdAt", base::format_instant(connection.created_at)},
                        {"updatedAt", base::format_instant(connection.updated_at)}}},
        {"links", Object{{"self", link_to(Shape::k2026, request, "/connections/" + connection.id)}}}};
}

Value webhook_resource(const Request& request, const platform::Webhook& webhook) {
    const platform::WebhookSettings& settings = webhook.settings;
    Object attributes{{"name", settings.name},
                      {"callbackUri", settings.callback.text()},
                      {"isEnabled", webhook.enabled},
                      {"triggers", signal_names(settings.triggers)},
                      {"data", signal_names(settings.data)}};
    if (settings.error_callback) attributes.emplace_back("errorCallbackUri", settings.error_callback->text());
    attributes.emplace_back("autoSubscribe", settings.auto_subscribe);
    return Object{{"id", webhook.id},
                  {"type", "webhook"},
                  {"attributes", std::move(attributes)},
                  {"links", Object{{"self", link_to(Shape::k2026, request, "/webhooks/" + webhook.id)}}},
                  {"meta", Object{{"createdAt", base::format_instant(webhook.created_at)}}}};
}

Value subscription_resource(const Request& request, const platform::Subscription& subscription) {
    const std::string created_at = base::format_instant(subscription.created_at);
    return Object{
        {"type", "subscription"},
        {"id", subscription.id},
        {"attributes", Object{{"vehicle", vehicle_summary(*subscription.vehicle)}}},
        {"meta", Object{{"createdAt", created_at}, {"updatedAt", created_at}}},
        {"relationships", Object{{"webhook", relation(request, "webhook", "/webhooks/", subscription.webhook_id)},
                                 {"user", relation(request, "user", "/users/", subscription.user_id)},
                                 {"vehicle", relation(request, "vehicle", "/vehicles/", subscription.vehicle->id)}}},
        {"links", Object{{"self", link_to(Shape::k2026, request, "/subscriptions/" + subscription.id)}}}};
}

Value execution_resource(const platform::Execution& execution) {
    const bool of_schedule = !execution.schedule_id.empty();
    Object attributes;
    if (of_schedule) {
        attributes.emplace_back("action", execution.action);
        if (!execution.command.empty()) attributes.emplace_back("scheduleType", execution.command);
    } else {
        attributes.emplace_back("commandType", execution.command);
    }
    attributes.emplace_back("status", Object{{"value", "SUCCESS"}});
    attributes.emplace_back("executionMode", "sync");
    if (of_schedule) attributes.emplace_back("scheduleId", execution.schedule_id);
    if (!execution.parameters.is_null()) attributes.emplace_back("parameters", execution.parameters);
    Object resource{{"id", execution.id},
                    {"type", of_schedule ? "charge-schedule-execution" : "command-execution"},
                    {"attributes", std::move(attributes)}};
    if (of_schedule && execution.action == "create") {
        const std::string link = "/vehicles/" + execution.vehicle_id + "/charge-schedules/" + execution.schedule_id;
        resource.emplace_back("links", Object{{"schedule", link}});
    }
    const std::string at = base::format_instant(execution.at);
    resource.emplace_back("meta", Object{{"executedAt", at}, {"completedAt", at}, {"durationInSeconds", 0}});
    return resource;
}

Value wrapped(Value resource) { return Object{{"data", std::move(resource)}}; }

}  // namespace smartcar_sim::routes
