// An absolute http or https URL, taken apart. Callback URIs, origins and redirect URIs are these.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace smartcar_sim::base {

struct Url {
    std::string scheme;  // "http" or "https"
    std::string host;    // lower case, without brackets
    int port = 0;        // always set: 80 or 443 when the text names none
    std::string target;  // path and query as written, "/" when empty; the fragment is dropped

    [[nodiscard]] bool tls() const { return scheme == "https"; }
    [[nodiscard]] std::string authority() const;  // as the Host header: "[::1]:3000", "example.com"
    [[nodiscard]] std::string origin() const;     // "http://127.0.0.1:3000"
    [[nodiscard]] std::string text() const;       // origin() + target

    bool operator==(const Url&) const = default;
};

// Refuses, in one sentence each: another scheme, no host, user info, a port outside 1..65535,
// blanks and control characters. Code "bad_url". The text is not repeated in the message: it may hold a password.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

}  // namespace smartcar_sim::base
