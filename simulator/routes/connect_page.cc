#include "routes/connect_page.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/printable.h"
#include "contract/api_error.h"
#include "document/writer.h"

namespace smartcar_sim::routes {
namespace {

// --- text and tags --------------------------------------------------------------------------------

std::string escaped(std::string_view text) { return base::escape_html(contract::quotable(text)); }

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + R"(=")" + escaped(value) + '"';
}

std::string hidden(std::string_view name, std::string_view value) {
    return R"(<input type="hidden")" + attribute("name", name) + attribute("value", value) + ">\n";
}

// Neither height nor colour depends on the platform's own look; dark and light follow the reader's setting.
constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--ink:#14212b;--soft:#51616d;--page:#eef2f4;--card:#fff;--line:#c4ced5;--act:#0b5cad;
--on-act:#fff;--bad:#a31621;--good:#e8f1fa}
@media (prefers-color-scheme:dark){:root{--ink:#e8eef2;--soft:#a3b3be;--page:#0e151a;--card:#18222a;--line:#3b4a55;
--act:#7ab8f5;--on-act:#08131c;--bad:#ff9a9a;--good:#20303d}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;padding:1rem;background:var(--page);
color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
header,footer{width:100%;max-width:30rem;color:var(--soft);font-size:.875rem;padding:.25rem .25rem .75rem}
header strong{color:var(--ink)}
main{width:100%;max-width:30rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem;
padding:1.5rem clamp(1rem,6vw,1.75rem) .75rem;overflow-wrap:anywhere}
footer{padding-top:.75rem;overflow-wrap:anywhere}
footer p{margin:0 0 .5rem}
h1{font-size:1.375rem;line-height:1.25;margin:0 0 .75rem}
p{margin:0 0 1.25rem}
.soft{color:var(--soft)}
label{display:block;font-weight:600;margin:0 0 .25rem}
input[type=text],input[type=email],input[type=password],input[type=search]{width:100%;min-height:2.75rem;padding:.5rem .75rem;
font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:.5rem;margin:0 0 1rem}
input[aria-invalid=true]{border:2px solid var(--bad)}
fieldset{border:0;margin:0 0 1rem;padding:0;min-width:0}
legend{font-weight:600;padding:0;margin:0 0 .25rem}
.choice{display:flex;gap:.75rem;align-items:flex-start;font-weight:400;padding:.625rem 0;margin:0}
.choice+.choice{border-top:1px solid var(--line)}
.choice input{flex:none;width:1.25rem;height:1.25rem;margin:.125rem 0 0;accent-color:var(--act)}
.choice+button{margin-top:1rem}
.choice span{min-width:0}
.choice small{display:block;color:var(--soft)}
button,.button{display:block;width:100%;min-height:2.75rem;padding:.5rem 1rem;font:inherit;font-weight:600;text-align:center;
text-decoration:none;cursor:pointer;border:1px solid var(--act);border-radius:.5rem;background:var(--act);color:var(--on-act);
margin:0 0 .75rem}
button:hover,.button:hover{filter:brightness(1.1)}
.plain,.brand-list-item{background:transparent;color:var(--act)}
.search{display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 1rem}
.search input[type=search]{flex:1 1 9rem;width:auto;min-width:0;margin:0}
.search button{flex:0 1 auto;width:auto;margin:0}
.brand-list-item{text-align:left;color:var(--ink);border-color:var(--line);margin:0}
.plain:hover,.brand-list-item:hover{background:var(--good);filter:none}
ul{list-style:none;margin:0 0 .75rem;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,11rem),1fr));
gap:.5rem}
a{color:var(--act)}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
.error{color:var(--bad);font-weight:600;margin:0 0 .5rem}
)";

// Without an icon of its own a browser would ask the platform for one.
constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
)";

// The whole page; `body` is HTML.
std::string page(std::string_view title, const std::string& body, const Frame& frame = {}) {
    std::string html(kHead);
    html += "<title>" + escaped(title) + "</title>\n<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n";
    html += "<header><strong>Connect</strong> · simulated, nothing here is real</header>\n";
    html += body;
    html += "<footer>";
    if (!frame.exit.empty()) {
        html += R"(<p><a id="exit-link")" + attribute("href", frame.exit) + ">Return to " + escaped(frame.application) +
                " without finishing</a></p>\n";
    }
    html +=
        "<p>This page is smartcar-sim's, on your own machine. It is not affiliated with Smartcar or any maker of "
        "vehicles.</p></footer>\n</body>\n</html>\n";
    return html;
}

std::string main_part(std::string_view title, const std::string& body) {
    return "<main>\n<h1>" + escaped(title) + "</h1>\n" + body + "</main>\n";
}

// The page of consent, which the tests of the SDKs find by its class.
std::string consent_part(std::string_view title, const std::string& body) {
    return R"(<main class="page-content">)"
           "\n<h1>" +
           escaped(title) + "</h1>\n" + body + "</main>\n";
}

std::string form(const Frame& frame, std::string_view method, std::string_view step, const std::string& content) {
    return "<form" + attribute("method", method) + attribute("action", frame.path) + ">\n" +
           hidden("request", frame.request) + hidden("step", step) + content + "</form>\n";
}

std::string button(std::string_view id, std::string_view label) {
    return R"(<button type="submit")" + attribute("id", id) + ">" + escaped(label) + "</button>\n";
}

std::string answer_button(std::string_view id, std::string_view answer, std::string_view label) {
    return R"(<button type="submit")" + attribute("id", id) + attribute("class", answer == "deny" ? "plain" : "act") +
           attribute("name", "answer") + attribute("value", answer) + ">" + escaped(label) + "</button>\n";
}

std::string answer_buttons(std::string_view approve) {
    return answer_button("approval-button", "approve", approve) + answer_button("deny-button", "deny", "Deny access");
}

std::string paragraph(std::string_view text) { return "<p>" + escaped(text) + "</p>\n"; }
std::string remark(std::string_view text) { return R"(<p class="soft">)" + escaped(text) + "</p>\n"; }

std::string complaint_text(std::string_view id, std::string_view complaint) {
    if (complaint.empty()) return {};
    return R"(<p class="error" role="alert")" + attribute("id", id) + ">" + escaped(complaint) + "</p>\n";
}

// "Error: " tells a screen reader at once that the form came back.
std::string titled(std::string_view title, std::string_view complaint) {
    return (complaint.empty() ? "" : "Error: ") + std::string(title);
}

// --- vehicles, permissions, capacities -------------------------------------------------------------

struct PermissionText {
    std::string_view permission;
    std::string_view says;
};
constexpr auto kPermissionTexts = std::to_array<PermissionText>({
    {"read_alerts", "See alerts from the vehicle"},
    {"read_battery", "See the battery's charge, range and capacity"},
    {"read_charge", "See whether it is plugged in and charging"},
    {"read_charge_events", "Learn when charging starts and stops"},
    {"read_charge_locations", "See where it was charged"},
    {"read_charge_records", "See past charging sessions"},
    {"read_climate", "See the climate settings"},
    {"read_compass", "See which way it points"},
    {"read_diagnostics", "See trouble codes and the state of its systems"},
    {"read_engine_oil", "See how long the engine oil will last"},
    {"read_extended_vehicle_info", "See details such as trim, colour and firmware"},
    {"read_fuel", "See the fuel in the tank"},
    {"read_location", "See where it is"},
    {"read_odometer", "See how far it has been driven"},
    {"read_security", "See whether doors and windows are closed and locked"},
    {"read_service_history", "See past visits to a workshop"},
    {"read_speedometer", "See how fast it goes"},
    {"read_thermometer", "See temperatures inside and outside"},
    {"read_tires", "See the pressure of its tires"},
    {"read_user_profile", "See your profile at the maker"},
    {"read_vehicle_info", "See make, model and year"},
    {"read_vin", "See its identification number"},
    {"control_charge", "Start and stop charging, and set its limit"},
    {"control_climate", "Switch the climate control"},
    {"control_navigation", "Send it a destination"},
    {"control_pin", "Set a PIN for it"},
    {"control_security", "Lock and unlock it"},
    {"control_trunk", "Open and close its trunks"},
});

std::string_view words_of(std::string_view permission) {
    const auto* const found = std::ranges::find(kPermissionTexts, permission, &PermissionText::permission);
    return found == kPermissionTexts.end() ? permission : found->says;
}

std::string name_of(const vehicle::Vehicle& vehicle) {
    return vehicle.make + " " + vehicle.model + " " + std::to_string(vehicle.year);
}

bool holds(const std::vector<std::string>& list, std::string_view item) {
    return std::ranges::find(list, item) != list.end();
}

// One row of a list of things to tick.
struct Choice {
    std::string type;  // "checkbox", "radio"
    std::string name;
    std::string value;
    std::string label;
    std::string more;  // in small letters
    bool ticked = false;
    bool locked = false;  // a disabled input is not sent
};

std::string row(const Choice& choice) {
    std::string html = R"(<label class="choice"><input)" + attribute("type", choice.type) +
                       attribute("name", choice.name) + attribute("value", choice.value);
    if (choice.ticked) html += " checked";
    if (choice.locked) html += " disabled";
    html += "><span>" + escaped(choice.label);
    if (!choice.more.empty()) html += "<small>" + escaped(choice.more) + "</small>";
    return html + "</span></label>\n";
}

std::string fieldset(std::string_view legend, const std::string& rows) {
    return "<fieldset>\n<legend>" + escaped(legend) + "</legend>\n" + rows + "</fieldset>\n";
}

std::string vehicle_rows(const Consent& consent) {
    const bool one = consent.visit.select == platform::Select::kOne;
    std::string rows;
    bool first = true;
    for (const platform::AccountVehicle& each : consent.account.vehicles) {
        const bool before = consent.ticked && holds(consent.ticked->vehicle_ids, each.vehicle->id);
        const bool at_first = !consent.ticked && each.suits && (!one || first);
        rows += row({.type = one ? "radio" : "checkbox",
                     .name = "vehicle",
                     .value = each.vehicle->id,
                     .label = name_of(*each.vehicle),
                     .more = each.suits ? each.vehicle->vin : each.vehicle->vin + " (lacks what is asked for)",
                     .ticked = before || at_first,
                     .locked = !each.suits});
        if (each.suits) first = false;
    }
    return rows;
}

std::string permission_rows(const Consent& consent) {
    std::string rows;
    for (const std::string& permission : consent.visit.permissions) {
        const bool required = holds(consent.visit.required, permission);
        rows += row({.type = "checkbox",
                     .name = "permission",
                     .value = permission,
                     .label = std::string(words_of(permission)),
                     .more = required ? permission + " (required)" : permission,
                     .ticked = required || !consent.ticked || holds(consent.ticked->permissions, permission),
                     .locked = required});
    }
    return rows;
}

std::string none_found(const Frame& frame) {
    return R"(<p role="status">No brand is called that here.</p>)"
           "\n" +
           form(frame, "get", "brands",
                R"(<button type="submit" class="plain" id="all-brands-button">Show all brands</button>)"
                "\n");
}

// The same as the redirect's error_description, to the person whom that text is about.
std::string words_for(platform::ConnectError error, const std::string& application) {
    switch (error) {
        case platform::ConnectError::kInvalidSubscription:
            return "Your account has no active subscription to connected services.";
        case platform::ConnectError::kNoVehicles:
            return "There is no vehicle in your account. Add one there and try again.";
        case platform::ConnectError::kVehicleIncompatible:
            return "Your vehicle cannot do what " + application + " needs.";
        case platform::ConnectError::kServer:
            return "Something went wrong that is not your fault. Please try again.";
        default:
            return std::string(platform::row_of(error).description);
    }
}

std::string capacity_text(double capacity) {
    std::string text;
    document::Writer(text).value(document::Value(capacity));
    return text;
}

}  // namespace

// form-action is left out: Chromium applies it to redirects too, to that of the application and on from there, so that
// no list of ours could be right. Every action is a path of ours, and what a request says is escaped.
contract::Response html_response(int status, std::string html) {
    contract::Response response;
    response.status = status;
    response.headers.add("content-type", "text/html; charset=utf-8");
    response.headers.add("cache-control", "no-store");
    response.headers.add("content-security-policy",
                         "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
                         "frame-ancestors 'none'");
    // With no-referrer a browser would send its own forms with "Origin: null".
    response.headers.add("referrer-policy", "same-origin");
    response.headers.add("x-content-type-options", "nosniff");
    response.body = std::move(html);
    return response;
}

contract::Response redirect_response(const std::string& location) {
    constexpr int kFound = 302;
    contract::Response response;
    response.status = kFound;
    response.headers.add("location", location);
    response.headers.add("cache-control", "no-store");
    return response;
}

std::string preamble_page(const Frame& frame) {
    const std::string title = frame.application + " asks to connect to your vehicle";
    const std::string body =
        paragraph("Choose your vehicle's brand, sign in with your account there, and say what to share.") +
        form(frame, "get", "brands", button("continue-button", "Continue"));
    return page(title, main_part(title, body), frame);
}

std::string brands_page(const Frame& frame, const BrandList& list) {
    const std::string title = "Choose your vehicle's brand";
    const std::string search = R"(<label for="brand-search">Search for a brand</label>)"
                               "\n"
                               R"(<div class="search"><input type="search" )"
                               R"(id="brand-search" name="search" autocomplete="off")" +
                               attribute("value", list.search) + ">\n" +
                               R"(<button type="submit" class="plain" id="search-button">Search</button></div>)"
                               "\n";
    std::string items;
    for (const std::string& make : list.makes) {
        items += R"(<li><button type="submit" class="brand-list-item" name="brand")" + attribute("id", make) +
                 attribute("value", make) + ">" + escaped(make) + "</button></li>\n";
    }
    std::string body = list.note.empty() ? "" : paragraph(list.note);
    body += form(frame, "get", "brands", search);
    body += items.empty() ? none_found(frame) : form(frame, "get", "login", "<ul>\n" + items + "</ul>\n");
    return page(title, main_part(title, body), frame);
}

std::string login_page(const Frame& frame, const LoginForm& login) {
    const std::string title = "Sign in to your " + login.make + " account";
    const bool wrong = !login.complaint.empty();
    std::string content =
        R"(<p class="soft" id="login-hint">Any e-mail and password will do. Do not type real ones.</p>)"
        "\n" +
        hidden("brand", login.make);
    content += R"(<label for="username">E-mail</label>)"
               "\n" +
               complaint_text("username-error", login.complaint);
    content += R"(<input type="text" inputmode="email" id="username" name="username" autocomplete="off" )"
               R"(autocapitalize="none" spellcheck="false" aria-required="true")" +
               attribute("value", login.username) +
               (wrong ? R"( aria-invalid="true" aria-describedby="username-error" autofocus)"
                      : R"( aria-describedby="login-hint")") +
               ">\n";
    content += R"(<label for="password">Password</label>)"
               "\n"
               R"(<input type="password" id="password" name="password" )"
               R"(autocomplete="off" aria-describedby="login-hint">)"
               "\n";
    content += button("sign-in-button", "Sign in");
    const std::string cancel =
        R"(<a class="button plain" id="cancel-link")" + attribute("href", login.cancel) + ">Cancel</a>\n";
    return page(titled(title, login.complaint), main_part(title, form(frame, "post", "sign-in", content) + cancel),
                frame);
}

std::string consent_page(const Frame& frame, const Consent& consent) {
    const std::string title = "Share with " + frame.application + "?";
    const bool one = consent.visit.select == platform::Select::kOne;
    std::string content = hidden("brand", consent.login.make) + hidden("username", consent.login.username);
    content += complaint_text("consent-error", consent.complaint);
    content += remark("Signed in to " + consent.login.make + " as " + consent.login.username +
                      (one ? ". Choose a vehicle, and untick what you would rather not share of it."
                           : ". Untick whatever you would rather not share."));
    content += fieldset(one ? "Vehicle to share" : "Vehicles to share", vehicle_rows(consent));
    content += fieldset(frame.application + " will be able to", permission_rows(consent));
    content += answer_buttons("Allow access");
    return page(titled(title, consent.complaint), consent_part(title, form(frame, "post", "consent", content)), frame);
}

std::string trouble_page(const Frame& frame, const platform::Login& login, const platform::Trouble& trouble) {
    const std::string title = "Your vehicle cannot be connected";
    std::string content = hidden("brand", login.make) + hidden("username", login.username);
    content += paragraph(words_for(trouble.error, frame.application));
    if (!trouble.about.empty()) {
        content += row({.type = "checkbox",
                        .name = "share",
                        .value = "yes",
                        .label = "Tell " + frame.application + " which vehicle it is",
                        .more = "make, model, year and identification number",
                        .ticked = true});
    }
    content += button("return-button", "Return to " + frame.application);
    // The button is the way back; a link beside it that says something else to the application would only confuse.
    return page(title, main_part(title, form(frame, "post", "trouble", content)));
}

std::string reauthenticate_page(const Frame& frame, const vehicle::Vehicle& vehicle) {
    const std::string title = "Connect your " + vehicle.make + " again";
    const std::string content = answer_buttons("Connect again");
    const std::string body = paragraph(frame.application + " has lost its connection to your " + name_of(vehicle) +
                                       ", " + vehicle.vin + ".") +
                             form(frame, "post", "consent", content);
    return page(title, consent_part(title, body), frame);
}

std::string capacity_page(const Frame& frame, const CapacityForm& capacities) {
    const std::string title = "Which battery does your " + capacities.vehicle.model + " have?";
    std::string rows;
    for (const platform::CapacityChoice& choice : capacities.choices) {
        rows += row({.type = "radio",
                     .name = "capacity",
                     .value = capacity_text(choice.capacity),
                     .label = capacity_text(choice.capacity) + " kWh",
                     .more = choice.description,
                     .ticked = choice.selected});
    }
    const std::string content = complaint_text("capacity-error", capacities.complaint) +
                                fieldset("Capacity of the battery", rows) + button("continue-button", "Continue");
    return page(titled(title, capacities.complaint), main_part(title, form(frame, "post", "choose", content)), frame);
}

std::string done_page(std::string_view title) {
    return page(title, main_part(title, paragraph("You can close this page and go back to your application.")));
}

std::string error_page(const platform::ErrorPage& error) {
    std::string body = paragraph(error.message);
    if (!error.return_to.empty()) {
        body += R"(<a class="button" id="return-link")" + attribute("href", error.return_to) +
                ">Return to application</a>\n";
    }
    return page(error.title, main_part(error.title, body));
}

}  // namespace smartcar_sim::routes
