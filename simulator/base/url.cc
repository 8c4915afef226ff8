#include "base/url.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace smartcar_sim::base {

namespace {

constexpr int kHttpPort = 80;
constexpr int kHttpsPort = 443;

int default_port(std::string_view scheme) { return scheme == "https" ? kHttpsPort : kHttpPort; }

Error bad_url(std::string message) { return {"bad_url", std::move(message)}; }

bool is_blank_or_control(char byte) { return static_cast<unsigned char>(byte) <= ' ' || byte == '\x7f'; }

bool is_host_character(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_';
}

bool is_ipv6_character(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') || byte == ':' || byte == '.';
}

// "host:port" taken apart; the port's text is empty when there is none.
struct Authority {
    std::string host;
    std::string_view port;
};

Result<Authority> split_bracketed(std::string_view text) {
    const std::size_t close = text.find(']');
    const std::string host = lower_case(text.substr(1, close == std::string_view::npos ? 0 : close - 1));
    const bool address = std::ranges::all_of(host, is_ipv6_character) && std::ranges::count(host, ':') >= 2;
    if (!address) {
        return bad_url("the brackets of the URL do not hold an IPv6 address; write it like http://[::1]:3000/");
    }
    const std::string_view rest = text.substr(close + 1);
    if (!rest.empty() && rest.front() != ':') {
        return bad_url("only a port may follow the brackets of the URL, like http://[::1]:3000/");
    }
    return Authority{host, rest.empty() ? rest : rest.substr(1)};
}

Result<Authority> split_authority(std::string_view text) {
    if (!text.empty() && text.front() == '[') {
        return split_bracketed(text);
    }
    const std::size_t colon = text.find(':');
    const std::string host = lower_case(text.substr(0, colon));
    if (host.empty()) {
        return bad_url("the URL has no host; write it like http://127.0.0.1:3000/webhooks");
    }
    if (colon != std::string_view::npos && text.find(':', colon + 1) != std::string_view::npos) {
        return bad_url("the URL has more than one port; an IPv6 address goes in brackets, like http://[::1]:3000/");
    }
    if (!std::ranges::all_of(host, is_host_character)) {
        return bad_url(R"(the host of the URL may hold only letters, digits, "-", "." and "_")");
    }
    return Authority{host, colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1)};
}

// An empty port is the scheme's own (RFC 3986 section 3.2.3).
std::optional<int> read_port(std::string_view text, std::string_view scheme) {
    if (text.empty()) {
        return default_port(scheme);
    }
    const auto port = parse_number<int>(text);
    return port && *port >= 1 && *port <= 65535 ? port : std::nullopt;
}

std::string target_of(std::string_view after_authority) {
    std::string target(after_authority.substr(0, after_authority.find('#')));
    if (target.empty() || target.front() != '/') {
        target.insert(target.begin(), '/');
    }
    return target;
}

}  // namespace

std::string Url::authority() const {
    std::string text = host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (port != default_port(scheme)) {
        text += ":" + std::to_string(port);
    }
    return text;
}

std::string Url::origin() const { return scheme + "://" + authority(); }

std::string Url::text() const { return origin() + target; }

Result<Url> parse_url(std::string_view text) {
    if (std::ranges::any_of(text, is_blank_or_control)) {
        return bad_url("a URL may not hold blanks or control characters; write a space as %20");
    }
    const std::size_t scheme_end = text.find("://");
    Url url;
    url.scheme = lower_case(text.substr(0, scheme_end == std::string_view::npos ? 0 : scheme_end));
    if (url.scheme != "http" && url.scheme != "https") {
        return bad_url("the URL must begin with http:// or https://");
    }
    const std::string_view rest = text.substr(scheme_end + 3);
    const std::size_t authority_end = std::min(rest.find_first_of("/?#"), rest.size());
    const std::string_view authority = rest.substr(0, authority_end);
    if (authority.find('@') != std::string_view::npos) {
        return bad_url("a URL with a user name or password is refused; leave out what stands before the \"@\"");
    }
    Result<Authority> parts = split_authority(authority);
    if (!parts) {
        return parts.error();
    }
    const std::optional<int> port = read_port(parts.value().port, url.scheme);
    if (!port) {
        return bad_url("the port of the URL must be a number from 1 to 65535");
    }
    url.host = std::move(parts).value().host;
    url.port = *port;
    url.target = target_of(rest.substr(authority_end));
    return url;
}

}  // namespace smartcar_sim::base
