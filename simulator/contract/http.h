// An HTTP request and response as values: what routes, the receiver and transports exchange.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"

namespace smartcar_sim::contract {

// Header fields in the order and spelling they have on the wire; looked up without regard to case.
class Headers {
public:
    using Field = std::pair<std::string, std::string>;

    Headers() = default;
    Headers(std::initializer_list<Field> fields) : fields_(fields) {}

    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    void set(std::string_view name, std::string value);  // replaces all of that name, in place of the first
    void remove(std::string_view name);

    [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;  // the first
    [[nodiscard]] std::size_t count(std::string_view name) const;

    [[nodiscard]] auto begin() const { return fields_.begin(); }
    [[nodiscard]] auto end() const { return fields_.end(); }
    [[nodiscard]] std::size_t size() const { return fields_.size(); }
    [[nodiscard]] bool empty() const { return fields_.empty(); }

    bool operator==(const Headers&) const = default;

private:
    std::vector<Field> fields_;
};

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

}  // namespace smartcar_sim::contract
