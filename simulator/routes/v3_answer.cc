#include "routes/v3_answer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ids.h"
#include "base/text.h"
#include "document/json.h"
#include "routes/api_answer.h"
#include "routes/v3_test_vehicle.h"

namespace smartcar_sim::routes {
namespace {

using contract::Request;
using contract::Response;
using contract::V3Error;
using document::Object;
using document::Value;

bool is_users(Context& context, std::string_view token) {
    return token == kTestToken || std::holds_alternative<std::string>(context.platform.user(token));
}

// A whole number from 1 to `most`.
std::optional<std::size_t> count_of(std::string_view text, std::size_t most) {
    const auto number = base::parse_number<std::size_t>(text);
    return number && *number >= 1 && *number <= most ? number : std::nullopt;
}

std::optional<std::string> either(const base::Fields& query, std::string_view name, std::string_view other) {
    auto value = base::field(query, name);
    return value ? value : base::field(query, other);
}

constexpr std::array<std::string_view, 4> kPaging{"page[number]", "page[size]", "page", "pageSize"};

std::string page_link(Shape shape, const Request& request, std::string_view path, const V3Page& page) {
    std::string link = link_to(shape, request, path) + '?';
    for (const auto& [name, value] : request.query_fields()) {
        if (name.empty() || std::ranges::find(kPaging, name) != kPaging.end()) continue;
        link += base::percent_encode(name) + '=' + base::percent_encode(value) + '&';
    }
    const bool old = shape == Shape::k2025;
    link += (old ? "page=" : "page%5Bnumber%5D=") + std::to_string(page.number);
    return link + (old ? "&pageSize=" : "&page%5Bsize%5D=") + std::to_string(page.size);
}

}  // namespace

Shape shape_of(Context& context, const Request& request) {
    const std::string_view token = bearer_token(request);
    if (context.platform.is_application_token(token)) return Shape::k2026;
    return request.headers.get("sc-user-id") && !is_users(context, token) ? Shape::k2026 : Shape::k2025;
}

Response refuse(Context& context, Shape shape, const V3Error& error) {
    const std::string request_id = next_request_id(context);
    return shape == Shape::k2026 ? contract::v3_error_response(error, request_id)
                                 : contract::v3_user_error_response(error, request_id);
}

Response no_content(Context& context) {
    Response response;
    response.status = 204;
    response.headers.add("sc-request-id", next_request_id(context));
    return response;
}

V3Error v3_denied(platform::Denial denial) {
    switch (denial) {
        case platform::Denial::kAuthentication:
            return {.type = "AUTHENTICATION"};
        case platform::Denial::kValidation:
            return malformed("the id is not a UUID");
        case platform::Denial::kPermission:
            break;
    }
    return {.type = "PERMISSION"};
}

V3Error missing(std::string_view parameter) {
    return {.type = "VALIDATION", .code = "MISSING_PARAMETER", .detail = "missing " + std::string(parameter)};
}

V3Error malformed(std::string detail) {
    return {.type = "VALIDATION", .code = "INVALID_INPUT_FORMAT", .detail = std::move(detail)};
}

V3Error nowhere(std::string detail) {
    return {.type = "RESOURCE_NOT_FOUND", .code = "PATH", .detail = std::move(detail)};
}

std::variant<Value, V3Error> attributes_of(const Request& request) {
    const auto body = document::parse(request.body);
    if (!body.ok()) return malformed("the body is not JSON: " + body.error().message);
    const Value* const data = body.value().find("data");
    const Value* const attributes = data == nullptr ? nullptr : data->find("attributes");
    if (attributes == nullptr || attributes->object() == nullptr) return missing("data.attributes");
    return *attributes;
}

std::optional<Response> refuse_all_but_application(Context& context, const Request& request) {
    const std::string_view token = bearer_token(request);
    if (context.platform.is_application_token(token)) return std::nullopt;
    if (is_users(context, token)) {
        return refuse(context, Shape::k2025, {.type = "AUTHENTICATION", .code = "ACCESS_DENIED"});
    }
    return refuse(context, Shape::k2026, {.type = "AUTHENTICATION"});
}

std::string link_to(Shape shape, const Request& request, std::string_view path) {
    if (shape == Shape::k2025) return std::string(path);
    return contract::quotable(origin_of(request)).append("/v3").append(path);
}

// --- lists ----------------------------------------------------------------------------------------------

std::variant<V3Page, V3Error> v3_page(const base::Fields& query, std::size_t default_size, std::size_t most) {
    constexpr std::size_t kMostPages = 1'000'000'000;
    const auto number = count_of(either(query, "page[number]", "page").value_or("1"), kMostPages);
    if (!number) return malformed("page[number], or page, must be a whole number from 1");
    const auto asked = either(query, "page[size]", "pageSize");
    const auto size = asked ? count_of(*asked, most) : std::optional(default_size);
    if (!size) return malformed("page[size], or pageSize, must be a whole number from 1 to " + std::to_string(most));
    return V3Page{.number = *number, .size = *size};
}

std::optional<std::string> filter_of(const base::Fields& query, std::string_view name) {
    auto value = base::field(query, "filter[" + std::string(name) + "]");
    return value && !value->empty() ? value : std::nullopt;
}

std::variant<std::string, V3Error> id_filter(const base::Fields& query, std::string_view name) {
    const auto id = filter_of(query, name);
    if (id && !base::is_uuid(*id)) return malformed("filter[" + std::string(name) + "] must be a UUID");
    return id.value_or("");
}

std::variant<contract::Mode, V3Error> mode_filter(const base::Fields& query) {
    const std::string asked = filter_of(query, "vehicle.mode").value_or("live");
    const auto mode = contract::parse_mode(asked);
    if (!mode || *mode == contract::Mode::kTest) return malformed("filter[vehicle.mode] must be live or simulated");
    return *mode;
}

Value list_links(Shape shape, const Request& request, std::string_view path, const V3Page& page, std::size_t count) {
    const std::size_t last = std::max<std::size_t>(1, (count + page.size - 1) / page.size);
    const auto at = [&](std::size_t number) -> Value {
        if (number < 1 || number > last) return nullptr;
        return page_link(shape, request, path, {.number = number, .size = page.size});
    };
    const std::size_t before = std::min(page.number - 1, last);
    return Object{{"self", page_link(shape, request, path, page)},
                  {"first", at(1)},
                  {shape == Shape::k2025 ? "previous" : "prev", at(before)},
                  {"next", at(page.number + 1)},
                  {"last", at(last)}};
}

Value list_body(const Request& request, std::string_view path, document::Array resources, const V3Page& page,
                std::size_t count) {
    return Object{{"data", std::move(resources)},
                  {"meta", Object{{"pageNumber", static_cast<std::int64_t>(page.number)},
                                  {"pageSize", static_cast<std::int64_t>(page.size)},
                                  {"totalCount", static_cast<std::int64_t>(count)}}},
                  {"links", list_links(Shape::k2026, request, path, page, count)}};
}

}  // namespace smartcar_sim::routes
