// An HTTP request and response as values: what routes, the receiver and transports exchange.
#pragma once

#include <string>
#include <string_view>

#include "base/text.h"
#include "contract/headers.h"

namespace smartcar_sim::contract {

struct Request {
    std::string method;  // upper case
    std::string target;  // as on the request line: "/v2.0/vehicles/?limit=1"
    Headers headers;     // values as sent, not decoded
    std::string body;    // de-chunked and decompressed by the server
    std::string peer;    // the sender's address without a port; empty for requests we make

    [[nodiscard]] std::string_view path() const;   // the target up to '?', not decoded
    [[nodiscard]] std::string_view query() const;  // the target after '?', or empty
    [[nodiscard]] base::Fields query_fields() const { return base::parse_form(query()); }

    bool operator==(const Request&) const = default;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;

    bool operator==(const Response&) const = default;
};

// A JSON answer: content-type application/json without a charset.
[[nodiscard]] Response json_response(int status, std::string body);

// "OK", "Not Found": RFC 9110's phrase, and the one Smartcar's 430 needs; "Unknown" for the rest.
[[nodiscard]] std::string_view reason_phrase(int status);
// "404 Not Found"; "299" where there is no phrase.
[[nodiscard]] std::string status_line(int status);
[[nodiscard]] constexpr bool is_success(int status) { return status >= 200 && status < 300; }

}  // namespace smartcar_sim::contract
