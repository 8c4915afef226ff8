// Connect: which visits are let in, what is granted, where the browser goes; by its pages or approved at once.
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/text.h"
#include "contract/api_error.h"
#include "platform/account.h"
#include "platform/acting.h"
#include "platform/events.h"
#include "platform/platform.h"
#include "platform/records.h"
#include "platform/redirect.h"
#include "platform/scope.h"
#include "platform/subscriptions.h"
#include "platform/tokens.h"
#include "vehicle/compatibility.h"

namespace smartcar_sim::platform {
namespace {

// --- what a request means -------------------------------------------------------------------------

// A country of no region is asked for as Europe's, whose list the contract does not give.
std::optional<vehicle::Region> region_of(std::string_view flags) {
    constexpr std::string_view kCountry = "country:";
    for (const std::string& flag : base::words(flags)) {
        if (!flag.starts_with(kCountry)) continue;
        const std::string country = base::upper_case(flag.substr(kCountry.size()));
        return vehicle::region_of(country).value_or(vehicle::Region::kEurope);
    }
    return std::nullopt;
}

// Its VIN names the brand; a brand that no vehicle has is asked for again.
std::string make_of(const Records& records, const Visit& visit) {
    const std::string asked = base::upper_case(visit.asked.make);
    if (asked.empty() && visit.vin.empty()) return {};
    for (const VehicleRecord& record : records.vehicles) {
        const vehicle::Vehicle& vehicle = *record.vehicle;
        if (is_for(vehicle, visit) && (!visit.vin.empty() || vehicle.make == asked)) return vehicle.make;
    }
    return {};
}

// What must be right before the browser may be sent anywhere.
std::optional<ErrorPage> objection(const AuthorizeRequest& request, const std::string& redirect_uri,
                                   const Configuration& configuration) {
    const auto page = [](std::string title, std::string message) {
        return ErrorPage{.status = 400, .title = std::move(title), .message = std::move(message)};
    };
    if (auto stranger = unknown_client(request.client_id, configuration)) return stranger;
    if (redirect_uri.empty()) {
        return page("No redirect URI", "The request has no redirect_uri and the application registered none.");
    }
    if (!is_allowed(redirect_uri, configuration)) {
        return page("Redirect URI not allowed",
                    configuration.redirect_uris.empty()
                        ? "The redirect_uri \"" + redirect_uri +
                              "\" must be http on a loopback host, https, or sc<client_id>://host."
                        : "The redirect_uri \"" + redirect_uri + "\" is not registered for this application.");
    }
    if (request.response_type != "code" && request.response_type != "none") {
        return page("Unsupported response type",
                    "The response_type is \"" + request.response_type + R"("; it must be "code" or "none".)");
    }
    if (!contract::parse_mode(request.mode)) {
        return page("Unknown mode", "The mode is \"" + request.mode + "\"; it must be live, test or simulated.");
    }
    if (request.approval_prompt != "auto" && request.approval_prompt != "force") {
        return page("Unknown approval prompt",
                    "The approval_prompt is \"" + request.approval_prompt + "\"; it must be auto or force.");
    }
    return std::nullopt;
}

Admission visit_of(const AuthorizeRequest& request, const Configuration& configuration) {
    const std::string redirect_uri = redirect_uri_of(request.redirect_uri.value_or(""), configuration);
    if (auto page = objection(request, redirect_uri, configuration)) {
        return with_way_back(*std::move(page), redirect_uri, request.state, configuration);
    }
    auto scope = parse_scope(base::words(request.scope));
    if (!scope.ok()) {
        std::string message = scope.error().message;
        if (!message.ends_with('?')) message += '.';
        return with_way_back({.status = 400, .title = "Scope not valid", .message = std::move(message)}, redirect_uri,
                             request.state, configuration);
    }
    const bool one = request.single_select == "true";
    return Visit{.asked = request,
                 .redirect_uri = redirect_uri,
                 .mode = *contract::parse_mode(request.mode),
                 .permissions = std::move(scope.value().permissions),
                 .required = std::move(scope.value().required),
                 .region = region_of(request.flags),
                 .select = one ? Select::kOne : Select::kAny,
                 .vin = one ? base::upper_case(request.single_select_vin) : ""};
}

// --- what is granted ------------------------------------------------------------------------------

using Vehicles = std::vector<VehiclePtr>;

base::Result<Vehicles> named_vehicles(Records& records, const std::vector<std::string>& names) {
    Vehicles vehicles;
    for (const std::string& name : names) {
        const auto record = require_vehicle(records, name);
        if (!record.ok()) return record.error();
        const VehiclePtr& vehicle = record.value()->vehicle;
        if (std::ranges::find(vehicles, vehicle) == vehicles.end()) vehicles.push_back(vehicle);
    }
    return vehicles;
}

Vehicles vehicles_for(const Records& records, const Visit& visit) {
    Vehicles vehicles;
    for (const VehicleRecord& record : records.vehicles) {
        const bool brand = visit.make.empty() || record.vehicle->make == visit.make;
        if (brand && is_for(*record.vehicle, visit)) vehicles.push_back(record.vehicle);
    }
    return vehicles;
}

// Approved at once: those that are named, or else all that the visit is for.
base::Result<Vehicles> choose(Records& records, const Visit& visit, const std::vector<std::string>& names) {
    auto chosen = named_vehicles(records, names);
    if (!chosen.ok()) return chosen;
    Vehicles vehicles = names.empty() ? vehicles_for(records, visit) : std::move(chosen).value();
    const Scope scope = scope_of(visit);
    std::erase_if(vehicles, [&](const VehiclePtr& vehicle) { return !scope.suits(*vehicle); });
    if (visit.select == Select::kOne && vehicles.size() > 1) vehicles.resize(1);
    if (!vehicles.empty()) return vehicles;
    std::string message = "there is no " + std::string(contract::name_of(visit.mode)) + " vehicle";
    if (!visit.make.empty()) message += " of the make " + base::quoted(visit.make);
    return base::Error{.code = "no_vehicles",
                       .message = message + " with a permission of the scope and all that it requires"};
}

struct Granting {
    Vehicles vehicles;
    std::vector<std::string> permissions;
    std::optional<contract::ApiError> forced_error = {};
};
struct Granted {
    std::vector<std::string> vehicle_ids;
    Fired fired;
};

void begin_connection(const Turn& turn, VehicleRecord& record, const vehicle::PermissionSet& permissions) {
    if (!record.granted) {
        ++record.connections;
        record.connected_at = turn.now;
    }
    record.granted = permissions;
    record.updated_at = turn.now;
}

Granted grant(Turn& turn, const Granting& granting) {
    Granted granted;
    granted.vehicle_ids.reserve(granting.vehicles.size());
    const vehicle::PermissionSet permissions(granting.permissions);
    const auto error =
        granting.forced_error ? std::make_shared<const contract::ApiError>(*granting.forced_error) : nullptr;
    for (const VehiclePtr& vehicle : granting.vehicles) {
        VehicleRecord& record = enlist(turn.records, turn.configuration.user_id, vehicle);
        begin_connection(turn, record, permissions);
        record.forced_error = error;
        granted.vehicle_ids.push_back(vehicle->id);
        granted.fired.append(fire_failures(turn, record));
    }
    for (WebhookRecord& webhook : turn.records.webhooks) {
        if (!webhook.webhook.settings.auto_subscribe) continue;
        for (const std::string& id : granted.vehicle_ids) subscribe(turn, webhook, *turn.records.index_of(id));
        granted.fired.append(deliver_first(turn, webhook));
    }
    return granted;
}

// --- where the browser goes ---------------------------------------------------------------------

// The owner of a Tesla that was connected with that error still has to add Smartcar's key to it.
bool needs_virtual_key(const Granting& granting) {
    const bool tesla = std::ranges::any_of(granting.vehicles, [](const auto& each) { return each->make == "TESLA"; });
    return tesla && granting.forced_error && granting.forced_error->code == "VIRTUAL_KEY_REQUIRED";
}

// The parameters of a success beside the code (api.md section 2.2). What came in 2026 is given to who asks for it in
// a way that came in 2026: an older application has no use for it.
base::Fields success_fields(const Turn& turn, const AuthorizeRequest& asked, const Granting& granting) {
    base::Fields fields;
    const auto& external_id = asked.external_id;
    if (asked.state) fields.emplace_back("state", *asked.state);
    if (asked.says_application_id || asked.response_type == "none" || external_id) {
        fields.emplace_back("user_id", turn.configuration.user_id);
    }
    if (external_id && *external_id != "null") fields.emplace_back("external_id", *external_id);
    if (needs_virtual_key(granting)) {
        constexpr std::string_view kType = "CONNECTED_SERVICES_ACCOUNT";
        fields.emplace_back("virtual_key_url", contract::error_kind(kType, granting.forced_error->code).resolution_url);
    }
    return fields;
}

struct Finished {
    Granted granted;
    std::string code;  // empty for response_type none
    std::string location;
};

Finished finish(Turn& turn, const Visit& visit, const Granting& granting) {
    Finished finished{.granted = grant(turn, granting), .code = {}, .location = {}};
    remember_external_id(turn.records, turn.configuration.user_id, visit.asked.external_id);
    base::Fields fields;
    if (visit.asked.response_type == "code") {
        finished.code = issue_code(turn, finished.granted.vehicle_ids, visit.redirect_uri);
        fields.emplace_back("code", finished.code);
    }
    std::ranges::move(success_fields(turn, visit.asked, granting), std::back_inserter(fields));
    finished.location = with_query(visit.redirect_uri, fields);
    return finished;
}

// --- without pages --------------------------------------------------------------------------------

// A visit whose request was never a URL.
base::Result<Visit> visit_of(const ConnectRequest& request, const Configuration& configuration) {
    Visit visit{.asked = {.state = request.state, .external_id = request.external_id},
                .redirect_uri = redirect_uri_of(request.redirect_uri, configuration),
                .mode = request.mode,
                .select = request.select,
                .make = request.make};
    if (!visit.redirect_uri.empty() && !is_allowed(visit.redirect_uri, configuration)) {
        return base::Error{
            .code = "bad_redirect_uri",
            .message = "the redirect URI \"" + visit.redirect_uri + "\" is not one the application may use"};
    }
    auto scope = parse_scope(request.scope);
    if (!scope.ok()) return scope.error();
    visit.permissions = std::move(scope.value().permissions);
    visit.required = std::move(scope.value().required);
    return visit;
}

// --- by the pages ---------------------------------------------------------------------------------

base::Result<Vehicles> chosen_vehicles(const Account& account, const Visit& visit, const Approval& approval) {
    Vehicles chosen;
    for (const AccountVehicle& each : account.vehicles) {
        const bool ticked = std::ranges::find(approval.vehicle_ids, each.vehicle->id) != approval.vehicle_ids.end();
        if (ticked && each.suits) chosen.push_back(each.vehicle);
    }
    if (chosen.empty()) return base::Error{.code = "no_vehicle_chosen", .message = "Choose a vehicle to share."};
    if (visit.select == Select::kOne && chosen.size() > 1) {
        return base::Error{.code = "one_vehicle_only", .message = "Choose one vehicle only."};
    }
    return chosen;
}

// In the order they were asked for.
std::vector<std::string> approved_permissions(const Visit& visit, const Approval& approval) {
    const auto holds = [](const std::vector<std::string>& list, const std::string& item) {
        return std::ranges::find(list, item) != list.end();
    };
    std::vector<std::string> permissions;
    for (const std::string& permission : visit.permissions) {
        const bool given = holds(approval.permissions, permission) || holds(visit.required, permission);
        if (given) permissions.push_back(permission);
    }
    return permissions;
}

std::optional<contract::ApiError> forced_error_of(const Login& login) {
    const SpecialLogin special = parse_login(login.username);
    const auto* const error = std::get_if<contract::ApiError>(&special);
    return error == nullptr ? std::nullopt : std::optional(*error);
}

}  // namespace

std::string Visit::location(ConnectError error, const base::Fields& more) const {
    return with_query(redirect_uri, error_fields(error, asked.state, more));
}

base::Result<Connected> Platform::connect(const ConnectRequest& request) {
    const auto visit = visit_of(request, configuration_);
    if (!visit.ok()) return visit.error();
    const Acting acting(*this);
    Turn now = turn();
    auto vehicles = choose(now.records, visit.value(), request.vehicles);
    if (!vehicles.ok()) return vehicles.error();
    Finished finished =
        finish(now, visit.value(), {.vehicles = std::move(vehicles).value(), .permissions = visit.value().permissions});
    const Tokens tokens = issue_tokens(now, finished.granted.vehicle_ids);
    Connected connected{.code = std::move(finished.code),
                        .redirect_to = std::nullopt,
                        .access_token = tokens.access_token,
                        .refresh_token = tokens.refresh_token,
                        .vehicle_ids = std::move(finished.granted.vehicle_ids),
                        .fired = std::move(finished.granted.fired)};
    if (!finished.location.empty()) connected.redirect_to = std::move(finished.location);
    return connected;
}

base::Result<std::string> Platform::fail_connect(const ConnectRequest& request, ConnectError error) {
    const auto visit = visit_of(request, configuration_);
    if (!visit.ok()) return visit.error();
    if (error != ConnectError::kVehicleIncompatible) return visit.value().location(error);
    const std::lock_guard lock(mutex_);
    const auto named = named_vehicles(*records_, request.vehicles);
    if (!named.ok()) return named.error();
    const Vehicles vehicles = request.vehicles.empty() ? vehicles_for(*records_, visit.value()) : named.value();
    return visit.value().location(error, vehicles.empty() ? base::Fields{} : about(*vehicles.front()));
}

Authorization Platform::authorize(const AuthorizeRequest& request) {
    Admission admission = admit(request);
    if (auto* const page = std::get_if<ErrorPage>(&admission)) return std::move(*page);
    const auto& visit = std::get<Visit>(admission);
    const Acting acting(*this);
    Turn now = turn();
    auto vehicles = choose(now.records, visit, {});
    if (!vehicles.ok()) return Redirect{.location = visit.location(ConnectError::kNoVehicles)};
    Finished finished = finish(now, visit, {.vehicles = std::move(vehicles).value(), .permissions = visit.permissions});
    return Redirect{.location = std::move(finished.location), .fired = std::move(finished.granted.fired)};
}

Admission Platform::admit(const AuthorizeRequest& request) const {
    Admission admission = visit_of(request, configuration_);
    if (auto* const visit = std::get_if<Visit>(&admission)) {
        const std::lock_guard lock(mutex_);
        visit->make = make_of(*records_, *visit);
    }
    return admission;
}

std::vector<std::string> Platform::makes(const Visit& visit) const {
    const std::lock_guard lock(mutex_);
    std::set<std::string> makes;
    for (const VehicleRecord& record : records_->vehicles) {
        if (is_for(*record.vehicle, visit)) makes.insert(record.vehicle->make);
    }
    return {makes.begin(), makes.end()};
}

SignedIn Platform::sign_in(const Visit& visit, const Login& login) {
    const std::lock_guard lock(mutex_);
    return platform::sign_in(turn(), visit, login);
}

base::Result<Redirect> Platform::approve(const Visit& visit, const Login& login, const Approval& approval) {
    const Acting acting(*this);
    Turn now = turn();
    const SignedIn signed_in = platform::sign_in(now, visit, login);
    if (const auto* const trouble = std::get_if<Trouble>(&signed_in)) {
        return Redirect{.location = visit.location(trouble->error)};
    }
    auto vehicles = chosen_vehicles(std::get<Account>(signed_in), visit, approval);
    if (!vehicles.ok()) return vehicles.error();
    auto permissions = approved_permissions(visit, approval);
    if (permissions.empty()) {
        return base::Error{.code = "no_permission_chosen", .message = "Choose a permission to grant, or deny access."};
    }
    Finished finished = finish(now, visit,
                               {.vehicles = std::move(vehicles).value(),
                                .permissions = std::move(permissions),
                                .forced_error = forced_error_of(login)});
    return Redirect{.location = std::move(finished.location), .fired = std::move(finished.granted.fired)};
}

std::optional<std::string> Platform::external_id(std::string_view user_id) const {
    const std::lock_guard lock(mutex_);
    const auto found = records_->external_ids.find(user_id);
    return found == records_->external_ids.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace smartcar_sim::platform
