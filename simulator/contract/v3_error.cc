#include "contract/v3_error.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "base/text.h"
#include "document/writer.h"

namespace smartcar_sim::contract {
namespace {

using document::Array;
using document::Object;
using document::Value;

// A code that v2.0 does not have, and the row of error_kinds() that stands for it there.
struct OwnKind {
    std::string_view type;
    std::string_view code;
    int status = 0;
    std::string_view v2_type;
    std::string_view v2_code;  // empty stands for null
    std::string_view description;
};
constexpr std::array<OwnKind, 6> kOwnKinds{{
    {"AUTHENTICATION", "UNAUTHORIZED", 401, "AUTHENTICATION", "",
     "The authorization header is missing, or its token is malformed, unknown or expired."},
    {"AUTHENTICATION", "ACCESS_DENIED", 403, "PERMISSION", "", "This takes a token of the application, not of a user."},
    {"VALIDATION", "INVALID_INPUT_FORMAT", 400, "VALIDATION", "", "A parameter of the request has a wrong form."},
    {"VALIDATION", "MISSING_PARAMETER", 400, "VALIDATION", "", "A parameter of the request is missing."},
    {"VALIDATION", "CONFLICT", 409, "VALIDATION", "", "What the request would make is there already."},
    {"RESOURCE_NOT_FOUND", "SIGNAL_NOT_FOUND", 404, "RESOURCE_NOT_FOUND", "PATH",
     "Nothing is stored of this signal of the vehicle."},
}};

const OwnKind* find_own_kind(const V3Error& error) {
    std::string_view code;
    if (error.code) code = *error.code;
    if (error.type == "AUTHENTICATION" && !error.code) code = "UNAUTHORIZED";
    const auto* const found = std::ranges::find_if(
        kOwnKinds, [&](const OwnKind& kind) { return kind.type == error.type && kind.code == code; });
    return found == kOwnKinds.end() ? nullptr : found;
}

ApiError as_v2(const V3Error& error) {
    const OwnKind* const own = find_own_kind(error);
    ApiError v2{.type = error.type, .code = error.code};
    if (own != nullptr) {
        v2.type = own->v2_type;
        v2.code = own->v2_code.empty() ? std::nullopt : std::optional(std::string(own->v2_code));
    }
    v2.retry_after = error.retry_after;
    v2.resolution_url = error.resolution_url;
    return v2;
}

// "MISSING_PARAMETER" as "Missing parameter".
std::string title_of(std::string_view type, std::string_view code) {
    std::string title = base::lower_case(code.empty() ? type : code);
    std::ranges::replace(title, '_', ' ');
    if (!title.empty()) title.front() = base::to_upper(title.front());
    return title;
}

// What both forms tell.
struct Told {
    int status = 0;
    std::string code;  // empty stands for null
    std::string title;
    std::string detail;
};

Told told(const V3Error& error) {
    const OwnKind* const own = find_own_kind(error);
    Told told;
    told.status = status_of(error);
    told.code = own != nullptr ? std::string(own->code) : error.code.value_or("");
    told.title = title_of(error.type, told.code);
    const std::string_view description =
        own != nullptr ? own->description : error_kind(error.type, error.code).description;
    told.detail = error.detail.empty() ? std::string(description) : quotable(error.detail);
    return told;
}

// The word that the specification of 2025 has for such a status, or for one like it.
std::string_view code_of_2025(int status) {
    constexpr std::array<std::pair<int, std::string_view>, 3> kCodes{
        {{401, "unauthorized"}, {403, "forbidden"}, {404, "not_found"}}};
    const auto* const found = std::ranges::find(kCodes, status, &std::pair<int, std::string_view>::first);
    if (found != kCodes.end()) return found->second;
    return status < 500 ? "bad_request" : "internal_error";
}

Value take(Value& object, std::string_view name) {
    Value* const member = object.find(name);
    return member == nullptr ? Value(nullptr) : std::move(*member);
}

// v2.0's answer to the same, whose headers hold for v3 too, with another body.
Response answer(const V3Error& error, std::string_view request_id, const Value& body) {
    Response response = error_response(as_v2(error), request_id);
    response.status = status_of(error);
    response.body.clear();
    document::Writer json(response.body);
    json.value(body);
    assert(!json.failed());
    return response;
}

}  // namespace

V3Error v3_error(const ApiError& error) {
    V3Error same{.type = error.type, .code = error.code};
    if (!error.details.empty()) same.detail = error.details.front().message;
    // v3 has a word for what v2.0 leaves without one.
    if (error.type == "VALIDATION" && !error.code) same.code = "INVALID_INPUT_FORMAT";
    same.retry_after = error.retry_after;
    same.resolution_url = error.resolution_url;
    return same;
}

int status_of(const V3Error& error) {
    const OwnKind* const own = find_own_kind(error);
    return own != nullptr ? own->status : error_kind(error.type, error.code).status;
}

Response v3_error_response(const V3Error& error, std::string_view request_id) {
    const Told what = told(error);
    Value v2 = error_body(as_v2(error), request_id);
    Object item{{"status", what.status},
                {"type", error.type},
                {"code", what.code.empty() ? Value(nullptr) : Value(what.code)},
                {"title", what.title},
                {"detail", what.detail},
                {"resolution", take(v2, "resolution")}};
    if (v2.find("suggestedUserMessage") != nullptr) {
        item.emplace_back("suggestedUserMessage", take(v2, "suggestedUserMessage"));
    }
    item.emplace_back("links", Object{{"about", take(v2, "docURL")}});
    item.emplace_back("meta", Object{{"requestId", std::string(request_id)}});
    return answer(error, request_id, Object{{"errors", Array{std::move(item)}}});
}

Response v3_user_error_response(const V3Error& error, std::string_view request_id) {
    const Told what = told(error);
    Value body = error_body(as_v2(error), request_id);
    *body.find("statusCode") = what.status;
    *body.find("description") = what.detail;
    Object item{{"code", std::string(code_of_2025(what.status))},
                {"title", what.title},
                {"detail", what.detail},
                {"status", std::to_string(what.status)}};
    body.object()->emplace_back("errors", Array{std::move(item)});
    return answer(error, request_id, body);
}

}  // namespace smartcar_sim::contract
