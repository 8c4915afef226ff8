#include "routes/api_answer.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "document/writer.h"

namespace smartcar_sim::routes {
namespace {

using contract::ApiError;
using contract::Request;
using contract::Response;
using platform::Denial;

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char each) { return each >= '0' && each <= '9'; });
}

}  // namespace

std::string next_request_id(Context& context) { return context.ids.uuid("api request", "", context.request_ordinal++); }

Response refuse(Context& context, const ApiError& error) {
    return contract::error_response(error, next_request_id(context));
}

Response refuse(Context& context, Denial denial) {
    switch (denial) {
        case Denial::kAuthentication:
            return refuse(context, {.type = "AUTHENTICATION"});
        case Denial::kValidation:
            return refuse(context,
                          {.type = "VALIDATION", .details = {{.field = {"vehicleId"}, .message = "is not a UUID"}}});
        case Denial::kPermission:
            break;
    }
    return refuse(context, {.type = "PERMISSION"});
}

Response answer(Context& context, std::string body) {
    Response response = contract::json_response(200, std::move(body));
    response.headers.add("sc-request-id", next_request_id(context));
    return response;
}

Response answer(Context& context, const document::Value& body) {
    std::string text;
    document::Writer(text).value(body);
    return answer(context, std::move(text));
}

bool is_version(std::string_view segment) {
    const std::size_t dot = segment.find('.');
    return segment.starts_with('v') && dot != std::string_view::npos && is_digits(segment.substr(1, dot - 1)) &&
           is_digits(segment.substr(dot + 1));
}

std::string_view bearer_token(const Request& request) {
    constexpr std::string_view kBearer = "bearer ";
    const std::string_view value = request.headers.get("authorization").value_or("");
    const bool bearer = base::equal_but_for_case(value.substr(0, kBearer.size()), kBearer);
    return bearer ? value.substr(kBearer.size()) : std::string_view();
}

ApiError bad_parameter(std::string name, std::string message) {
    return {.type = "VALIDATION",
            .code = "PARAMETER",
            .details = {{.field = {std::move(name)}, .message = std::move(message)}}};
}

std::variant<Page, ApiError> page_of(const Request& request, std::size_t default_limit, std::size_t most) {
    const base::Fields query = request.query_fields();
    const auto limit =
        base::parse_number<std::size_t>(base::field(query, "limit").value_or(std::to_string(default_limit)));
    const auto offset = base::parse_number<std::size_t>(base::field(query, "offset").value_or("0"));
    if (!limit || *limit > most) {
        return bad_parameter("limit", "\"limit\" must be a whole number up to " + std::to_string(most));
    }
    if (!offset) return bad_parameter("offset", "\"offset\" must be a whole number");
    return Page{.limit = *limit, .offset = *offset};
}

std::string origin_of(const Request& request) {
    const auto host = request.headers.get("host");
    return host ? "http://" + std::string(*host) : "";
}

}  // namespace smartcar_sim::routes
