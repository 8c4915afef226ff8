// How Smartcar's API answers: JSON with sc-request-id, errors with the contract's body, and what a request brings
// along.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "contract/api_error.h"
#include "contract/http.h"
#include "document/value.h"
#include "platform/platform.h"
#include "routes/context.h"
#include "routes/router.h"

namespace smartcar_sim::routes {

[[nodiscard]] std::string next_request_id(Context& context);

[[nodiscard]] contract::Response refuse(Context& context, const contract::ApiError& error);
[[nodiscard]] contract::Response refuse(Context& context, platform::Denial denial);
// 200 with that JSON.
[[nodiscard]] contract::Response answer(Context& context, std::string body);
[[nodiscard]] contract::Response answer(Context& context, const document::Value& body);

// v<digits>.<digits>, served as 2.0 whatever the digits (api.md section 0.2).
[[nodiscard]] bool is_version(std::string_view segment);

// The version is the first thing that is looked at.
template <Handler kHandler>
contract::Response versioned(Context& context, const contract::Request& request, const Parameters& parameters) {
    if (!is_version(parameters["version"])) {
        return refuse(context, contract::ApiError{.type = "RESOURCE_NOT_FOUND", .code = "VERSION"});
    }
    return kHandler(context, request, parameters);
}

// Empty without a Bearer token: no token is empty, so nothing opens.
[[nodiscard]] std::string_view bearer_token(const contract::Request& request);

// VALIDATION:PARAMETER about one parameter of the query or header.
[[nodiscard]] contract::ApiError bad_parameter(std::string name, std::string message);

// How much of a list is asked for.
struct Page {
    std::size_t limit = 0;
    std::size_t offset = 0;
};
// limit= and offset=, or the error that names the one that is wrong.
[[nodiscard]] std::variant<Page, contract::ApiError> page_of(const contract::Request& request,
                                                             std::size_t default_limit, std::size_t most);

// "http://127.0.0.1:8080", as the request's Host names the server; empty without one.
[[nodiscard]] std::string origin_of(const contract::Request& request);

}  // namespace smartcar_sim::routes
