#include "routes/oauth.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/text.h"
#include "contract/api_error.h"
#include "document/json.h"
#include "document/writer.h"
#include "routes/api_answer.h"
#include "routes/basic_credentials.h"
#include "routes/context.h"

namespace smartcar_sim::routes {
namespace {

using contract::Request;
using contract::Response;

// --- POST /oauth/token ------------------------------------------------------------------------

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

platform::Credentials credentials_of(const Request& request, const base::Fields& form) {
    const auto basic = basic_credentials(request);
    return basic ? *basic : form_credentials(form);
}

platform::OAuthError invalid_request(std::string description) {
    return {.status = 400, .error = "invalid_request", .description = std::move(description)};
}

platform::OAuthError no_such_grant(const std::string& grant_type, const std::string& wanted) {
    if (grant_type.empty()) return invalid_request("The grant_type is missing; it must be " + wanted + ".");
    return {.status = 400,
            .error = "unsupported_grant_type",
            .description = "The grant_type is \"" + grant_type + "\"; it must be " + wanted + "."};
}

platform::TokenAnswer grant(Context& context, const Request& request) {
    const base::Fields form = base::parse_form(request.body);
    const platform::Credentials credentials = credentials_of(request, form);
    const std::string grant_type = base::field(form, "grant_type").value_or("");
    if (grant_type == "authorization_code") {
        const auto code = base::field(form, "code");
        if (!code) return invalid_request("The code is missing.");
        return context.platform.exchange_code(credentials, *code, redirect_uri_of(form));
    }
    if (grant_type == "refresh_token") {
        const auto refresh_token = base::field(form, "refresh_token");
        if (!refresh_token) return invalid_request("The refresh_token is missing.");
        return context.platform.refresh(credentials, *refresh_token);
    }
    if (request.body.starts_with('{')) {
        return invalid_request("The body is JSON; it must be form-encoded, as application/x-www-form-urlencoded.");
    }
    return no_such_grant(grant_type, "authorization_code or refresh_token");
}

Response refused(const platform::OAuthError& error, std::string_view request_id) {
    return contract::oauth_error(error.status, error.error, error.description, request_id);
}

Response granted(std::string body, std::string_view request_id) {
    Response response = contract::json_response(200, std::move(body));
    response.headers.add("cache-control", "no-store");
    response.headers.add("sc-request-id", request_id);
    return response;
}

std::int64_t seconds_of(base::Milliseconds time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

Response token(Context& context, const Request& request, const Parameters&) {
    const platform::TokenAnswer answer = grant(context, request);
    const std::string request_id = next_request_id(context);
    if (const auto* const error = std::get_if<platform::OAuthError>(&answer)) return refused(*error, request_id);
    const auto& tokens = std::get<platform::Tokens>(answer);
    std::string body;
    document::Writer json(body);
    json.begin_object();
    json.member("access_token", tokens.access_token);
    json.member("token_type", "Bearer");
    json.member("expires_in", seconds_of(tokens.expires_in));
    json.member("refresh_token", tokens.refresh_token);
    json.end_object();
    return granted(std::move(body), request_id);
}

// --- POST /oauth2/token -----------------------------------------------------------------------

// The published schema says JSON and the sample is a form: either will do. Nothing for JSON that is no object of texts.
std::optional<base::Fields> form_or_json(const Request& request) {
    if (!request.body.starts_with('{')) return base::parse_form(request.body);
    const auto parsed = document::parse(request.body);
    if (!parsed.ok() || parsed.value().object() == nullptr) return std::nullopt;
    base::Fields fields;
    for (const auto& [name, value] : *parsed.value().object()) {
        if (value.string() == nullptr) return std::nullopt;
        fields.emplace_back(name, *value.string());
    }
    return fields;
}

platform::ApplicationTokenAnswer application_grant(Context& context, const Request& request) {
    const auto fields = form_or_json(request);
    if (!fields) return invalid_request("The body must be a form, or a JSON object whose members are strings.");
    const std::string grant_type = base::field(*fields, "grant_type").value_or("");
    if (grant_type != "client_credentials") return no_such_grant(grant_type, "client_credentials");
    const platform::Credentials credentials = credentials_of(request, *fields);
    if (credentials.client_id.empty()) return invalid_request("The client_id is missing.");
    if (credentials.client_secret.empty()) return invalid_request("The client_secret is missing.");
    return context.platform.issue_application_token(credentials);
}

Response application_token(Context& context, const Request& request, const Parameters&) {
    const platform::ApplicationTokenAnswer answer = application_grant(context, request);
    const std::string request_id = next_request_id(context);
    if (const auto* const error = std::get_if<platform::OAuthError>(&answer)) return refused(*error, request_id);
    const auto& token = std::get<platform::ApplicationToken>(answer);
    std::string body;
    document::Writer json(body);
    json.begin_object().member("access_token", token.access_token).member("token_type", "Bearer");
    json.member("expires_in", seconds_of(token.expires_in)).end_object();
    return granted(std::move(body), request_id);
}

// The SDKs disagree on what an auth origin is, so the token endpoint is at every place they make of one
// (api.md section 11.1).
constexpr std::array<Route, 4> kRoutes{{
    {"POST", "/oauth/token", token},
    {"POST", "/oauth/token/oauth/token", token},
    {"POST", "/", token},
    {"POST", "/oauth2/token", application_token},
}};

}  // namespace

std::span<const Route> oauth() { return kRoutes; }

}  // namespace smartcar_sim::routes
