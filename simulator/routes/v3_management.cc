// What an application manages in v3: connections, users, webhooks, subscriptions, itself (contract/api.md section 6.1).
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/text.h"
#include "routes/api_answer.h"
#include "routes/v3_answer.h"
#include "routes/v3_api.h"
#include "routes/v3_compatible.h"
#include "routes/v3_shapes.h"

namespace smartcar_sim::routes {
namespace {

using contract::Request;
using contract::Response;
using contract::V3Error;
using document::Array;
using document::Object;
using document::Value;

constexpr std::size_t kMostOnAPage = 100;

Response refuse(Context& context, const V3Error& error) { return routes::refuse(context, Shape::k2026, error); }

// The first of the answers to questions about a request that is an error.
template <class... Answers>
std::optional<V3Error> first_error(const Answers&... answers) {
    std::optional<V3Error> first;
    const auto look = [&](const auto& answer) {
        if (const auto* const error = std::get_if<V3Error>(&answer); error != nullptr && !first) first = *error;
    };
    (look(answers), ...);
    return first;
}

std::optional<V3Error> objection_to_id(const std::string& id) {
    return base::is_uuid(id) ? std::nullopt : std::optional(malformed("the id is not a UUID"));
}

// --- connections and users ------------------------------------------------------------------------------

void forget_waiting(Context& context, const std::vector<platform::Connection>& ended) {
    for (const platform::Connection& connection : ended) {
        context.simulation.forget_waiting({.vehicle_id = connection.vehicle->id});
    }
}

Response list_connections(Context& context, const Request& request, const Parameters&) {
    constexpr std::size_t kDefaultSize = 10;
    const base::Fields query = request.query_fields();
    const auto page = v3_page(query, kDefaultSize, kMostOnAPage);
    const auto user = id_filter(query, "userId");
    const auto vehicle = id_filter(query, "vehicleId");
    const auto mode = mode_filter(query);
    if (const auto error = first_error(page, user, vehicle, mode)) return refuse(context, *error);
    const auto& asked = std::get<V3Page>(page);
    const auto found = context.platform.connections({.user_id = std::get<std::string>(user),
                                                     .vehicle_id = std::get<std::string>(vehicle),
                                                     .external_id = filter_of(query, "user.externalId").value_or(""),
                                                     .mode = std::get<contract::Mode>(mode)},
                                                    {.offset = asked.offset(), .limit = asked.size});
    Array resources;
    resources.reserve(found.connections.size());
    for (const auto& each : found.connections) resources.push_back(connection_resource(request, each));
    Value body = list_body(request, "/connections", std::move(resources), asked, found.count);
    Value& meta = *body.find("meta");
    meta.object()->emplace_back("orderBy", "createdAt");  // the values were never seen: these say what we do
    meta.object()->emplace_back("orderDirection", "DESC");
    return answer(context, body);
}

Response show_connection(Context& context, const Request& request, const Parameters& parameters) {
    if (const auto error = objection_to_id(parameters["id"])) return refuse(context, *error);
    const auto found = context.platform.connections({.id = parameters["id"]}, {.limit = 1});
    if (found.connections.empty()) return refuse(context, nowhere("there is no connection of that id"));
    return answer(context, wrapped(connection_resource(request, found.connections.front())));
}

Response delete_connection(Context& context, const Request&, const Parameters& parameters) {
    if (const auto error = objection_to_id(parameters["id"])) return refuse(context, *error);
    const auto ended = context.platform.end_connections({.id = parameters["id"]});
    if (ended.empty()) return refuse(context, nowhere("there is no connection of that id"));
    forget_waiting(context, ended);
    return no_content(context);
}

Response delete_user(Context& context, const Request&, const Parameters& parameters) {
    if (const auto error = objection_to_id(parameters["id"])) return refuse(context, *error);
    const auto ended = context.platform.delete_user(parameters["id"]);
    if (!ended) return refuse(context, nowhere("there is no user of that id"));
    forget_waiting(context, *ended);
    return no_content(context);
}

// --- webhooks -------------------------------------------------------------------------------------------

using Flag = std::variant<std::optional<bool>, V3Error>;

Flag flag_filter(const base::Fields& query, std::string_view name) {
    const auto value = filter_of(query, name);
    if (!value) return std::optional<bool>();
    if (*value == "true" || *value == "false") return std::optional(*value == "true");
    return malformed("filter[" + std::string(name) + "] must be true or false");
}

// Part of the text, in any case; everything without a filter.
bool holds(const std::string& text, const std::optional<std::string>& part) {
    return !part || base::lower_case(text).find(base::lower_case(*part)) != std::string::npos;
}

bool passes(const std::optional<bool>& wanted, bool is) { return !wanted || *wanted == is; }

std::variant<std::vector<platform::Webhook>, V3Error> filtered_webhooks(Context& context, const base::Fields& query) {
    const auto enabled = flag_filter(query, "isEnabled");
    const auto automatic = flag_filter(query, "autoSubscribe");
    if (const auto error = first_error(enabled, automatic)) return *error;
    std::vector<platform::Webhook> webhooks = context.platform.webhooks();
    std::erase_if(webhooks, [&](const platform::Webhook& webhook) {
        return !holds(webhook.settings.name, filter_of(query, "name")) ||
               !holds(webhook.settings.callback.text(), filter_of(query, "callbackUri")) ||
               !passes(std::get<std::optional<bool>>(enabled), webhook.enabled) ||
               !passes(std::get<std::optional<bool>>(automatic), webhook.settings.auto_subscribe);
    });
    return webhooks;
}

Response list_webhooks(Context& context, const Request& request, const Parameters&) {
    constexpr std::size_t kDefaultSize = 50;
    const base::Fields query = request.query_fields();
    const auto page = v3_page(query, kDefaultSize, kMostOnAPage);
    const auto filtered = filtered_webhooks(context, query);
    if (const auto error = first_error(page, filtered)) return refuse(context, *error);
    const auto& asked = std::get<V3Page>(page);
    const auto& webhooks = std::get<std::vector<platform::Webhook>>(filtered);
    Array resources;
    for (std::size_t i = asked.offset(); i < webhooks.size() && resources.size() < asked.size; ++i) {
        resources.push_back(webhook_resource(request, webhooks[i]));
    }
    return answer(context, list_body(request, "/webhooks", std::move(resources), asked, webhooks.size()));
}

Response show_webhook(Context& context, const Request& request, const Parameters& parameters) {
    if (const auto error = objection_to_id(parameters["id"])) return refuse(context, *error);
    const auto webhook = context.platform.webhook(parameters["id"]);
    if (!webhook.ok()) return refuse(context, nowhere("there is no webhook of that id"));
    return answer(context, wrapped(webhook_resource(request, webhook.value())));
}

// --- subscriptions --------------------------------------------------------------------------------------

Response list_subscriptions(Context& context, const Request& request, const Parameters&) {
    constexpr std::size_t kDefaultSize = 25;
    const base::Fields query = request.query_fields();
    const auto page = v3_page(query, kDefaultSize, kMostOnAPage);
    const auto webhook = id_filter(query, "webhookId");
    const auto user = id_filter(query, "userId");
    const auto vehicle = id_filter(query, "vehicleId");
    const auto mode = mode_filter(query);
    if (const auto error = first_error(page, webhook, user, vehicle, mode)) return refuse(context, *error);
    const auto& asked = std::get<V3Page>(page);
    const auto found = context.platform.subscriptions({.webhook_id = std::get<std::string>(webhook),
                                                       .user_id = std::get<std::string>(user),
                                                       .vehicle_id = std::get<std::string>(vehicle),
                                                       .mode = std::get<contract::Mode>(mode)},
                                                      asked.offset(), asked.size);
    Array resources;
    resources.reserve(found.subscriptions.size());
    for (const auto& each : found.subscriptions) resources.push_back(subscription_resource(request, each));
    return answer(context, list_body(request, "/subscriptions", std::move(resources), asked, found.count));
}

// A member of data.attributes that is a UUID.
std::variant<std::string, V3Error> id_in(const Value& attributes, std::string_view name) {
    const Value* const value = attributes.find(name);
    if (value == nullptr) return missing(name);
    if (value->string() == nullptr || !base::is_uuid(*value->string())) {
        return malformed(std::string(name) + " must be a UUID");
    }
    return *value->string();
}

std::variant<platform::SubscriptionRequest, V3Error> subscription_asked(const Request& request) {
    const auto attributes = attributes_of(request);
    if (const auto error = first_error(attributes)) return *error;
    const auto& given = std::get<Value>(attributes);
    const auto webhook = id_in(given, "webhookId");
    const auto user = id_in(given, "userId");
    const auto vehicle = id_in(given, "vehicleId");
    if (const auto error = first_error(webhook, user, vehicle)) return *error;
    return platform::SubscriptionRequest{.webhook_id = std::get<std::string>(webhook),
                                         .user_id = std::get<std::string>(user),
                                         .vehicle_id = std::get<std::string>(vehicle)};
}

V3Error refusal_of(platform::SubscriptionRefusal refusal) {
    switch (refusal) {
        case platform::SubscriptionRefusal::kNoWebhook:
            return nowhere("there is no webhook of that id");
        case platform::SubscriptionRefusal::kNotConnected:
            return {.type = "PERMISSION", .detail = "the user has not connected this vehicle"};
        case platform::SubscriptionRefusal::kExists:
            break;
    }
    return {.type = "VALIDATION", .code = "CONFLICT", .detail = "the vehicle is subscribed to this webhook already"};
}

Response create_subscription(Context& context, const Request& request, const Parameters&) {
    constexpr int kAccepted = 202;
    const auto asked = subscription_asked(request);
    if (const auto error = first_error(asked)) return refuse(context, *error);
    auto made = context.platform.add_subscription(std::get<platform::SubscriptionRequest>(asked));
    if (const auto* const refusal = std::get_if<platform::SubscriptionRefusal>(&made)) {
        return refuse(context, refusal_of(*refusal));
    }
    context.submit(std::get<platform::Fired>(std::move(made)));
    Response response = answer(context, Object{{"meta", Object{{"message", "subscription creation in progress"}}}});
    response.status = kAccepted;
    return response;
}

Response show_subscription(Context& context, const Request& request, const Parameters& parameters) {
    if (const auto error = objection_to_id(parameters["id"])) return refuse(context, *error);
    const auto found = context.platform.subscriptions({.id = parameters["id"]}, 0, 1);
    if (found.subscriptions.empty()) return refuse(context, nowhere("there is no subscription of that id"));
    return answer(context, wrapped(subscription_resource(request, found.subscriptions.front())));
}

Response delete_subscription(Context& context, const Request&, const Parameters& parameters) {
    if (const auto error = objection_to_id(parameters["id"])) return refuse(context, *error);
    const auto removed = context.platform.remove_subscription(parameters["id"]);
    if (!removed) return refuse(context, nowhere("there is no subscription of that id"));
    context.simulation.forget_waiting({.webhook_id = removed->webhook_id, .vehicle_id = removed->vehicle->id});
    return no_content(context);
}

// --- the application ------------------------------------------------------------------------------------
// Of these resources the contract has the paths alone: what they hold is our reading.

Value application_resource(Context& context, const Request& request) {
    const platform::Configuration& configuration = context.platform.configuration();
    const std::string link = link_to(Shape::k2026, request, "/applications/" + configuration.client_id);
    return Object{{"id", configuration.client_id},
                  {"type", "application"},
                  {"attributes", Object{{"name", configuration.application_name}}},
                  {"links", Object{{"self", link}}}};
}

V3Error no_application() { return nowhere("there is no application of that id"); }

// There is one, so that any page but the first is empty.
Response list_applications(Context& context, const Request& request, const Parameters&) {
    constexpr std::size_t kDefaultSize = 50;
    const auto page = v3_page(request.query_fields(), kDefaultSize, kMostOnAPage);
    if (const auto error = first_error(page)) return refuse(context, *error);
    const auto& asked = std::get<V3Page>(page);
    Array resources;
    if (asked.number == 1) resources.push_back(application_resource(context, request));
    return answer(context, list_body(request, "/applications", std::move(resources), asked, 1));
}

Response show_application(Context& context, const Request& request, const Parameters& parameters) {
    if (parameters["id"] != context.platform.configuration().client_id) return refuse(context, no_application());
    return answer(context, wrapped(application_resource(context, request)));
}

Value secret_resource(const char* name, const base::Secret& secret) {
    return Object{{"id", name}, {"type", "secret"}, {"attributes", Object{{"name", name}, {"value", secret.masked()}}}};
}

// Masked, whoever invented them.
Response list_secrets(Context& context, const Request&, const Parameters& parameters) {
    const platform::Configuration& configuration = context.platform.configuration();
    if (parameters["id"] != configuration.client_id) return refuse(context, no_application());
    return answer(
        context,
        wrapped(Array{secret_resource("clientSecret", configuration.client_secret),
                      secret_resource("applicationManagementToken", context.platform.application_management_token())}));
}

// --- compatible vehicles --------------------------------------------------------------------------------

Response list_compatible(Context& context, const Request& request, const Parameters&) {
    constexpr std::size_t kDefaultSize = 50;
    const base::Fields query = request.query_fields();
    const auto page = v3_page(query, kDefaultSize, kMostOnAPage);
    auto asked_for = compatible_filter(query);
    if (const auto error = first_error(page, asked_for)) return refuse(context, *error);
    const auto& asked = std::get<V3Page>(page);
    const Array all = compatible_vehicles(context.platform.fleet(), std::get<CompatibleFilter>(asked_for));
    Array resources;
    for (std::size_t i = asked.offset(); i < all.size() && resources.size() < asked.size; ++i) {
        resources.push_back(all[i]);
    }
    return answer(context, list_body(request, "/compatible-vehicles", std::move(resources), asked, all.size()));
}

constexpr std::array<Route, 14> kRoutes{{
    {"GET", "/v3/connections", by_application<list_connections>},
    {"GET", "/v3/connections/{id}", by_application<show_connection>},
    {"DELETE", "/v3/connections/{id}", by_application<delete_connection>},
    {"DELETE", "/v3/users/{id}", by_application<delete_user>},
    {"GET", "/v3/webhooks", by_application<list_webhooks>},
    {"GET", "/v3/webhooks/{id}", by_application<show_webhook>},
    {"GET", "/v3/subscriptions", by_application<list_subscriptions>},
    {"POST", "/v3/subscriptions", by_application<create_subscription>},
    {"GET", "/v3/subscriptions/{id}", by_application<show_subscription>},
    {"DELETE", "/v3/subscriptions/{id}", by_application<delete_subscription>},
    {"GET", "/v3/applications", by_application<list_applications>},
    {"GET", "/v3/applications/{id}", by_application<show_application>},
    {"GET", "/v3/applications/{id}/secrets", by_application<list_secrets>},
    {"GET", "/v3/compatible-vehicles", by_application<list_compatible>},
}};

}  // namespace

std::span<const Route> v3_management() { return kRoutes; }

}  // namespace smartcar_sim::routes
