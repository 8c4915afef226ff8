// The errors of API 2.0: one table of types and codes, the body made from a row, and OAuth's smaller errors.
//
// Details, URLs and descriptions may quote what a client sent: bytes that are not UTF-8 come out as question marks.
//
// Types, codes, statuses, keys and the docURL pattern are the contract (contract/api.md section 7, contract/clients.md
// section 1 item 19). The sentences are ours, so nothing may compare them with Smartcar's.
// VEHICLE_ERROR messages take their words from the same table.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "contract/http.h"
#include "document/value.h"

namespace smartcar_sim::contract {

struct ErrorKind {
    std::string_view type;        // "VEHICLE_STATE"
    std::string_view code;        // "ASLEEP"; empty stands for null
    int status = 0;               // of the HTTP answer
    std::string_view resolution;  // resolution.type; empty stands for null
    std::string_view description;
    std::string_view user_message;    // suggestedUserMessage; empty: the key is left out
    std::string_view resolution_url;  // where every vehicle has the same one; else ApiError brings it
};

// What a client sent, fit to be quoted in JSON: in a text that is not UTF-8 every byte beyond ASCII becomes "?".
[[nodiscard]] std::string quotable(std::string_view text);

[[nodiscard]] std::span<const ErrorKind> error_kinds();
// The row of that type and code; nothing when there is none.
[[nodiscard]] const ErrorKind* find_error_kind(std::string_view type, const std::optional<std::string>& code);
// Why nothing was found: code "unknown_error", with what was probably meant or else what there is.
[[nodiscard]] base::Error no_such_error_kind(std::string_view type, const std::optional<std::string>& code);
// The row for a pair known to be in the table; anything else is a bug.
[[nodiscard]] const ErrorKind& error_kind(std::string_view type, const std::optional<std::string>& code);

// https://smartcar.com/docs/errors/api-errors/vehicle-state-errors#asleep
[[nodiscard]] std::string doc_url(const ErrorKind& kind);

// What went wrong with one request. Type and code are a row of error_kinds().
struct ApiError {
    // One parameter that did not pass: {"field":["requests"],"message":"\"requests\" is required"}.
    struct Detail {
        std::vector<std::string> field;
        std::string message;
        bool operator==(const Detail&) const = default;
    };

    std::string type;
    std::optional<std::string> code = std::nullopt;
    std::vector<Detail> details = {};                                // the key is left out when empty
    std::optional<std::string> resolution_url = std::nullopt;        // the reauthenticate URL of AUTHENTICATION_FAILED
    std::optional<std::chrono::seconds> retry_after = std::nullopt;  // of RATE_LIMIT; 30 s when not said

    bool operator==(const ApiError&) const = default;
};

// statusCode, type, code, description, docURL, resolution, requestId, then suggestedUserMessage and detail if any.
// Also the body of a failed entry of a batch answer or of a schedule payload.
[[nodiscard]] document::Value error_body(const ApiError& error, std::string_view request_id);

// The whole answer, with lower-case content-type and sc-request-id, and retry-after for RATE_LIMIT.
[[nodiscard]] Response error_response(const ApiError& error, std::string_view request_id);

// {"error":"invalid_client","error_description":"..."} of the token endpoint (contract/api.md section 2.6).
[[nodiscard]] Response oauth_error(int status, std::string_view error, std::string_view description,
                                   std::string_view request_id);

}  // namespace smartcar_sim::contract
