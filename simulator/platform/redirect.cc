#include "platform/redirect.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/url.h"

namespace smartcar_sim::platform {
namespace {

bool is_loopback(std::string_view host) {
    constexpr std::array<std::string_view, 3> kHosts{"localhost", "127.0.0.1", "::1"};
    return std::ranges::find(kHosts, host) != kHosts.end();
}

bool could_be_registered(const std::string& uri, const Configuration& configuration) {
    const std::string mobile = "sc" + configuration.client_id + "://";
    if (uri.starts_with(mobile)) return uri.find_first_of("\r\n #") == std::string::npos;
    const auto url = base::parse_url(uri);
    return url.ok() && uri.find('#') == std::string::npos && (url.value().tls() || is_loopback(url.value().host));
}

}  // namespace

bool is_allowed(const std::string& uri, const Configuration& configuration) {
    const auto& registered = configuration.redirect_uris;
    if (registered.empty()) return could_be_registered(uri, configuration);
    return std::ranges::find(registered, uri) != registered.end();
}

std::string redirect_uri_of(const std::string& asked, const Configuration& configuration) {
    if (!asked.empty() || configuration.redirect_uris.empty()) return asked;
    return configuration.redirect_uris.front();
}

std::string with_query(std::string uri, const base::Fields& fields) {
    if (uri.empty()) return uri;
    char separator = uri.find('?') == std::string::npos ? '?' : '&';
    for (const auto& [name, value] : fields) {
        uri += separator + name + '=' + base::percent_encode(value);
        separator = '&';
    }
    return uri;
}

base::Fields error_fields(ConnectError error, const std::optional<std::string>& state, const base::Fields& more) {
    const ConnectErrorRow& row = row_of(error);
    base::Fields fields{{"error", std::string(row.error)}, {"error_description", std::string(row.description)}};
    if (state) fields.emplace_back("state", *state);
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
}

std::optional<ErrorPage> unknown_client(const std::string& client_id, const Configuration& configuration) {
    if (client_id == configuration.client_id) return std::nullopt;
    return ErrorPage{.status = 400,
                     .title = "Unknown client",
                     .message = client_id.empty()
                                    ? "The request has no client_id."
                                    : "There is no application with the client_id \"" + client_id + "\"."};
}

ErrorPage with_way_back(ErrorPage page, const std::string& redirect_uri, const std::optional<std::string>& state,
                        const Configuration& configuration) {
    if (redirect_uri.empty() || !is_allowed(redirect_uri, configuration)) return page;
    page.return_to = with_query(
        redirect_uri, error_fields(ConnectError::kConfiguration, state,
                                   {{"status_code", std::to_string(page.status)}, {"error_message", page.message}}));
    return page;
}

}  // namespace smartcar_sim::platform
