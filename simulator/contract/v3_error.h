// The errors of API v3: the same table as v2.0 with a few codes more, in two forms (contract/api.md section 7.5,
// contract/webhooks.md section 8.2).
//
// A caller with an application token gets errors[] alone. The SDKs call with a user's token and read no errors[], so
// theirs is the object of v2.0 with errors[] beside it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "contract/api_error.h"
#include "contract/http.h"

namespace smartcar_sim::contract {

// What went wrong with one request. Type and code are a row of error_kinds() or one of v3's own: AUTHENTICATION
// UNAUTHORIZED and ACCESS_DENIED, VALIDATION INVALID_INPUT_FORMAT, MISSING_PARAMETER and CONFLICT, RESOURCE_NOT_FOUND
// SIGNAL_NOT_FOUND; anything else is a bug. AUTHENTICATION without a code is UNAUTHORIZED.
struct V3Error {
    std::string type = {};
    std::optional<std::string> code = std::nullopt;
    std::string detail = {};  // about this request; empty: the description of the kind
    std::optional<std::chrono::seconds> retry_after = std::nullopt;
    std::optional<std::string> resolution_url = std::nullopt;

    bool operator==(const V3Error&) const = default;
};
// The same about a refusal of v2.0; its first detail is the detail.
[[nodiscard]] V3Error v3_error(const ApiError& error);
[[nodiscard]] int status_of(const V3Error& error);

// {"errors":[{"status":400,"type","code","title","detail","resolution","suggestedUserMessage","links","meta"}]}, with
// sc-request-id.
[[nodiscard]] Response v3_error_response(const V3Error& error, std::string_view request_id);
// The object of v2.0 and, as its last member, errors[] with the texts "code", "title", "detail" and "status" that the
// specification of 2025 had; v3's own codes are null in the former.
[[nodiscard]] Response v3_user_error_response(const V3Error& error, std::string_view request_id);

}  // namespace smartcar_sim::contract
