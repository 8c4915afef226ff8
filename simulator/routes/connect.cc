#include "routes/connect.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/text.h"
#include "base/url.h"
#include "routes/connect_page.h"
#include "routes/context.h"
#include "routes/router.h"

namespace smartcar_sim::routes {
namespace {

using base::Fields;
using contract::Request;
using contract::Response;

// --- what a request brings --------------------------------------------------------------------------

// How far the visit is, and what came with the request: its first query, and the fields of the page.
struct Step {
    enum class Kind { kShow, kAct };  // GET or POST: only the latter may grant anything
    Kind kind = Kind::kShow;
    std::string name;   // empty at first
    Fields asked;       // the query that the visit began with
    Fields page;        // what the page sent
    std::string query;  // `asked`, as one text
};

std::string text_of(const Fields& fields, std::string_view name) { return base::field(fields, name).value_or(""); }

std::vector<std::string> all_of(const Fields& fields, std::string_view name) {
    std::vector<std::string> values;
    for (const auto& [key, value] : fields) {
        if (key == name) values.push_back(value);
    }
    return values;
}

std::string query_of(const Fields& fields) {
    std::string query;
    for (const auto& [name, value] : fields) {
        query += (query.empty() ? "" : "&") + base::percent_encode(name) + '=' + base::percent_encode(value);
    }
    return query;
}

Step step_of(const Request& request) {
    const bool acts = request.method == "POST";
    Step step{.kind = acts ? Step::Kind::kAct : Step::Kind::kShow,
              .name = {},
              .asked = {},
              .page = acts ? base::parse_form(request.body) : request.query_fields(),
              .query = {}};
    // The first request has its parameters where everybody writes them.
    const auto carried = base::field(step.page, "request");
    step.asked = carried ? base::parse_form(*carried) : step.page;
    step.query = query_of(step.asked);
    if (carried) step.name = text_of(step.page, "step");
    return step;
}

platform::AuthorizeRequest authorize_request(const Fields& query) {
    platform::AuthorizeRequest asked;
    asked.response_type = base::field(query, "response_type").value_or(asked.response_type);
    // The newer browser SDK says application_id for the same value (api.md section 2.1).
    const auto application = base::field(query, "application_id");
    asked.client_id = base::field(query, "client_id").value_or(application.value_or(""));
    asked.says_application_id = application.has_value();
    asked.redirect_uri = base::field(query, "redirect_uri");
    asked.scope = text_of(query, "scope");
    asked.state = base::field(query, "state");
    asked.mode = base::field(query, "mode").value_or(asked.mode);
    asked.approval_prompt = base::field(query, "approval_prompt").value_or(asked.approval_prompt);
    asked.make = text_of(query, "make");
    asked.single_select = text_of(query, "single_select");
    asked.single_select_vin = text_of(query, "single_select_vin");
    asked.flags = text_of(query, "flags");
    asked.external_id = base::field(query, "external_id");
    return asked;
}

platform::VehicleVisitRequest vehicle_visit_request(const Fields& query) {
    platform::VehicleVisitRequest asked;
    asked.response_type = base::field(query, "response_type").value_or(asked.response_type);
    asked.client_id = base::field(query, "client_id").value_or(text_of(query, "application_id"));
    asked.vehicle_id = text_of(query, "vehicle_id");
    asked.redirect_uri = base::field(query, "redirect_uri");
    asked.state = base::field(query, "state");
    asked.external_id = base::field(query, "external_id");
    asked.token = text_of(query, "token");
    return asked;
}

// Browsers name the origin of the page whose form they send; what is no browser names none.
bool is_foreign(const Request& request) {
    const auto origin = request.headers.get("origin");
    if (request.method != "POST" || !origin) return false;
    const auto here = base::parse_url("http://" + std::string(request.headers.get("host").value_or("")));
    const auto there = base::parse_url(*origin);
    return !here.ok() || !there.ok() || here.value().authority() != there.value().authority();
}

Response foreign_page() {
    constexpr int kForbidden = 403;
    return html_response(kForbidden, error_page({.status = kForbidden,
                                                 .title = "Not from here",
                                                 .message = "This form was sent by a page of another origin."}));
}

Response show(const platform::ErrorPage& page) { return html_response(page.status, error_page(page)); }

Response go(Context& context, platform::Redirect redirect) {
    context.submit(std::move(redirect.fired));
    return redirect_response(redirect.location);
}

// --- /oauth/authorize -----------------------------------------------------------------------------

// One request of a visit that was admitted.
struct Call {
    Context& context;
    const platform::Visit& visit;
    const Step& step;

    [[nodiscard]] Frame frame() const {
        return {.path = "/oauth/authorize",
                .request = step.query,
                .exit = visit.location(platform::ConnectError::kLeft),
                .application = context.platform.configuration().application_name};
    }
};

bool holds_in_any_case(std::string_view text, std::string_view part) {
    return base::lower_case(text).find(base::lower_case(part)) != std::string::npos;
}

Response show_brands(const Call& call) {
    const std::string search = text_of(call.step.page, "search");
    BrandList list{.makes = call.context.platform.makes(call.visit), .search = search, .note = {}};
    // No brand to choose, so nothing to log in to.
    if (list.makes.empty()) return redirect_response(call.visit.location(platform::ConnectError::kNoVehicles));
    const std::string& asked = call.visit.asked.make;
    if (!asked.empty()) list.note = "No vehicle here is a " + asked + ". Choose another brand.";
    std::erase_if(list.makes, [&](const std::string& make) { return !holds_in_any_case(make, search); });
    return html_response(200, brands_page(call.frame(), list));
}

// The brand that the visit fixes or the user chose; nothing when there is no such brand.
std::optional<std::string> brand_of(const Call& call) {
    if (!call.visit.make.empty()) return call.visit.make;
    auto chosen = text_of(call.step.page, "brand");
    const auto makes = call.context.platform.makes(call.visit);
    return std::ranges::find(makes, chosen) == makes.end() ? std::nullopt : std::optional(std::move(chosen));
}

Response show_login(const Call& call, const std::string& make, std::string complaint) {
    return html_response(
        200, login_page(call.frame(), {.make = make,
                                       .username = text_of(call.step.page, "username"),
                                       .complaint = std::move(complaint),
                                       .cancel = call.visit.location(platform::ConnectError::kOemCancelledLogin)}));
}

Response approve(const Call& call, const platform::Login& login, const platform::Account& account,
                 const platform::Approval& approval) {
    auto approved = call.context.platform.approve(call.visit, login, approval);
    if (approved.ok()) return go(call.context, std::move(approved).value());
    return html_response(200, consent_page(call.frame(), {.visit = call.visit,
                                                          .login = login,
                                                          .account = account,
                                                          .ticked = approval,
                                                          .complaint = approved.error().message}));
}

// Everything that the account could share.
platform::Approval whole(const platform::Account& account, const platform::Visit& visit) {
    platform::Approval approval{.vehicle_ids = {}, .permissions = visit.permissions};
    for (const platform::AccountVehicle& each : account.vehicles) {
        if (each.suits) approval.vehicle_ids.push_back(each.vehicle->id);
    }
    return approval;
}

Response ask_consent(const Call& call, const platform::Login& login, const platform::Account& account) {
    const auto suiting = std::ranges::count_if(account.vehicles, &platform::AccountVehicle::suits);
    const bool choice_left = call.visit.select == platform::Select::kOne && suiting > 1;
    if (call.visit.asked.approval_prompt == "auto" && account.granted_before && !choice_left) {
        return approve(call, login, account, whole(account, call.visit));
    }
    return html_response(200, consent_page(call.frame(), {.visit = call.visit, .login = login, .account = account}));
}

Response answer_consent(const Call& call, const platform::Login& login, const platform::Account& account) {
    const Fields& page = call.step.page;
    if (text_of(page, "answer") == "deny") {
        return redirect_response(call.visit.location(platform::ConnectError::kAccessDenied));
    }
    return approve(call, login, account,
                   {.vehicle_ids = all_of(page, "vehicle"), .permissions = all_of(page, "permission")});
}

Response answer_trouble(const Call& call, const platform::Login& login, const platform::Trouble& trouble) {
    if (call.step.name != "trouble") return html_response(200, trouble_page(call.frame(), login, trouble));
    const bool share = !text_of(call.step.page, "share").empty();
    return redirect_response(call.visit.location(trouble.error, share ? trouble.about : Fields{}));
}

// The steps behind the login: each signs in again, since nobody remembers.
Response signed_in(const Call& call, const std::string& make) {
    const platform::Login login{.make = make, .username = text_of(call.step.page, "username")};
    if (login.username.find_first_not_of(' ') == std::string::npos) {
        return show_login(call, make, "Type an e-mail address; any will do.");
    }
    const platform::SignedIn account = call.context.platform.sign_in(call.visit, login);
    if (const auto* const trouble = std::get_if<platform::Trouble>(&account)) {
        return answer_trouble(call, login, *trouble);
    }
    const auto& found = std::get<platform::Account>(account);
    return call.step.name == "consent" ? answer_consent(call, login, found) : ask_consent(call, login, found);
}

Response next_page(const Call& call) {
    if (call.step.name.empty()) return html_response(200, preamble_page(call.frame()));
    const auto make = brand_of(call);
    const bool searching = call.step.name == "brands" && call.visit.make.empty();
    if (!make || searching) return show_brands(call);
    if (call.step.kind == Step::Kind::kShow) return show_login(call, *make, {});
    return signed_in(call, *make);
}

Response approve_at_once(Context& context, const platform::AuthorizeRequest& asked) {
    auto authorization = context.platform.authorize(asked);
    if (const auto* const page = std::get_if<platform::ErrorPage>(&authorization)) return show(*page);
    return go(context, std::get<platform::Redirect>(std::move(authorization)));
}

Response authorize(Context& context, const Request& request) {
    const Step step = step_of(request);
    const platform::AuthorizeRequest asked = authorize_request(step.asked);
    const bool at_once = context.platform.configuration().connect == platform::ConnectStyle::kApprove;
    if (at_once && step.kind == Step::Kind::kShow) return approve_at_once(context, asked);
    const platform::Admission admission = context.platform.admit(asked);
    if (const auto* const page = std::get_if<platform::ErrorPage>(&admission)) return show(*page);
    return next_page({.context = context, .visit = std::get<platform::Visit>(admission), .step = step});
}

// --- visits about one vehicle -----------------------------------------------------------------------

Frame frame_of(Context& context, const platform::VehicleVisit& visit, const Step& step, std::string path,
               platform::ConnectError left) {
    return {.path = std::move(path),
            .request = step.query,
            .exit = visit.location(left),
            .application = context.platform.configuration().application_name};
}

// A visit without a redirect URI ends on a page.
Response end(Context& context, platform::Redirect redirect, std::string_view otherwise) {
    if (!redirect.location.empty()) return go(context, std::move(redirect));
    context.submit(std::move(redirect.fired));
    return html_response(200, done_page(otherwise));
}

Response reauthenticate(Context& context, const Request& request) {
    const Step step = step_of(request);
    const auto admission = context.platform.admit_reauthentication(vehicle_visit_request(step.asked));
    if (const auto* const page = std::get_if<platform::ErrorPage>(&admission)) return show(*page);
    const auto& visit = std::get<platform::VehicleVisit>(admission);
    if (step.kind == Step::Kind::kShow) {
        const Frame frame = frame_of(context, visit, step, "/oauth/reauthenticate", platform::ConnectError::kLeft);
        return html_response(200, reauthenticate_page(frame, *visit.vehicle));
    }
    if (text_of(step.page, "answer") == "deny") {
        return end(context, {.location = visit.location(platform::ConnectError::kAccessDenied)}, "Access was denied");
    }
    return end(context, context.platform.reauthenticate(visit), "Your vehicle is connected again");
}

Response battery_capacity(Context& context, const Request& request) {
    const Step step = step_of(request);
    const auto admission = context.platform.admit_battery_capacity(vehicle_visit_request(step.asked));
    if (const auto* const page = std::get_if<platform::ErrorPage>(&admission)) return show(*page);
    const auto& visit = std::get<platform::VehicleVisit>(admission);
    const auto choices = platform::capacity_choices(*visit.vehicle);
    CapacityForm form{.vehicle = *visit.vehicle, .choices = choices};
    if (step.kind == Step::Kind::kAct) {
        auto chosen = context.platform.choose_capacity(
            visit, base::parse_number<double>(text_of(step.page, "capacity")).value_or(0));
        if (chosen.ok()) return end(context, std::move(chosen).value(), "Your choice was noted");
        form.complaint = chosen.error().message;
    }
    const Frame frame = frame_of(context, visit, step, "/battery-capacity", platform::ConnectError::kNoCapacity);
    return html_response(200, capacity_page(frame, form));
}

// Every answer has the id that Smartcar gives each.
template <Response (*kHandler)(Context&, const Request&)>
Response from_here(Context& context, const Request& request, const Parameters&) {
    Response response = is_foreign(request) ? foreign_page() : kHandler(context, request);
    response.headers.add("sc-request-id", context.ids.uuid("oauth request", "", context.request_ordinal++));
    return response;
}

constexpr std::array<Route, 6> kRoutes{{
    {"GET", "/oauth/authorize", from_here<authorize>},
    {"POST", "/oauth/authorize", from_here<authorize>},
    {"GET", "/oauth/reauthenticate", from_here<reauthenticate>},
    {"POST", "/oauth/reauthenticate", from_here<reauthenticate>},
    {"GET", "/battery-capacity", from_here<battery_capacity>},
    {"POST", "/battery-capacity", from_here<battery_capacity>},
}};

}  // namespace

std::span<const Route> connect() { return kRoutes; }

}  // namespace smartcar_sim::routes
