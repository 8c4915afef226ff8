// Connect without a person in front of it: every visit is approved at once.
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "base/url.h"
#include "platform/acting.h"
#include "platform/events.h"
#include "platform/platform.h"
#include "platform/records.h"
#include "platform/scope.h"
#include "platform/subscriptions.h"
#include "platform/tokens.h"

namespace smartcar_sim::platform {
namespace {

// --- where the browser may be sent ------------------------------------------------------------------

bool is_loopback(std::string_view host) {
    constexpr std::array<std::string_view, 3> kHosts{"localhost", "127.0.0.1", "::1"};
    return std::ranges::find(kHosts, host) != kHosts.end();
}

// What Smartcar would let one register (api.md section 2.1).
bool could_be_registered(const std::string& uri, const Configuration& configuration) {
    const std::string mobile = "sc" + configuration.client_id + "://";
    if (uri.starts_with(mobile)) return uri.find_first_of("\r\n #") == std::string::npos;
    const auto url = base::parse_url(uri);
    return url.ok() && uri.find('#') == std::string::npos && (url.value().tls() || is_loopback(url.value().host));
}

bool is_allowed(const std::string& uri, const Configuration& configuration) {
    const auto& registered = configuration.redirect_uris;
    if (registered.empty()) return could_be_registered(uri, configuration);
    return std::ranges::find(registered, uri) != registered.end();
}

// The one asked for or else the default; empty when there is neither.
std::string redirect_uri_of(const std::string& asked, const Configuration& configuration) {
    if (!asked.empty() || configuration.redirect_uris.empty()) return asked;
    return configuration.redirect_uris.front();
}

std::string with_query(std::string uri, const base::Fields& fields) {
    char separator = uri.find('?') == std::string::npos ? '?' : '&';
    for (const auto& [name, value] : fields) {
        uri += separator + name + '=' + base::percent_encode(value);
        separator = '&';
    }
    return uri;
}

base::Fields with_state(base::Fields fields, const std::optional<std::string>& state) {
    if (state) fields.emplace_back("state", *state);
    return fields;
}

// --- what is granted ------------------------------------------------------------------------------

using Chosen = std::vector<VehicleRecord*>;

// "test" was merged into "simulated" on 30 July 2024.
bool serves(const vehicle::Vehicle& vehicle, contract::Mode mode) {
    return (vehicle.mode == contract::Mode::kLive) == (mode == contract::Mode::kLive);
}

base::Result<Chosen> choose_vehicles(Records& records, const ConnectRequest& request, const Scope& scope) {
    Chosen chosen;
    for (const std::string& name : request.vehicles) {
        const auto record = require_vehicle(records, name);
        if (!record.ok()) return record.error();
        if (std::ranges::find(chosen, record.value()) == chosen.end()) chosen.push_back(record.value());
    }
    if (request.vehicles.empty()) {
        for (VehicleRecord& record : records.vehicles) {
            if (serves(*record.vehicle, request.mode)) chosen.push_back(&record);
        }
    }
    std::erase_if(chosen, [&](const VehicleRecord* record) { return !scope.suits(*record->vehicle); });
    if (!chosen.empty()) return chosen;
    return base::Error{.code = "no_vehicles",
                       .message = "there is no " + std::string(contract::name_of(request.mode)) +
                                  " vehicle that has every required permission"};
}

struct Approved {
    std::vector<std::string> vehicle_ids;
    Fired fired;
};

base::Result<Approved> approve(Turn& turn, const ConnectRequest& request) {
    const auto scope = parse_scope(request.scope);
    if (!scope.ok()) return scope.error();
    const auto chosen = choose_vehicles(turn.records, request, scope.value());
    if (!chosen.ok()) return chosen.error();
    Approved approved;
    for (VehicleRecord* const record : chosen.value()) {
        if (!record->granted) {
            ++record->connections;
            record->connected_at = turn.now;
        }
        record->updated_at = turn.now;
        record->granted = vehicle::PermissionSet(scope.value().permissions);
        approved.vehicle_ids.push_back(record->vehicle->id);
    }
    for (const VehicleRecord* const record : chosen.value()) approved.fired.append(fire_failures(turn, *record));
    for (WebhookRecord& webhook : turn.records.webhooks) {
        if (!webhook.webhook.settings.auto_subscribe) continue;
        for (VehicleRecord* const record : chosen.value()) subscribe(turn, webhook, turn.records.index_of(*record));
        approved.fired.append(deliver_first(turn, webhook));
    }
    return approved;
}

// --- /oauth/authorize -----------------------------------------------------------------------------

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t space = std::min(text.find(' '), text.size());
        if (space > 0) words.emplace_back(text.substr(0, space));
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    return words;
}

ErrorPage error_page(std::string title, std::string message) {
    return {.status = 400, .title = std::move(title), .message = std::move(message)};
}

// What must be right before the browser may be sent anywhere.
std::optional<ErrorPage> objection(const AuthorizeRequest& request, const std::string& redirect_uri,
                                   const Configuration& configuration) {
    if (request.client_id != configuration.client_id) {
        return error_page("Unknown client",
                          "There is no application with the client_id \"" + request.client_id + "\".");
    }
    if (redirect_uri.empty()) {
        return error_page("No redirect URI", "The request has no redirect_uri and the application registered none.");
    }
    if (!is_allowed(redirect_uri, configuration)) {
        return error_page("Redirect URI not allowed",
                          configuration.redirect_uris.empty()
                              ? "The redirect_uri \"" + redirect_uri +
                                    "\" must be http on a loopback host, https, or sc<client_id>://host."
                              : "The redirect_uri \"" + redirect_uri + "\" is not registered for this application.");
    }
    if (request.response_type != "code") {
        return error_page("Unsupported response type",
                          "The response_type is \"" + request.response_type + R"("; it must be "code".)");
    }
    if (!contract::parse_mode(request.mode)) {
        return error_page("Unknown mode", "The mode is \"" + request.mode + "\"; it must be live, test or simulated.");
    }
    return std::nullopt;
}

}  // namespace

base::Result<Connected> Platform::connect(const ConnectRequest& request) {
    const std::string redirect_uri = redirect_uri_of(request.redirect_uri, configuration_);
    if (!redirect_uri.empty() && !is_allowed(redirect_uri, configuration_)) {
        return base::Error{.code = "bad_redirect_uri",
                           .message = "the redirect URI \"" + redirect_uri + "\" is not one the application may use"};
    }
    const Acting acting(*this);
    Turn now = turn();
    auto approved = approve(now, request);
    if (!approved.ok()) return approved.error();
    auto& [vehicle_ids, fired] = approved.value();
    Connected connected;
    connected.code = issue_code(now, vehicle_ids, redirect_uri);
    if (!redirect_uri.empty()) {
        connected.redirect_to = with_query(redirect_uri, with_state({{"code", connected.code}}, request.state));
    }
    const Tokens tokens = issue_tokens(now, vehicle_ids);
    connected.access_token = tokens.access_token;
    connected.refresh_token = tokens.refresh_token;
    connected.vehicle_ids = std::move(vehicle_ids);
    connected.fired = std::move(fired);
    return connected;
}

std::string Platform::battery_capacity_url(std::string_view origin, std::string_view vehicle_id) {
    const std::lock_guard lock(mutex_);
    Turn now = turn();
    return std::string(origin) + "/battery-capacity?vehicle_id=" + std::string(vehicle_id) +
           "&client_id=" + configuration_.client_id + "&token=" + now.next_id("battery capacity", vehicle_id) +
           "&response_type=vehicle_id&redirect_uri=";
}

Authorization Platform::authorize(const AuthorizeRequest& request) {
    const std::string redirect_uri = redirect_uri_of(request.redirect_uri.value_or(""), configuration_);
    if (auto page = objection(request, redirect_uri, configuration_)) return *std::move(page);
    const Acting acting(*this);
    Turn now = turn();
    auto approved = approve(now, {.mode = *contract::parse_mode(request.mode),
                                  .scope = words_of(request.scope),
                                  .vehicles = {},
                                  .redirect_uri = redirect_uri,
                                  .state = request.state});
    if (!approved.ok() && approved.error().code == "no_vehicles") {
        const base::Fields answer{
            {"error", "no_vehicles"},
            {"error_description", "No vehicles found. Please add vehicles to your account and try again."}};
        return Redirect{.location = with_query(redirect_uri, with_state(answer, request.state)), .fired = {}};
    }
    if (!approved.ok()) return error_page("Scope not valid", approved.error().message + ".");
    const std::string code = issue_code(now, approved.value().vehicle_ids, redirect_uri);
    return Redirect{.location = with_query(redirect_uri, with_state({{"code", code}}, request.state)),
                    .fired = std::move(approved.value().fired)};
}

}  // namespace smartcar_sim::platform
