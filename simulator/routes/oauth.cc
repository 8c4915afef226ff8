#include "routes/oauth.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/text.h"
#include "contract/api_error.h"
#include "document/writer.h"
#include "routes/context.h"

namespace smartcar_sim::routes {
namespace {

using contract::Request;
using contract::Response;

std::string next_request_id(Context& context) {
    return context.ids.uuid("oauth request", "", context.request_ordinal++);
}

// --- GET /oauth/authorize ---------------------------------------------------------------------

std::string escape_html(std::string_view text) {
    std::string escaped;
    for (const char each : text) {
        switch (each) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            default:
                escaped += each;
        }
    }
    return escaped;
}

Response html_page(const platform::ErrorPage& page) {
    const std::string title = escape_html(contract::quotable(page.title));
    Response response;
    response.status = page.status;
    response.headers.add("content-type", "text/html; charset=utf-8");
    response.body = "<!doctype html><html lang=\"en\"><title>" + title + "</title><h1>" + title + "</h1><p>" +
                    escape_html(contract::quotable(page.message)) + "</p></html>\n";
    return response;
}

platform::AuthorizeRequest authorize_request(const Request& request) {
    const base::Fields query = request.query_fields();
    platform::AuthorizeRequest asked;
    asked.response_type = base::field(query, "response_type").value_or(asked.response_type);
    // The newer browser SDK says application_id for the same value (api.md section 2.1).
    const auto application = base::field(query, "application_id");
    asked.client_id = base::field(query, "client_id").value_or(application.value_or(""));
    asked.redirect_uri = base::field(query, "redirect_uri");
    asked.scope = base::field(query, "scope").value_or("");
    asked.state = base::field(query, "state");
    asked.mode = base::field(query, "mode").value_or(asked.mode);
    return asked;
}

Response authorize(Context& context, const Request& request, const Parameters&) {
    auto authorization = context.platform.authorize(authorize_request(request));
    Response response;
    if (const auto* const page = std::get_if<platform::ErrorPage>(&authorization)) {
        response = html_page(*page);
    } else {
        constexpr int kFound = 302;
        auto& redirect = std::get<platform::Redirect>(authorization);
        response.status = kFound;
        response.headers.add("location", redirect.location);
        context.submit(std::move(redirect.fired));
    }
    response.headers.add("sc-request-id", next_request_id(context));
    return response;
}

// --- POST /oauth/token ------------------------------------------------------------------------

// Basic, or nothing. The parts are form-encoded before they are joined (RFC 6749 section 2.3.1), which changes
// nothing in a UUID and so is undone for everybody.
std::optional<platform::Credentials> basic_credentials(const Request& request) {
    constexpr std::string_view kBasic = "Basic ";
    const std::string_view value = request.headers.get("authorization").value_or("");
    if (!value.starts_with(kBasic)) return std::nullopt;
    const auto decoded = base::from_base64(value.substr(kBasic.size()));
    const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon == std::string::npos) return platform::Credentials{};
    return platform::Credentials{
        .client_id = base::percent_decode(std::string_view(*decoded).substr(0, colon), base::Plus::kIsSpace),
        .client_secret = base::percent_decode(std::string_view(*decoded).substr(colon + 1), base::Plus::kIsSpace)};
}

// The Ruby SDK puts them into the form.
platform::Credentials form_credentials(const base::Fields& form) {
    return {.client_id = base::field(form, "client_id").value_or(""),
            .client_secret = base::field(form, "client_secret").value_or("")};
}

// The Node SDK without a redirect URI sends the word "undefined".
std::optional<std::string> redirect_uri_of(const base::Fields& form) {
    auto uri = base::field(form, "redirect_uri");
    return uri && *uri != "undefined" && !uri->empty() ? uri : std::nullopt;
}

platform::TokenAnswer grant(Context& context, const Request& request) {
    const base::Fields form = base::parse_form(request.body);
    const auto basic = basic_credentials(request);
    const platform::Credentials credentials = basic ? *basic : form_credentials(form);
    const std::string grant_type = base::field(form, "grant_type").value_or("");
    if (grant_type == "authorization_code") {
        return context.platform.exchange_code(credentials, base::field(form, "code").value_or(""),
                                              redirect_uri_of(form));
    }
    if (grant_type == "refresh_token") {
        return context.platform.refresh(credentials, base::field(form, "refresh_token").value_or(""));
    }
    if (request.body.starts_with('{')) {
        return platform::OAuthError{
            .status = 400,
            .error = "unsupported_grant_type",
            .description = "The body is JSON; it must be form-encoded, as application/x-www-form-urlencoded."};
    }
    return platform::OAuthError{
        .status = 400,
        .error = "unsupported_grant_type",
        .description = "The grant_type is \"" + grant_type + "\"; it must be authorization_code or refresh_token."};
}

Response token(Context& context, const Request& request, const Parameters&) {
    const platform::TokenAnswer answer = grant(context, request);
    const std::string request_id = next_request_id(context);
    if (const auto* const error = std::get_if<platform::OAuthError>(&answer)) {
        return contract::oauth_error(error->status, error->error, error->description, request_id);
    }
    const auto& tokens = std::get<platform::Tokens>(answer);
    std::string body;
    document::Writer json(body);
    json.begin_object();
    json.member("access_token", tokens.access_token);
    json.member("token_type", "Bearer");
    json.member("expires_in", std::chrono::duration_cast<std::chrono::seconds>(tokens.expires_in).count());
    json.member("refresh_token", tokens.refresh_token);
    json.end_object();
    Response response = contract::json_response(200, std::move(body));
    response.headers.add("sc-request-id", request_id);
    return response;
}

constexpr std::array<Route, 2> kRoutes{{
    {"GET", "/oauth/authorize", authorize},
    {"POST", "/oauth/token", token},
}};

}  // namespace

std::span<const Route> oauth() { return kRoutes; }

}  // namespace smartcar_sim::routes
